"""Corrected articles through a run: the latest version speaks, and what was said before stays explainable."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from corrected_world import FOUR, MORE, SIX, TOLD, article, bring
from filled import enter

from truceline.gauge.corrected import read_cases
from truceline.model.decision import Decision, Ruling
from truceline.model.incident import Incident
from truceline.model.revision import Aspect, ClaimState, Revision
from truceline.publish.versions import follow
from truceline.review.carried import carry_decisions
from truceline.store.sql import SqlRegister
from truceline.store.sqlite import open_register
from truceline.testing import NOON, digest

CASES = Path(__file__).parents[1] / "cases" / "versions"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[SqlRegister]:
    with open_register(tmp_path / "register", now=NOON, writing=True) as opened:
        yield opened


def only(register: SqlRegister) -> Incident:
    (found,) = register.incidents()
    return found


def test_only_the_latest_version_speaks_and_the_older_claim_is_shown_as_changed(register: SqlRegister) -> None:
    bring(register, [article(SIX + MORE)])
    before = only(register)
    bring(register, [article(FOUR + MORE, after=19)])
    after = only(register)
    assert before.killed is not None
    assert (before.killed.low, before.killed.high) == (6, 6)
    assert after.killed is not None
    assert (after.killed.low, after.killed.high) == (4, 4)
    (revision,) = register.revisions()
    (gone,) = [each for each in revision.outdated if each.telling.harm is not None]
    assert [each.aspect for each in gone.change.differences] == [Aspect.TOLL]
    assert gone.incidents == (after.id,)
    assert (revision.by_version, revision.at) == (2, TOLD + timedelta(hours=19))


def test_who_copied_the_older_version_keeps_its_telling_and_stays_a_copy(register: SqlRegister) -> None:
    bring(register, [article(SIX + MORE), article(SIX + MORE, id="daily-1", after=3, publisher="Harbour Daily")])
    bring(register, [article(FOUR + MORE, after=19)])
    incident = only(register)
    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high) == (4, 6)
    assert len(incident.origins) == 1
    copied = {each.document: each.copied_from for each in register.tellings()}
    assert copied == {"wire-1": None, "daily-1": "wire-1"}
    kept = {claim for each in register.revisions() for one in each.outdated for claim in one.kept_by}
    assert kept == {each.claim for each in register.tellings() if each.document == "daily-1" and each.harm is not None}


def test_a_retracted_report_leaves_no_incident_and_its_ids_still_lead_to_it(register: SqlRegister) -> None:
    bring(register, [article("Opposition fighters executed nine prisoners in Sarmada on Monday. ")])
    before = only(register)
    bring(register, [article("This article has been withdrawn by the editors.", after=30)])
    assert register.incidents() == ()
    former = register.former(before.id)
    assert former is not None
    fates = [follow(each.claim, register.revisions()) for each in former.incident.versions]
    assert [(each.now, each.steps[0][1].state) for each in fates] == [(None, ClaimState.WITHDRAWN)]


def test_a_correction_on_a_page_of_its_own_silences_what_it_corrects(register: SqlRegister) -> None:
    bring(register, [article(SIX), article(SIX + MORE, id="daily-1", after=3, publisher="Harbour Daily")])
    corrected = f"Correction: Our report of 3 May on the shelling of Binnish misstated the number of dead. {FOUR}"
    bring(register, [article(corrected, id="wire-2", after=24)])
    silent = [each for each in register.tellings() if each.withdrawn is not None]
    assert {each.document for each in silent} == {"wire-1"}
    speaking = {version.claim for each in register.incidents() for version in each.versions}
    assert not speaking & {each.claim for each in silent}
    assert any(one.incidents for each in register.revisions() for one in each.outdated)


def state_of(register: SqlRegister) -> tuple[object, ...]:
    return register.tellings(), register.incidents(), register.assessments(), register.revisions()


@pytest.mark.parametrize("order", ["as they appeared", "corrections first", "shuffled"])
def test_corrected_articles_one_after_another_give_what_all_at_once_give(tmp_path: Path, order: str) -> None:
    held = [each for case in read_cases(CASES) for each in case.documents]
    with open_register(tmp_path / "whole", now=NOON, writing=True) as whole:
        bring(whole, held)
        expected = state_of(whole)
    coming = sorted(held, key=lambda each: (each.version if order == "as they appeared" else -each.version, each.id))
    if order == "shuffled":
        coming.sort(key=lambda each: digest(f"{each.id} {each.version}"))
    first, later = coming[:-24], coming[-24:]
    with open_register(tmp_path / "parts", now=NOON, writing=True) as parts:
        bring(parts, first)
        alone: list[int] = []
        for at in range(0, len(later), 6):
            bring(parts, later[at : at + 6], refreshed=alone)
        assert len(alone) == 4
        assert state_of(parts) == expected


def every_id(revisions: Sequence[Revision]) -> set[str]:
    return {change.old for each in revisions for change in each.changes if change.old is not None}


def test_every_claim_that_was_ever_told_is_told_of_still(tmp_path: Path) -> None:
    held = [each for case in read_cases(CASES) for each in case.documents]
    with open_register(tmp_path / "register", now=NOON, writing=True) as register:
        once: set[str] = set()
        for number in (1, 2, 3):
            bring(register, [each for each in held if each.version == number])
            once |= {each.claim for each in register.tellings()}
        now = {each.claim for each in register.tellings()}
        lost = once - now - every_id(register.revisions())
        assert all(register.read_before(each) is not None for each in lost)
        assert len(lost) < len(once) / 10


def test_a_decision_goes_on_with_a_claim_that_stands_and_not_with_one_moved_elsewhere(register: SqlRegister) -> None:
    bring(register, [article(SIX), article(SIX.replace("Binnish", "Ariha"), id="wire-2", after=1)])
    before = {each.document: each.claim for each in register.tellings() if each.incident_worthy}
    ruling = Decision(
        id="decision-1", ruling=Ruling.DIFFERENT, claims=(before["wire-1"],), others=(before["wire-2"],),
        by="an analyst", at=NOON, why="two towns",
    )  # fmt: skip
    bring(register, [article(FOUR, after=19), article(SIX.replace("Binnish", "Saraqib"), id="wire-2", after=19)])
    now = {each.document: each.claim for each in register.tellings() if each.incident_worthy}
    (carried,) = carry_decisions([ruling], register.revisions())
    assert (carried.claims, carried.others) == ((now["wire-1"],), (before["wire-2"],))


def test_what_a_person_called_one_act_stays_one_when_an_article_is_mended(register: SqlRegister) -> None:
    bring(register, [article(SIX), article(SIX.replace("Binnish", "Ariha"), id="wire-2", after=1)])
    assert len(register.incidents()) == 2
    claims = [each.claim for each in register.tellings() if each.harm is not None]
    ruling = Decision(
        id="decision-1", ruling=Ruling.SAME, claims=(claims[0],), others=(claims[1],),
        by="an analyst", at=NOON, why="one salvo",
    )  # fmt: skip
    enter(register, ruling)
    bring(register, [])
    assert len(register.incidents()) == 1
    bring(register, [article(FOUR, after=19)])
    assert "one salvo" in " ".join(each.reason for each in only(register).versions)
