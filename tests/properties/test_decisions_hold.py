"""Whatever people decide holds, whatever the machine proposes, in whatever order it was decided."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from fuse_world import KINDS, PLACES, START, tellings
from hypothesis import given, settings
from hypothesis import strategies as st
from review_world import decide, derive_from

from truceline.model.assessment import Verdict
from truceline.model.decision import Decision
from truceline.model.incident import Stance
from truceline.model.ruling import Ruling
from truceline.model.telling import Telling
from truceline.review.apply import find_standing, find_verdicts
from truceline.review.words import fold_words, named_in, write_place

CLAIMS = tuple(f"claim-{number}" for number in range(9))


@st.composite
def decisions(draw: st.DrawFn) -> list[Decision]:
    return [make(draw, number) for number in range(draw(st.integers(0, 8)))]


def make(draw: st.DrawFn, number: int) -> Decision:
    ruling = draw(st.sampled_from(Ruling))
    claims = draw(st.lists(st.sampled_from(CLAIMS), min_size=1, max_size=4, unique=True))
    others = draw(st.lists(st.sampled_from(CLAIMS), min_size=1, max_size=3, unique=True))
    asked = ruling
    if ruling in {Ruling.CONFIRM, Ruling.REOPEN}:
        asked = draw(st.sampled_from([each for each in Ruling if each not in {Ruling.CONFIRM, Ruling.REOPEN}]))
    start = START + timedelta(hours=draw(st.integers(0, 72)))
    values = {
        Ruling.PLACE: {"place": draw(st.sampled_from(PLACES))},
        Ruling.ACTOR: {"actor": draw(st.sampled_from(("army", "rebels", None))), "words": ("army", "rebels")},
        Ruling.TIME: {"start": start, "end": start + timedelta(hours=3)},
        Ruling.KIND: {"event": draw(st.sampled_from(KINDS))},
        Ruling.VERDICT: {"verdict": draw(st.sampled_from(Verdict))},
    }.get(asked, {})
    about = {"about": asked} if asked is not ruling else {}
    grouping = asked in {Ruling.SAME, Ruling.DIFFERENT}
    after = draw(st.integers(0, 3))  # some are of one moment
    return decide(ruling, claims, others if grouping else (), after=after, by=f"p{number}", **values, **about)


def changed(told: Sequence[Telling], chance: int) -> list[Telling]:
    """The same claims as another model reads them."""
    return [
        replace(each, place=PLACES[(number + chance) % len(PLACES)], event=KINDS[(number * chance) % len(KINDS)])
        for number, each in enumerate(told)
    ]


@settings(max_examples=60, deadline=None)
@given(tellings(), decisions(), st.integers(1, 9))
def test_decisions_hold_whatever_the_machine_proposes(
    told: list[Telling], decided: list[Decision], chance: int
) -> None:
    standing = find_standing(decided)
    for read in (told, changed(told, chance)):
        derived = derive_from(read, decided).derived
        for each in derived.tellings:
            place = standing.on(Ruling.PLACE, each.claim)
            assert place is None or write_place(each.place) == write_place(place.place)
            kind = standing.on(Ruling.KIND, each.claim)
            assert kind is None or each.event == kind.event
            time = standing.on(Ruling.TIME, each.claim)
            assert time is None or (each.happened is not None and each.happened.start == time.start)
            for one in named_in(each):
                actor = standing.on(Ruling.ACTOR, each.claim, fold_words(one.words))
                assert actor is None or one.actor == actor.actor
        verdicts = find_verdicts(derived.incidents, decided)
        assert {each.incident: each.verdict for each in derived.assessments if each.ruled is not None} == {
            incident: decision.verdict for incident, decision in verdicts.items()
        }


@settings(max_examples=60, deadline=None)
@given(tellings(), decisions())
def test_rejected_claims_are_in_no_incident_and_nothing_is_lost(told: list[Telling], decided: list[Decision]) -> None:
    standing = find_standing(decided)
    derivation = derive_from(told, decided)
    inside = [each.claim for one in derivation.derived.incidents for each in one.versions]
    assert not [each for each in inside if standing.on(Ruling.REJECT, each) is not None]
    fuse = next(each for each in derivation.tallies if each.stage == "fuse")
    assert len(derivation.derived.tellings) == len(told)
    assert len(set(inside)) + fuse.dropped_count == len({each.claim for each in told}) == fuse.given
    assert {each.incident for each in derivation.derived.assessments} == {
        each.id for each in derivation.derived.incidents
    }


@settings(max_examples=40, deadline=None)
@given(tellings(), decisions(), st.randoms(use_true_random=False))
def test_the_order_in_which_decisions_and_tellings_come_changes_nothing(
    told: list[Telling], decided: list[Decision], chance: object
) -> None:
    whole = derive_from(told, decided).derived
    shuffled, later = list(decided), list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(later)  # type: ignore[attr-defined]
    again = derive_from(later, shuffled).derived
    assert again.incidents == whole.incidents
    assert again.assessments == whole.assessments


@settings(max_examples=40, deadline=None)
@given(tellings(), decisions(), st.integers(1, 9))
def test_acts_that_the_last_decision_keeps_apart_never_meet(
    told: list[Telling], decided: list[Decision], chance: int
) -> None:
    last = decide(Ruling.DIFFERENT, CLAIMS[:2], CLAIMS[2:4], after=9)
    for read in (told, changed(told, chance)):
        for incident in derive_from(read, [*decided, last]).derived.incidents:
            asserting = {each.claim for each in incident.versions if each.stance is not Stance.DENIES}
            assert not (asserting & set(CLAIMS[:2]) and asserting & set(CLAIMS[2:4]))
