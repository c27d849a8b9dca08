"""How well breaks in daily counts are found on simulated series, and how often one is found where there is none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import log, sqrt
from typing import TypeAlias

import numpy as np

from truceline.gauge.case import Detail, Tally
from truceline.gauge.fusing import score_all
from truceline.gauge.measure import Floats, Measure, Sample, Score, counted, f1, share
from truceline.gauge.simulate_series import Broken, Counts, Jumps, draw_broken, draw_counts, draw_moods
from truceline.gauge.suites import Report
from truceline.kit.breaks import Break, find_breaks
from truceline.vocab.rates import load_rate_table

NAME = "changes"
SEED = 20160502
NEAR_DAYS = 2
BASELINE = "least squares with the penalty of BIC"
Finder: TypeAlias = Callable[[Counts], Sequence[int]]

# Fixed before any result was seen: jumps by factors of 2 to 4 at 2 to 20 incidents a day, two weeks and more between.
USUAL = Jumps(
    days=120, most_breaks=4, shortest=14, lowest=2, highest=40, first=(2, 20), ratios=(2, 4), alphas=(0.0, 0.1)
)
USUAL_SERIES = 500
HARDER = {
    "factors of 1.5 to 2": replace(USUAL, ratios=(1.5, 2)),
    "half to two a day": replace(USUAL, first=(0.5, 2), lowest=0.25, highest=5),
    "days that vary much (alpha 0.3 and 0.6)": replace(USUAL, alphas=(0.3, 0.6)),
    "segments from 7 days on": replace(USUAL, shortest=7, most_breaks=8),
}
HARDER_SERIES = 100
# Series without a break: lengths and how many of each.
CALM = {60: 1500, 120: 1500, 240: 500}
CALM_RATES, CALM_ALPHAS = (1.0, 20.0), (0.0, 0.1, 0.3)
# Days that vary together, each like the one before, as UCDP's of Syria do (simulated.toml): levels that come and go.
BURST_WIDTH, BURST_MEMORY, BURST_SERIES = 0.55, 0.8, 100
COLUMNS = ("series", "breaks", "precision", "recall", "F1", "baseline F1")


def run() -> Report:
    """Usual jumps and calm series scored; harder jumps beside them."""
    table = load_rate_table()
    broken = list(draw_usual())
    ours, plain = [tell(each, find_ours) for each in broken], [tell(each, find_squares) for each in broken]
    calm = [tell_calm(each, find_ours) for each in draw_calm()]
    alarms = alarm_scores(calm, [tell_calm(each, find_squares) for each in draw_calm()], table.change.false_alarms)
    return Report(
        suite=NAME,
        split="simulated",
        documents=len(broken) + len(calm),
        scores=(*score_all(MEASURES, ours, plain, BASELINE), *alarms),
        note=f"Found within {NEAR_DAYS} days. {len(broken)} series of {USUAL.days} days with up to {USUAL.most_breaks}"
        f" breaks, {len(calm):,} without any, seed {SEED}; the rows below are harder and no part of the scores."
        f" Where days come in bursts as in UCDP's Syria, {share_in_bursts():.0%} of series without a lasting break show"
        " one.",
        detail=Detail(title="Harder jumps", columns=COLUMNS, rows=tuple(harder_rows())),
        unit="series",
    )


def draw_usual() -> Iterator[Broken]:
    return draw_all(USUAL, USUAL_SERIES, 0)


def draw_all(jumps: Jumps, count: int, part: int) -> Iterator[Broken]:
    drawn = np.random.default_rng([SEED, part])
    return (draw_broken(jumps, drawn) for _ in range(count))


def draw_calm() -> Iterator[Counts]:
    """Series of one rate, drawn evenly on the log scale."""
    drawn = np.random.default_rng([SEED, 99])
    for days, count in CALM.items():
        for _ in range(count):
            rate = float(np.exp(drawn.uniform(*np.log(CALM_RATES))))
            yield draw_counts(rate, float(drawn.choice(CALM_ALPHAS)), (days,), drawn)


def share_in_bursts() -> float:
    """How many series of one lasting rate show a break when their days vary together."""
    drawn = np.random.default_rng([SEED, 100])
    moods = draw_moods(BURST_WIDTH, BURST_MEMORY, (BURST_SERIES, USUAL.days), drawn)
    series = draw_counts(10 * moods, 0.0, moods.shape, drawn)
    return sum(bool(find_ours(each)) for each in series) / BURST_SERIES


def find_ours(counts: Counts) -> Sequence[int]:
    return [each.at for each in find_all(counts)]


def find_all(counts: Counts) -> Sequence[Break]:
    table = load_rate_table()
    return find_breaks(
        counts.tolist(), shortest=table.change.shortest_days, false_alarms=table.change.false_alarms
    ).breaks


def find_squares(counts: Counts) -> Sequence[int]:
    """The division of least squared differences, each break costing 2 log(days) times the variance of neighbours."""
    days, shortest = len(counts), load_rate_table().change.shortest_days
    penalty = 2 * log(days) * max(float((np.diff(counts) ** 2).mean()) / 2, 1e-9)
    sums = np.concatenate([[0], np.cumsum(counts)]).astype(np.float64)
    squares = np.concatenate([[0], np.cumsum(counts.astype(np.float64) ** 2)])
    best, last = np.full(days + 1, np.inf), np.zeros(days + 1, dtype=np.int64)
    best[0] = -penalty
    for end in range(shortest, days + 1):
        starts = np.arange(0, end - shortest + 1)
        part = sums[end] - sums[starts]
        costs = best[starts] + squares[end] - squares[starts] - part**2 / (end - starts) + penalty
        last[end] = costs.argmin()
        best[end] = costs[last[end]]
    found, end = [], days
    while last[end] > 0:
        end = int(last[end])
        found.append(end)
    return found[::-1]


def tell(broken: Broken, find: Finder) -> Tally:
    """Breaks found within so many days, each for one true break; and whether the day's interval holds the truth."""
    found = list(find(broken.counts))
    matched = match_breaks(broken.breaks, found)
    tally = counted("breaks", right=len(matched), found=len(found), gold=len(broken.breaks))
    held = asked = 0
    for each in find_all(broken.counts) if find is find_ours else ():
        near = [true for true in broken.breaks if abs(true - each.at) <= load_rate_table().change.shortest_days]
        asked += len(near) == 1
        held += len(near) == 1 and each.earliest <= near[0] <= each.latest
    return Tally(counts={**tally, "day.held": float(held), "day.asked": float(asked)})


