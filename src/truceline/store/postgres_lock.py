"""One writer at a time in a database: an advisory lock that ends with its connection, and who holds it."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from zlib import crc32

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from truceline.errors import RegisterBusy, RegisterError
from truceline.store.address import shown
from truceline.store.records import as_instant

WRITING, MIGRATING, DECIDING = (
    0x7472,
    0x7473,
    0x7474,
)  # the first half of the keys of our locks; the other is made of the schema
NAME_LENGTH = 63  # bytes of a name that PostgreSQL shows of a connection
LOCK_NOT_AVAILABLE = "55P03"

HOLDER = text("""
    SELECT activity.application_name, activity.pid FROM pg_locks AS held
    JOIN pg_stat_activity AS activity ON activity.pid = held.pid
    WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2
      AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND held.classid::bigint = :kind AND held.objid::bigint = :schema
""")


class Held:
    """A lock held by a connection of its own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self) -> None:
        """Raises RegisterError when the connection, and the lock with it, is lost: another run may have begun."""
        try:
            self._connection.execute(text("SELECT 1"))
        except OperationalError:
            where = shown(self._connection.engine.url)
            raise RegisterError(f"{where}: the lock was lost with its connection; run it again") from None


def name_of_run(now: datetime) -> str:
    """What the server shows of our connections, and a second run of who holds the lock."""
    name = f"process {os.getpid()}, since {as_instant(now)[:19]}Z, on {socket.gethostname()}"
    return name.encode("ascii", "replace")[:NAME_LENGTH].decode()


@contextmanager
def held(engine: Engine, *, wait_seconds: float, told: Callable[[str], None] | None) -> Iterator[Held]:
    """Hold the register's lock; `told` hears who holds it before waiting. Raises RegisterBusy."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        acquire(connection, wait_seconds=wait_seconds, told=told)
        yield Held(connection)
    finally:
        # Closed for good, not given back to the pool: the lock ends with its connection, whatever state that is in.
        connection.invalidate()
        connection.close()


def acquire(connection: Connection, *, wait_seconds: float, told: Callable[[str], None] | None) -> None:
    schema = half_key(connection)
    taken = text(f"SELECT pg_try_advisory_lock({WRITING}, :schema)")
    if connection.execute(taken, {"schema": schema}).scalar_one():
        return
    busy = f"{shown(connection.engine.url)}: held by another run ({holder(connection, schema)})"
    if wait_seconds <= 0:
        raise RegisterBusy(f"{busy}; wait for it to end, or give --wait SECONDS")
    if told is not None:
        told(f"{busy}; waiting up to {wait_seconds:g} s")
    if not wait_for(connection, schema, wait_seconds):
        raise RegisterBusy(f"{busy}, and still was after {wait_seconds:g} s; try again later")


def wait_for(connection: Connection, schema: int, seconds: float) -> bool:
    """Whether the lock came within that time; the server does the waiting."""
    limit = max(1, round(min(seconds, 2_000_000) * 1000))
    connection.exec_driver_sql(f"SET lock_timeout = {limit}")
    try:
        connection.execute(text(f"SELECT pg_advisory_lock({WRITING}, :schema)"), {"schema": schema})
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        return False
    connection.exec_driver_sql("RESET lock_timeout")
    return True


def holder(connection: Connection, schema: int) -> str:
    """Who holds the lock, in words; it may be free again by now."""
    row = connection.execute(HOLDER, {"kind": WRITING, "schema": schema % (1 << 32)}).first()
    if row is None:
        return "another process"
    return row.application_name or f"a connection of the server's process {row.pid}"


def lock_for_migrating(connection: Connection) -> None:
    """Until the transaction ends."""
    taken = text(f"SELECT pg_advisory_xact_lock({MIGRATING}, :schema)")
    connection.execute(taken, {"schema": half_key(connection)})


def lock_for_deciding(connection: Connection) -> None:
    """Until the transaction ends: the ledger grows by one entry at a time."""
    taken = text(f"SELECT pg_advisory_xact_lock({DECIDING}, :schema)")
    connection.execute(taken, {"schema": half_key(connection)})


def half_key(connection: Connection) -> int:
    """A number of 32 bits with its sign for the schema that the register is in."""
    name = connection.execute(text("SELECT current_schema()")).scalar_one()
    number = crc32(str(name).encode())
    return number - (1 << 32) if number >= 1 << 31 else number
