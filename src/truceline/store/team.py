"""What people keep in a register, in short transactions of its own, whatever run holds the writer's lock.

    with team.writing(who="a-77") as desk:         # one transaction, entered into the ledger
        desk.enter("comment.made", "incident inc-1f", kept=…)

Two never write at once: SQLite lets one in (BEGIN IMMEDIATE), PostgreSQL asks for an advisory lock first.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import OperationalError

from truceline.errors import RegisterBusy
from truceline.model.decision import Decision
from truceline.model.ledger import Change, Entry, Kept, Proof
from truceline.store import ledger, tables
from truceline.store.records import parse_record

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One writing transaction of one person, at one moment (aware UTC)."""

    connection: Connection
    who: str
    now: datetime
    heard: Callable[["Desk", Entry], object] | None = None

    def enter(
        self,
        what: str,
        subject: str,
        *,
        why: str = "",
        body: str = "",
        key: str | None = None,
        kept: Kept | None = None,
        expected: int | None = None,
    ) -> Entry:
        """Enter what is done here into the ledger; `expected` as in `ledger.append`. Raises Overtaken.

        A request whose `key` is entered already is not entered again: the former entry is given.
        """
        former = None if key is None else ledger.find_by_key(self.connection, key)
        if former is not None:
            return former
        change = Change(who=self.who, what=what, subject=subject, why=why, body=body, key=key, kept=kept)
        entry = ledger.append(self.connection, change, at=self.now, expected=expected)
        if self.heard is not None:
            self.heard(self, entry)
        return entry


class Team:
    """A register's tables of people, on an engine that writes and one that reads."""

    def __init__(self, writer: Engine, reader: Engine, *, now: Clock) -> None:
        self._writer, self._reader, self._now = writer, reader, now
        # What is done with each new entry, in the transaction that makes it.
        self.heard: Callable[[Desk, Entry], object] | None = None

    @contextmanager
    def writing(self, *, who: str) -> Iterator[Desk]:
        """One transaction: all of it is kept, or nothing. Raises RegisterBusy where a run writes for too long."""
        try:
            with self._writer.begin() as connection:
                yield Desk(connection=connection, who=who, now=self._now(), heard=self.heard)
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            raise RegisterBusy("a run is writing into the register; nothing was kept: do it again shortly") from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._reader.connect() as connection:
            yield connection

    def now(self) -> datetime:
        return self._now()

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()

    # ---- the ledger

    def history(self, subject: str | None = None, *, before: int | None = None, limit: int = 100) -> tuple[Entry, ...]:
        """What was done, the latest first: to one subject, or at all."""
        with self.reading() as connection:
            return ledger.entries(connection, subject=subject, before=before, limit=limit)

    def seen(self, subject: str) -> int:
        """The number of the last entry on a subject, for `expected`; 0 where there is none."""
        with self.reading() as connection:
            last = ledger.last_on(connection, subject)
            return 0 if last is None else last.seq

    def verify(self) -> Proof:
        with self.reading() as connection:
            return ledger.verify(connection)

    def holds(self, hash: str) -> bool:
        """Whether an entry has this hash."""
        with self.reading() as connection:
            wanted = select(tables.ledger.c.seq).where(tables.ledger.c.hash == hash)
            return connection.execute(wanted).first() is not None

    def made_with(self, key: str) -> Entry | None:
        """The entry that a request with this key made."""
        with self.reading() as connection:
            return ledger.find_by_key(connection, key)

    def decisions(self) -> tuple[Decision, ...]:
        """What people decided, the oldest first."""
        column = tables.decisions.c
        with self.reading() as connection:
            found = connection.execute(select(column.record).order_by(column.at, column.id)).scalars()
            return tuple(parse_record(Decision, each) for each in found)

    # ---- secrets of the service

    def key(self, name: str) -> bytes:
        """A secret of 32 bytes, made when it is first asked for and the same for every process from then on."""
        column = tables.keys.c
        with self._writer.begin() as connection:
            held = connection.execute(select(column.value).where(column.name == name)).scalar()
            if held is None:
                held = secrets.token_hex(32)
                connection.execute(insert(tables.keys), {"name": name, "value": held})
        return bytes.fromhex(held)
