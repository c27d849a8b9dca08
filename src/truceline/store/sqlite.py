"""The register in one SQLite file: the only place that speaks SQLite's own tongue."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, bindparam, create_engine, event, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from truceline.errors import RegisterError
from truceline.kit.fold import fold_name
from truceline.store import tables
from truceline.store.browse import Browser
from truceline.store.evidence import Evidence
from truceline.store.lock import locked
from truceline.store.migrations import migrate, needs_migration
from truceline.store.sql import SqlRegister
from truceline.store.team import Team

FILE = "register.sqlite"

# Readers never wait for the writer and a killed writer leaves the last whole transaction behind.
PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "PRAGMA foreign_keys = ON")


@contextmanager
def open_register(
    folder: Path,
    *,
    now: datetime,
    writing: bool = False,
    wait_seconds: float = 0.0,
    told: Callable[[str], None] | None = None,
) -> Iterator[SqlRegister]:
    """The register in `folder`; made and migrated when it must be.

    `writing` holds the lock: a second run waits up to `wait_seconds` (`told` hears for whom) or meets
    RegisterBusy. Reading needs no lock. Raises RegisterTooNew, and RegisterError when there is none to read.
    """
    path = folder / FILE
    if not writing and not path.is_file():
        raise RegisterError(f"{folder}: no register here yet; fill one with `truceline run`")
    lock = locked(folder, now=now, wait_seconds=wait_seconds, told=told) if writing else nullcontext()
    with lock, opened(path) as register:
        yield register


@contextmanager
def opened(path: Path) -> Iterator[SqlRegister]:
    engine = engine_for(path)
    try:
        with refusing_other_files(path):
            if needs_migration(engine):
                migrate(engine)
        yield SqlRegister(engine, Evidence(path.parent / "originals"))
    finally:
        engine.dispose()


@contextmanager
def open_to_read(folder: Path) -> Iterator[tuple[Browser, SqlRegister]]:
    """The register in `folder` twice over, page by page and as a whole; the database itself refuses to be written to.

    A register of an older Truceline is migrated first. Raises RegisterTooNew, and RegisterError when there is none.
    """
    path = folder / FILE
    if not path.is_file():
        raise RegisterError(f"{folder}: no register here yet; fill one with `truceline run`")
    with opened(path):
        pass
    engine = engine_for(path)
    event.listen(engine, "connect", refuse_writing)
    try:
        with refusing_other_files(path):
            yield Browser(engine, holding_words), SqlRegister(engine, Evidence(path.parent / "originals"))
    finally:
        engine.dispose()


@contextmanager
def open_team(folder: Path, *, now: Callable[[], datetime]) -> Iterator[Team]:
    """What people keep in the register in `folder`, which is made where there is none; no run has to be waited for."""
    path = folder / FILE
    folder.mkdir(parents=True, exist_ok=True)
    with opened(path):
        pass
    writer, reader = engine_for(path, begin="BEGIN IMMEDIATE"), engine_for(path)
    event.listen(writer, "connect", keep_for_good)
    event.listen(reader, "connect", refuse_writing)
    team = Team(writer, reader, now=now)
    try:
        yield team
    finally:
        team.close()


def keep_for_good(connection: sqlite3.Connection, _record: Any) -> None:
    """What a person decided outlives a power cut, too."""
    connection.execute("PRAGMA synchronous = FULL")


def refuse_writing(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA query_only = ON")


MOST_WORDS = 16


def holding_words(words: str) -> ColumnElement[bool]:
    """Incidents that hold all these words, or words that begin with them, in whatever spelling; of none, none."""
    # Folded words are letters and digits only: in quotation marks FTS5 takes them for nothing but words.
    asked = " ".join(f'"{each}"*' for each in fold_name(words).split()[:MOST_WORDS])
    found = text("SELECT rowid FROM incident_search WHERE incident_search MATCH :asked")
    seq, incident = tables.incident_words.c.seq, tables.incident_words.c.incident
    matching = select(incident).where(seq.in_(found.bindparams(bindparam("asked", asked or '""'))))
    return tables.incidents.c.id.in_(matching)


@contextmanager
def refusing_other_files(path: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise RegisterError(
            f"{path}: cannot be opened as a register ({error.orig}); move it away or restore it from a copy"
        ) from error


def engine_for(path: Path, *, begin: str = "BEGIN") -> Engine:
    """`begin` opens a transaction: BEGIN IMMEDIATE waits for who is writing, then keeps others from it."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": 30})
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # Transactions are begun below, by name: the driver's own habit leaves schema changes outside them.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)
