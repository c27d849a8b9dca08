"""Measures over tallied documents, each with a bootstrap interval over documents.

Every document is tallied once. The interval comes from drawing documents with replacement: a draw is a
vector of weights, so all draws together are one matrix product.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from truceline.gauge.case import Tally

Floats = NDArray[np.float64]

DRAWS = 1000
SEED = 20160227
_CELLS_AT_ONCE = 4_000_000


class Sample:
    """Tallied documents under weights: one row of `weights` a draw, one column a document."""

    def __init__(self, tallies: Sequence["Tally"], weights: Floats) -> None:
        self._tallies = tallies
        self._weights = weights

    def total(self, counter: str) -> Floats:
        """The sum of a counter over the documents of each draw."""
        column = np.array([tally.counts.get(counter, 0.0) for tally in self._tallies])
        return np.asarray(self._weights @ column, dtype=np.float64)

    def median(self, name: str) -> Floats:
        """The weighted median of pooled samples in each draw; NaN where a draw holds none."""
        pairs = [(value, at) for at, tally in enumerate(self._tallies) for value in tally.samples.get(name, ())]
        if not pairs:
            return np.full(len(self._weights), np.nan)
        values = np.array([value for value, _ in pairs])
        owners = np.array([at for _, at in pairs])
        order = np.argsort(values, kind="stable")
        step = max(1, _CELLS_AT_ONCE // len(values))
        rows = [self._weights[at : at + step] for at in range(0, len(self._weights), step)]
        return np.concatenate([_medians(values[order], block[:, owners[order]]) for block in rows])


def _medians(values: Floats, weights: Floats) -> Floats:
    below = np.cumsum(weights, axis=1)
    half = below[:, -1:] / 2
    middle = values[np.argmax(below >= half, axis=1)]
    return np.where(below[:, -1] > 0, middle, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a number comes out of a sample: `counter` names what its n counts, `digits` are those behind the point."""

    name: str
    of: Callable[[Sample], Floats]
    counter: str
    lower_is_better: bool = False
    unit: str = ""
    digits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A number with its 95 % interval, what it rests on, and what the plain reader reaches.

    `value`, `low` and `high` are None where there was nothing to measure.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    baseline_name: str = ""
    baseline: float | None = None
    lower_is_better: bool = False
    unit: str = ""
    digits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value and its interval, before it has a name."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(slots=True, kw_only=True)
class Bootstrap:
    """Draws of documents, the same for every measure over the same documents."""

    tallies: Sequence["Tally"]
    draws: int = DRAWS
    _weights: Floats = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.tallies)
        chance = np.random.default_rng(SEED)
        picks = chance.integers(0, max(count, 1), size=(self.draws, count))
        self._weights = np.zeros((self.draws, count))
        np.add.at(self._weights, (np.arange(self.draws)[:, None], picks), 1.0)

    def estimate(self, measure: Measure) -> Estimate:
        whole = Sample(self.tallies, np.ones((1, len(self.tallies))))
        value = float(measure.of(whole)[0])
        drawn = measure.of(Sample(self.tallies, self._weights))
        drawn = drawn[np.isfinite(drawn)]
        if not np.isfinite(value) or not drawn.size:
            return Estimate(value=None, low=None, high=None, n=int(whole.total(measure.counter)[0]))
        low, high = np.quantile(drawn, [0.025, 0.975])
        return Estimate(value=value, low=float(low), high=float(high), n=int(whole.total(measure.counter)[0]))


def f1(name: str, right: str, found: str, gold: str) -> Measure:
    """Twice the right over found plus gold; 0 where nothing is right."""

    def of(sample: Sample) -> Floats:
        return _share(2 * sample.total(right), sample.total(found) + sample.total(gold))

    return Measure(name=name, of=of, counter=gold)


def share(name: str, right: str, among: str, *, lower_is_better: bool = False) -> Measure:
    """The right among all asked; 0 where nothing was asked."""

    def of(sample: Sample) -> Floats:
        return _share(sample.total(right), sample.total(among))

    return Measure(name=name, of=of, counter=among, lower_is_better=lower_is_better)


def mean(name: str, sum_of: str, count: str, *, unit: str = "", digits: int = 0) -> Measure:
    """A mean error; nothing where there is nothing to average."""

    def of(sample: Sample) -> Floats:
        return _share(sample.total(sum_of), sample.total(count), empty=np.nan)

    return Measure(name=name, of=of, counter=count, lower_is_better=True, unit=unit, digits=digits)


def median(name: str, samples: str, count: str, *, unit: str = "") -> Measure:
    return Measure(name=name, of=lambda sample: sample.median(samples), counter=count, lower_is_better=True, unit=unit)


def pearson(name: str, prefix: str) -> Measure:
    """Pearson's r from the five sums under `prefix` (n, x, y, xx, yy, xy); 0 where one side never varies."""

    def of(sample: Sample) -> Floats:
        n, x, y, xx, yy, xy = (sample.total(f"{prefix}.{part}") for part in ("n", "x", "y", "xx", "yy", "xy"))
        spread = np.maximum(n * xx - x * x, 0) * np.maximum(n * yy - y * y, 0)
        # Sums of rounded values leave a crumb of spread where there is none.
        return _share(n * xy - x * y, np.where(spread > 1e-6, np.sqrt(spread), 0))

    return Measure(name=name, of=of, counter=f"{prefix}.n")


def _share(part: Floats, whole: Floats, *, empty: float = 0.0) -> Floats:
    filled: Floats = np.full(whole.shape, empty)
    np.divide(part, whole, out=filled, where=whole > 0)
    return filled


def counted(prefix: str, *, right: float, found: float, gold: float) -> dict[str, float]:
    """The three counters an F1 needs, under one prefix."""
    return {f"{prefix}.right": right, f"{prefix}.found": found, f"{prefix}.gold": gold}
