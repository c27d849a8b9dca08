"""Days on which a series of daily counts takes another level.

The best division into segments of one rate each is found exactly, by optimal partitioning with the pruning of Killick,
Fearnhead and Eckley (Optimal detection of changepoints with a linear computational cost, JASA 107, 2012). A segment
costs its least negative log likelihood, Poisson or negative binomial (variance mean + alpha * mean²); every break costs
a penalty besides. The penalty is the one at which so many of series like it without any break would show one, found by
simulating them; a stated rate of false alarms then holds for short series and long, rare counts and frequent ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

SIMULATED = 2000
SEED = 1662
MEAN_STEP = 1.5  # penalties are shared by series whose means differ by less
ALPHAS = (0.0, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6, 4.0)
LEAST_ALPHA = 1e-6  # as good as Poisson
BURSTS = (1.0, 1.5, 2.2, 3.4, 5.0)  # lengths of two breaks that belong together, in shortest segments
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The index at which a new rate begins, `earliest` to `latest` with 95 %; the rates a day to both sides."""

    at: int
    earliest: int
    latest: int
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The breaks of one series, how much its days vary (`alpha`), and what a break had to be worth."""

    breaks: tuple[Break, ...]
    alpha: float
    penalty: float


def find_breaks(counts: Sequence[int], *, shortest: int, false_alarms: float) -> Found:
    """The breaks of a series of at least two segments of the shortest length.

    `shortest`: the least days of a segment; `false_alarms`: the share of series without a break that show one.
    """
    told = np.asarray(counts, dtype=np.int64)
    if len(told) < 2 * shortest:
        raise ValueError(f"{len(told)} days are too few for two segments of {shortest}")
    alpha = float(find_alphas(told[None, :])[0])
    penalty = find_penalty(float(told.mean()), alpha, len(told), shortest, false_alarms)
    ends = divide(told, alpha, penalty, shortest)
    return Found(breaks=tuple(describe(told, ends, alpha, shortest)), alpha=alpha, penalty=penalty)


def find_alphas(series: Counts) -> Floats:
    """How much days vary, by series (a row each): from the differences of neighbours, which a break leaves alone."""
    first, second = series[:, :-1].astype(np.float64), series[:, 1:].astype(np.float64)
    more = ((first - second) ** 2 / 2 - (first + second) / 2).sum(axis=1)
    square = (first * second).sum(axis=1)
    return np.asarray(np.clip(more / np.maximum(square, 1e-9), 0, ALPHAS[-1]), dtype=np.float64)


def segment_costs(totals: Floats, days: Floats, alphas: Floats | float) -> Floats:
    """The least negative log likelihood of segments, but for what is the same however a series is divided."""
    means, spread = totals / days, np.maximum(alphas, LEAST_ALPHA)
    return np.asarray((days / spread + totals) * np.log1p(spread * means) - xlogy(totals, means), dtype=np.float64)


def divide(counts: Counts, alpha: float, penalty: float, shortest: int) -> tuple[int, ...]:
    """Where segments begin, the first at 0 left out, in the cheapest division."""
    days = len(counts)
    sums = np.concatenate([[0], np.cumsum(counts)]).astype(np.float64)
    best = np.full(days + 1, np.inf)
    best[0] = -penalty
    last = np.zeros(days + 1, dtype=np.int64)
    starts = np.zeros(1, dtype=np.int64)
    for end in range(shortest, days + 1):
        costs = best[starts] + segment_costs(sums[end] - sums[starts], (end - starts).astype(np.float64), alpha)
        at = int(costs.argmin())
        best[end], last[end] = costs[at] + penalty, starts[at]
        # A start that is no good by now never will be; one that could not end a segment yet is always kept.
        starts = np.append(starts[costs <= best[end]], end + 1 - shortest)
        starts = starts[np.isfinite(best[starts])]
    found: list[int] = []
    end = days
    while last[end] > 0:
        end = int(last[end])
        found.append(end)
    return tuple(reversed(found))


def describe(counts: Counts, breaks: Sequence[int], alpha: float, shortest: int) -> list[Break]:
    """Each break with its interval and the rates to both sides."""
    edges = [0, *breaks, len(counts)]
    return [
        place_break(counts[edges[at - 1] : edges[at + 1]], edges[at - 1], edges[at], alpha, shortest)
        for at in range(1, len(edges) - 1)
    ]


def place_break(counts: Counts, offset: int, at: int, alpha: float, shortest: int) -> Break:
    """A break between its neighbours: the fewest days that hold 95 % of its likelihood."""
    sums = np.cumsum(counts).astype(np.float64)
    places = np.arange(shortest, len(counts) - shortest + 1)
    before, after = sums[places - 1], sums[-1] - sums[places - 1]
    costs = segment_costs(before, places.astype(np.float64), alpha)
    costs = costs + segment_costs(after, (len(counts) - places).astype(np.float64), alpha)
    chances = np.exp(costs.min() - costs)
    order = np.argsort(-chances, kind="stable")
    held = np.searchsorted(np.cumsum(chances[order]), LEVEL * chances.sum()) + 1
    likely = places[order[:held]]
    here = at - offset
    return Break(
        at=at,
        earliest=offset + int(min(likely.min(), here)),
        latest=offset + int(max(likely.max(), here)),
        before=float(sums[here - 1] / here),
        after=float((sums[-1] - sums[here - 1]) / (len(counts) - here)),
    )


def find_penalty(mean: float, alpha: float, days: int, shortest: int, false_alarms: float) -> float:
    """What a break must be worth for this share of series without one to show one."""
    step = round(log(max(mean, 0.01)) / log(MEAN_STEP))
    near = min(ALPHAS, key=lambda each: abs(each - alpha))
    return simulated_penalty(step, near, days, shortest, false_alarms)


@lru_cache(maxsize=4096)
def simulated_penalty(step: int, alpha: float, days: int, shortest: int, false_alarms: float) -> float:
    drawn = np.random.default_rng([SEED, days])
    means = exp(step * log(MEAN_STEP))
    rates = drawn.gamma(1 / alpha, alpha * means, (SIMULATED, days)) if alpha else np.full((SIMULATED, days), means)
    return float(np.quantile(find_gains(drawn.poisson(rates), shortest), 1 - false_alarms))


def find_gains(series: Counts, shortest: int) -> Floats:
    """What a break is worth at the best, by series: a single one, or each of the two ends of a burst."""
    alphas = find_alphas(series)[:, None]
    days = series.shape[1]
    sums = np.concatenate([np.zeros((len(series), 1)), np.cumsum(series, axis=1)], axis=1)
    whole = segment_costs(sums[:, -1:], np.full((1, 1), float(days)), alphas)
    single = np.arange(shortest, days - shortest + 1)
    left, right = side_costs(sums, single, alphas)
    gains = (whole - left - right).max(axis=1)
    for length in {round(shortest * times) for times in BURSTS}:
        starts = np.arange(shortest, days - shortest - length + 1)
        if not len(starts):
            continue
        within = segment_costs(sums[:, starts + length] - sums[:, starts], np.full((1, 1), float(length)), alphas)
        before = left[:, : len(starts)]
        after = right[:, length : length + len(starts)]
        gains = np.maximum(gains, (whole - before - within - after).max(axis=1) / 2)
    return np.asarray(gains, dtype=np.float64)


def side_costs(sums: Floats, places: Counts, alphas: Floats) -> tuple[Floats, Floats]:
    """What everything before a place costs, and everything from it on."""
    days = float(sums.shape[1] - 1)
    lengths, before = places.astype(np.float64)[None, :], sums[:, places]
    return segment_costs(before, lengths, alphas), segment_costs(sums[:, -1:] - before, days - lengths, alphas)
