"""How often 'B follows A' is found on simulated days where it does not, and how often where it does."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import pdtrc

from truceline.gauge.case import Detail
from truceline.gauge.measure import Score
from truceline.gauge.simulate_series import Floats, draw_moods
from truceline.gauge.suites import Report
from truceline.kit.lags import Compared, Marks, compare_following, followed_by

NAME = "patterns"
SEED = 20160504
AREAS, DAYS, WITHIN = 6, 180, 2
TURNS = 299
LEVEL = 0.05
SHARE = 0.08  # of an area's days, on average, that have one of a kind
BASELINE = "the same count taken as Poisson of independent days"
COLUMNS = ("days", "series", "B follows A", "baseline", "chains A-B-A", "at 1 %")
Trend = Callable[[np.random.Generator], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How days are made: a trend both kinds share, runs of each kind's own, and how often B is made to answer A."""

    name: str
    trend: Trend
    runs: bool = False
    answered: float = 0.0
    series: int = 1000


def flat(_: np.random.Generator) -> Floats:
    return np.ones(DAYS)


def trending(drawn: np.random.Generator) -> Floats:
    """A rise or a fall three- to eightfold over the whole period."""
    height = np.log(drawn.uniform(3, 8)) * drawn.choice([-1, 1])
    return np.asarray(np.exp(height * np.arange(DAYS) / DAYS), dtype=np.float64)


def surging(drawn: np.random.Generator) -> Floats:
    """A surge to seven times the level within three weeks, and down again."""
    middle = drawn.integers(30, DAYS - 30)
    return np.asarray(1 + 6 * np.exp(-0.5 * ((np.arange(DAYS) - middle) / 10) ** 2), dtype=np.float64)


SETTINGS = (
    Setting(name="trend only", trend=trending, series=2000),
    Setting(name="in runs", trend=flat, runs=True),
    Setting(name="trend and runs", trend=trending, runs=True),
    Setting(name="even days", trend=flat),
    Setting(name="a surge of three weeks", trend=surging),
    Setting(name="every attack answered in 15 of 100", trend=trending, answered=0.15, series=300),
    Setting(name="every attack answered in 30 of 100", trend=trending, answered=0.30, series=300),
)
SCORED = ("trend only", "in runs")
SCORES = (
    *(f"{name}: {told}" for name in SCORED for told in ("false positives", "away from 5 %")),
    *(f"{each.name}: found" for each in SETTINGS if each.answered),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The chances found for one setting: that B follows A, that A, B and A make a chain; and the plain way's."""

    setting: Setting
    following: tuple[float, ...]
    chains: tuple[float, ...]
    plain: tuple[float, ...]

    def share(self, chances: Sequence[float], level: float = LEVEL) -> float:
        return sum(each <= level for each in chances) / len(chances)


def run() -> Report:
    told = [try_setting(setting, at) for at, setting in enumerate(SETTINGS)]
    return Report(
        suite=NAME,
        split="simulated",
        documents=sum(each.series for each in SETTINGS),
        scores=tuple(score for each in told for score in scores_of(each)),
        note=f"{AREAS} areas of {DAYS} days, B within {WITHIN} days of A, {TURNS} turnings, seed {SEED}."
        f" Share of series called more often than chance at {LEVEL:.0%}.",
        detail=Detail(title="All settings", columns=COLUMNS, rows=tuple(row_of(each) for each in told)),
        unit="series",
    )


def try_setting(setting: Setting, at: int) -> Told:
    drawn = np.random.default_rng([SEED, at])
    following, chains, plain = [], [], []
    for number in range(setting.series):
        first, then = draw_marks(setting, drawn)
        found: tuple[Compared, Compared] = compare_following(
            [first], then, within=WITHIN, count=TURNS, seed=SEED + number
        )[0]
        following.append(found[0].chance)
        chains.append(found[1].chance)
        plain.append(plain_chance(first, then))
    return Told(setting=setting, following=tuple(following), chains=tuple(chains), plain=tuple(plain))


def draw_marks(setting: Setting, drawn: np.random.Generator) -> tuple[Marks, Marks]:
    """Days with A and with B, areas by days; areas differ, and both kinds have rates of their own in each."""
    rates = SHARE * np.exp(drawn.normal(0, 0.5, (2, AREAS, 1))) * setting.trend(drawn)
    if setting.runs:
        rates = rates * draw_moods(0.8, 0.7, (2 * AREAS, DAYS), drawn).reshape(rates.shape)
    first, then = drawn.poisson(rates) > 0
    if setting.answered:
        answered = first & (drawn.random(first.shape) < setting.answered)
        for area, day in np.argwhere(answered):
            then[area, min(DAYS - 1, day + drawn.integers(1, WITHIN + 1))] = True
    return first, then


def plain_chance(first: Marks, then: Marks) -> float:
    """How rarely so many days are followed when all days are alike and independent."""
    shares = 1 - (1 - then.mean(axis=1)) ** WITHIN
    expected = float((first.sum(axis=1) * shares).sum())
    count = int((first & followed_by(then, WITHIN)).sum())
    return float(pdtrc(count - 1, expected)) if count else 1.0


def scores_of(told: Told) -> Iterator[Score]:
    setting = told.setting
    if setting.name not in SCORED and not setting.answered:
        return
    share, plain = told.share(told.following), told.share(told.plain)
    error = 1.96 * sqrt(share * (1 - share) / setting.series)
    yield Score(
        name=f"{setting.name}: {'found' if setting.answered else 'false positives'}",
        value=share,
        low=share - error,
        high=share + error,
        n=setting.series,
        baseline_name=BASELINE,
        baseline=plain,
        lower_is_better=not setting.answered,
    )
    if not setting.answered:
        yield Score(
            name=f"{setting.name}: away from 5 %",
            value=abs(share - LEVEL),
            low=None,
            high=None,
            n=setting.series,
            baseline_name=BASELINE,
            baseline=abs(plain - LEVEL),
            lower_is_better=True,
        )


def row_of(told: Told) -> tuple[str, ...]:
    shares = (told.share(told.following), told.share(told.plain), told.share(told.chains))
    return (
        told.setting.name,
        f"{told.setting.series:,}",
        *(f"{each:.3f}" for each in shares),
        f"{told.share(told.following, 0.01):.3f}",
    )
