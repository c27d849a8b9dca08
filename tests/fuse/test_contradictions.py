"""What tellings of one incident differ in is kept side by side."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fuse_makers import at, denial, only, roles, tell_of, when, words

from truceline.model.incident import Contradiction
from truceline.model.quantity import Harm, Range, Status, StatusCount
from truceline.model.telling import Telling
from truceline.model.when import When


def found(what: str, *tellings: Telling) -> Contradiction | None:
    return next((each for each in only(*tellings).contradictions if each.what == what), None)


def values(what: str, *tellings: Telling) -> list[str]:
    contradiction = found(what, *tellings)
    assert contradiction is not None
    return [each.value for each in contradiction.variants]


def test_tolls_that_do_not_meet_stand_side_by_side() -> None:
    assert values(
        "killed",
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia", killed=(3, 3)),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", killed=(5, 7), source="afp"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="c", by="russia", killed=(3, 4), source="daily"),
    ) == ["3", "5–7"]


def test_at_least_three_and_five_agree() -> None:
    assert (
        found(
            "killed",
            tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", killed=(3, None)),
            tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", killed=(5, 5), source="afp"),
        )
        is None
    )


def test_two_hours_apart_is_a_contradiction_of_hours() -> None:
    assert values(
        "hour",
        tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="a", by="russia"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05 16:00", claim="b", by="russia", source="afp"),
    ) == ["2016-05-05T14:00", "2016-05-05T16:00"]


def test_a_day_and_an_hour_of_it_agree() -> None:
    assert (
        found(
            "hour",
            tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="a", by="russia"),
            tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="afp"),
        )
        is None
    )


def test_different_agents_are_named_by_their_neutral_names() -> None:
    assert values(
        "agent",
        tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="a", by="army", to=words("the hospital"), killed=(7, 7)),
        tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="b", by="ahrar", to=words("a hospital"), killed=(7, 7)),
    ) == ["Ahrar al-Sham", "Syrian army"]


def test_the_army_and_its_government_do_not_contradict_each_other() -> None:
    assert (
        found(
            "agent",
            tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="a", by="army"),
            tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="b", by="gov", source="afp"),
        )
        is None
    )


def test_a_drone_and_an_aircraft_are_kept_as_different_means() -> None:
    assert values(
        "means",
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        tell_of("drone strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="afp"),
    ) == ["Air strike", "Drone strike"]


def test_a_denial_stands_beside_what_it_denies() -> None:
    contradiction = found(
        "denial",
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        denial("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="sputnik"),
    )
    assert contradiction is not None
    assert [(each.value, each.claims) for each in contradiction.variants] == [("told", ("a",)), ("denied", ("b",))]


@pytest.mark.parametrize("what", ["agent", "hour", "place", "means", "killed", "sum", "denial"])
def test_tellings_that_agree_contradict_in_nothing(what: str) -> None:
    told = tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="a", by="russia", killed=(3, 3))
    again = tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="b", by="russia", killed=(3, 3), source="afp")
    assert found(what, told, again) is None


BOMBED = ("air strike", "Kafr Nabl", "2016-05-05")


def hit(target: str, **given: object) -> Telling:
    return tell_of(*BOMBED, to=words(target), **given)  # type: ignore[arg-type]


def test_numbers_of_the_hurt_are_held_against_each_other_too() -> None:
    hurt = [Harm(injured=Range(low=number, high=number)) for number in (4, 9)]
    told = (replace(tell_of(*BOMBED, claim="a"), harm=hurt[0]), tell_of(*BOMBED, claim="b", source="afp"))
    assert values("injured", told[0], replace(told[1], harm=hurt[1])) == ["4", "9"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("About 20 people were killed in Kafr Nabl.", "A strike on Kafr Nabl killed 18 people."),
        ("So far 20 bodies were counted in Kafr Nabl.", "A strike on Kafr Nabl killed 31 people."),
    ],
)
def test_a_rounded_or_an_open_figure_leaves_room(first: str, second: str) -> None:
    low, high = (int("".join(each for each in text if each.isdigit())) for text in (first, second))
    told = tell_of(*BOMBED, claim="a", killed=(low, low), quote=first)
    again = tell_of(*BOMBED, claim="b", killed=(high, high), quote=second, source="afp")
    assert found("killed", told, again) is None


def test_a_later_figure_of_the_same_house_replaces_its_earlier_one() -> None:
    first = tell_of(*BOMBED, claim="a", killed=(15, 15), published="2016-05-05 12:00")
    later = tell_of(*BOMBED, claim="b", killed=(8, 8), published="2016-05-05 18:00")
    assert found("killed", first, later) is None


def test_a_toll_told_as_risen_contradicts_no_lower_one() -> None:
    risen = "The number of dead in Kafr Nabl has risen to 9."
    first = tell_of(*BOMBED, claim="a", killed=(4, 4), published="2016-05-05 12:00")
    later = tell_of(*BOMBED, claim="b", killed=(9, 9), quote=risen, published="2016-05-05 18:00", source="afp")
    assert found("killed", first, later) is None


def dead_of(status: Status, number: int, **given: object) -> Telling:
    count = Range(low=number, high=number)
    harm = Harm(killed=count, killed_by=(StatusCount(status=status, count=count),))
    return replace(tell_of(*BOMBED, **given), harm=harm)  # type: ignore[arg-type]


def test_children_are_some_of_the_dead() -> None:
    assert (
        found("killed", dead_of(Status.CHILD, 2, claim="a"), hit("x", claim="b", killed=(5, 5), source="afp")) is None
    )


def test_more_children_than_dead_do_not_go_together() -> None:
    assert found("killed", dead_of(Status.CHILD, 7, claim="a"), hit("x", claim="b", killed=(5, 5), source="afp"))


def test_the_dead_of_one_side_say_nothing_of_the_other() -> None:
    soldiers, fighters = dead_of(Status.SOLDIER, 9, claim="a"), dead_of(Status.FIGHTER, 22, claim="b", source="afp")
    assert found("killed", soldiers, fighters) is None


def test_something_protected_and_a_military_target_are_told_of_one_strike() -> None:
    assert values(
        "recipient",
        hit("the clinic", claim="a", killed=(7, 7)),
        hit("an ammunition depot", claim="b", killed=(7, 7), source="sana"),
    ) == ["the clinic", "an ammunition depot"]


def test_neighbouring_days_of_one_thing_struck_are_a_contradiction_of_days() -> None:
    quote = "Aircraft destroyed the only bridge of Kafr Nabl with four heavy parachute charges."
    told = hit("the bridge", claim="a", quote=quote)
    other = tell_of(
        "air strike", "Kafr Nabl", "2016-05-06", claim="b", to=words("the bridge"), quote=quote, source="afp"
    )
    assert values("day", told, other) == ["2016-05-05", "2016-05-06"]


def test_taken_and_repelled_are_two_ends_of_one_attack() -> None:
    assert values(
        "status",
        tell_of("capture", "Khan Tuman", "2016-05-05", claim="a", quote="The factions captured Khan Tuman."),
        tell_of("clash", "Khan Tuman", "2016-05-05", claim="b", quote="An attack on it was repelled.", source="sana"),
        tell_of("attack", "Khan Tuman", "2016-05-05", claim="c", quote="Khan Tuman was attacked.", source="afp"),
    ) == ["taken", "repelled"]


def test_who_denies_by_name_denies_those_only_who_name_him() -> None:
    told = tell_of(*BOMBED, claim="a", to=words("the clinic"))
    denied = denial(*BOMBED, claim="b", by="russia", to=words("the clinic"), source="sputnik")
    assert found("denial", told, denied) is None
    assert found("denial", replace(told, agents=roles("russia")), denied) is not None


def test_nobody_killed_is_a_number_and_no_denial() -> None:
    told = tell_of(*BOMBED, claim="a", killed=(6, 6))
    none = denial(*BOMBED, claim="b", killed=(0, 0), source="sana")
    assert values("killed", told, none) == ["6", "0"]
    assert found("denial", told, none) is None


def test_a_sentence_that_names_both_contradicts_neither() -> None:
    both = "Zenki and Ahrar al-Sham shelled the bakery of Kafr Nabl."
    one = tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="a", by="ahrar", to=words("the bakery"), quote=both)
    other = tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="b", by="zenki", to=words("the bakery"), source="afp")
    assert found("agent", one, other) is None


@pytest.mark.parametrize(("quote", "apart"), [("At {} sharp a jet came.", True), ("At {} a jet came.", False)])
def test_exact_hours_leave_no_room(quote: str, apart: bool) -> None:
    hours = ("14:05", "15:20")
    first, second = (
        tell_of("air strike", "Kafr Nabl", minute(f"2016-05-05 {each}"), claim=each, quote=quote.format(each))
        for each in hours
    )
    assert (found("hour", first, replace(second, family="afp")) is not None) is apart


def minute(text: str) -> When:
    return replace(when(text), end=at(text) + timedelta(minutes=1))
