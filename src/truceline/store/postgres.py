"""The register in a PostgreSQL database: the only place that speaks PostgreSQL's own tongue.

Records, instants and ids are text, as in SQLite. Text sorts by code point in every column, whatever the database's
locale, so that both give everything in the same order. Originals stay files: they lie in a folder beside.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from truceline.errors import MissingModel, NoRegister, RegisterError
from truceline.store.address import shown, without_secrets
from truceline.store.browse import Browser, words_asked
from truceline.store.columns import Numbers
from truceline.store.evidence import Evidence
from truceline.store.migrations import needs_migration, revision_of, revision_on, upgrade
from truceline.store.postgres_lock import Held, held, lock_for_deciding, lock_for_migrating, name_of_run
from truceline.store.rows import Row
from truceline.store.sql import SqlRegister
from truceline.store.tables import METADATA
from truceline.store.team import Team

OLDEST = 150000  # PostgreSQL 15, as it numbers itself
CONNECT_SECONDS = 10

# Text columns of our tables whose order or length the database's own habits decide.
UNSORTED = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying')
      AND (collation_name IS DISTINCT FROM 'C' OR data_type <> 'text') AND table_name = ANY(:names)
    ORDER BY table_name, ordinal_position
""")
LARGE = (("originals", "bytes_count"),)  # beyond 2 GiB
NUMBERED = (("documents", "seq"), ("incident_words", "seq"))  # counted by the database
READERS = 8  # connections that a service keeps; as many again where many ask at once


