import math

import pytest

from truceline.gauge.align import pair_best_first
from truceline.gauge.case import Tally
from truceline.gauge.floors import below_floors, read_floors
from truceline.gauge.fused_suites import FUSED
from truceline.gauge.measure import Bootstrap, Score, f1, mean, median, pearson
from truceline.gauge.show import cells, markdown
from truceline.gauge.suites import SUITES, Report
from truceline.gauge.watched_suites import WATCHED

UNEVEN = [Tally(counts={"right": at % 3, "found": 3, "gold": 2}) for at in range(30)]


def report(**values: float | None) -> Report:
    scores = tuple(
        Score(name=name, value=value, low=value, high=value, n=9, lower_is_better=name == "MAE")
        for name, value in values.items()
    )
    return Report(suite="toy", split="all", documents=3, scores=scores)


def test_an_interval_holds_its_value_and_is_the_same_every_time() -> None:
    measure = f1("F1", "right", "found", "gold")
    first, second = (Bootstrap(tallies=UNEVEN).estimate(measure) for _ in range(2))
    assert first == second
    assert first.low < first.value < first.high
    assert first.n == 60


def test_documents_that_are_all_alike_leave_no_doubt() -> None:
    alike = [Tally(counts={"right": 1, "found": 2, "gold": 2})] * 5
    estimate = Bootstrap(tallies=alike).estimate(f1("F1", "right", "found", "gold"))
    assert (estimate.low, estimate.value, estimate.high) == (0.5, 0.5, 0.5)


def test_a_median_pools_the_samples_of_all_documents() -> None:
    tallies = [
        Tally(counts={"n": 3}, samples={"km": (1.0, 2.0, 90.0)}),
        Tally(counts={"n": 2}, samples={"km": (3.0, 4.0)}),
    ]
    estimate = Bootstrap(tallies=tallies).estimate(median("median", "km", "n"))
    assert (estimate.value, estimate.n) == (3.0, 5)


def test_where_nothing_was_measured_there_is_no_mean() -> None:
    estimate = Bootstrap(tallies=[Tally(counts={})]).estimate(mean("mean error", "km", "n"))
    assert (estimate.value, estimate.low, estimate.n) == (None, None, 0)


def test_correlation_comes_out_of_sums() -> None:
    pairs = [(0.0, 1.0), (1.0, 3.0), (2.0, 2.0)]
    tallies = [
        Tally(counts={"r.n": 1, "r.x": x, "r.y": y, "r.xx": x * x, "r.yy": y * y, "r.xy": x * y}) for x, y in pairs
    ]
    assert Bootstrap(tallies=tallies).estimate(pearson("r", "r")).value == pytest.approx(0.5)


def test_a_reader_that_never_varies_correlates_with_nothing() -> None:
    tallies = [Tally(counts={"r.n": 1, "r.x": 3, "r.xx": 9, "r.y": y, "r.yy": y * y, "r.xy": 3 * y}) for y in (1, 2)]
    assert Bootstrap(tallies=tallies).estimate(pearson("r", "r")).value == 0.0


def test_the_best_fit_is_paired_first_and_each_only_once() -> None:
    fits = {(0, 0): 0.5, (0, 1): 0.9, (1, 1): 0.8}
    assert pair_best_first([0, 1], [0, 1], lambda gold, found: fits.get((gold, found), 0.0)) == [(0, 1)]


def test_a_score_below_its_floor_and_an_error_above_its_ceiling_are_named() -> None:
    breaches = below_floors([report(F1=0.4, MAE=0.9, r=0.5)], {"toy": {"F1": 0.5, "MAE": 0.8, "r": 0.5, "gone": 0.1}})
    assert [each.score for each in breaches] == ["F1", "MAE", "gone"]
    assert "F1 is 0.400, its floor 0.500" in str(breaches[0])
    assert "not measured" in str(breaches[2])


def test_every_floor_belongs_to_a_score_that_is_printed() -> None:
    for suite, floors in read_floors().items():
        if suite in WATCHED:
            assert set(floors) <= set(WATCHED[suite].scores)
            continue
        names = {measure.name for measure in (SUITES if suite in SUITES else FUSED)[suite].measures}
        assert all({name, name.split(": ")[-1]} & names for name in floors)


def test_a_score_is_shown_with_its_interval_and_baseline() -> None:
    score = Score(name="F1", value=0.4321, low=0.4, high=0.5, n=1234, baseline=0.1)
    assert cells(score) == ("F1", "0.432", "0.400 – 0.500", "0.100", "1,234")
    assert "| F1 | 0.432 | 0.400 – 0.500 | 0.100 | 1,234 |" in markdown(
        [Report(suite="toy", split="all", documents=3, scores=(score,))]
    )


def test_what_could_not_be_measured_is_shown_as_a_dash() -> None:
    score = Score(name="median error", value=None, low=None, high=None, n=0, lower_is_better=True, unit="km")
    assert cells(score)[1:4] == ("–", "–", "–")
    assert not math.isnan(score.n)