def match_breaks(true: Sequence[int], found: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of a true and a found break close enough, the closest first, each used once."""
    pairs = sorted((abs(one - other), one, other) for one in true for other in found if abs(one - other) <= NEAR_DAYS)
    matched: list[tuple[int, int]] = []
    for _, one, other in pairs:
        if all(one != first and other != second for first, second in matched):
            matched.append((one, other))
    return matched


def tell_calm(counts: Counts, find: Finder) -> bool:
    return bool(find(counts))


def precision(sample: Sample) -> Floats:
    found = sample.total("breaks.found")
    return np.asarray(sample.total("breaks.right") / np.maximum(found, 1), dtype=np.float64)


def day_held(sample: Sample) -> Floats:
    """Nothing for a way that gives no interval."""
    asked = sample.total("day.asked")
    return np.asarray(np.where(asked > 0, sample.total("day.held") / np.maximum(asked, 1), np.nan), dtype=np.float64)


MEASURES = (
    f1("F1", "breaks.right", "breaks.found", "breaks.gold"),
    Measure(name="precision", of=precision, counter="breaks.found"),
    share("recall", "breaks.right", "breaks.gold"),
    Measure(name="95 % interval holds the day", of=day_held, counter="day.asked"),
)


ALARMS = f"false alarms, stated {load_rate_table().change.false_alarms:g}"
AWAY = "false alarms, away from the stated rate"
SCORES = (*(each.name for each in MEASURES), ALARMS, AWAY)


def alarm_scores(calm: Sequence[bool], plain: Sequence[bool], stated: float) -> Iterator[Score]:
    """The share of calm series in which a break was found, and how far from the stated one that is, relative to it."""
    told, compared = sum(calm) / len(calm), sum(plain) / len(plain)
    error = 1.96 * sqrt(told * (1 - told) / len(calm))
    yield Score(
        name=ALARMS,
        value=told,
        low=told - error,
        high=told + error,
        n=len(calm),
        baseline_name=BASELINE,
        baseline=compared,
        lower_is_better=True,
    )
    yield Score(
        name=AWAY,
        value=abs(told - stated) / stated,
        low=None,
        high=None,
        n=len(calm),
        baseline_name=BASELINE,
        baseline=abs(compared - stated) / stated,
        lower_is_better=True,
    )


def harder_rows() -> Iterator[tuple[str, ...]]:
    for part, (name, jumps) in enumerate(HARDER.items(), start=1):
        broken = list(draw_all(jumps, HARDER_SERIES, part))
        ours = [tell(each, find_ours).counts for each in broken]
        plain = [tell(each, find_squares).counts for each in broken]
        right, found, gold = (sum(each[f"breaks.{one}"] for each in ours) for one in ("right", "found", "gold"))
        other = [sum(each[f"breaks.{one}"] for each in plain) for one in ("right", "found", "gold")]
        told = (right / max(found, 1), right / max(gold, 1), 2 * right / max(found + gold, 1))
        yield (name, f"{gold:.0f}", *(f"{one:.3f}" for one in told), f"{2 * other[0] / (other[1] + other[2]):.3f}")
