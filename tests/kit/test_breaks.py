"""Breaks of daily counts: the cheapest division, no more alarms than stated, and the day with its interval."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from truceline.kit.breaks import divide, find_alphas, find_breaks, segment_costs


def cost_of(counts: np.ndarray, breaks: tuple[int, ...], alpha: float, penalty: float) -> float:
    edges = [0, *breaks, len(counts)]
    totals = np.array([counts[a:b].sum() for a, b in pairwise(edges)], dtype=float)
    return float(segment_costs(totals, np.diff(edges).astype(float), alpha).sum()) + penalty * len(breaks)


@pytest.mark.parametrize("alpha", [0.0, 0.4])
@pytest.mark.parametrize("seed", range(5))
def test_no_other_division_is_cheaper(seed: int, alpha: float) -> None:
    counts = np.random.default_rng(seed).poisson(np.repeat([2, 7, 3], 6))
    found = divide(counts, alpha, 2.0, 4)
    tried = [
        breaks
        for count in range(4)
        for breaks in combinations(range(1, 18), count)
        if all(b - a >= 4 for a, b in zip((0, *breaks), (*breaks, 18), strict=True))
    ]
    best = min(cost_of(counts, breaks, alpha, 2.0) for breaks in tried)
    assert cost_of(counts, found, alpha, 2.0) == pytest.approx(best)


def test_a_tripled_rate_is_found_on_its_day_with_both_rates() -> None:
    counts = np.random.default_rng(3).poisson(np.repeat([5, 15], 40))
    (found,) = find_breaks(counts.tolist(), shortest=7, false_alarms=0.05).breaks
    assert abs(found.at - 40) <= 2
    assert found.earliest <= 40 <= found.latest
    assert (found.before, found.after) == pytest.approx((5, 15), rel=0.25)


def test_days_that_vary_wildly_are_no_break() -> None:
    counts = np.random.default_rng(4).negative_binomial(1, 1 / 11, 120)
    assert find_breaks(counts.tolist(), shortest=7, false_alarms=0.05).breaks == ()


def test_a_break_leaves_the_variation_of_days_alone() -> None:
    drawn = np.random.default_rng(5)
    jumping = drawn.poisson(np.repeat([3, 30], 200))[None, :]
    assert find_alphas(jumping)[0] < 0.05


def test_a_series_without_anything_has_no_break() -> None:
    assert find_breaks([0] * 60, shortest=7, false_alarms=0.05).breaks == ()


def test_too_few_days_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        find_breaks([1] * 13, shortest=7, false_alarms=0.05)
