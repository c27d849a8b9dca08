"""The suite of areas: the gold fed back is exact, silence is not, and what the file asks is asked."""

from pathlib import Path

import pytest

from truceline.errors import UsageError
from truceline.gauge import gold_reader, run_suite
from truceline.gauge.areas import Areas, Asked, Geometry, Happened, is_exact, is_where
from truceline.gauge.case import empty_reading
from truceline.gauge.passages import offsets_of

CASES = Path(__file__).parents[1] / "cases" / "read"
TOWN = {"start": 9, "end": 13, "name": "Marat", "precision": "settlement", "lat": 35.0, "lon": 37.0, "radius_km": 2.0}
OFFSET = Asked(
    offsets=(0, 13),
    names=("Marat",),
    precisions=("near",),
    geometry=Geometry(lat=35.09, lon=37.0, within_km=4, radius_km=(1, 12)),
)


def test_every_question_of_the_file_is_asked() -> None:
    cases = list(Areas().cases(CASES, "all"))
    asked = [each for case in cases for each in case.gold.asked]
    assert len(asked) == 207
    assert sum(each.geometry is not None for each in asked) == 155
    assert sum(len(case.gold.none) for case in cases) == 32
    assert sum(len(case.gold.happened) for case in cases) == 102


def test_the_gold_fed_back_is_exact() -> None:
    report = run_suite("areas", CASES, predict=gold_reader("areas", CASES))
    assert {score.value for score in report.scores if not score.lower_is_better} == {1.0}
    assert report.score("taken for a place, being none").value == 0.0


def test_silence_places_nothing() -> None:
    report = run_suite("areas", CASES, predict=empty_reading)
    assert {score.value for score in report.scores} == {0.0}


def test_a_measured_offset_left_on_its_town_is_wrong() -> None:
    assert not is_exact(OFFSET, [TOWN])
    assert not is_exact(OFFSET, [TOWN | {"start": 0, "precision": "near"}])
    assert is_exact(OFFSET, [TOWN | {"start": 0, "precision": "near", "lat": 35.1}])


def test_an_extent_too_small_or_too_large_is_wrong() -> None:
    placed = TOWN | {"start": 0, "precision": "near", "lat": 35.09}
    assert not is_exact(OFFSET, [placed | {"radius_km": 0.5}])
    assert not is_exact(OFFSET, [placed | {"radius_km": 13.0}])


def test_an_event_nobody_places_is_right_only_where_it_is_told() -> None:
    nowhere = Happened(trigger=(3, 7), names=())
    claim = {"event": {"start": 3, "end": 7}, "place": None}
    assert is_where(nowhere, {"claims": [claim], "places": [TOWN]})
    assert not is_where(nowhere, {"claims": [], "places": [TOWN]})
    assert not is_where(nowhere, {"claims": [claim | {"place": 0}], "places": [TOWN]})


def test_words_that_do_not_stand_in_the_passage_are_named() -> None:
    with pytest.raises(UsageError, match="'Belm' does not stand"):
        offsets_of("Belm", "Shells fell on Marat.", file="areas.txt")
