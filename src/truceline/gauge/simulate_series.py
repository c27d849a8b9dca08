"""Made-up daily counts of which the truth is known: their rates, how much they vary, and where they break."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


def draw_counts(rates: Floats | float, alpha: float, size: tuple[int, ...], drawn: np.random.Generator) -> Counts:
    """Counts with these means: Poisson where `alpha` is 0, else negative binomial of variance mean + alpha * mean²."""
    means = np.broadcast_to(np.asarray(rates, dtype=np.float64), size)
    if alpha == 0:
        return drawn.poisson(means)
    return drawn.poisson(means * drawn.gamma(1 / alpha, alpha, size))


def draw_moods(width: float, memory: float, size: tuple[int, int], drawn: np.random.Generator) -> Floats:
    """Factors of mean 1 by series and day, each day like the day before: log-normal, `width` on the log scale."""
    rows, days = size
    moods, now = np.empty(size), drawn.normal(0, width, rows)
    for day in range(days):
        moods[:, day] = now
        now = memory * now + np.sqrt(1 - memory**2) * drawn.normal(0, width, rows)
    return np.asarray(np.exp(moods - width**2 / 2), dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One series with the days (from 0) on which a new rate begins."""

    counts: Counts
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jumps:
    """How broken series are made: length in days, rates a day and ratios of neighbours, both even on the log scale.

    Each segment has at least `shortest` days, each rate stays within `lowest` and `highest`.
    """

    days: int
    most_breaks: int
    shortest: int
    lowest: float
    highest: float
    first: tuple[float, float]
    ratios: tuple[float, float]
    alphas: tuple[float, ...]


def draw_broken(jumps: Jumps, drawn: np.random.Generator) -> Broken:
    """A series with none to `most_breaks` breaks, anywhere that leaves the segments long enough."""
    count = int(drawn.integers(0, jumps.most_breaks + 1))
    slack = jumps.days - (count + 1) * jumps.shortest
    offsets = np.sort(drawn.integers(0, slack + 1, count))
    breaks = tuple(int(offset) + (at + 1) * jumps.shortest for at, offset in enumerate(offsets))
    rates = draw_rates(jumps, count + 1, drawn)
    levels = np.repeat(rates, np.diff([0, *breaks, jumps.days]))
    alpha = float(drawn.choice(jumps.alphas))
    return Broken(counts=draw_counts(levels, alpha, (jumps.days,), drawn), breaks=breaks)


def draw_rates(jumps: Jumps, count: int, drawn: np.random.Generator) -> Sequence[float]:
    rates = [float(np.exp(drawn.uniform(*np.log(jumps.first))))]
    while len(rates) < count:
        factor = float(np.exp(drawn.uniform(*np.log(jumps.ratios))))
        ways = [each for each in (rates[-1] * factor, rates[-1] / factor) if jumps.lowest <= each <= jumps.highest]
        rates.append(float(drawn.choice(ways)))
    return rates
