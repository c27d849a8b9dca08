"""Where and when something happens 'witnesses' it and says nothing."""

import pytest
from passages import Passages


@pytest.mark.parametrize(
    ("passage", "word"),
    [
        ("The northern countryside of Hama is witnessing renewed airstrikes.", "airstrikes"),
        ("Homs witnessed two explosions on Monday.", "explosions"),
        ("The past hours witnessed shelling on the mill.", "shelling"),
    ],
)
def test_a_place_or_a_time_that_witnesses_is_no_speaker(read: Passages, passage: str, word: str) -> None:
    assert read(passage).claim(word).chain == ()


def test_where_it_is_witnessed_is_where_it_happened(read: Passages) -> None:
    reading = read("Homs witnessed two explosions on Monday.")
    place = reading.claim("explosions").place
    assert place is not None
    assert reading.reading.places[place].name == "Homs"


@pytest.mark.parametrize("passage", ["A monitor witnessed the shelling.", "We witnessed the shelling of the mill."])
def test_one_who_witnesses_speaks(read: Passages, passage: str) -> None:
    assert read(passage).claim("shelling").chain


def test_what_a_force_is_backed_by_is_not_where_it_fights(read: Passages) -> None:
    reading = read("Turkey-backed rebels attacked a post near Manbij.")
    place = reading.claim("attacked").place
    assert place is not None
    assert reading.reading.places[place].name == "Manbij"


@pytest.mark.parametrize(
    "passage",
    [
        "The raid on the market claimed the lives of nine people.",
        "An ambush carried out by gunmen near the dam claimed three victims.",
        "April 9th 2017: Farms near the village were bombed.",
        "At least 16 fighters were killed in clashes along the road Homs – Tartus",
    ],
)
def test_what_looks_like_saying_and_is_none_has_no_speaker(read: Passages, passage: str) -> None:
    assert read(passage).relations() == []


def test_a_source_never_runs_over_its_cue(read: Passages) -> None:
    ((source, cue, _),) = read("Two soldiers killed in Afrin, says military").relations()
    assert (source, cue) == ("military", "says")
