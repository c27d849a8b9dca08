from math import inf

import pytest

from truceline.kit.poisson import rate_ratio


def test_the_interval_is_close_to_the_score_interval_of_statsmodels() -> None:
    found = rate_ratio(60, 20, 25, 20)
    assert (found.low, found.high) == pytest.approx((1.51, 3.81), rel=0.02)  # confint_poisson_2indep, method score


def test_the_interval_holds_the_ratio_and_mirrors() -> None:
    up, down = rate_ratio(12, 7, 5, 6), rate_ratio(5, 6, 12, 7)
    assert up.ratio is not None
    assert up.low < up.ratio < up.high
    assert (1 / up.high, 1 / up.low) == pytest.approx((down.low, down.high))


def test_zeros_leave_one_side_open() -> None:
    assert rate_ratio(5, 7, 0, 7).high == inf
    assert rate_ratio(5, 7, 0, 7).ratio is None
    assert rate_ratio(0, 7, 5, 7).low == 0
    nothing = rate_ratio(0, 7, 0, 7)
    assert (nothing.ratio, nothing.low, nothing.high) == (None, 0, inf)


def test_more_data_narrows_the_interval() -> None:
    few, many = rate_ratio(3, 7, 3, 7), rate_ratio(300, 7, 300, 7)
    assert many.high - many.low < few.high - few.low


def test_an_exposure_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="exposure"):
        rate_ratio(1, 0, 1, 1)
