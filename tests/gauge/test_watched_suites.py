"""The simulations behind the suites of watching, and what each suite counts."""

from dataclasses import replace

import numpy as np
import pytest

from truceline.gauge.breaks_found import find_squares, match_breaks
from truceline.gauge.floors import read_floors
from truceline.gauge.patterns_found import SETTINGS, draw_marks, try_setting
from truceline.gauge.rate_coverage import Level, cover, draw_series
from truceline.gauge.simulate_series import Jumps, draw_broken, draw_counts, draw_moods
from truceline.gauge.watched_suites import WATCHED

JUMPS = Jumps(days=120, most_breaks=4, shortest=14, lowest=2, highest=40, first=(2, 20), ratios=(2, 4), alphas=(0.0,))


def test_counts_vary_as_asked() -> None:
    drawn = draw_counts(10.0, 0.5, (40_000,), np.random.default_rng(1))
    assert drawn.mean() == pytest.approx(10, rel=0.03)
    assert drawn.var() == pytest.approx(10 + 0.5 * 100, rel=0.08)


def test_moods_have_mean_one_and_their_memory() -> None:
    moods = np.log(draw_moods(0.5, 0.8, (400, 60), np.random.default_rng(2)))
    assert np.exp(moods).mean() == pytest.approx(1, abs=0.05)
    assert np.corrcoef(moods[:, :-1].ravel(), moods[:, 1:].ravel())[0, 1] == pytest.approx(0.8, abs=0.03)


def test_segments_are_as_long_as_asked() -> None:
    drawn = np.random.default_rng(3)
    for _ in range(200):
        broken = draw_broken(JUMPS, drawn)
        lengths = np.diff([0, *broken.breaks, 120])
        assert lengths.min() >= 14
        assert len(broken.counts) == 120


def test_a_found_break_answers_one_true_break_only() -> None:
    assert match_breaks((20, 23), (21,)) == [(20, 21)]
    assert match_breaks((20,), (23,)) == []
    assert match_breaks((20, 40), (41, 19)) == [(20, 19), (40, 41)]


def test_least_squares_find_a_plain_step() -> None:
    assert list(find_squares(np.repeat([2, 9], 30))) == [30]


def test_a_plain_interval_misses_days_that_vary_and_ours_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truceline.gauge.rate_coverage.SERIES", 200)
    level = Level(mean=10, ratio=2, alpha=0.5, days=7, back=6)
    assert len(list(draw_series(level, np.random.default_rng(1)))) == 200
    found = cover(level, 1)
    assert found.plain < 0.7
    assert found.share > 0.88


def test_planted_answers_stand_behind_their_days() -> None:
    plain, planted = SETTINGS[0], SETTINGS[-1]
    first, then = draw_marks(planted, np.random.default_rng(4))
    assert first.shape == then.shape == (6, 180)
    assert planted.answered > plain.answered == 0


def test_a_pattern_setting_is_tried_as_often_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truceline.gauge.patterns_found.TURNS", 49)
    told = try_setting(replace(SETTINGS[-1], series=10), 6)
    assert len(told.following) == len(told.chains) == len(told.plain) == 10
    assert told.share(told.following) > 0.5


def test_every_suite_of_watching_has_floors() -> None:
    assert set(WATCHED) <= set(read_floors())
