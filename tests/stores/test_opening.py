import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from truceline.errors import RegisterBusy, RegisterError, RegisterTooNew
from truceline.store.migrations import HEAD, REVISIONS, config, is_ours, migrate, revision_of
from truceline.store.sqlite import FILE, engine_for, open_register
from truceline.store.tables import METADATA
from truceline.testing import NOON


def test_the_migrations_make_exactly_the_tables(tmp_path: Path) -> None:
    engine = engine_for(tmp_path / FILE)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, METADATA) == []
    assert revision_of(engine) == HEAD


def test_the_revisions_named_are_the_revisions_there() -> None:
    script = ScriptDirectory.from_config(config())
    assert tuple(each.revision for each in reversed(list(script.walk_revisions()))) == REVISIONS


def test_a_register_from_a_newer_truceline_is_refused(tmp_path: Path) -> None:
    with open_register(tmp_path, now=NOON, writing=True):
        pass
    with engine_for(tmp_path / FILE).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with (
        pytest.raises(RegisterTooNew, match="revision 9999, this Truceline knows up to"),
        open_register(tmp_path, now=NOON),
    ):
        pass


def test_a_file_that_is_no_register_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(RegisterError, match=r"register\.sqlite: cannot be opened"), open_register(tmp_path, now=NOON):
        pass


def test_reading_where_there_is_no_register_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="truceline run"), open_register(tmp_path, now=NOON):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_is_told_who_holds_the_register(tmp_path: Path) -> None:
    with (
        open_register(tmp_path, now=NOON, writing=True),
        pytest.raises(RegisterBusy, match=rf"process {os.getpid()}, since 2016-05-03T12:00:00Z"),
        open_register(tmp_path, now=NOON, writing=True),
    ):
        pass


def test_a_waiting_writer_says_so_and_gives_up_in_time(tmp_path: Path) -> None:
    heard: list[str] = []
    with (
        open_register(tmp_path, now=NOON, writing=True),
        pytest.raises(RegisterBusy, match=r"still was after 0\.3 s"),
        open_register(tmp_path, now=NOON, writing=True, wait_seconds=0.3, told=heard.append),
    ):
        pass
    assert len(heard) == 1
    assert "waiting up to 0.3 s" in heard[0]


def test_reading_goes_on_while_another_writes(tmp_path: Path) -> None:
    with (
        open_register(tmp_path, now=NOON, writing=True) as writing,
        writing.writing(),
        open_register(tmp_path, now=NOON) as reading,
    ):
        assert reading.counts().documents == 0


def test_the_lock_is_free_after_a_run(tmp_path: Path) -> None:
    for _ in range(2):
        with open_register(tmp_path, now=NOON, writing=True) as register:
            assert register.counts().documents == 0
    assert not (tmp_path / "holder.json").exists()
