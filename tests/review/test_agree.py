"""Double review: two people, neither knowing the other's answer."""

from dataclasses import replace

import pytest
from review_world import decide, derive_from, world

from truceline.model.assessment import Verdict
from truceline.model.decision import Decision
from truceline.model.review import ItemKind, ReviewPolicy
from truceline.model.ruling import Ruling
from truceline.review.agree import (
    Stage,
    find_agreements,
    find_kappa,
    find_reviews,
    measure_agreement,
    settle_reviews,
    stage_of,
    wilson,
)
from truceline.testing import telling

DOUBLE = ReviewPolicy(double=(ItemKind.VERDICT, ItemKind.DUPLICATE))


def judge(by: str, verdict: Verdict, after: int, item: str = "verdict-1") -> Decision:
    return decide(Ruling.VERDICT, ["c1"], by=by, verdict=verdict, after=after, item=item)


def test_kappa_is_that_worked_out_by_hand() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 35 of 50 alike; by chance .5 * .6 + .5 * .4 = .5; (.7 - .5) / .5 = .4
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    kappa, low, high = find_kappa(pairs)
    assert kappa == pytest.approx(0.4)
    # Wilson for 35 of 50: (0.7 + z²/100 -+ z sqrt(.21/50 + z²/10000)) / (1 + z²/50) with z² = 3.84146
    middle, reach = (0.7 + 0.0384146) / 1.0768292, 1.959964 * (0.0042 + 0.000384146) ** 0.5 / 1.0768292
    assert (low, high) == pytest.approx(((middle - reach - 0.5) / 0.5, (middle + reach - 0.5) / 0.5), abs=1e-5)
    assert (low, high) == pytest.approx((0.124, 0.618), abs=0.001)


def test_an_interval_stays_one_where_nobody_ever_disagreed() -> None:
    kappa, low, high = find_kappa([("y", "y")] * 6 + [("n", "n")] * 6)
    assert (kappa, high) == (1.0, pytest.approx(1.0))
    assert low is not None
    assert low < 0.6
    assert wilson(12, 12)[0] == pytest.approx(12 / (12 + 1.959964**2))


def test_few_items_and_one_answer_throughout_determine_nothing() -> None:
    few = measure_agreement([("y", "n")] * 9)
    assert (few.kappa, few.low, few.items) == (None, None, 9)
    assert "cannot determine" in few.words
    alike = measure_agreement([("y", "y")] * 12)
    assert alike.kappa is None
    assert "one answer throughout" in alike.words


def test_one_answer_waits_for_a_second_and_an_equal_one_settles_it() -> None:
    first, second = judge("A", Verdict.VIOLATION, 0), judge("B", Verdict.VIOLATION, 1)
    assert settle_reviews([first], DOUBLE) == ()
    assert stage_of(first, [first], DOUBLE) is Stage.SECOND
    assert settle_reviews([second, first], DOUBLE) == (second,)
    assert stage_of(first, [first, second], DOUBLE) is Stage.SETTLED


def test_a_person_cannot_agree_with_themselves() -> None:
    assert settle_reviews([judge("A", Verdict.VIOLATION, 0), judge("A", Verdict.VIOLATION, 1)], DOUBLE) == ()


def test_two_that_disagree_wait_for_a_third_who_decides() -> None:
    two = [judge("A", Verdict.VIOLATION, 0), judge("B", Verdict.CONTESTED, 1)]
    assert settle_reviews(two, DOUBLE) == ()
    assert stage_of(two[0], two, DOUBLE) is Stage.THIRD
    third = judge("C", Verdict.NOT_A_VIOLATION, 2)
    assert settle_reviews([*two, third], DOUBLE) == (third,)


def test_an_accepted_proposal_is_the_same_answer_as_that_proposal() -> None:
    accepted = decide(Ruling.CONFIRM, ["c1"], about=Ruling.VERDICT, verdict=Verdict.CONTESTED, by="A", item="verdict-1")
    assert settle_reviews([accepted, judge("B", Verdict.CONTESTED, 1)], DOUBLE) != ()


