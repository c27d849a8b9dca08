"""One more document grades incidents anew that it never touched, and the register is what fusing all gives."""

from collections.abc import Sequence
from pathlib import Path

import simple_stages
from fuse_makers import ACTORS, SOURCES, denial, tell_of

from truceline.flow import tools as stages
from truceline.flow.run import run
from truceline.flow.tools import Tools
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.telling import Telling
from truceline.store.sqlite import open_register
from truceline.testing import NOON, mission


def tell(readings: Sequence[Reading], _mission: Mission, _older: Sequence[Reading] = ()) -> tuple[Telling, ...]:
    """'reuters 2016-05-05': a strike of that day; 'un 2016-05-05 no': its denial."""
    told = []
    for reading in readings:
        source, day, *denied = reading.document.text.split()
        make = denial if denied else tell_of
        told.append(
            make(
                "air strike",
                "Kafr Nabl",
                day,
                claim=reading.document.id,
                document=reading.document.id,
                source=source,
                by="russia",
            )
        )
    return tuple(told)


def walk(folder: Path, register_folder: Path) -> dict[str, Incident]:
    tools: Tools = simple_stages.tools(
        tell=tell, fuse=stages.fuse_all, refresh=stages.refresh_tellings, grade=stages.grade_incidents
    )
    known = mission(folder, sources=SOURCES, actors=ACTORS)
    with open_register(register_folder, now=NOON, writing=True) as register:
        run(known, [folder], register=register, tools=tools, out=None)
        assert {each.incident for each in register.assessments()} == {each.id for each in register.incidents()}
        return {each.id: each for each in register.incidents()}


def write(folder: Path, first: int, count: int) -> None:
    for at in range(first, first + count):
        (folder / f"told{at}.txt").write_text(f"reuters 2016-05-{at + 1:02}", encoding="utf-8")
        (folder / f"denied{at}.txt").write_text(f"un 2016-05-{at + 1:02} no", encoding="utf-8")


def test_one_more_contradicted_claim_lowers_the_letter_of_all_that_its_source_told(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    write(folder, 0, 20)
    for at in range(10, 20):
        (folder / f"denied{at}.txt").unlink()
    before = walk(folder, tmp_path / "grown")
    assert {each.grade.reliability for each in before.values()} == {"B", "C"}  # nine others for those denied
    write(folder, 20, 1)
    after = walk(folder, tmp_path / "grown")
    assert {each.grade.reliability for each in after.values()} == {"C"}
    assert len(after) == len(before) + 1
    assert after == walk(folder, tmp_path / "whole")
    (folder / "denied20.txt").unlink()
    (folder / "told20.txt").write_text("afp 2016-05-21", encoding="utf-8")
    assert {name: each.grade for name, each in walk(folder, tmp_path / "grown").items() if name in before} == {
        name: each.grade for name, each in before.items()
    }
