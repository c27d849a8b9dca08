"""`truceline release` and `--release`: what a profile withholds is told, and published without."""

from pathlib import Path

import pytest
from calling import Call
from canaries import HIDDEN, NOW, find_markers, keep, world

from truceline.flow import mission as missions
from truceline.store.sqlite import open_register


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A mission folder whose register is the world of canaries."""
    view = world()
    folder = tmp_path / "mission"
    with open_register(folder / "register", now=NOW, writing=True) as register, register.writing() as writer:
        keep(writer)
    monkeypatch.setattr(missions, "load_mission", lambda _folder: view.mission)
    monkeypatch.setenv("TRUCELINE_NOW", NOW.isoformat())
    return folder


def test_what_is_withheld_is_counted_by_reason_and_named_only_when_asked(call: Call, filled: Path) -> None:
    register = ("--register", filled / "register")
    told = call("release", "-m", filled, *register)
    assert told.code == 0
    assert "4 of 14 incidents are withheld" in told.out
    assert "2 rests on a confidential source" in told.out
    assert "may be shown from 2016-06-07" in told.out
    assert not find_markers(told.out, HIDDEN["public"])
    named = call("release", "-m", filled, *register, "--ids")
    assert "incident  i-narwhal  rests on a confidential source, or names one" in named.out
    everything = call("release", "-m", filled, *register, "--release", "internal", "--ids")
    assert "0 of 14 incidents are withheld" in everything.out


def test_a_publication_says_for_whom_it_is_and_an_unknown_profile_is_told(
    call: Call, filled: Path, tmp_path: Path
) -> None:
    given = ("publish", "-m", filled, "--register", filled / "register", "--out")
    told = call(*given, tmp_path / "out", "--release", "partner")
    assert (told.code, "Released as partners: " in told.out) == (0, True)
    files = [each for each in (tmp_path / "out").rglob("*") if each.is_file() and each.suffix != ".pdf"]
    assert not [each for each in files if find_markers(each.read_text("utf-8"), HIDDEN["partner"])]
    wrong = call(*given, tmp_path / "nowhere", "--release", "partners")
    assert (wrong.code, "did you mean 'partner'?" in wrong.err) == (2, True)
    assert not (tmp_path / "nowhere").exists()
