"""The register in one SQLite file: the only place that speaks SQLite's own tongue."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from truceline.errors import RegisterError
from truceline.store.evidence import Evidence
from truceline.store.lock import locked
from truceline.store.migrations import migrate, needs_migration
from truceline.store.sql import SqlRegister

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
def refusing_other_files(path: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise RegisterError(
            f"{path}: cannot be opened as a register ({error.orig}); move it away or restore it from a copy"
        ) from error


def engine_for(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": 30})
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # Transactions are begun below, by name: the driver's own habit leaves schema changes outside them.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
