"""Pairs of headlines and rows of two data sets, made up, and what counts as a false merge."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.gauge import measure_fused
from truceline.errors import UsageError
from truceline.gauge.case import gold_document
from truceline.gauge.ucdp_fused import FUSED, JUDGED
from truceline.gauge.ucdp_pairs import (
    Coded,
    Headline,
    Judged,
    coded_pairs,
    fused_pairs,
    pair_up,
    read_headlines,
    read_judged,
    tally_judged,
    tally_pairs,
)
from truceline.gauge.ucdp_rows import SECOND, Row, move, read_rows, tally_rows, tell_as_others
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.testing import telling

DAY = date(2017, 3, 1)
EVENT = Coded(id=1, first=DAY, last=DAY, point=(36.0, 37.0), sides=("Red", "Blue"))


def headline(id: str, event: Coded, *, listed: bool = False) -> Headline:
    return Headline(document=gold_document(id, f"Shells on {id}"), event=event, listed=listed)


def total(tallies: Any, counter: str) -> float:
    return sum(each.counts.get(counter, 0) for each in tallies)


def test_events_of_one_day_that_lie_far_apart_or_have_other_sides_are_no_single_act() -> None:
    assert EVENT.clashes_with(replace(EVENT, id=2, point=(36.5, 37.0)))
    assert EVENT.clashes_with(replace(EVENT, id=2, sides=("Red", "Green")))
    assert not EVENT.clashes_with(replace(EVENT, id=2, point=(36.1, 37.0)))
    assert not EVENT.clashes_with(replace(EVENT, id=2, sides=("Red", "Green"), first=date(2017, 3, 2), last=DAY))


def test_pairs_are_right_found_and_false_by_the_events_they_cite() -> None:
    far = replace(EVENT, id=2, point=(38.0, 37.0))
    headlines = [headline("a", EVENT), headline("b", EVENT), headline("c", far), headline("d", EVENT, listed=True)]
    assert coded_pairs(headlines) == {("a", "b"), ("a", "d"), ("b", "d")}
    tallies = tally_pairs(headlines, frozenset({("a", "b"), ("a", "c"), ("a", "d")}))
    counted = {
        name: total(tallies, name) for name in ("all.gold", "all.found", "all.right", "all.false", "listed.gold")
    }
    assert counted == {"all.gold": 3, "all.found": 3, "all.right": 2, "all.false": 1, "listed.gold": 2}


def test_a_judged_pair_counts_for_the_reader_and_for_fusing() -> None:
    headlines = [headline("a", EVENT), headline("b", EVENT)]
    (tally,) = tally_judged([Judged(pair=("a", "b"), one_incident=False, one_event=True)], headlines, frozenset())
    assert (tally.counts["incident.all.found"], tally.counts["event.all.right"], tally.counts["fused.all.found"]) == (
        0,
        1,
        0,
    )


def test_a_pair_needs_two_documents_in_one_incident() -> None:
    assert pair_up([["b", "a", "b"], ["c"]]) == {("a", "b")}
    assert fused_pairs(()) == frozenset()


def test_the_judgements_of_the_careful_reader_are_a_hundred_pairs() -> None:
    assert len({each.pair for each in read_judged(JUDGED)}) == 100
    assert read_judged(JUDGED.with_name("nothing.csv")) == ()


def test_the_second_data_set_shares_no_id_with_the_first_and_points_beside() -> None:
    place = Toponym(span=Span(0, 1), id="x", name="Marat", lat=36.0, lon=37.0, radius_km=2.0, precision=Precision.POINT)
    moved = move(place, "row")
    assert moved.id is None
    assert moved.lat is not None
    assert 0 < abs(moved.lat - 36.0) <= 2.1 / 111
    told = tell_as_others([replace(telling(claim=f"c{at}"), document=f"row:{at}") for at in range(300)])
    first = {each.document for each in told if not each.document.startswith(SECOND)}
    second = {each.document.removeprefix(SECOND) for each in told if each.document.startswith(SECOND)}
    assert len(first | second) == 300
    assert 60 < len(first & second) < 140
    assert {each.family for each in told if each.document.startswith(SECOND)} == {"second data set"}


def test_rows_of_two_data_sets_are_right_by_their_event() -> None:
    other = replace(EVENT, id=2, sides=("Red", "Green"))
    rows = [
        Row(document=gold_document("row:1", "x"), event=EVENT),
        Row(document=gold_document("row:2", "x"), event=other),
    ]
    told = [
        replace(telling(claim=each), document=each) for each in ("row:1", "row:2", f"{SECOND}row:1", f"{SECOND}row:2")
    ]
    found = frozenset({("row:1", f"{SECOND}row:1"), ("row:1", f"{SECOND}row:2")})
    tallies = tally_rows(rows, told, found)
    assert {name: total(tallies, name) for name in ("gold", "apart", "found", "right", "false")} == {
        "gold": 2,
        "apart": 2,
        "found": 2,
        "right": 1,
        "false": 1,
    }


@pytest.mark.parametrize("suite", sorted(FUSED))
def test_a_suite_of_fusing_prints_its_scores_beside_a_plain_key(suite: str, real_gold: Path) -> None:
    (report,) = measure_fused(suite, real_gold, None, limit=40, split="2018")
    assert report.documents == 40
    assert all(each.baseline_name for each in report.scores)


def test_an_unknown_year_is_named(real_gold: Path) -> None:
    with pytest.raises(UsageError, match="no split '1999'"):
        measure_fused("ucdp-pairs", real_gold, None, limit=1, split="1999")


def test_the_set_is_as_large_as_told(real_gold: Path) -> None:
    headlines = list(read_headlines(real_gold, "all"))
    assert (len(headlines), len(coded_pairs(headlines))) == (1244, 419)
    assert next(read_rows(real_gold, "2019")).event.first.year == 2019
