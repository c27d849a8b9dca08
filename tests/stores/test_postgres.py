"""What only a server can do to a register, and what it must not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import postgres_server
import pytest
from databases import Database
from sqlalchemy import event, text
from sqlalchemy.exc import DataError

from truceline.errors import MissingModel, RegisterError, UsageError
from truceline.settings import Settings
from truceline.store import postgres, tables
from truceline.store.address import parse_address, shown, without_secrets
from truceline.store.migrations import HEAD, revision_on, upgrade
from truceline.store.postgres import PostgresRegister, engine_for, open_register
from truceline.testing import NOON, doc


@contextmanager
def served(database: Database, **options: object) -> Iterator[PostgresRegister]:
    with database.open(**options) as register:
        assert isinstance(register, PostgresRegister)
        yield register


def end_connections(register: PostgresRegister, server: postgres_server.Server) -> None:
    """As a server does that is shut down: to everything but the one who asks."""
    with server.connect(postgres_server.DATABASE) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND application_name LIKE 'process %'"
        )


def test_documents_come_by_code_point_in_both_databases(database: Database) -> None:
    names = ["b", "a", "B", "_", "é", "Z", "-", "aa", "A a", "\U0001f54a", "\uffee", "١"]
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.add_documents([doc(id=name) for name in names], gathered_at=NOON)
        assert [each.id for each in register.documents()] == sorted(names)


def test_what_is_longer_or_larger_than_usual_is_kept_in_both_databases(database: Database) -> None:
    large = {"sha256": "0" * 64, "bytes_count": 3 << 40, "name": "n" * 5000, "kept_at": "x"}
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.add_documents([doc(language="x" * 300)], gathered_at=NOON)
        with register.transaction() as connection:
            register.put(connection, tables.originals, [large])
        with register.engine.connect() as connection:
            assert connection.execute(tables.originals.select()).mappings().one() == large
        assert next(register.documents()).language == "x" * 300


def test_every_text_column_sorts_by_code_point_and_has_no_length(server_database: Database) -> None:
    asked = text(
        "SELECT DISTINCT data_type, collation_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = ANY(:names) AND data_type ~ 'char|text'"
    )
    with served(server_database, writing=True) as register, register.engine.connect() as connection:
        assert connection.execute(asked, {"names": list(tables.METADATA.tables)}).all() == [("text", "C")]


def test_a_row_that_the_server_refuses_is_refused_as_in_any_insert(server_database: Database) -> None:
    row = {"sha256": "0" * 64, "bytes_count": "many", "name": "n", "kept_at": "x"}
    with served(server_database, writing=True) as register:
        with pytest.raises(DataError), register.transaction() as connection:
            register.put(connection, tables.originals, [row])
        assert register.counts().documents == 0


def test_no_row_is_no_row(database: Database) -> None:
    with database.open(writing=True) as register, register.transaction() as connection:
        register.put(connection, tables.originals, iter(()))
        assert connection.execute(tables.originals.select()).all() == []


def test_readers_that_meet_an_older_register_bring_it_up_to_date_once(server_database: Database) -> None:
    with server_database.place().engine().begin() as connection:
        upgrade(connection, "0001")

    def read(_: int) -> tuple[int, str | None]:
        with served(server_database) as register, register.engine.connect() as connection:
            return register.counts().documents, revision_on(connection)

    with ThreadPoolExecutor(4) as several:
        assert list(several.map(read, range(4))) == [(0, HEAD)] * 4


def test_registers_in_two_schemas_of_one_database_do_not_wait_for_each_other(server_database: Database) -> None:
    with served(server_database, name="one", writing=True), served(server_database, name="two", writing=True) as two:
        assert two.counts().documents == 0


def test_a_run_that_lost_its_lock_writes_no_more(server_database: Database, server: postgres_server.Server) -> None:
    with served(server_database, writing=True) as register:
        end_connections(register, server)
        with pytest.raises(RegisterError, match="the lock was lost"), register.writing():
            pass


def test_a_server_that_goes_in_the_midst_of_it_is_told_in_a_line_and_leaves_nothing(
    server_database: Database, server: postgres_server.Server
) -> None:
    def write_while_it_goes() -> None:
        with served(server_database, writing=True) as register, register.writing() as writer:
            writer.add_documents([doc()], gathered_at=NOON)
            end_connections(register, server)
            writer.add_documents([doc(id="doc-2")], gathered_at=NOON)

    with pytest.raises(RegisterError, match="what was not finished was not kept") as told:
        write_while_it_goes()
    assert postgres_server.PASSWORD not in str(told.value)
    with served(server_database) as register:
        assert register.counts().documents == 0


def test_a_view_is_of_one_moment_though_another_writes(server_database: Database) -> None:
    with served(server_database, writing=True) as register, register.engine.connect() as reading:
        wanted = text("SELECT count(*) FROM documents")
        assert reading.execute(wanted).scalar_one() == 0
        with register.writing() as writer:
            writer.add_documents([doc()], gathered_at=NOON)
        assert (reading.execute(wanted).scalar_one(), register.counts().documents) == (0, 1)


def test_a_register_opened_for_reading_is_not_written(server_database: Database) -> None:
    with served(server_database, writing=True):
        pass
    with served(server_database) as register, pytest.raises(RegisterError, match="for reading"), register.writing():
        pass


@pytest.mark.parametrize(
    "wrong",
    [
        "postgresql://anna:hush-hush@127.0.0.1:{port}/registers",
        "postgresql://truceline:hush-hush@127.0.0.1:1/registers",
    ],
)
def test_a_server_that_refuses_or_is_not_there_is_told_without_the_password(
    server: postgres_server.Server, tmp_path: Path, wrong: str
) -> None:
    address = parse_address(wrong.format(port=server.port))
    said = r"postgresql://\w+@127\.0\.0\.1:\d+/registers: "
    with pytest.raises(RegisterError, match=said) as told, open_register(address, tmp_path, now=NOON, writing=True):
        pass
    assert "hush" not in str(told.value)
    assert told.value.__cause__ is None


def test_a_database_of_another_encoding_is_refused(server: postgres_server.Server, tmp_path: Path) -> None:
    with server.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS latin")
        connection.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    address = parse_address(server.url("latin"))
    with pytest.raises(RegisterError, match="LATIN1"), open_register(address, tmp_path, now=NOON, writing=True):
        pass


def test_an_older_server_is_refused(server_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "OLDEST", 990000)
    with pytest.raises(RegisterError, match="too old; use 15 or newer"), served(server_database, writing=True):
        pass


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingModel, match=r"truceline\[postgres\]"):
        engine_for(parse_address("postgresql://a@b/c"), now=NOON)


@pytest.mark.parametrize(
    "wrong",
    ["hush", "mysql://a:hush@b/c", "postgresql://a:hush@b:hush/c", "postgresql://a:hush@b", "postgresql://a:hush@b/"],
)
def test_an_address_that_cannot_be_is_refused_without_repeating_it(wrong: str) -> None:
    with pytest.raises(UsageError) as told:
        parse_address(wrong)
    assert "hush" not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgres://a:hush@b:5433/c", "postgresql://a@b:5433/c"),
        ("postgresql:///c?host=/run/pg&password=hush&sslpassword=hush", "postgresql:///c?host=%2Frun%2Fpg"),
        ("postgresql+psycopg://b/c?options=-csearch_path%3Dhush", "postgresql://b/c"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(given: str, expected: str) -> None:
    assert shown(parse_address(given)) == expected


def test_what_a_server_says_is_repeated_without_secrets() -> None:
    address = parse_address("postgresql://a:hush@b/c?sslpassword=still")
    assert without_secrets("no hush, be still", address) == "no ***, be ***"


def test_settings_do_not_show_the_database() -> None:
    settings = Settings.from_environment({"TRUCELINE_DATABASE": "postgresql://a:hush@b/c"}, cores=1)
    assert settings.database == "postgresql://a:hush@b/c"
    assert "hush" not in repr(settings)


KILLED = """
import sys, time
from pathlib import Path
from truceline.store.address import parse_address
from truceline.store.postgres import open_register
from truceline.testing import NOON, doc

