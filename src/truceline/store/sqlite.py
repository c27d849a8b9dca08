"""The register in one SQLite file: the only place that speaks SQLite's own tongue."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool, Pool, QueuePool

from truceline.errors import NoRegister, RegisterError
from truceline.store.browse import Browser, words_asked
from truceline.store.columns import Numbers
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
        raise NoRegister(f"{folder}: no register here yet; fill one with `truceline run`")
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
        raise NoRegister(f"{folder}: no register here yet; fill one with `truceline run`")
    with opened(path):
        pass
    engine = engine_for(path, poolclass=QueuePool)
    event.listen(engine, "connect", refuse_writing)
    try:
        with refusing_other_files(path):
            yield Browser(engine, find_words), SqlRegister(engine, Evidence(path.parent / "originals"))
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


def find_words(connection: Connection, words: str) -> Numbers:
    """The numbers of incidents that hold all these words, or words that begin with them, in whatever spelling."""
    # Folded words are letters and digits only: in quotation marks FTS5 takes them for nothing but words.
    asked = " ".join(f'"{each}"*' for each in words_asked(words))
    # One text for all of them: a row each costs as much again as finding it.
    wanted = text("SELECT group_concat(rowid) FROM incident_search WHERE incident_search MATCH :asked")
    found = connection.execute(wanted, {"asked": asked or '""'}).scalar()
    return np.fromstring(found or "", dtype=np.int64, sep=",")


@contextmanager
def refusing_other_files(path: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise RegisterError(
            f"{path}: cannot be opened as a register ({error.orig}); move it away or restore it from a copy"
        ) from error


def engine_for(path: Path, *, begin: str = "BEGIN", poolclass: type[Pool] = NullPool) -> Engine:
    """`begin` opens a transaction: BEGIN IMMEDIATE waits for who is writing, then keeps others from it."""
    shared = {"timeout": 30, "check_same_thread": False}
    engine = create_engine(f"sqlite:///{path}", poolclass=poolclass, connect_args=shared)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", partial(begin_with, begin))
    return engine


def begin_with(begin: str, connection: Connection) -> None:
    """A transaction that reads and then writes is refused at once where somebody wrote in between: it waits first."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else begin)


def prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # Transactions are begun below, by name: the driver's own habit leaves schema changes outside them.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)
