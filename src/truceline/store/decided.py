"""Decisions entered: each once, under the name of who took it, with the ledger's entry."""

from sqlalchemy import insert, select

from truceline.model.decision import Decision
from truceline.model.ledger import Entry, Kept
from truceline.store import tables
from truceline.store.ledger import digest_of, find_by_key, refuse_overtaken
from truceline.store.records import as_instant, as_json
from truceline.store.team import Desk, Team


def decide(
    team: Team, decision: Decision, *, who: str, subject: str = "", expected: int | None = None, key: str | None = None
) -> Entry | None:
    """Keep a decision; None when this very decision is held already.

    `subject` is what the decision is about ("incident inc-1f"), by default the decision itself; `expected` the last
    entry on it that the person saw. Raises Overtaken where somebody else decided meanwhile: nothing is kept then.
    """
    with team.writing(who=who) as desk:
        return keep_decision(desk, decision, subject=subject, expected=expected, key=key)


def keep_decision(
    desk: Desk, decision: Decision, *, subject: str = "", expected: int | None = None, key: str | None = None
) -> Entry | None:
    """The same in a transaction that is open."""
    connection, column = desk.connection, tables.decisions.c
    if key is not None and (former := find_by_key(connection, key)) is not None:
        return former
    about = subject or f"decision {decision.id}"
    refuse_overtaken(connection, about, expected)
    if connection.execute(select(column.id).where(column.id == decision.id)).first() is not None:
        return None
    record = as_json(decision)
    entry = desk.enter(
        "decision.made",
        about,
        why=decision.why,
        body=decision.ruling.value,
        key=key,
        kept=Kept(table=tables.decisions.name, id=decision.id, sha256=digest_of(record)),
        expected=expected,
    )
    connection.execute(insert(tables.decisions), {"id": decision.id, "at": as_instant(decision.at), "record": record})
    return entry
