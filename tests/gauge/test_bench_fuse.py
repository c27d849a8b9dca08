"""What `make bench-fuse` measures and how it tells it."""

import pytest

from truceline.gauge.bench_fuse import Trial, markdown, measure_fusing, run_apart
from truceline.gauge.bench_fuse_one import measure
from truceline.gauge.clusters import fit_groups

FOUND = {"wall": 2.0, "processor": 1.0, "adding": None, "peak_mb": 100.0, "pairs": [1, 1, 1], "b_cubed": [1, 1, 1]}


def made(way: str, claims: int) -> Trial:
    return Trial(way=way, claims=claims, found={**FOUND, "processor": claims * 1e-4 * (1 + (claims > 10_000))})


def test_groups_like_the_true_ones_fit_wholly() -> None:
    fit = fit_groups({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "y"})
    assert (fit.pair_f1, fit.b_f1) == (1.0, 1.0)


def test_a_claim_left_out_stands_alone() -> None:
    fit = fit_groups({"a": 1, "b": 1, "c": 1, "d": 2}, {"a": "x", "b": "x"})
    assert fit.pair_precision == 1.0
    assert fit.pair_recall == pytest.approx(1 / 3)
    assert fit.b_precision == 1.0


def test_one_group_of_all_has_all_pairs_and_many_wrong_ones() -> None:
    fit = fit_groups({"a": 1, "b": 1, "c": 2, "d": 2}, dict.fromkeys("abcd", "x"))
    assert fit.pair_recall == 1.0
    assert fit.pair_precision == pytest.approx(2 / 6)
    assert fit.b_precision == pytest.approx(0.5)


def test_no_way_is_tried_on_more_claims_than_asked_for() -> None:
    trials = list(measure_fusing(made, limit=100_000, ways=["truceline"]))
    assert [each.claims for each in trials] == [10_000, 100_000]


def test_a_way_that_did_not_finish_is_not_tried_on_more() -> None:
    tried: list[int] = []

    def fails(way: str, claims: int) -> Trial:
        tried.append(claims)
        return Trial(way=way, claims=claims, found=None, reason="too long")

    trials = list(measure_fusing(fails, limit=1_000_000, ways=["splink"]))
    assert tried == [10_000]
    assert [each.reason for each in trials] == ["too long"] * 3


def test_without_a_python_for_it_splink_is_left_out_with_the_reason() -> None:
    trial = run_apart("splink", 10_000, splink_python=None)
    assert trial.found is None
    assert "not installed" in trial.reason


def test_the_table_tells_by_how_much_a_claim_takes_longer() -> None:
    told = markdown(list(measure_fusing(made, limit=100_000, ways=["truceline"])))
    assert "| truceline | 10,000 | 100,000 | 2.00 | < 1.3 |" in told


def test_the_one_a_day_key_is_measured_on_simulated_claims() -> None:
    found = measure("one a day", 500)
    assert found["claims"] == 500
    assert 0 < found["pairs"][2] < 1


def test_our_own_way_is_measured_on_simulated_claims() -> None:
    found = measure("truceline", 300)
    assert found["pairs"][0] > 0.8
    assert found["adding"] < 5
