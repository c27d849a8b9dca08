"""A mission walked with the register in a file and in a PostgreSQL database: the same to the last byte."""

import hashlib
import shutil
from pathlib import Path

import pytest
from databases import Database, in_a_file, on_a_server
from postgres_server import Server

from truceline.flow.mission import load_mission
from truceline.flow.run import run
from truceline.flow.tools import Tools
from truceline.model.mission import Mission
from truceline.store.backup import write_backup
from truceline.store.restore import restore_backup
from truceline.store.sql import SqlRegister
from truceline.testing import NOON

MISSION = Path(__file__).parents[2] / "missions" / "syria-2016"
FEW = 12  # of its documents


@pytest.fixture
def given(tmp_path: Path) -> Mission:
    """A small mission, and one of its documents that will change."""
    folder = tmp_path / "mission"
    shutil.copytree(MISSION, folder, ignore=shutil.ignore_patterns("register", "out", "documents"))
    (folder / "documents").mkdir()
    for path in sorted((MISSION / "documents").glob("*.md"))[:FEW]:
        shutil.copy(path, folder / "documents")
    return load_mission(folder)


def published(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def walk(mission: Mission, register: SqlRegister, out: Path) -> dict[str, str]:
    run(mission, [mission.folder / "documents"], register=register, tools=Tools.for_mission(mission, now=NOON), out=out)
    return published(out)


@pytest.mark.slow
def test_both_databases_publish_the_same_bytes_also_after_a_change_and_a_restore(
    given: Mission, server: Server, tmp_path: Path
) -> None:
    file = Database("sqlite", in_a_file, tmp_path / "file")
    served = Database("postgresql", lambda folder: on_a_server(server, folder), tmp_path / "served")
    first, second = [], []
    changed = sorted((given.folder / "documents").glob("*.md"))[FEW // 2]
    as_it_was = changed.read_text(encoding="utf-8")
    for one in (file, served):
        changed.write_text(as_it_was, encoding="utf-8")
        out = tmp_path / one.name
        with one.open(writing=True) as register:
            first.append(walk(given, register, out))
            changed.write_text(as_it_was + "\nTwo soldiers were killed by shelling in Aleppo.\n", encoding="utf-8")
            second.append(walk(given, register, out))
            second[-1]["register"] = register.fingerprint()
            assert register.counts().incidents > 3
            write_backup(register, tmp_path / f"{one.name}.backup", now=NOON)
    assert first[0] == first[1]
    assert second[0] == second[1]
    assert first[0] != second[0]
    with served.open("restored", writing=True) as register:
        restore_backup(register, tmp_path / "sqlite.backup")
        assert register.fingerprint() == second[0].pop("register")
        Tools.for_mission(given, now=NOON).publish(register.view(given), tmp_path / "restored")
    ours = {name: digest for name, digest in second[0].items() if name in published(tmp_path / "restored")}
    assert published(tmp_path / "restored") == ours
    assert len(ours) > 10
