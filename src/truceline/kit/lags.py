"""Does one kind of day follow another more often than chance, where both have their trends and their runs?

Days are marked by stratum (an area, say) and day. The second marks are turned round within each stratum and week,
independently and many times over: that keeps how many there are in every stratum and week, so a trend both share proves
nothing, and how they cluster, and breaks only what is asked, their place relative to the first. With the first kept as
they are, the share of turnings that give as many or more is the chance (a half of those that give exactly as many:
mid-P, so that few and round numbers are not held back).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.bool_]  # strata by days
Floats = NDArray[np.float64]
Singles = NDArray[np.floating[Any]]

AT_ONCE = 2_000_000  # marks turned in one go
BLOCK_DAYS = 7
TIE = np.float32(1 / 4096)  # what one day weighs that only decides between equals


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A count held against chance: what chance gives on average and in 95 of 100 turnings, and how rarely this much."""

    count: int
    expected: float
    low: int
    high: int
    chance: float


def turn(marks: Marks, drawn: np.random.Generator, count: int) -> Marks:
    """So many turnings of marks: count by strata by days. A last block shorter than half joins the one before."""
    strata, days = marks.shape
    edges = list(range(0, days, BLOCK_DAYS))
    if len(edges) > 1 and days - edges[-1] < BLOCK_DAYS / 2:
        edges.pop()
    edges.append(days)
    told, rows = np.empty((count, strata, days), dtype=np.bool_), np.arange(strata)
    for start, end in pairwise(edges):
        steps = np.arange(end - start)
        turned = marks[:, start:end][:, (steps[:, None] + steps) % len(steps)]  # by stratum and turn
        told[:, :, start:end] = turned[rows, drawn.integers(0, len(steps), (count, strata))]
    return told


def turn_all(marks: Marks, *, count: int, seed: int) -> Iterator[Marks]:
    """So many turnings, in as many parts as memory asks for; the same for the same seed."""
    drawn = np.random.default_rng(seed)
    step = max(1, AT_ONCE // marks.size)
    for start in range(0, count, step):
        yield turn(marks, drawn, min(step, count - start))


def followed_by(marks: Marks, within: int) -> Marks:
    """Days with a mark on one of the next days, the day itself left out; the last axis is the days."""
    found = np.zeros_like(marks)
    for lag in range(1, within + 1):
        found[..., :-lag] |= marks[..., lag:]
    return found


def preceded_by(marks: Marks, within: int) -> Marks:
    return followed_by(marks[..., ::-1], within)[..., ::-1]


def between(marks: Marks, within: int) -> Marks:
    """Days with a mark both shortly before and shortly after."""
    return preceded_by(marks, within) & followed_by(marks, within)


def compare_following(
    firsts: Sequence[Marks], then: Marks, *, within: int, count: int, seed: int
) -> list[tuple[Compared, Compared]]:
    """For each of the first: on how many of its days `then` follows, and how many days of `then` it stands around.

    All marks have the shape strata by days; a day follows within 1 to `within` days, in the same stratum. Of
    turnings that give as many days followed, the one with more days of `then` that follow counts for more.
    """
    before = flatten(firsts)
    after = TIE * flatten([preceded_by(each, within) for each in firsts])
    around = flatten([between(each, within) for each in firsts])

    def count_all(marks: Marks) -> tuple[Singles, Singles, Singles]:
        turned, following = flatten(marks), flatten(followed_by(marks, within))
        return before @ following.T, after @ turned.T, around @ turned.T

    told = count_all(then[None])
    parts = [count_all(turned) for turned in turn_all(then, count=count, seed=seed)]
    followed, ties, chains = (np.concatenate(each, axis=1) for each in zip(*parts, strict=True))
    return [
        (
            weigh(float(told[0][at, 0]), followed[at], ties=(float(told[1][at, 0]), ties[at])),
            weigh(float(told[2][at, 0]), chains[at]),
        )
        for at in range(len(firsts))
    ]


def compare_lags(first: Marks, then: Marks, lags: Sequence[int], *, count: int, seed: int) -> list[Compared]:
    """For each lag in days, negative ones too: on how many days of `first` `then` is marked so much later."""
    shifted = flatten([shift(first, lag) for lag in lags])
    told = (shifted @ flatten([then]).T)[:, 0]
    parts = [shifted @ flatten(turned).T for turned in turn_all(then, count=count, seed=seed)]
    turned = np.concatenate(parts, axis=1)
    return [weigh(float(told[at]), turned[at]) for at in range(len(lags))]


def shift(marks: Marks, days: int) -> Marks:
    """Marks so many days later; what leaves the period is gone."""
    moved = np.zeros_like(marks)
    if days >= 0:
        moved[:, days:] = marks[:, : marks.shape[1] - days]
    else:
        moved[:, :days] = marks[:, -days:]
    return moved


def flatten(marks: Sequence[Marks] | Marks) -> Singles:
    """One row a set of marks; single floats, of which products are quick and sums of marks exact."""
    stacked = np.asarray(marks)
    return stacked.reshape(len(stacked), -1).astype(np.float32)


def weigh(count: float, turned: Singles, ties: tuple[float, Singles] | None = None) -> Compared:
    fine, others = (count, turned) if ties is None else (count + ties[0], turned + ties[1])
    same = float(np.isclose(others, fine, rtol=0, atol=TIE / 4).sum())
    more = float((others > fine + TIE / 4).sum())
    low, high = np.quantile(turned, [0.025, 0.975], method="inverted_cdf")
    return Compared(
        count=int(count),
        expected=float(turned.mean()),
        low=int(low),
        high=int(high),
        chance=(more + (same + 1) / 2) / (len(turned) + 1),
    )


def adjust(chances: Sequence[float]) -> list[float]:
    """Chances allowed for how many were asked: the share of false ones among all at least as small.

    Benjamini and Hochberg, Controlling the false discovery rate, JRSS B 57, 1995.
    """
    order = sorted(range(len(chances)), key=lambda at: chances[at], reverse=True)
    found, least = [1.0] * len(chances), 1.0
    for rank, at in enumerate(order):
        least = min(least, chances[at] * len(chances) / (len(chances) - rank))
        found[at] = least
    return found
