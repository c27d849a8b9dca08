"""Ratios of counts that vary more than chance."""

from math import inf

import numpy as np
import pytest

from truceline.kit.negbin import find_dispersion, spread_ratio
from truceline.kit.poisson import rate_ratio


def test_nothing_counted_shows_no_dispersion() -> None:
    assert find_dispersion([[], [0, 0], [4]]) is None


def test_series_of_attacks_show_more_dispersion_than_even_days() -> None:
    even, series = find_dispersion([[3, 3, 3, 3], [9, 9, 9]]), find_dispersion([[0, 12, 0, 0], [0, 0, 12, 0]])
    assert even is not None
    assert series is not None
    assert even.alpha < 0.2
    assert series.alpha > 1


def test_a_change_of_level_between_stretches_is_no_dispersion() -> None:
    drawn = np.random.default_rng(1)
    found = find_dispersion([drawn.poisson(level, 28).tolist() for level in (2, 40, 8)])
    assert found is not None
    assert found.alpha < 0.1


def test_the_dispersion_of_many_days_is_found_again() -> None:
    drawn = np.random.default_rng(2).negative_binomial(2, 2 / (2 + 10), 400)
    found = find_dispersion([drawn.tolist()])
    assert found is not None
    assert found.alpha == pytest.approx(0.5, abs=0.15)


def test_dispersion_widens_the_interval_and_keeps_the_ratio() -> None:
    wild = find_dispersion([[0, 12, 0, 0], [0, 0, 12, 0]])
    plain, wide = rate_ratio(60, 20, 25, 20), spread_ratio(60, 20, 25, 20, wild)
    assert wide.ratio == plain.ratio
    assert wide.low < plain.low < plain.high < wide.high
    assert spread_ratio(60, 20, 25, 20, None) == plain


def test_zeros_leave_one_side_open_under_dispersion_too() -> None:
    wild = find_dispersion([[0, 12, 0, 0], [0, 0, 12, 0]])
    assert spread_ratio(0, 7, 5, 7, wild).low == 0
    assert spread_ratio(5, 7, 0, 7, wild).high == inf
