"""How often alerts are false on simulated counts, and how soon they come after a true change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from truceline.gauge.case import Detail
from truceline.gauge.measure import Score
from truceline.gauge.simulate_series import Counts, draw_counts
from truceline.gauge.suites import Report
from truceline.kit.onsets import Watching, find_all_onsets
from truceline.vocab.rates import load_rate_table, load_thresholds

NAME = "alerts"
SEED = 20160503
YEARS = 60  # of calm days a level
JUMPS = 60  # series a level and factor
BEFORE, AFTER = 84, 28  # days
LEVELS = ((1.0, 0.0), (3.0, 0.1), (10.0, 0.0), (10.0, 0.3), (20.0, 0.1))  # rate a day, alpha
FACTORS = (2.0, 3.0, 0.33)
SCORES = (
    "false alerts a year, stated 1",
    "false alerts, away from the stated rate",
    "a tripled rate noticed within a week",
)
BASELINE = "a day beyond three standard deviations of the four weeks before it"
COLUMNS = ("rate a day", "alpha", "factor", "within a week", "within two", "median delay, days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Days from the change to the first alert, that day included; inf where none came."""

    rate: float
    alpha: float
    factor: float
    days: tuple[float, ...]

    def share(self, within: int) -> float:
        return sum(each <= within for each in self.days) / len(self.days)


def run() -> Report:
    """False alerts over calm years, and delays after changes, level by level."""
    watching = watching_of()
    calm = [draw_calm(rate, alpha, at) for at, (rate, alpha) in enumerate(LEVELS)]
    alerts = sum(len(found) for series in calm for found in find_all_onsets(series, watching, load_thresholds()))
    plain = sum(count_beyond(series, watching) for series in calm)
    delays = [measure_delays(*level, factor, watching) for level in LEVELS for factor in FACTORS]
    return Report(
        suite=NAME,
        split="simulated",
        documents=len(LEVELS) * (YEARS + JUMPS * len(FACTORS)),
        scores=tuple(scores_of(alerts, plain, delays)),
        note=f"Stated: one false alert in {watching.per_days} days. {YEARS} calm years and {JUMPS} changes of each"
        f" factor a level, seed {SEED}.",
        detail=Detail(title="Delay after a change", columns=COLUMNS, rows=tuple(row_of(each) for each in delays)),
        unit="series",
    )


def watching_of() -> Watching:
    table = load_rate_table().change
    return Watching(learn=table.learn_days, lately=table.lately_days, per_days=table.false_alert_days)


def draw_calm(rate: float, alpha: float, at: int) -> Counts:
    watching = watching_of()
    drawn = np.random.default_rng([SEED, at])
    return draw_counts(rate, alpha, (YEARS, watching.learn + 365), drawn)


def count_beyond(series: Counts, watching: Watching) -> int:
    """The plain way's alerts, as quiet after one as ours."""
    count = 0
    for row in series:
        last = -inf
        for day in range(watching.learn, len(row)):
            known = row[day - watching.learn : day]
            if abs(row[day] - known.mean()) > 3 * max(float(known.std()), 0.5) and day - last > watching.lately:
                count, last = count + 1, day
    return count


def measure_delays(rate: float, alpha: float, factor: float, watching: Watching) -> Delays:
    drawn = np.random.default_rng([SEED, 1000, int(rate * 10), int(alpha * 10), int(factor * 10)])
    rates = np.where(np.arange(BEFORE + AFTER) < BEFORE, rate, rate * factor)[None, :]
    series = draw_counts(rates, alpha, (JUMPS, BEFORE + AFTER), drawn)
    first = [
        next((float(each.at - BEFORE + 1) for each in found if each.at >= BEFORE), inf)
        for found in find_all_onsets(series, watching, load_thresholds())
    ]
    return Delays(rate=rate, alpha=alpha, factor=factor, days=tuple(first))


def scores_of(alerts: int, plain: int, delays: Sequence[Delays]) -> Iterator[Score]:
    years = YEARS * len(LEVELS)
    told, error = alerts / years, 1.96 * sqrt(alerts) / years
    yield Score(
        name="false alerts a year, stated 1",
        value=told,
        low=told - error,
        high=told + error,
        n=alerts,
        baseline_name=BASELINE,
        baseline=plain / years,
        lower_is_better=True,
    )
    yield Score(
        name="false alerts, away from the stated rate",
        value=abs(told - 1),
        low=None,
        high=None,
        n=alerts,
        baseline_name=BASELINE,
        baseline=abs(plain / years - 1),
        lower_is_better=True,
    )
    tripled = [day for each in delays if each.factor == 3.0 for day in each.days]
    share = sum(day <= 7 for day in tripled) / len(tripled)
    error = 1.96 * sqrt(share * (1 - share) / len(tripled))
    yield Score(
        name="a tripled rate noticed within a week",
        value=share,
        low=share - error,
        high=share + error,
        n=len(tripled),
        baseline_name=BASELINE,
    )


def row_of(each: Delays) -> tuple[str, ...]:
    middle = float(np.median(each.days))
    told = "none came" if middle == inf else f"{middle:.0f}"
    return (
        f"{each.rate:g}",
        f"{each.alpha:g}",
        f"{each.factor:g}",
        f"{each.share(7):.2f}",
        f"{each.share(14):.2f}",
        told,
    )
