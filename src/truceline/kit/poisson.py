"""The ratio of two Poisson rates with its exact mid-P interval.

Given the sum of both counts, the first is binomial with a chance that depends on the ratio alone, so the interval
needs no approximation and handles zeros (Berry and Armitage, Mid-P confidence intervals, The Statistician 44, 1995).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf

from scipy.optimize import brentq
from scipy.special import betainc, xlog1py, xlogy
from scipy.special import gammaln as log_gamma

LEVEL = 0.95
EDGE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """`ratio` is None when the second count is zero; `low` to `high` is the interval, `high` inf when unbounded."""

    ratio: float | None
    low: float
    high: float


def rate_ratio(count: int, exposure: float, base_count: int, base_exposure: float, *, level: float = LEVEL) -> Ratio:
    """The rate `count / exposure` over `base_count / base_exposure`. Exposures must be above zero."""
    if exposure <= 0 or base_exposure <= 0:
        raise ValueError("a rate needs an exposure above zero")
    total, scale = count + base_count, base_exposure / exposure
    if total == 0:
        return Ratio(ratio=None, low=0.0, high=inf)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else find_chance(lambda chance: upper_tail(count, total, chance) - tail)
    high = 1.0 if base_count == 0 else find_chance(lambda chance: 1 - upper_tail(count, total, chance) - tail)
    return Ratio(
        ratio=None if base_count == 0 else count / base_count * scale,
        low=low / (1 - low) * scale,
        high=inf if high >= 1 else high / (1 - high) * scale,
    )


def upper_tail(count: int, total: int, chance: float) -> float:
    """The chance of more than `count` of `total`, and half the chance of exactly `count`."""
    exact = exact_chance(count, total, chance)
    at_least = 1.0 if count == 0 else float(betainc(count, total - count + 1, chance))
    return at_least - exact / 2


def exact_chance(count: int, total: int, chance: float) -> float:
    ways = log_gamma(total + 1) - log_gamma(count + 1) - log_gamma(total - count + 1)
    return exp(float(ways + xlogy(count, chance) + xlog1py(total - count, -chance)))


def find_chance(difference: Callable[[float], float]) -> float:
    """Where the difference crosses zero between 0 and 1."""
    return float(brentq(difference, EDGE, 1 - EDGE, xtol=1e-12))