with open_register(parse_address(sys.argv[1]), Path(sys.argv[2]), now=NOON, writing=True) as register:
    with register.writing() as writer:
        writer.add_documents([doc(id="whole")], gathered_at=NOON)
    with register.writing() as writer:
        writer.add_documents([doc(id="half")], gathered_at=NOON)
        print("half way", flush=True)
        time.sleep(60)
"""


def test_a_killed_run_leaves_its_last_whole_transaction_and_no_lock(
    server: postgres_server.Server, tmp_path: Path
) -> None:
    address = server.address()
    env = {**os.environ, "PYTHONPATH": str(Path(postgres.__file__).parents[2])}
    command = [sys.executable, "-c", KILLED, address, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.kill()
    with open_register(parse_address(address), tmp_path, now=NOON, writing=True, wait_seconds=30) as register:
        assert [each.id for each in register.documents()] == ["whole"]
        with register.writing() as writer:
            writer.add_documents([doc(id="half")], gathered_at=NOON)
        assert register.counts().documents == 2


def test_what_may_be_large_is_walked_through_with_a_cursor_of_the_server(server_database: Database) -> None:
    used: list[str] = []
    with served(server_database, writing=True) as register:
        event.listen(
            register.engine, "before_cursor_execute", lambda _, cursor, *__: used.append(type(cursor).__name__)
        )
        register.tellings()
        register.fingerprint()
    assert used.count("ServerCursor") >= 5
