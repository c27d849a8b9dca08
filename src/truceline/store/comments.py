"""Comments of the team, and what was done to an incident: found again under whatever id its claims stand by now."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, false, insert, or_, select, update

from truceline.model.comment import Comment
from truceline.model.ledger import Entry, Kept
from truceline.store import tables
from truceline.store.ledger import digest_of, entry_of, find_by_key
from truceline.store.records import as_instant, as_json, parse_record
from truceline.store.seals import new_id
from truceline.store.team import Desk

CLAIMS = 100  # of one incident that are looked for; the first ones name it well enough


def add_comment(
    desk: Desk, *, subject: str, words: str, claims: Sequence[str] = (), key: str | None = None
) -> Comment | None:
    """A comment of whoever is at the desk; None for a request that was kept before.

    The ledger holds that it was made, not what it says.
    """
    if key is not None and find_by_key(desk.connection, key) is not None:
        return None
    comment = Comment(
        id=new_id("c"), subject=subject, who=desk.who, at=desk.now, words=words, claims=tuple(claims[:CLAIMS])
    )
    record = as_json(comment)
    row = {"id": comment.id, "subject": subject, "at": as_instant(desk.now), "who": desk.who, "record": record}
    desk.connection.execute(insert(tables.comments), row)
    desk.enter("comment.made", of(comment), body=subject, key=key, kept=kept(comment, record))
    return comment


def erase_comment(desk: Desk, comment: Comment, *, key: str | None = None, expected: int | None = None) -> Comment:
    """The comment without its words, for good; that there was one stays. One that is erased stays as it is."""
    if comment.erased_at is not None:
        return comment
    erased = replace(comment, words="", erased_at=desk.now, erased_by=desk.who)
    record = as_json(erased)
    desk.enter(
        "comment.erased", of(comment), body=comment.subject, key=key, kept=kept(comment, record), expected=expected
    )
    desk.connection.execute(update(tables.comments).where(tables.comments.c.id == comment.id).values(record=record))
    return erased


def find_comment(connection: Connection, id: str) -> Comment | None:
    record = connection.execute(select(tables.comments.c.record).where(tables.comments.c.id == id)).scalar()
    return None if record is None else parse_record(Comment, record)


def comments_on(connection: Connection, subject: str, *, claims: Sequence[str] = ()) -> tuple[Comment, ...]:
    """Comments on a subject, the first first; with `claims`, also those on other incidents that held one of them."""
    column = tables.comments.c
    wanted = select(column.record).where(or_(column.subject == subject, *naming(column.record, claims)))
    found = connection.execute(wanted.order_by(column.at, column.id)).scalars()
    return tuple(parse_record(Comment, each) for each in found)


def history_of(connection: Connection, subject: str, *, claims: Sequence[str], limit: int = 100) -> tuple[Entry, ...]:
    """What was done, the latest first: entries on the subject, and decisions on one of the claims."""
    entry, decision = tables.ledger.c, tables.decisions.c
    decided = select(decision.id).where(or_(false(), *naming(decision.record, claims)))
    about = or_(entry.subject == subject, (entry.kept_in == tables.decisions.name) & entry.kept_id.in_(decided))
    wanted = select(tables.ledger).where(about).order_by(entry.seq.desc()).limit(limit)
    return tuple(entry_of(row) for row in connection.execute(wanted).mappings())


def naming(record: ColumnElement[str], claims: Sequence[str]) -> list[ColumnElement[bool]]:
    """Records that name one of the claims."""
    return [record.contains(f'"{each}"', autoescape=True) for each in claims[:CLAIMS]]


def of(comment: Comment) -> str:
    # Not the incident: a comment is no reason to take up a decision on it anew.
    return f"comment {comment.id}"


def kept(comment: Comment, record: str) -> Kept:
    return Kept(table=tables.comments.name, id=comment.id, sha256=digest_of(record))
