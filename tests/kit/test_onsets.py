"""Alerts on days as they come in."""

import numpy as np

from truceline.kit.onsets import Watching, find_onsets, follow

WATCHING = Watching(learn=28, lately=14, per_days=365)


def test_a_tripled_rate_is_noticed_within_days_and_placed() -> None:
    counts = np.random.default_rng(1).poisson(np.repeat([6, 18], [60, 14]))
    found = [each for each in find_onsets(counts.tolist(), WATCHING) if each.at >= 60]
    assert found
    assert found[0].at <= 64
    assert abs(found[0].began - 60) <= 2
    assert found[0].before < 8 < found[0].after


def test_what_comes_later_changes_nothing_said_before() -> None:
    drawn = np.random.default_rng(2)
    first = drawn.poisson(5, (1, 60))
    longer = np.concatenate([first, drawn.poisson(40, (1, 20))], axis=1)
    assert np.allclose(follow(first, WATCHING).chances, follow(longer, WATCHING).chances[:, :60])


def test_days_to_learn_from_raise_no_alert() -> None:
    assert find_onsets([0] * 20 + [50] * 8, WATCHING) == ()


def test_nothing_counted_is_no_alert() -> None:
    assert find_onsets([0] * 90, WATCHING) == ()
