"""Bulletins of the team: one row a version, and what they are made of and were published as, by its hash.

Contents (values, HTML, PDF) are rows of the same table, compressed, under the state "content": they are in every
backup, lie in either database, and the ledger answers for them like for any other row.
"""

import hashlib
import zlib
from base64 import b64decode, b64encode

from sqlalchemy import Connection, func, insert, select

from truceline.errors import RegisterError
from truceline.model.bulletin import BulletinVersion, State
from truceline.model.ledger import Entry, Kept
from truceline.store import tables
from truceline.store.ledger import digest_of, find_by_key
from truceline.store.records import as_instant, as_json, parse_record
from truceline.store.team import Desk

CONTENT = "content"
OUT = (State.PUBLISHED.value, State.WITHDRAWN.value)


def subject_of(id: str) -> str:
    return f"bulletin {id}"


def add_version(
    desk: Desk,
    version: BulletinVersion,
    *,
    what: str,
    contents: tuple[bytes, ...] = (),
    key: str | None = None,
    expected: int | None = None,
) -> Entry:
    """Keep one more version with the contents that its hashes name; a request that was kept before is not kept again.

    Raises Overtaken; nothing is kept then.
    """
    if key is not None and (former := find_by_key(desk.connection, key)) is not None:
        return former
    record = as_json(version)
    kept = Kept(table=tables.bulletins.name, id=f"{version.id}:{version.version}", sha256=digest_of(record))
    body = f"version {version.version}, {version.state.value}"
    entry = desk.enter(what, subject_of(version.id), why=version.why, body=body, key=key, kept=kept, expected=expected)
    insert_row(desk, version.id, version.version, version.state.value, record)
    for each in contents:
        add_content(desk, each, of=version.id)
    return entry


def add_content(desk: Desk, content: bytes, *, of: str) -> None:
    """Keep bytes under their SHA-256, once."""
    name = hashlib.sha256(content).hexdigest()
    column = tables.bulletins.c
    if desk.connection.execute(select(column.id).where(column.id == name, column.version == 0)).first() is not None:
        return
    record = b64encode(zlib.compress(content, 9)).decode("ascii")
    kept = Kept(table=tables.bulletins.name, id=f"{name}:0", sha256=digest_of(record))
    desk.enter("content.kept", f"content {name}", body=subject_of(of), kept=kept)
    insert_row(desk, name, 0, CONTENT, record)


def insert_row(desk: Desk, id: str, version: int, state: str, record: str) -> None:
    row = {"id": id, "version": version, "state": state, "at": as_instant(desk.now), "record": record}
    desk.connection.execute(insert(tables.bulletins), row)


def find_content(connection: Connection, sha256: str) -> bytes:
    """The very bytes of this hash. Raises RegisterError where they are gone or are not what the hash says."""
    column = tables.bulletins.c
    wanted = select(column.record).where(column.id == sha256, column.version == 0, column.state == CONTENT)
    record = connection.execute(wanted).scalar()
    if record is None:
        raise RegisterError(f"the published content {sha256} is gone; restore the register from a backup")
    content = zlib.decompress(b64decode(record))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise RegisterError(f"the published content {sha256} was altered; `truceline verify` says where")
    return content


def latest_version(connection: Connection, id: str) -> BulletinVersion | None:
    """The last version of a bulletin, whatever its state."""
    column = tables.bulletins.c
    wanted = select(column.record).where(column.id == id, column.state != CONTENT)
    record = connection.execute(wanted.order_by(column.version.desc()).limit(1)).scalar()
    return None if record is None else parse_record(BulletinVersion, record)


def all_versions(connection: Connection, id: str) -> tuple[BulletinVersion, ...]:
    """Every version of a bulletin, the first one first."""
    column = tables.bulletins.c
    wanted = select(column.record).where(column.id == id, column.state != CONTENT).order_by(column.version)
    return tuple(parse_record(BulletinVersion, each) for each in connection.execute(wanted).scalars())


def latest_versions(connection: Connection) -> tuple[BulletinVersion, ...]:
    """The last version of each bulletin, the latest period first."""
    return _last_of_each(connection, tables.bulletins.c.state != CONTENT)


def public_versions(connection: Connection) -> tuple[BulletinVersion, ...]:
    """The last version of each bulletin that was published or withdrawn, the latest period first."""
    return _last_of_each(connection, tables.bulletins.c.state.in_(OUT))


def _last_of_each(connection: Connection, condition: object) -> tuple[BulletinVersion, ...]:
    column = tables.bulletins.c
    last = select(column.id, func.max(column.version).label("version")).where(condition).group_by(column.id).subquery()  # type: ignore[arg-type]
    wanted = select(column.record).join(last, (column.id == last.c.id) & (column.version == last.c.version))
    found = [parse_record(BulletinVersion, each) for each in connection.execute(wanted).scalars()]
    return tuple(sorted(found, key=lambda each: (each.until, each.made.at, each.id), reverse=True))