def test_a_question_that_is_reopened_begins_anew() -> None:
    two = [judge("A", Verdict.VIOLATION, 0), judge("B", Verdict.VIOLATION, 1)]
    reopened = decide(Ruling.REOPEN, ["c1"], about=Ruling.VERDICT, by="C", after=2, item="verdict-1")
    (review,) = find_reviews([*two, reopened], DOUBLE).values()
    assert (review.stands, review.stage) == (reopened, Stage.FIRST)
    assert settle_reviews([*two, reopened], DOUBLE) == (reopened,)
    again = judge("A", Verdict.CONTESTED, 3)
    assert stage_of(again, [*two, reopened, again], DOUBLE) is Stage.SECOND


def test_a_settled_answer_stands_until_two_people_settle_another() -> None:
    two = [judge("A", Verdict.VIOLATION, 0), judge("B", Verdict.VIOLATION, 1)]
    anew = judge("A", Verdict.CONTESTED, 2)
    assert settle_reviews([*two, anew], DOUBLE) == (two[1],)
    assert stage_of(anew, [*two, anew], DOUBLE) is Stage.SECOND
    agreed = judge("B", Verdict.CONTESTED, 3)
    assert settle_reviews([*two, anew, agreed], DOUBLE) == (agreed,)


def test_claims_that_came_between_two_answers_wait_for_the_first_to_see_them() -> None:
    places = ReviewPolicy(double=(ItemKind.GROUNDING,))
    first = decide(Ruling.PLACE, ["c1"], by="A", item="grounding-1")
    second = decide(Ruling.PLACE, ["c1", "c2"], by="B", item="grounding-1", after=1)
    (settled,) = settle_reviews([first, second], places)
    assert (settled.id, settled.claims) == (second.id, ("c1",))
    third = decide(Ruling.PLACE, ["c2"], by="A", item="grounding-1", after=2)
    assert [each.claims for each in settle_reviews([first, second, third], places)] == [("c1",), ("c2",)]


def test_who_rejects_the_claims_of_an_item_disagrees_with_who_places_them() -> None:
    places = ReviewPolicy(double=(ItemKind.GROUNDING,))
    placed = decide(Ruling.PLACE, ["c1"], by="A", item="grounding-1")
    rejected = decide(Ruling.REJECT, ["c1"], by="B", item="grounding-1", after=1)
    assert stage_of(placed, [placed, rejected], places) is Stage.THIRD
    again = decide(Ruling.REJECT, ["c1"], by="C", item="grounding-1", after=2)
    assert settle_reviews([placed, rejected, again], places) == (again,)


def test_other_kinds_take_effect_at_once() -> None:
    rejected = decide(Ruling.REJECT, ["c1"])
    placed = decide(Ruling.PLACE, ["c1"], place=None)
    assert settle_reviews([rejected, placed], DOUBLE) == (rejected, placed)


def test_what_waits_for_a_second_person_changes_no_incident() -> None:
    tellings = [
        telling("c1", document="d1", agents=("syr.army",)),
        telling("c2", document="d2", family="other", agents=("syr.army",)),
    ]
    mission = replace(world(), review=DOUBLE)
    apart = [decide(Ruling.DIFFERENT, ["c1"], ["c2"], by=by, after=after) for after, by in enumerate("AB")]
    assert len(derive_from(tellings, apart[:1], mission=mission).derived.incidents) == 1
    assert len(derive_from(tellings, apart, mission=mission).derived.incidents) == 2


def test_agreement_is_told_by_kind_and_over_all() -> None:
    given = []
    for number in range(12):
        item = f"verdict-{number}"
        second = Verdict.VIOLATION if number % 2 or number == 0 else Verdict.CONTESTED
        first = Verdict.VIOLATION if number % 2 else Verdict.CONTESTED
        given += [judge("A", first, number, item), judge("B", second, number + 20, item)]
    by_kind, whole = find_agreements(given)
    assert (by_kind.kind, by_kind.items, by_kind.agreed) == (ItemKind.VERDICT, 12, 11)
    assert by_kind.kappa == pytest.approx(whole.kappa)
    assert find_agreements(given[:1]) == ()
