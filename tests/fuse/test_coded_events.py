"""Incidents counted as event data sets count them: a place, a day, the same sides."""

from datetime import date
from itertools import permutations

from fuse_makers import ACTORS, fused, tell_of

from truceline.fuse import find_coded_events
from truceline.model.coded_event import CodedEvent
from truceline.model.telling import Telling


def code(*tellings: Telling) -> tuple[CodedEvent, ...]:
    incidents = fused(*tellings).incidents
    return find_coded_events(incidents, sources=(), actors=ACTORS, timezone="Asia/Damascus")


def test_two_acts_of_one_day_between_the_same_sides_are_one_event() -> None:
    events = code(
        tell_of("shelling", "Khan Tuman", "2016-05-05", by="army", to="rebels", killed=(3, 3), claim="c1"),
        tell_of("air strike", "Khan Tuman", "2016-05-05", by="army", to="rebels", killed=(4, 4), claim="c2"),
    )
    assert [
        (each.day, len(each.incidents), each.killed and (each.killed.low, each.killed.high)) for each in events
    ] == [(date(2016, 5, 5), 2, (7, 7))]


def test_another_day_another_place_or_other_sides_are_another_event() -> None:
    events = code(
        tell_of("shelling", "Khan Tuman", "2016-05-05", by="army", to="rebels", claim="c3"),
        tell_of("shelling", "Khan Tuman", "2016-05-08", by="army", to="rebels", claim="c4"),
        tell_of("shelling", "Hass", "2016-05-05", by="army", to="rebels", claim="c5"),
        tell_of("air strike", "Khan Tuman", "2016-05-05", by="russia", to="ahrar", claim="c6"),
    )
    assert len(events) == 4


def test_who_names_nobody_goes_with_the_only_sides_named_there() -> None:
    named = tell_of("shelling", "Khan Tuman", "2016-05-05", by="army", to="rebels", claim="c7")
    unnamed = tell_of("clash", "Khan Tuman", "2016-05-05", claim="c8")
    other = tell_of("air strike", "Khan Tuman", "2016-05-05", by="russia", to="ahrar", claim="c9")
    assert [len(each.incidents) for each in code(named, unnamed)] == [2]
    assert sorted(len(each.incidents) for each in code(named, unnamed, other)) == [1, 1, 1]


def test_what_no_coder_could_code_is_left_out() -> None:
    assert code(tell_of("talks", "Khan Tuman", "2016-05-05", by="army", to="rebels", claim="c10")) == ()
    assert code(tell_of("shelling", "Aleppo governorate", "2016-05-05", by="army", claim="c11")) == ()
    assert code(tell_of("shelling", "Khan Tuman", "2016-05-01/2016-05-07", by="army", claim="c12")) == ()


def test_the_order_of_tellings_does_not_matter() -> None:
    told = [
        tell_of("shelling", "Khan Tuman", "2016-05-05", by="army", to="rebels", killed=(3, 3), claim="c13"),
        tell_of("air strike", "Khan Tuman", "2016-05-05", by="russia", to="ahrar", claim="c14"),
        tell_of("clash", "Khan Tuman", "2016-05-05", claim="c15"),
    ]
    assert len({code(*order) for order in permutations(told)}) == 1
