import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from databases import Database
from sqlalchemy import text

from truceline.errors import RegisterBusy, RegisterError, RegisterTooNew
from truceline.store.migrations import HEAD, REVISIONS, config, is_ours, revision_of
from truceline.store.sqlite import FILE, open_register
from truceline.store.tables import METADATA
from truceline.testing import NOON, doc


def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    with database.open(writing=True) as register, register.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, METADATA) == []
        assert revision_of(register.engine) == HEAD


def test_the_revisions_named_are_the_revisions_there() -> None:
    script = ScriptDirectory.from_config(config())
    assert tuple(each.revision for each in reversed(list(script.walk_revisions()))) == REVISIONS


def test_a_register_from_a_newer_truceline_is_refused(database: Database) -> None:
    with database.open(writing=True) as register, register.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RegisterTooNew, match="revision 9999, this Truceline knows up to"), database.open():
        pass


def test_a_file_that_is_no_register_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(RegisterError, match=r"register\.sqlite: cannot be opened"), open_register(tmp_path, now=NOON):
        pass


def test_reading_where_there_is_no_register_says_how_to_make_one(database: Database, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="truceline run"), database.open():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_is_told_who_holds_the_register(database: Database) -> None:
    with (
        database.open(writing=True),
        pytest.raises(RegisterBusy, match=rf"process {os.getpid()}, since 2016-05-03T12:00:00Z"),
        database.open(writing=True),
    ):
        pass


def test_a_waiting_writer_says_so_and_gives_up_in_time(database: Database) -> None:
    heard: list[str] = []
    with (
        database.open(writing=True),
        pytest.raises(RegisterBusy, match=r"still was after 0\.3 s"),
        database.open(writing=True, wait_seconds=0.3, told=heard.append),
    ):
        pass
    assert len(heard) == 1
    assert "waiting up to 0.3 s" in heard[0]


def test_a_waiting_writer_goes_on_when_the_register_is_free(database: Database) -> None:
    heard: list[str] = []
    first = ExitStack()
    first.enter_context(database.open(writing=True))

    def let_go(words: str) -> None:
        heard.append(words)
        first.close()

    with database.open(writing=True, wait_seconds=30, told=let_go) as register:
        assert register.counts().documents == 0
    assert len(heard) == 1


def test_reading_goes_on_while_another_writes(database: Database) -> None:
    with database.open(writing=True) as writing, writing.writing() as writer, database.open() as reading:
        writer.add_documents([doc()], gathered_at=NOON)
        assert reading.counts().documents == 0


def test_the_lock_is_free_after_a_run_and_after_one_that_failed(database: Database) -> None:
    def fail() -> None:
        with database.open(writing=True):
            raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        fail()
    for _ in range(2):
        with database.open(writing=True) as register:
            assert register.counts().documents == 0
    assert not (database.place().folder / "holder.json").exists()
