"""A mission folder with everything wrong that a tired hand can do to it: told line by line, and used without it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from truceline.cli import main
from truceline.errors import MissionError
from truceline.flow.mission import check_mission, load_mission
from truceline.store.sqlite import open_register
from truceline.testing import NOON

Spoilt = Callable[[Path], None]

ACTORS = """
[[actor]]
id = "bad.ring-a"
name = "Ring One"
kind = "armed-group"
source = "invented"
memberships = [{ of = "bad.ring-b" }]
[[actor]]
id = "bad.ring-b"
name = "Ring Two"
kind = "armed-group"
source = "invented"
aliases = ["Shared Shield"]
memberships = [{ of = "bad.ring-a" }, { of = "nor.gov", since = 2020-02-30 }]
[[actor]]
id = "bad.shield"
name = "Shield Party"
kind = "political"
source = "invented"
aliases = ["Shared Shield"]
names = [{ name = "Old Shield", until = 20016-01-01 }]
[[actor]]
id = "bad.twin"
name = "Twin One"
kind = "armed-group"
source = "invented"
[[actor]]
id = "bad.twin"
name = "Twin Two"
kind = "armed-group"
source = "invented"
"""
PLACES = """\
bad:null,Nullham,town,0,0,,SY,,,,invented
bad:swap,Swapham,town,40.1,35.3,,SY,,,,invented
bad:twin,Twinham,town,35.1,38.1,,SY,,,,invented
bad:twin,Twinham,town,36.1,38.1,,SY,,,,invented
bad:word,Wordham,town,here,38.1,,SY,,,,invented
bad:good,Goodham,town,35.2,38.1,,SY,,,,invented
"""
TEXT = """\
NORTHBRIDGE, 12 April 2020. Fighters of Shared Shield shelled Northbridge on 30 February 2020, the Northland army said.
Shells also fell on Goodham on Friday, residents said.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("TRUCELINE_NOW", "2020-06-01T12:00:00Z")
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "north")])
    capsys.readouterr()
    return tmp_path / "north"


