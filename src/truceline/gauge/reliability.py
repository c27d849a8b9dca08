"""Stated chances in bins: how many were stated, how surely, and how many of them were right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from truceline.gauge.case import Detail, Tally
from truceline.gauge.measure import Bootstrap, Estimate, Floats, Sample, share

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The chances from `low` up to `high`: their number and mean, and the share right with its interval."""

    low: float
    high: float
    count: int
    mean_chance: float
    right: Estimate


@runtime_checkable
class Calibrated(Protocol):
    """A suite that asks whether stated chances are right."""

    def bins(self, tallies: Sequence[Tally]) -> tuple[Bin, ...]: ...


def count_chance(chance: float, *, is_right: bool) -> dict[str, float]:
    """What one stated chance adds to a tally."""
    at = min(int(chance * BINS), BINS - 1)
    return {"stated": 1, f"bin.{at}": 1, f"bin.{at}.chance": chance, f"bin.{at}.right": is_right}


def calibration_error(sample: Sample) -> Floats:
    """Expected calibration error: how far each bin's share right is from its mean chance, weighted by its size."""
    gaps = [np.abs(sample.total(f"bin.{at}.right") - sample.total(f"bin.{at}.chance")) for at in range(BINS)]
    stated = sample.total("stated")
    found: Floats = np.full(stated.shape, np.nan)
    np.divide(sum(gaps), stated, out=found, where=stated > 0)
    return found


def find_bins(tallies: Sequence[Tally]) -> Iterator[Bin]:
    """Every bin in which a chance was stated, the least chances first."""
    drawn, whole = Bootstrap(tallies=tallies), Sample(tallies, np.ones((1, len(tallies))))
    for at in range(BINS):
        count, chances = (float(whole.total(f"bin.{at}{name}")[0]) for name in ("", ".chance"))
        if count:
            right = drawn.estimate(share(f"bin {at}", f"bin.{at}.right", f"bin.{at}"))
            yield Bin(low=at / BINS, high=(at + 1) / BINS, count=int(count), mean_chance=chances / count, right=right)


def as_detail(bins: Sequence[Bin]) -> Detail:
    """The reliability diagram as a table."""
    rows = tuple(
        (
            f"{each.low:.1f} to {each.high:.1f}",
            f"{each.count:,}",
            f"{each.mean_chance:.3f}",
            f"{each.right.value:.3f}",
            f"{each.right.low:.3f} – {each.right.high:.3f}",
        )
        for each in bins
    )
    return Detail(title="reliability", columns=("chance", "places", "mean chance", "share right", "95 %"), rows=rows)
