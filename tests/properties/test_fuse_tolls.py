"""Tolls that all meet as they are told are never held apart, however they are hedged, updated or parted."""

from dataclasses import replace
from itertools import combinations

from fuse_world import varied_tellings
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.fuse.cards import lay_out
from truceline.fuse.figures import are_apart, find_figures, may_differ
from truceline.fuse.worthy import find_bar
from truceline.model.quantity import Harm, Range, Status, StatusCount
from truceline.model.telling import Telling

QUOTES = (
    "at least 5 were killed",
    "about 6 were killed and more are missing",
    "the toll rose to 6",
    "killing 5, among them a child",
)


@st.composite
def harms(draw: st.DrawFn) -> Harm | None:
    low, more = draw(st.integers(4, 7)), draw(st.sampled_from((0, 0, 1, None)))
    killed = Range(low=low, high=None if more is None else low + more)
    part = draw(st.sampled_from((None, None, Range(low=1, high=1), Range(low=2, high=2), killed)))
    status = draw(st.sampled_from((Status.CHILD, Status.SOLDIER)))
    by = () if part is None else (StatusCount(status=status, count=part),)
    return draw(st.sampled_from((None, Harm(killed=killed, killed_by=by), Harm(killed=killed, killed_by=by))))


@settings(max_examples=300, deadline=None)
@given(varied_tellings(), st.data())
def test_tolls_that_meet_are_not_apart(told: list[Telling], data: st.DataObject) -> None:
    tellings = [replace(each, harm=data.draw(harms()), quote=data.draw(st.sampled_from(QUOTES))) for each in told]
    cards = [lay_out(each) for each in tellings if find_bar(each) is None]
    apart = any(are_apart(*pair) for pair in combinations(find_figures(cards, "killed"), 2))
    assert may_differ(cards, "killed") or not apart
