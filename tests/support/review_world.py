"""A mission with an agreement and its own stages, over tellings given: what people decide, put into effect."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from corrected_world import watched

from truceline.flow.derive import Derivation, derive
from truceline.flow.progress import Silent
from truceline.flow.tools import Tools, no_revisions
from truceline.model.decision import Decision
from truceline.model.mission import Mission
from truceline.model.ruling import Ruling
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.review.decide import make_decision
from truceline.testing import NOON, doc


def world() -> Mission:
    """Syria 2016: its agreement, actors and windows."""
    return watched()


def decide(ruling: Ruling, claims: Sequence[str], others: Sequence[str] = (), **given: Any) -> Decision:
    """A decision of an analyst, so many hours (`after`) later than the others."""
    at = NOON + timedelta(hours=given.pop("after", 0))
    return make_decision(ruling, claims, others, by=given.pop("by", "an analyst"), at=at, why="seen", **given)


def derive_from(
    tellings: Sequence[Telling], decisions: Sequence[Decision] = (), *, mission: Mission | None = None
) -> Derivation:
    """Everything that follows from these tellings and decisions."""
    known = mission or world()
    tools = replace(
        Tools.for_mission(known, now=NOON), tell=lambda *_: tuple(tellings), revise=no_revisions, refresh=None
    )
    return derive((), known, tools, Silent(), decisions)


def view_of(tellings: Sequence[Telling], decisions: Sequence[Decision] = (), *, mission: Mission | None = None) -> View:
    """The register that a run leaves: one document for each id the tellings name, its text their words."""
    derived = derive_from(tellings, decisions, mission=mission).derived
    texts: dict[str, str] = {}
    for each in tellings:
        texts[each.document] = max(texts.get(each.document, ""), each.quote.ljust(each.span.end), key=len)
    return View(
        mission=mission or world(),
        documents=tuple(doc(text, id=name) for name, text in texts.items()),
        superseded=(),
        tellings=derived.tellings,
        incidents=derived.incidents,
        assessments=derived.assessments,
        watch=None,
        problems=(),
        fingerprint="",
        as_of=None,
    )
