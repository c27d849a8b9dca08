"""The ledger: a chain of hashes over every change by a person, and the proof that none was altered.

An entry's hash is SHA-256 over its own parts and the hash of the entry before it. Whoever alters an entry has to alter
all that come after it: a head noted elsewhere (a printed bulletin, a letter) shows it. Where a change wrote a row, the
entry holds the SHA-256 of that row's record, so that a row altered behind the ledger's back shows, too.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select

from truceline.errors import Overtaken
from truceline.model.ledger import Change, Entry, Kept, Proof
from truceline.store import tables
from truceline.store.records import as_instant, parse_instant

GENESIS = "0" * 64
AT_ONCE = 1000
NOTHING = Kept(table="", id="", sha256="")
# Tables whose rows the ledger answers for; the id of a row with several parts joins them by a colon.
ANSWERED = (tables.decisions, tables.accounts, tables.comments, tables.reviews, tables.bulletins)

# Columns beside a record that say a part of it.
BESIDE = frozenset(("id", "login", "subject", "who", "at", "version", "state"))


def append(connection: Connection, change: Change, *, at: datetime, expected: int | None = None) -> Entry:
    """Enter a change, last in the chain; the transaction must keep others from doing so at the same time.

    `expected` is the last entry on this subject that the writer knew of, 0 for none. Raises Overtaken where there is a
    later one.
    """
    refuse_overtaken(connection, change.subject, expected)
    seq, before = head_of(connection)
    entry = Entry(seq=seq + 1, at=at, change=change, before=before, hash="")
    row = row_of(entry)
    connection.execute(insert(tables.ledger), row)
    return entry_of(row)


def refuse_overtaken(connection: Connection, subject: str, expected: int | None) -> None:
    """Raises Overtaken where the last entry on a subject is another one than was expected; None expects nothing."""
    last = None if expected is None else last_on(connection, subject)
    if last is not None and last.seq != expected:
        raise Overtaken(subject, who=last.change.who, what=last.change.what, seq=last.seq)


def head_of(connection: Connection) -> tuple[int, str]:
    """The number and hash of the last entry; 0 and zeros where there is none."""
    column = tables.ledger.c
    row = connection.execute(select(column.seq, column.hash).order_by(column.seq.desc()).limit(1)).first()
    return (0, GENESIS) if row is None else (row.seq, row.hash)


def last_on(connection: Connection, subject: str) -> Entry | None:
    """The last entry on a subject."""
    column = tables.ledger.c
    wanted = select(tables.ledger).where(column.subject == subject).order_by(column.seq.desc()).limit(1)
    return first_of(connection, wanted)


def find_by_key(connection: Connection, key: str) -> Entry | None:
    return first_of(connection, select(tables.ledger).where(tables.ledger.c.request == key))


def entries(
    connection: Connection,
    *,
    subject: str | None = None,
    who: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Entry, ...]:
    """Entries, the latest first: on one subject, by one person, or all; older than `before` where it is given."""
    column = tables.ledger.c
    wanted = select(tables.ledger).order_by(column.seq.desc()).limit(limit)
    if subject is not None:
        wanted = wanted.where(column.subject == subject)
    if who is not None:
        wanted = wanted.where(column.who == who)
    if before is not None:
        wanted = wanted.where(column.seq < before)
    return tuple(entry_of(row) for row in connection.execute(wanted).mappings())


def first_of(connection: Connection, wanted: Select[Any]) -> Entry | None:
    row = connection.execute(wanted).mappings().first()
    return None if row is None else entry_of(row)


# ---- rows and hashes


def row_of(entry: Entry) -> dict[str, Any]:
    change, kept = entry.change, entry.change.kept or NOTHING
    row = {
        "seq": entry.seq,
        "at": as_instant(entry.at),
        "who": change.who,
        "what": change.what,
        "subject": change.subject,
        "why": change.why,
        "body": change.body,
        "request": change.key,
        "kept_in": kept.table,
        "kept_id": kept.id,
        "kept_sha256": kept.sha256,
        "before": entry.before,
    }
    return {**row, "hash": hash_of(row)}


def hash_of(row: Any) -> str:
    """The hash that an entry must have: over its columns in their order, all but the hash itself."""
    parts = [row[each.name] for each in tables.ledger.columns if each.name != "hash"]
    return digest_of(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))


def digest_of(text: str) -> str:
    """SHA-256 of a record as it is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entry_of(row: Any) -> Entry:
    kept = Kept(table=row["kept_in"], id=row["kept_id"], sha256=row["kept_sha256"])
    change = Change(
        who=row["who"],
        what=row["what"],
        subject=row["subject"],
        why=row["why"],
        body=row["body"],
        key=row["request"],
        kept=kept if kept.table else None,
    )
    return Entry(seq=row["seq"], at=parse_instant(row["at"]), change=change, before=row["before"], hash=row["hash"])


