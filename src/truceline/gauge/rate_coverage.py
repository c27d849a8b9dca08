"""How often the 95 % interval of a rate ratio holds the true ratio, on simulated daily counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, log, sqrt

import numpy as np

from truceline.gauge.case import Detail
from truceline.gauge.measure import Score
from truceline.gauge.simulate_series import Counts, draw_counts, draw_moods
from truceline.gauge.suites import Report
from truceline.kit.negbin import exact_ratio, find_dispersion, spread_ratio
from truceline.vocab.rates import load_rate_table

NAME = "rate-coverage"
SEED = 20160501
SERIES = 2000
NOMINAL = 0.95
SCORES = (
    "Poisson: covered",
    "negative binomial: covered",
    "levels of one a day and more within .93 to .97",
    "least covered of all levels",
    "most covered of all levels",
)
BASELINE = "the Poisson mid-P interval alone"
COLUMNS = ("counts", "a day", "alpha", "ratio", "days", "stretches back", "covered", "Poisson alone", "width")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Series alike: the rate of the period before, the true ratio, the lengths, and how days vary.

    `alpha` as in kit/negbin.py; `burst`: days also vary together, each like the one before, which no interval here
    allows for.
    """

    mean: float
    ratio: float
    alpha: float
    days: int
    back: int
    burst: float = 0.0

    @property
    def law(self) -> str:
        if self.burst:
            return "in bursts"
        return "negative binomial" if self.alpha else "Poisson"


BACK = load_rate_table().stretches_back
RATIOS = {0.3: 2.0, 1.0: 1.0, 3.0: 2.0, 10.0: 3.0, 30.0: 0.5}
LEVELS = (
    *(
        Level(mean=mean, ratio=ratio, alpha=alpha, days=7, back=BACK)
        for alpha in (0.0, 0.1, 0.5, 1.0)
        for mean, ratio in RATIOS.items()
    ),
    *(
        Level(mean=mean, ratio=ratio, alpha=alpha, days=28, back=0)
        for alpha in (0.0, 0.3)
        for mean, ratio in ((1.0, 2.0), (5.0, 0.7), (20.0, 1.0))
    ),
)
# Shown beside, and no promise: too little to learn from, or days that vary together.
HARDER = (
    Level(mean=3.0, ratio=2.0, alpha=0.5, days=7, back=0),
    Level(mean=10.0, ratio=2.0, alpha=0.5, days=7, back=0),
    Level(mean=10.0, ratio=1.0, alpha=0.0, days=7, back=BACK, burst=0.3),
    Level(mean=10.0, ratio=1.0, alpha=0.0, days=7, back=BACK, burst=0.55),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Shares of intervals that hold the true ratio, and the median of highest over lowest where both are bounded."""

    level: Level
    share: float
    plain: float
    width: float


def run() -> Report:
    """Every level scored on its own, and what is asked of all of them together."""
    promised = [cover(level, seed) for seed, level in enumerate(LEVELS)]
    harder = [cover(level, len(LEVELS) + seed) for seed, level in enumerate(HARDER)]
    return Report(
        suite=NAME,
        split="simulated",
        documents=SERIES * len(LEVELS),
        scores=tuple(scores_of(promised)),
        note=f"{SERIES:,} pairs of periods a level, {len(LEVELS)} levels, seed {SEED}; the last {len(HARDER)} rows of"
        " the table are harder and no part of the scores.",
        detail=Detail(title="Levels", columns=COLUMNS, rows=tuple(row_of(each) for each in (*promised, *harder))),
        unit="series",
    )


def cover(level: Level, seed: int) -> Covered:
    drawn = np.random.default_rng([SEED, seed])
    held = plain = 0
    widths = []
    for series in draw_series(level, drawn):
        now, before = series[-1], series[-2]
        counts = (int(now.sum()), level.days, int(before.sum()), level.days)
        found = spread_ratio(*counts, find_dispersion([each.tolist() for each in series]))
        alone = exact_ratio(*counts)
        held += found.low <= level.ratio <= found.high
        plain += alone.low <= level.ratio <= alone.high
        if found.low > 0 and found.high < inf:
            widths.append(log(found.high / found.low))
    width = float(np.exp(np.median(widths))) if widths else inf
    return Covered(level=level, share=held / SERIES, plain=plain / SERIES, width=width)


def draw_series(level: Level, drawn: np.random.Generator) -> Iterator[Counts]:
    """Daily counts by stretch, the period compared last."""
    stretches = level.back + 2
    means = np.full((SERIES, stretches, level.days), level.mean)
    means[:, -1] *= level.ratio
    if level.burst:
        means *= draw_moods(level.burst, 0.8, (SERIES, stretches * level.days), drawn).reshape(means.shape)
    yield from draw_counts(means, level.alpha, means.shape, drawn)


def scores_of(covered: Sequence[Covered]) -> Iterator[Score]:
    for law in dict.fromkeys(each.level.law for each in covered):
        alike = [each for each in covered if each.level.law == law]
        yield share_score(f"{law}: covered", alike)
    usual = [each for each in covered if each.level.mean >= 1]
    yield plain_score(
        "levels of one a day and more within .93 to .97",
        sum(is_near(each.share) for each in usual) / len(usual),
        sum(is_near(each.plain) for each in usual) / len(usual),
        len(usual),
    )
    yield plain_score(
        "least covered of all levels",
        min(each.share for each in covered),
        min(each.plain for each in covered),
        len(covered),
    )
    yield plain_score(
        "most covered of all levels",
        max(each.share for each in covered),
        max(each.plain for each in covered),
        len(covered),
        lower_is_better=True,
    )


def is_near(share: float) -> bool:
    return abs(share - NOMINAL) <= 0.02


def plain_score(name: str, value: float, baseline: float, n: int, *, lower_is_better: bool = False) -> Score:
    return Score(
        name=name,
        value=value,
        low=None,
        high=None,
        n=n,
        baseline_name=BASELINE,
        baseline=baseline,
        lower_is_better=lower_is_better,
    )


def share_score(name: str, alike: Sequence[Covered]) -> Score:
    """A share over all levels of one law with its normal interval."""
    count = SERIES * len(alike)
    share = sum(each.share for each in alike) / len(alike)
    error = 1.96 * sqrt(share * (1 - share) / count)
    return Score(
        name=name,
        value=share,
        low=share - error,
        high=share + error,
        n=count,
        baseline_name=BASELINE,
        baseline=sum(each.plain for each in alike) / len(alike),
    )


def row_of(each: Covered) -> tuple[str, ...]:
    level = each.level
    told = (level.mean, level.alpha, level.ratio, level.days, level.back)
    return (level.law, *(f"{one:g}" for one in told), f"{each.share:.3f}", f"{each.plain:.3f}", f"×{each.width:.1f}")
