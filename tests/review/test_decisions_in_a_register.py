"""Decisions in a register that grows: documents that come one after another, and corrected ones."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from corrected_world import FOUR, MORE, SIX, article, bring, watched
from filled import enter
from review_world import decide

from truceline.gauge.corrected import read_cases
from truceline.model.assessment import Verdict
from truceline.model.decision import Decision
from truceline.model.ruling import Ruling
from truceline.review.items import Item
from truceline.review.queue import find_items
from truceline.store.sql import SqlRegister
from truceline.store.sqlite import open_register
from truceline.testing import NOON, toponym

CASES = Path(__file__).parents[1] / "cases" / "versions"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[SqlRegister]:
    with open_register(tmp_path / "register", now=NOON, writing=True) as opened:
        yield opened


def decisions_on(register: SqlRegister) -> list[Decision]:
    """Some of every ruling, on claims that later documents add to, correct or withdraw."""
    told = [list(dict.fromkeys(each.claim for each in one.versions)) for one in register.incidents()]
    claims = [each[0] for each in told]
    return [
        *(decide(Ruling.VERDICT, each, verdict=Verdict.CONTESTED) for each in told[::2]),
        decide(Ruling.VERDICT, [*told[0], *told[1], *told[-1]], verdict=Verdict.VIOLATION, after=1),
        decide(Ruling.SAME, [claims[1]], [claims[3], claims[5]]),
        decide(Ruling.REJECT, [claims[1], claims[4]]),
        decide(Ruling.PLACE, [claims[2], claims[6]], place=toponym("Hass", lat=35.59, lon=36.6)),
        decide(Ruling.DIFFERENT, [claims[0]], told[0][1:] or [claims[2]]),
    ]


def state_of(register: SqlRegister) -> tuple[object, ...]:
    return register.tellings(), register.incidents(), register.assessments()


def test_documents_one_after_another_under_decisions_give_what_all_at_once_give(tmp_path: Path) -> None:
    held = [each for case in read_cases(CASES) for each in case.documents]
    with open_register(tmp_path / "whole", now=NOON, writing=True) as whole:
        bring(whole, held)
        decisions = decisions_on(whole)
        for each in decisions:
            enter(whole, each)
        bring(whole, [])
        expected = state_of(whole)
        assert any(each.ruled is not None for each in whole.assessments())
    coming = sorted(held, key=lambda each: (each.version, each.id))
    first, later = coming[:-24], coming[-24:]
    with open_register(tmp_path / "parts", now=NOON, writing=True) as parts:
        for each in decisions:
            enter(parts, each)
        bring(parts, first)
        alone: list[int] = []
        for at in range(0, len(later), 6):
            bring(parts, later[at : at + 6], refreshed=alone)
        assert len(alone) == 4
        assert state_of(parts) == expected


def only(items: Sequence[Item], kind: str) -> Item:
    (found,) = [each for each in items if each.kind.value == kind]
    return found


def test_a_verdict_and_a_place_stay_with_a_text_that_is_corrected(register: SqlRegister) -> None:
    bring(register, [article(SIX + MORE)])
    (incident,) = register.incidents()
    claims = [each.claim for each in incident.versions]
    verdict = decide(Ruling.VERDICT, claims, verdict=Verdict.NOT_A_VIOLATION)
    enter(register, verdict)
    assert not enter(register, verdict)
    enter(register, decide(Ruling.PLACE, claims, place=toponym("Hass", lat=35.59, lon=36.6)))
    bring(register, [article(FOUR + MORE, after=19)])
    (corrected,) = register.incidents()
    assert corrected.killed is not None
    assert corrected.killed.high == 4
    assert corrected.place is not None
    assert corrected.place.name == "Hass"
    (assessment,) = register.assessments()
    assert assessment.verdict is Verdict.NOT_A_VIOLATION
    assert find_items(register.view(watched()), register.decisions()) == find_items(
        register.view(watched()), register.decisions()[::-1]
    )


def test_a_decided_item_leaves_the_queue_at_once_and_for_good(register: SqlRegister) -> None:
    bring(register, [article(SIX + MORE)])
    item = only(find_items(register.view(watched()), ()), "verdict")
    decision = decide(Ruling.VERDICT, item.claims, verdict=Verdict.CONTESTED, item=item.id, proposed=item.proposal)
    enter(register, decision)
    assert item.id not in {each.id for each in find_items(register.view(watched()), register.decisions())}
    bring(register, [])
    assert item.id not in {each.id for each in find_items(register.view(watched()), register.decisions())}
