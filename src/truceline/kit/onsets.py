"""Day by day, the chance that a new rate began lately: alerts on counts as they come in.

Bayesian online change detection (Adams and MacKay, 2007) for Poisson counts whose rate is a gamma variable: after every
day it is known how likely the present rate began so many days ago. Counts that vary more than chance would look like
changes, so each day weighs only as much as its variation allows (a likelihood to the power of mean over variance,
learnt from the days before it). Nothing looks ahead: what is said of a day rests on that day and those before.

The threshold is the one at which series of the same mean and variation without any change give a stated number of
alerts, found by simulating them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln as log_gamma

from truceline.kit.breaks import ALPHAS, MEAN_STEP

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

# By the mean's power of MEAN_STEP and alpha, one of ALPHAS.
Thresholds: TypeAlias = Mapping[tuple[int, float], float]

HAZARD = 1 / 100  # a day's chance of a new rate, before anything is counted
SHAPE = 1.0  # of the gamma that a new rate is drawn from: its mean that of the days before, its spread as much
LONGEST = 40  # days of a run told apart; older ones are one
TRAILING = 56  # days from which a new rate's mean is guessed
SIMULATED, SEED = 100, 2007


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """How alerts are raised: days to learn from first, days that count as lately, and one false alert in so many days.

    After an alert there is none for as many days as count as lately.
    """

    learn: int
    lately: int
    per_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """An alert on the day of index `at`: with this chance a new rate began lately, likeliest on `began`.

    `before` and `after` are rates a day, over the days the watch learnt from and since it began.
    """

    at: int
    began: int
    chance: float
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """By series and day: the chance that the rate began lately, and how many days ago it likeliest did."""

    chances: Floats
    ages: Counts


def find_onsets(counts: Sequence[int], watching: Watching, known: Thresholds | None = None) -> tuple[Onset, ...]:
    """The alerts of one series; none where there are no days beyond those to learn from, or nothing was counted.

    `known` are thresholds simulated earlier for the same watching; those it lacks are simulated now, in about a second.
    """
    return find_all_onsets(np.asarray(counts, dtype=np.int64)[None, :], watching, known)[0]


def find_all_onsets(series: Counts, watching: Watching, known: Thresholds | None = None) -> list[tuple[Onset, ...]]:
    """The alerts of many series of equal length, a row each."""
    if series.shape[1] <= watching.learn or not series.any():
        return [()] * len(series)
    runs, alphas = follow(series, watching), learn_alphas(series)[:, -1]
    found = []
    for counts, chances, ages, alpha in zip(series, runs.chances, runs.ages, alphas, strict=True):
        threshold = find_threshold(float(counts.mean()), float(alpha), watching, known or {})
        days = raise_alerts(chances, threshold, watching)
        found.append(tuple(describe(counts, day, int(ages[day]), float(chances[day])) for day in days))
    return found


def describe(counts: Counts, at: int, age: int, chance: float) -> Onset:
    began = at - age + 1
    earlier = counts[max(0, began - TRAILING) : began]
    return Onset(
        at=at,
        began=began,
        chance=chance,
        before=float(earlier.mean()) if len(earlier) else 0.0,
        after=float(counts[began : at + 1].mean()),
    )


def raise_alerts(chances: Floats, threshold: float, watching: Watching) -> list[int]:
    """Days above the threshold, none within the quiet after another."""
    found: list[int] = []
    for day in np.flatnonzero(chances[watching.learn :] >= threshold) + watching.learn:
        if not found or day - found[-1] > watching.lately:
            found.append(int(day))
    return found


def follow(series: Counts, watching: Watching) -> Runs:
    """Every day's belief about how long the present rate has held, for all series (a row each) together."""
    rows, days = series.shape
    means, weights = guess_means(series), weigh_days(series)
    belief = np.full((rows, LONGEST), -np.inf)  # by days the run has had, 0 first
    belief[:, 0] = 0.0
    shapes, rates = np.full((rows, LONGEST), SHAPE), np.tile(SHAPE / means[:, :1], (1, LONGEST))
    chances, ages = np.zeros((rows, days)), np.zeros((rows, days), dtype=np.int64)
    for day in range(days):
        told, weight = series[:, day, None].astype(np.float64), weights[:, day, None]
        grown, sharper = shapes + weight * told, rates + weight
        fit = log_gamma(grown) - log_gamma(shapes) + shapes * np.log(rates) - grown * np.log(sharper)
        belief = belief + fit
        likely = np.exp(belief - belief.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        belief = log_or_none(likely)
        chances[:, day] = likely[:, : watching.lately].sum(axis=1)
        ages[:, day] = likely[:, : watching.lately].argmax(axis=1) + 1
        fresh = SHAPE / means[:, min(day + 1, days - 1)]
        belief, shapes, rates = age(belief, grown, sharper, fresh)
    return Runs(chances=chances, ages=ages)


def log_or_none(chances: Floats) -> Floats:
    """Logarithms, minus infinity for what has no chance at all."""
    with np.errstate(divide="ignore"):
        return np.log(chances)


def age(belief: Floats, shapes: Floats, rates: Floats, fresh: Floats) -> tuple[Floats, Floats, Floats]:
    """Beliefs a day later: every run a day older or ended; the two oldest become one, with the older one's counts."""
    older = np.roll(belief + log(1 - HAZARD), 1, axis=1)
    older[:, -1] = np.logaddexp(older[:, -1], belief[:, -1] + log(1 - HAZARD))
    older[:, 0] = log(HAZARD)
    kept, sharp = np.roll(shapes, 1, axis=1), np.roll(rates, 1, axis=1)
    whole = np.isfinite(belief[:, -1])
    kept[whole, -1], sharp[whole, -1] = shapes[whole, -1], rates[whole, -1]
    kept[:, 0], sharp[:, 0] = SHAPE, fresh
    return older, kept, sharp


def guess_means(series: Counts) -> Floats:
    """By series and day, the mean of the days before it, at the most `TRAILING`; a half is added to the sum."""
    sums = np.concatenate([np.zeros((len(series), 1)), np.cumsum(series, axis=1)], axis=1)
    days = np.arange(series.shape[1])
    first = np.maximum(0, days - TRAILING)
    return np.asarray((sums[:, days] - sums[:, first] + 0.5) / (days - first + 1), dtype=np.float64)


def weigh_days(series: Counts) -> Floats:
    """By series and day, mean over variance as the days before show it: 1 where they vary as by chance."""
    return np.asarray(1 / (1 + learn_alphas(series) * guess_means(series)), dtype=np.float64)


def learn_alphas(series: Counts) -> Floats:
    """By series and day, alpha (kit/negbin.py) from the differences of neighbours among the days before it."""
    first, second = series[:, :-1].astype(np.float64), series[:, 1:].astype(np.float64)
    more = np.cumsum((first - second) ** 2 / 2 - (first + second) / 2, axis=1)
    square = np.cumsum(first * second, axis=1)
    known = np.clip(more / np.maximum(square, 1e-9), 0, ALPHAS[-1])
    return np.asarray(np.concatenate([np.zeros((len(series), 2)), known[:, :-1]], axis=1), dtype=np.float64)


def find_threshold(mean: float, alpha: float, watching: Watching, known: Thresholds) -> float:
    """The chance at which to raise an alert, for series of about this mean and variation."""
    step, near = round(log(max(mean, 0.01)) / log(MEAN_STEP)), min(ALPHAS, key=lambda each: abs(each - alpha))
    return known[step, near] if (step, near) in known else simulated_threshold(step, near, watching)


@lru_cache(maxsize=1024)
def simulated_threshold(step: int, alpha: float, watching: Watching) -> float:
    drawn, mean = np.random.default_rng(SEED), exp(step * log(MEAN_STEP))
    size = (SIMULATED, watching.learn + watching.per_days)
    rates = drawn.gamma(1 / alpha, alpha * mean, size) if alpha else np.full(size, mean)
    chances = follow(drawn.poisson(rates), watching).chances
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        alerts = sum(len(raise_alerts(each, middle, watching)) for each in chances)
        low, high = (low, middle) if alerts <= SIMULATED else (middle, high)
    return high