class PostgresRegister(SqlRegister):
    """A `Register` in a PostgreSQL database; it writes while the lock it was opened with is held."""

    def __init__(self, engine: Engine, evidence: Evidence, lock: Held | None) -> None:
        super().__init__(engine, evidence)
        self._lock = lock

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        if self._lock is None:
            raise RegisterError(f"{shown(self.engine.url)}: was opened for reading")
        self._lock.check()
        with super().transaction() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with telling_plainly(self.engine.url), super()._reading() as connection:
            yield connection

    @staticmethod
    def put(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
        copy_rows(connection, table, rows)

    @staticmethod
    def after_migrating(connection: Connection) -> None:
        sort_by_code_point(connection)

    @staticmethod
    def after_loading(connection: Connection) -> None:
        """Count on from the numbers that rows brought along."""
        held = inspect(connection).get_table_names()  # an older backup has fewer tables
        for table, column in (each for each in NUMBERED if each[0] in held):
            sequence = f"pg_get_serial_sequence('{table}', '{column}')"
            last = f"SELECT setval({sequence}, max({column})) FROM {table} HAVING max({column}) IS NOT NULL"  # noqa: S608  names of ours
            connection.exec_driver_sql(last)


@contextmanager
def open_register(
    address: URL,
    folder: Path,
    *,
    now: datetime,
    writing: bool = False,
    wait_seconds: float = 0.0,
    told: Callable[[str], None] | None = None,
) -> Iterator[PostgresRegister]:
    """The register in the database at `address`, its originals in `folder`; made and migrated when it must be.

    `writing` holds an advisory lock of the database: a second run waits up to `wait_seconds` (`told` hears for whom)
    or meets RegisterBusy. Raises RegisterTooNew, and RegisterError when there is none to read or no server.
    """
    engine = engine_for(address, now=now)
    try:
        with telling_plainly(address):
            check_server(engine)
            if not writing and revision_of(engine) is None:
                raise NoRegister(f"{shown(address)}: no register here yet; fill one with `truceline run`")
            with held(engine, wait_seconds=wait_seconds, told=told) if writing else nullcontext() as lock:
                with refusing_at_the_door(address):
                    prepare(engine)
                yield PostgresRegister(engine, Evidence(folder / "originals"), lock)
    finally:
        engine.dispose()


@contextmanager
def open_to_read(address: URL, folder: Path, *, now: datetime) -> Iterator[tuple[Browser, SqlRegister]]:
    """The register at `address` twice over, page by page and as a whole; the database itself refuses to be written to.

    A register of an older Truceline is migrated first. Raises RegisterTooNew, and RegisterError when there is none.
    """
    with open_register(address, folder, now=now):
        pass
    engine = engine_for(address, now=now, pool_size=READERS, max_overflow=READERS, pool_pre_ping=True)
    event.listen(engine, "connect", prepare_to_read)
    try:
        with telling_plainly(address):
            guard = partial(telling_plainly, address)
            yield Browser(engine, find_words, guard), PostgresRegister(engine, Evidence(folder / "originals"), None)
    finally:
        engine.dispose()


# Many short questions at once: a server that spreads each over its cores, or compiles it, only makes the others wait.
TO_READ = ("SET max_parallel_workers_per_gather = 0", "SET jit = off")


def prepare_to_read(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    for setting in TO_READ:
        connection.execute(setting)
    connection.autocommit = False
    connection.read_only = True
    connection.prepare_threshold = None  # a plan made for any words at all reads every row for some of them


def find_words(connection: Connection, words: str) -> Numbers:
    """The numbers of incidents that hold all these words, or words that begin with them, in whatever spelling."""
    asked = " & ".join(f"{each}:*" for each in words_asked(words))
    if not asked:
        return np.array([], dtype=np.int64)
    # Without the index every row's words would be parted anew, which takes a hundred times as long.
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    # One text for all of them: a row each costs as much again as finding it.
    found = connection.execute(SEARCH, {"asked": asked}).scalar()
    return np.fromstring(found or "", dtype=np.int64, sep=",")


# As the index is made (r0006), or it is not used.
SEARCH = text("""
    SELECT string_agg(seq::text, ',') FROM incident_words
    WHERE to_tsvector('simple', left(title || ' ' || places || ' ' || quotes, 200000)) @@ to_tsquery('simple', :asked)
""")


@contextmanager
def open_team(address: URL, *, now: Callable[[], datetime]) -> Iterator[Team]:
    """What people keep in the register at `address`, which is made where there is none; no run has to be waited for."""
    reader = engine_for(address, now=now(), pool_pre_ping=True)
    writer = reader.execution_options(isolation_level="READ COMMITTED")
    event.listen(writer, "begin", lock_for_deciding)
    team = Team(writer, reader, now=now)
    try:
        with telling_plainly(address):
            check_server(reader)
            with refusing_at_the_door(address):
                prepare(reader)
            yield team
    finally:
        team.close()


def engine_for(address: URL, *, now: datetime, **pool: Any) -> Engine:
    """Every transaction sees one moment; parameters, which hold whole documents, stay out of what errors say.

    `pool` is how many connections are kept, as SQLAlchemy calls it.
    """
    try:
        return create_engine(
            address,
            isolation_level="REPEATABLE READ",
            hide_parameters=True,
            **pool,
            connect_args={"application_name": name_of_run(now), "connect_timeout": CONNECT_SECONDS},
        )
    except ModuleNotFoundError as error:
        raise MissingModel("PostgreSQL needs psycopg; install it: pip install 'truceline[postgres]'") from error


@contextmanager
def telling_plainly(address: URL) -> Iterator[None]:
    """A server that is away, refuses or goes in the midst of it is no mistake of ours."""
    try:
        yield
    except OperationalError as error:
        raise RegisterError(f"{shown(address)}: {said(error, address)}; what was not finished was not kept") from None


@contextmanager
def refusing_at_the_door(address: URL) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, OperationalError):
            raise
        what = f"the register cannot be made or brought up to date ({said(error, address)})"
        raise RegisterError(f"{shown(address)}: {what}; use a database whose user may make tables") from None


def said(error: DBAPIError, address: URL) -> str:
    """What server or driver said, on one line and without secrets."""
    return without_secrets(" ".join(str(error.orig).split()), address)


def check_server(engine: Engine) -> None:
    """Raises RegisterError for a server that is too old, or a database that does not hold every text."""
    asked = text("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
    with engine.connect() as connection:
        version, encoding = connection.execute(asked).one()
    where = shown(engine.url)
    if version < OLDEST:
        raise RegisterError(f"{where}: PostgreSQL {version // 10000} is too old; use 15 or newer")
    if encoding != "UTF8":
        raise RegisterError(f"{where}: the database is in {encoding}; make one with ENCODING 'UTF8'")


def prepare(engine: Engine) -> None:
    """Bring the register to the newest revision; two that come at once do it one after the other."""
    if not needs_migration(engine):
        return
    # Each statement sees what was kept before it: also what another did while this one waited for the lock.
    with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection, connection.begin():
        lock_for_migrating(connection)
        before = revision_on(connection)
        upgrade(connection)
        if revision_on(connection) != before:
            sort_by_code_point(connection)


def sort_by_code_point(connection: Connection) -> None:
    """Make text columns sort as SQLite sorts them and take texts of any length, and large numbers large."""
    quoted = connection.dialect.identifier_preparer.quote
    names = list(METADATA.tables)
    for table, column in connection.execute(UNSORTED, {"names": names}).all():
        changed = f'ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(column)} TYPE text COLLATE "C"'
        connection.exec_driver_sql(changed)
    for table, column in LARGE:
        connection.exec_driver_sql(f"ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(column)} TYPE bigint")


def copy_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert by COPY, a few times as quick as by INSERT; rows have the same columns."""
    walking = iter(rows)
    first = next(walking, None)
    if first is None:
        return
    quoted = connection.dialect.identifier_preparer
    columns = ", ".join(quoted.quote(name) for name in first)
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {quoted.format_table(table)} ({columns}) FROM STDIN"
    with translated(connection), driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in chain([first], walking):
            copy.write_row([row[name] for name in first])


@contextmanager
def translated(connection: Connection) -> Iterator[None]:
    """Errors of the driver as those of SQLAlchemy."""
    driver: Any = connection.dialect.dbapi
    try:
        yield
    except driver.Error as error:
        raise DBAPIError.instance("COPY", None, error, driver.Error, hide_parameters=True) from error
