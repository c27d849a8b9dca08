"""One kind of day after another, held against turned weeks."""

import numpy as np
import pytest

from truceline.kit.lags import adjust, between, compare_following, compare_lags, followed_by, turn

DRAWN = np.random.default_rng(6)


def marks(rows: int, days: int, share: float) -> np.ndarray:
    return DRAWN.random((rows, days)) < share


def test_a_turning_keeps_every_weeks_marks_in_its_area() -> None:
    then = marks(3, 36, 0.3)
    turned = turn(then, np.random.default_rng(1), 5)
    for start, end in ((0, 7), (7, 14), (14, 21), (21, 28), (28, 36)):
        assert (turned[:, :, start:end].sum(axis=2) == then[:, start:end].sum(axis=1)).all()


def test_a_day_is_followed_only_by_later_days() -> None:
    day = np.array([[False, True, False, False, True]])
    assert followed_by(day, 2).tolist() == [[True, False, True, True, False]]
    assert between(day, 2).tolist() == [[False, False, True, True, False]]


def test_planted_answers_are_found_and_the_other_way_round_is_not() -> None:
    first = marks(4, 180, 0.1)
    then = np.zeros_like(first)
    then[:, 1:] = first[:, :-1]
    found = compare_following([first], then, within=2, count=999, seed=1)[0][0]
    reverse = compare_following([then], first & marks(4, 180, 0.5), within=2, count=999, seed=1)[0][0]
    assert found.count > found.high
    assert found.chance < 0.005
    assert reverse.chance > 0.05


def test_the_lag_of_the_answer_stands_out() -> None:
    first = marks(4, 180, 0.1)
    then = np.zeros_like(first)
    then[:, 2:] = first[:, :-2]
    found = compare_lags(first, then, range(-3, 4), count=300, seed=1)
    assert max(range(7), key=lambda at: found[at].count - found[at].expected) - 3 == 2


def test_many_chances_are_adjusted_together() -> None:
    assert adjust([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.0533, 0.0533, 0.5], abs=1e-3)
    assert adjust([]) == []
