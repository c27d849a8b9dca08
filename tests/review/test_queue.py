"""What waits for a person, in the order of what a decision would change."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from review_world import view_of, world

from truceline.errors import UsageError
from truceline.model.assessment import Verdict
from truceline.model.decision import Decision
from truceline.model.place import Candidate
from truceline.model.quantity import Harm, Range
from truceline.model.review import ItemKind, ReviewPolicy
from truceline.model.span import Span
from truceline.model.telling import Role, Telling
from truceline.model.view import View
from truceline.review.agree import Stage
from truceline.review.decide import answer
from truceline.review.items import Item
from truceline.review.queue import find_items, for_reviewer
from truceline.testing import NOON, day, telling, toponym

SURE = telling("c1", document="d1", agents=("syr.army",))
UNSURE = toponym("Kafr Nabl", chance=0.5, runners_up=(Candidate(id="test:other", name="Kafr Nabl", chance=0.4),))


def of_kind(view: View, kind: ItemKind, decisions: tuple[Decision, ...] = ()) -> list[Item]:
    return [each for each in find_items(view, decisions) if each.kind is kind]


def near_miss(claim: str = "c2", **given: Any) -> Telling:
    """A telling of the same place and day that names nobody: nearly enough to be of the same act as `SURE`."""
    return telling(claim, document=f"doc-{claim}", family="other", **given)


def accept(item: Item, *, by: str = "R. H.", after: int = 0) -> Decision:
    return answer(item, "a", by=by, at=NOON + timedelta(hours=after), why="looked")


def test_a_doubtful_place_is_asked_about_with_its_runner_up_and_a_sure_one_is_not() -> None:
    view = view_of([SURE, replace(SURE, claim="c2", document="d2", place=UNSURE)])
    (item,) = of_kind(view, ItemKind.GROUNDING)
    assert item.claims == ("c2",)
    assert [each.key for each in item.options] == ["a", "1", "c", "u", "x"]
    assert item.option("1").value == "test:other"  # type: ignore[union-attr]
    assert item.chance == pytest.approx(0.5)
    assert "50%" in item.weight_reason


def test_a_decided_place_is_not_asked_again_and_new_claims_of_the_same_words_are() -> None:
    first = replace(SURE, claim="c2", document="d2", place=UNSURE)
    (item,) = of_kind(view_of([first]), ItemKind.GROUNDING)
    decision = accept(item)
    assert of_kind(view_of([first], [decision]), ItemKind.GROUNDING, (decision,)) == []
    later = replace(first, claim="c3", document="d3", happened=day("2016-06-03"))
    (again,) = of_kind(view_of([first, later], [decision]), ItemKind.GROUNDING, (decision,))
    assert (again.id, again.claims) == (item.id, ("c3",))
    assert "decided on in 1 claim" in again.reopened


def test_a_decided_place_stays_decided_when_only_the_machine_changes() -> None:
    first = replace(SURE, claim="c2", document="d2", place=UNSURE)
    (item,) = of_kind(view_of([first]), ItemKind.GROUNDING)
    decision = accept(item)
    moved = replace(first, place=replace(UNSURE, id="test:third", name="Third", chance=0.4))
    view = view_of([moved], [decision])
    assert of_kind(view, ItemKind.GROUNDING, (decision,)) == []
    (told,) = view.tellings
    assert told.place is not None
    assert told.place.id == UNSURE.id
    assert told.ruled[0].machine == "test:third"


def test_words_that_no_gazetteer_knows_are_one_item_over_all_reports() -> None:
    nowhere = replace(toponym("x"), id=None, name=None, lat=None, lon=None, span=Span(0, 5), reason="not known")
    told = [
        telling(
            f"c{number}",
            document=f"d{number}",
            quote="Mill x shells",
            place=nowhere,
            happened=day(f"2016-05-0{number}"),
        )
        for number in (1, 2, 3)
    ]
    (item,) = of_kind(view_of(told), ItemKind.PLACE)
    assert (len(item.claims), len(item.incidents)) == (3, 3)
    assert "Mill" in item.question


def test_names_are_asked_about_and_descriptions_weigh_little() -> None:
    named = telling("c1", document="d1", quote="Shells of the Amber Brigade", agents=())
    named = replace(named, agents=(Role(words="the Amber Brigade", actor=None),))
    described = replace(named, claim="c2", document="d2", agents=(Role(words="the factions", actor=None),))
    struck = replace(named, claim="c3", document="d3", agents=(), recipients=(Role(words="the market", actor=None),))
    items = of_kind(view_of([named, described, struck]), ItemKind.ACTOR)
    assert [each.words for each in items] == [("the Amber Brigade",), ("the factions",)]
    assert items[0].weight > items[1].weight


def test_an_actor_of_the_mission_with_nearly_that_name_is_offered() -> None:
    misspelt = replace(SURE, quote="Shells of Jaish al-Islm", agents=(Role(words="Jaish al-Islm", actor=None),))
    (item,) = of_kind(view_of([misspelt]), ItemKind.ACTOR)
    assert [each.actor for each in item.options if each.key == "1"] == ["jaish-al-islam"]
    decision = answer(item, "1", by="R. H.", at=NOON, why="a slip of the pen")
    view = view_of([misspelt], [decision])
    assert view.incidents[0].agents == ("jaish-al-islam",)
    assert of_kind(view, ItemKind.ACTOR, (decision,)) == []


def test_near_misses_are_asked_about_and_answered_once() -> None:
    told = [SURE, near_miss()]
    view = view_of(told)
    assert len(view.incidents) == 2
    (item,) = of_kind(view, ItemKind.DUPLICATE)
    assert item.proposal.value == "different"
    assert any(each.startswith("against one act") for each in item.proposal.reasons)
    merged = answer(item, "m", by="R. H.", at=NOON, why="one salvo")
    assert len(view_of(told, [merged]).incidents) == 1
    accepted = accept(item)
    assert of_kind(view_of(told, [accepted]), ItemKind.DUPLICATE, (accepted,)) == []


def test_two_acts_come_back_when_a_telling_comes_in_that_fits_both() -> None:
    dead = Harm(killed=Range(low=30, high=30))
    told = [SURE, near_miss(harm=dead)]
    (item,) = of_kind(view_of(told), ItemKind.DUPLICATE)
    accepted = accept(item)
    other = telling("c7", document="d7", family="third", agents=("syr.army",), happened=day("2016-06-05"))
    assert of_kind(view_of([*told, other], [accepted]), ItemKind.DUPLICATE, (accepted,)) == []
    link = telling("c9", document="d9", family="third", agents=("syr.army",), harm=dead)
    view = view_of([*told, link], [accepted])
    assert len(view.incidents) == 2
    (again,) = of_kind(view, ItemKind.DUPLICATE, (accepted,))
    assert "c9 came in, which fits both" in again.reopened


def test_more_deaths_weigh_more() -> None:
    (few,) = of_kind(view_of([SURE, near_miss()]), ItemKind.DUPLICATE)
    dead, more = (Harm(killed=Range(low=told, high=told)) for told in (30, 45))
    (many,) = of_kind(view_of([replace(SURE, harm=dead), near_miss(harm=more)]), ItemKind.DUPLICATE)
    assert "30 deaths" in many.weight_reason
    assert many.weight / many.chance == pytest.approx(few.weight / few.chance + 30 * 0.2, abs=0.01)


def test_an_open_verdict_is_asked_about_until_it_is_decided() -> None:
    view = view_of([SURE])
    assert view.assessments[0].verdict is Verdict.INSUFFICIENT
    (item,) = of_kind(view, ItemKind.VERDICT)
    decision = answer(item, "1", by="R. H.", at=NOON, why="seen by our own")
    assert of_kind(view_of([SURE], [decision]), ItemKind.VERDICT, (decision,)) == []


def test_a_decided_verdict_comes_back_only_with_new_tellings_that_change_what_the_rules_find() -> None:
    (item,) = of_kind(view_of([SURE]), ItemKind.VERDICT)
    decision = answer(item, "1", by="R. H.", at=NOON, why="seen")
    assert decision.verdict is Verdict.VIOLATION
    denied = telling("c8", document="d8", family="gov", agents=("syr.army",), negated=True, factuality=-3.0)
    view = view_of([SURE, denied], [decision])
    machine = view.assessments[0].ruled
    assert machine is not None
    back = of_kind(view, ItemKind.VERDICT, (decision,))
    assert bool(back) == (machine.machine not in {Verdict.VIOLATION.value, Verdict.INSUFFICIENT.value})
    assert all("c8" in each.reopened for each in back)


def test_what_one_of_two_reviewers_answered_waits_for_the_other_and_is_not_shown_again_to_the_first() -> None:
    mission = replace(world(), review=ReviewPolicy(double=(ItemKind.VERDICT,)))
    view = view_of([SURE], mission=mission)
    (item,) = of_kind(view, ItemKind.VERDICT)
    first = answer(item, "1", by="A", at=NOON, why="seen")
    (waiting,) = of_kind(view_of([SURE], [first], mission=mission), ItemKind.VERDICT, (first,))
    assert (waiting.stage, waiting.reviewers) == (Stage.SECOND, ("A",))
    assert waiting.proposal == item.proposal
    assert for_reviewer([waiting], "A") == ()
    assert for_reviewer([waiting], "B") == (waiting,)


def test_what_people_decided_moves_the_chances_of_its_kind() -> None:
    item = of_kind(view_of([SURE]), ItemKind.VERDICT)[0]
    others = tuple(
        replace(
            answer(item, "1", by="R. H.", at=NOON, why="seen"),
            id=f"d-{number}",
            item=f"verdict-{number}",
            claims=("gone",),
        )
        for number in range(10)
    )
    later = of_kind(view_of([SURE]), ItemKind.VERDICT, others)[0]
    assert later.chance == pytest.approx((0.2 * 10 + 10) / 20)
    assert "10 of 10" in later.weight_reason


def test_the_queue_is_the_same_in_whatever_order_tellings_come() -> None:
    told = [SURE, near_miss(), replace(SURE, claim="c5", document="d5", place=UNSURE)]
    assert find_items(view_of(told), ()) == find_items(view_of(told[::-1]), ())
    weights = [each.weight for each in find_items(view_of(told), ())]
    assert weights == sorted(weights, reverse=True)


def test_an_answer_needs_a_key_a_name_grounds_and_what_the_option_asks_for() -> None:
    (item,) = of_kind(view_of([replace(SURE, place=UNSURE)]), ItemKind.GROUNDING)
    for key, given in (("z", {}), ("c", {})):
        with pytest.raises(UsageError):
            answer(item, key, by="R. H.", at=NOON, why="x", **given)
    with pytest.raises(UsageError):
        answer(item, "a", by=" ", at=NOON, why="x")
    corrected = answer(item, "c", by="R. H.", at=NOON, why="x", place=toponym("Hass"))
    assert (corrected.place.id, corrected.proposed, corrected.item) == ("test:hass", item.proposal, item.id)  # type: ignore[union-attr]


def test_an_empty_register_asks_nothing() -> None:
    assert find_items(view_of([]), ()) == ()


def test_what_is_misread_can_be_rejected_from_an_open_verdict_and_is_asked_no_more() -> None:
    (item,) = of_kind(view_of([SURE]), ItemKind.VERDICT)
    rejected = answer(item, "x", by="R. H.", at=NOON, why="a drill")
    assert of_kind(view_of([SURE]), ItemKind.VERDICT, (rejected,)) == []
    assert view_of([SURE], [rejected]).incidents == ()


def test_what_hangs_loosely_can_be_split_off() -> None:
    told = [SURE, near_miss(), telling("c3", document="d3", family="third", agents=("syr.army",))]
    loose = [replace(SURE, claim="c4", document="d4", family="fourth", place=toponym("Khan", lat=36.21, lon=37.2))]
    view = view_of([*told, *loose])
    (item,) = of_kind(view, ItemKind.INCIDENT)
    assert item.claims == ("c4",)
    before = len(view.incidents)
    split = answer(item, "s", by="R. H.", at=NOON, why="the next village")
    after = view_of([*told, *loose], [split])
    assert len(after.incidents) == before + 1
    assert of_kind(after, ItemKind.INCIDENT, (split,)) == []