@pytest.fixture
def spoilt(folder: Path) -> Path:
    for name, words in (("actors.toml", ACTORS), ("places.csv", PLACES)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(words)
    with (folder / "places.csv").open("ab") as file:
        file.write("bad:pré,Pré,town,35.1,38.1,,SY,,,,invented\n".encode("latin-1"))
    return folder


EXPECTED = {
    "mission.null-island": 1,
    "mission.swapped-coordinates": 1,
    "mission.duplicate-id": 2,
    "mission.bad-value": 1,
    "mission.encoding": 1,
    "mission.circular-membership": 2,
    "mission.impossible-date": 2,
    "mission.shared-alias": 1,
}


def test_everything_wrong_at_once_is_told_and_the_rest_is_a_mission(spoilt: Path) -> None:
    mission, problems = check_mission(spoilt)
    assert mission is not None
    codes = [each.code for each in problems]
    assert {code: codes.count(code) for code in codes} == EXPECTED
    assert all(each.where.rpartition(":")[2].isdecimal() for each in problems)
    assert {each.id for each in mission.places} >= {"mission:northbridge", "mission:north-hill", "bad:good"}
    assert not {each.id for each in mission.places} & {"bad:null", "bad:swap", "bad:twin", "bad:word"}
    actors = {each.id: each for each in mission.actors}
    assert "bad.twin" not in actors
    assert [actors[each].memberships for each in ("bad.ring-a", "bad.ring-b")] == [(), ()]
    assert actors["bad.shield"].names == ()


def test_a_check_lists_all_of_it_and_ends_with_2(spoilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["mission", "check", str(spoilt)])
    told = capsys.readouterr()
    assert stop.value.code == 2
    assert len([line for line in told.err.splitlines() if ": " in line]) == sum(EXPECTED.values()) + 1
    assert "10 mistakes: the mission is used without the parts they name" in told.err
    assert "7 actors" in told.out or "8 actors" in told.out


@pytest.mark.slow
def test_a_run_goes_on_and_what_was_left_out_is_published(spoilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (spoilt / "documents" / "shield.md").write_text(
        f"---\npublished_at: 2020-04-12T10:00:00Z\n---\n{TEXT}", encoding="utf-8"
    )
    with pytest.raises(SystemExit) as stop:
        main(["run", "-m", str(spoilt)])
    told = capsys.readouterr()
    assert stop.value.code == 3
    assert "Traceback" not in told.err
    assert "places.csv:4: place 'bad:null': 0, 0 lies in the Gulf of Guinea" in told.err
    with open_register(spoilt / "register", now=NOON) as register:
        view = register.view(load_mission(spoilt))
    kept = [each.code for each in view.problems if each.code.startswith("mission.")]
    assert {code: kept.count(code) for code in kept} == EXPECTED
    assert "date.impossible" in {each.code for each in view.problems}
    (shelling,) = (each for each in view.tellings if "Shared Shield" in each.quote and each.trigger == "shelled")
    assert [(role.words, role.actor) for role in shelling.agents] == [("Fighters of Shared Shield", None)]
    assert shelling.happened is None
    bulletin = (spoilt / "out" / "bulletin.html").read_text(encoding="utf-8")
    assert "own files: 11." in bulletin

    for command in (["check", str(spoilt / "documents" / "shield.md"), "-m"], ["explain", view.incidents[0].id, "-m"]):
        with pytest.raises(SystemExit) as stop:
            main([*command, str(spoilt)])
        assert stop.value.code == 0, command

    for name, words in (("actors.toml", ACTORS), ("places.csv", "")):
        whole = (spoilt / name).read_bytes()
        cut = whole.replace(words.encode(), b"") if words else whole[: whole.index(b"bad:")]
        (spoilt / name).write_bytes(cut)
    with pytest.raises(SystemExit):
        main(["run", "-m", str(spoilt)])
    with open_register(spoilt / "register", now=NOON) as register:
        problems = register.problems()
    assert [each for each in problems if each.code.startswith("mission.")] == []


def test_of_many_mistakes_the_first_of_each_kind_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "places.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"bad:{number},Nullham {number},town,0,0,,SY,,,,invented\n" for number in range(500))
    with pytest.raises(SystemExit):
        main(["incidents", "-m", str(folder)])  # it has no register yet, which is told after them
    lines = [line for line in capsys.readouterr().err.splitlines() if line]
    assert len(lines) < 10
    assert any("497 more of this kind (mission.null-island)" in line for line in lines)
    assert any(f"500 problems, all told by: truceline mission check {folder}" in line for line in lines)


def without_name(folder: Path) -> None:
    path = folder / "mission.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('name = "Northland', 'nam = "Northland'), encoding="utf-8")


def without_window(folder: Path) -> None:
    path = folder / "mission.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("until = ", "# until = "), encoding="utf-8")


def with_half_an_agreement(folder: Path) -> None:
    path = folder / "agreement.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[[party]]\nactor = \n", encoding="utf-8")


def without_mission(folder: Path) -> None:
    (folder / "mission.toml").unlink()


def with_foreign_actors(folder: Path) -> None:
    with (folder / "actors.toml").open("ab") as file:
        file.write("# Pré\n".encode("latin-1"))


@pytest.mark.parametrize(
    "spoil", [without_name, without_window, with_half_an_agreement, without_mission, with_foreign_actors]
)
def test_a_mission_that_would_mean_nothing_is_refused_with_its_reason(folder: Path, spoil: Spoilt) -> None:
    spoil(folder)
    with pytest.raises(MissionError) as raised:
        load_mission(folder)
    assert [each.where.partition(":")[0] for each in raised.value.problems]
    assert all("left out" not in each.message for each in raised.value.problems)
