"""Counts that vary more than chance: how much more, and the ratio of two rates that allows for it.

Counts of single days are taken as negative binomial with variance mean + alpha * mean²: a Poisson count whose own rate
varies from day to day. `alpha` is the same on all days, the mean is that of a stretch of days.

How likely each `alpha` is comes from the likelihood with every stretch's mean profiled out and adjusted for it (Cox and
Reid, Parameter orthogonality and approximate conditional inference, JRSS B 49, 1987), times a prior: one in eleven that
there is none, else 1 / (1 + alpha), which rules nothing out. Averaging over it rather than taking the likeliest keeps
the interval honest when there are few days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln as log_gamma
from scipy.special import polygamma, stdtrit

from truceline.kit.poisson import Ratio, rate_ratio

Floats = NDArray[np.float64]

NORMAL_95 = 1.959964
ALPHAS: Floats = np.concatenate([[1e-4], np.geomspace(0.01, 20, 36)])
SLAB: Floats = np.gradient(ALPHAS) / (1 + ALPHAS)
PRIOR: Floats = SLAB / SLAB.sum() + 0.1 * (np.arange(len(ALPHAS)) == 0)
LEAST_FREEDOM = 2.0

exact_ratio = lru_cache(maxsize=65536)(rate_ratio)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispersion:
    """How likely each of `ALPHAS` is (sums to 1), the one that fits best, and the days beyond one a stretch."""

    weights: Floats
    alpha: float
    freedom: int

    def spread(self, days: int) -> float:
        """The variance that it adds to the logarithm of a rate over so many days."""
        return float(self.weights @ polygamma(1, days / ALPHAS))


def find_dispersion(groups: Sequence[Sequence[int]]) -> Dispersion | None:
    """From the daily counts of stretches of days, each with a mean of its own; None where they cannot show any."""
    told = [np.asarray(group, dtype=np.float64) for group in groups if len(group) > 1 and sum(group) > 0]
    if not told:
        return None
    score = sum((score_alphas(group) for group in told), start=np.zeros(len(ALPHAS)))
    weights = np.exp(score - score.max()) * PRIOR
    return Dispersion(
        weights=weights / weights.sum(),
        alpha=float(ALPHAS[score.argmax()]),
        freedom=sum(len(group) - 1 for group in told),
    )


def score_alphas(counts: Floats) -> Floats:
    """The adjusted log likelihood of each of `ALPHAS`, given the daily counts of one stretch."""
    days, mean, shape = len(counts), counts.mean(), 1 / ALPHAS
    values, repeats = np.unique(counts, return_counts=True)
    ways = (log_gamma(values[:, None] + shape) - log_gamma(shape)).T @ repeats
    told = ways + counts.sum() * np.log(mean / (mean + shape)) + days * shape * np.log(shape / (mean + shape))
    return np.asarray(told - 0.5 * np.log(days * mean / (1 + ALPHAS * mean)), dtype=np.float64)


def spread_ratio(count: int, days: int, base_count: int, base_days: int, dispersion: Dispersion | None) -> Ratio:
    """The rate `count / days` over `base_count / base_days` with a 95 % interval; days must be above zero.

    The exact mid-P interval of Poisson counts, widened on the log scale by what `dispersion` adds; the widening uses
    Student's t as far as the width rests on an estimated dispersion (Satterthwaite).
    """
    found = exact_ratio(count, days, base_count, base_days)
    if dispersion is None or count + base_count == 0:
        return found
    chance = float(polygamma(1, count + 0.5) + polygamma(1, base_count + 0.5))
    more = dispersion.spread(days) + dispersion.spread(base_days)
    freedom = max(LEAST_FREEDOM, dispersion.freedom * ((chance + more) / more) ** 2)
    factor = sqrt((chance + more) / chance) * float(stdtrit(freedom, 0.975)) / NORMAL_95
    middle = (count + 0.5) / days / ((base_count + 0.5) / base_days)
    return Ratio(
        ratio=found.ratio,
        low=stretch(found.low, middle, factor),
        high=stretch(found.high, middle, factor),
    )


def stretch(end: float, middle: float, factor: float) -> float:
    """The end of an interval, so many times as far from the middle on the log scale."""
    if end in (0.0, inf):
        return end
    return float(middle * np.exp(log(end / middle) * factor))
