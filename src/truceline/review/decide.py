"""Decisions made of answers: on an item of the queue, or on claims named outright."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from truceline.errors import UsageError
from truceline.model.claim import EventType
from truceline.model.decision import Decision
from truceline.model.ruling import GROUPING, Proposal, Ruling
from truceline.review.agree import answer_of
from truceline.review.items import Item, Needs, Option
from truceline.vocab.load import load_toml

FIELD_OF = {
    Needs.PLACE: ("place",),
    Needs.ACTOR: ("actor",),
    Needs.VERDICT: ("verdict",),
    Needs.EVENT: ("event",),
    Needs.TIME: ("start", "end"),
}


def answer(item: Item, key: str, *, by: str, at: datetime, why: str, **given: Any) -> Decision:
    """The decision that an option's key stands for; `given` is what the option needs (`place=`, `actor=` …).

    `at` is an aware instant. Raises UsageError for a key that the item has not, for what is needed and not given, and
    where nobody or no grounds are named.
    """
    option = item.option(key)
    if option is None:
        known = ", ".join(f"{each.key} ({each.words})" for each in item.options)
        raise UsageError(f"'{key}' answers nothing here; choose one of {known}")
    needed = FIELD_OF.get(option.needs, ())
    missing = [name for name in needed if name not in given]
    if missing:
        raise UsageError(f"'{option.words}' needs {' and '.join(missing)}")
    values = {**values_of(option), **{name: given[name] for name in needed}}
    if option.ruling is Ruling.VERDICT and "parties" in given:
        values["parties"] = given["parties"]
    return make_decision(
        option.ruling,
        item.claims,
        others_of(item, option),
        by=by,
        at=at,
        why=why,
        about=option.about,
        words=item.words,
        proposed=item.proposal,
        item=item.id,
        **values,
    )


def others_of(item: Item, option: Option) -> tuple[str, ...]:
    """The claims of the other side, for an answer about one act or two; a rejection is of the first side alone."""
    asked = option.about if option.about is not None else option.ruling
    return item.others if asked in GROUPING else ()


def values_of(option: Option) -> dict[str, Any]:
    return {"place": option.place, "actor": option.actor, "verdict": option.verdict}


def make_decision(
    ruling: Ruling,
    claims: Sequence[str],
    others: Sequence[str] = (),
    *,
    by: str,
    at: datetime,
    why: str,
    proposed: Proposal | None = None,
    **values: Any,
) -> Decision:
    """A decision on claims; `values` are the other fields of a `Decision`. Its id comes from what it says.

    Raises UsageError where nobody could follow it later: no name, no grounds, no claim.
    """
    if not by.strip() or not why.strip():
        raise UsageError("say who decides and on what grounds")
    if not claims:
        raise UsageError("a decision is about claims; none is named")
    decision = Decision(
        id="",
        ruling=ruling,
        claims=tuple(dict.fromkeys(claims)),
        others=tuple(each for each in dict.fromkeys(others) if each not in set(claims)),
        by=by.strip(),
        at=at,
        why=why.strip(),
        proposed=proposed,
        **values,
    )
    return replace(decision, id=name_decision(decision))


OWN_ID = frozenset({"id", "why", "proposed", "place"})


def name_decision(decision: Decision) -> str:
    """A decision on acts keeps the id it always had; that of any other comes from all that it decides."""
    parts: tuple[str, ...] = (decision.ruling.value, *decision.claims, "/", *decision.others)
    if decision.ruling not in {Ruling.SAME, Ruling.DIFFERENT} or decision.item:
        told = [f"{each.name}={getattr(decision, each.name)}" for each in fields(decision) if each.name not in OWN_ID]
        parts = (*parts, answer_of(decision), *told)
    named = "|".join((*parts, decision.by, decision.at.isoformat()))
    return f"decision-{sha256(named.encode()).hexdigest()[:12]}"


def find_event(plover: str, mode: str | None) -> EventType:
    """The event type of a PLOVER category and mode, with the codes of the other vocabularies where ours has them."""
    for entry in load_toml("events/kinds.toml")["kind"].values():
        if (entry["plover"] or None, entry["mode"] or None) == (plover, mode):
            return EventType(plover=plover, mode=mode, acled=entry["acled"] or None, cameo=entry["cameo"] or None)
    return EventType(plover=plover, mode=mode)