# ---- the proof


def verify(connection: Connection) -> Proof:
    """Walk the chain from its first link, then hold the rows that it answers for against it."""
    faults: list[str] = []
    count, head = 0, GENESIS
    for row in walk(connection):
        count += 1
        faults += find_broken(row, count, head)
        head = row["hash"]
    records = 0
    for table in ANSWERED:
        records += connection.execute(select(func.count()).select_from(table)).scalar_one()
        faults += find_unanswered(connection, table)
    return Proof(entries=count, head=head, records=records, faults=tuple(faults))


def walk(connection: Connection) -> Iterator[Any]:
    """The entries in their order, a handful at a time."""
    after = -1
    while True:
        wanted = select(tables.ledger).where(tables.ledger.c.seq > after).order_by(tables.ledger.c.seq).limit(AT_ONCE)
        rows = connection.execute(wanted).mappings().all()
        if not rows:
            return
        yield from rows
        after = rows[-1]["seq"]


def find_broken(row: Any, count: int, head: str) -> Iterator[str]:
    seq = row["seq"]
    if seq != count:
        yield f"entry {count} is missing: the next one held is {seq}"
    if row["before"] != head:
        yield f"entry {seq} does not follow on the one before it"
    if row["hash"] != hash_of(row):
        yield f"entry {seq} was altered after it was entered"


def find_unlike(row: Any, record: str) -> Iterator[str]:
    """Columns beside a record, by which it is found, that say something else than it does."""
    if not record.startswith("{"):  # the content of a bulletin, which has a hash of its own for its name
        return
    said = json.loads(record)
    for name in sorted(BESIDE & row.keys()):
        told = said.get(name, "")  # a record leaves out what is empty
        if name == "at" and told:
            told = as_instant(datetime.fromisoformat(told))
        if row[name] != told and (row[name] or told) and (name, told) != ("at", ""):
            yield name


def find_unanswered(connection: Connection, table: Table) -> Iterator[str]:
    """Rows that the last entry on them does not answer for, and rows that the ledger knows and that are gone."""
    column = tables.ledger.c
    wanted = select(column.kept_id, column.kept_sha256).where(column.kept_in == table.name).order_by(column.seq)
    told = {name: sha256 for name, sha256 in connection.execute(wanted)}  # noqa: C416  rows of two, the last one counts
    for row in connection.execute(select(table)).mappings():
        record, name = row["record"], ":".join(str(row[each.name]) for each in table.primary_key.columns)
        known = told.pop(name, None)
        if known is None:
            yield f"{table.name} {name} was written behind the ledger's back"
        elif known != digest_of(record):
            yield f"{table.name} {name} was altered after it was entered"
        elif columns := ", ".join(find_unlike(row, record)):
            yield f"{table.name} {name} was altered after it was entered: {columns}"
    for name, sha256 in told.items():
        if sha256:
            yield f"{table.name} {name} is gone"
