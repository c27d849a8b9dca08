"""`truceline watch`: what is changing, from a register that was run."""

from pathlib import Path

import pytest
import simple_stages
from calling import Call

from truceline.cli import main
from truceline.flow.tools import Tools, watch_register


@pytest.fixture
def watched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small mission, run with the watch as it is."""
    monkeypatch.setattr(Tools, "for_mission", lambda *_given, **_options: simple_stages.tools(watch=watch_register))
    with pytest.raises(SystemExit):
        main(["run", "-m", str(folder)])
    return folder


def test_a_watch_is_told_part_by_part_and_drawn(call: Call, watched: Path, tmp_path: Path) -> None:
    told = call("watch", "-m", watched, "--plots", tmp_path / "plots")
    assert told.code == 0, told.err
    for heading in ("Changes of rate", "Alerts", "Who follows whom", "Silent sources", "Days without any report"):
        assert f"\n{heading}\n" in told.out
    assert "Too few" in told.out
    assert (tmp_path / "plots" / "daily.csv").read_text(encoding="utf-8").startswith("day,until,incidents,low,high")


def test_a_register_that_was_never_watched_says_what_to_do(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    asked = call("watch", "-m", folder)
    assert asked.code == 2
    assert "truceline run" in asked.err
