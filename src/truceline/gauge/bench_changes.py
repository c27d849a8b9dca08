"""Breaks as we find them beside those of `ruptures`, on the same simulated series in the same run.

python -m truceline.gauge.bench_changes [SERIES]

ruptures is no dependency: run it with a Python that has both. Its costs are given the penalty at which they raise the
stated share of false alarms on other calm series of the same making, which is more than a user of it would know.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from time import process_time
from typing import Any

import numpy as np

from truceline.gauge.breaks_found import (
    CALM_ALPHAS,
    CALM_RATES,
    SEED,
    USUAL,
    Finder,
    draw_usual,
    find_ours,
    find_squares,
    tell,
)
from truceline.gauge.simulate_series import Counts, draw_counts
from truceline.vocab.rates import load_rate_table

COSTS = ("l2", "rank", "normal")
PENALTIES = np.geomspace(0.5, 5000, 40)


def main(arguments: Sequence[str]) -> None:
    count = int(arguments[0]) if arguments else 200
    broken = list(islice(draw_usual(), count))
    known, calm = list(draw_calm(count, 1)), list(draw_calm(count, 2))
    sys.stdout.write("| found by | precision | recall | F1 | false alarms | ms a series |\n|---|--:|--:|--:|--:|--:|\n")
    for name, find in find_ways(known):
        started = process_time()
        told = [tell(each, find).counts for each in broken]
        pace = (process_time() - started) / count * 1000
        right, found, gold = (sum(each[f"breaks.{part}"] for each in told) for part in ("right", "found", "gold"))
        alarms = sum(bool(find(each)) for each in calm) / len(calm)
        figures = (right / max(found, 1), right / gold, 2 * right / (found + gold), alarms)
        sys.stdout.write(f"| {name} | {' | '.join(f'{each:.3f}' for each in figures)} | {pace:.1f} |\n")
        sys.stdout.flush()


def draw_calm(count: int, part: int) -> Iterator[Counts]:
    drawn = np.random.default_rng([SEED, 200 + part])
    for _ in range(count):
        rate = float(np.exp(drawn.uniform(*np.log(CALM_RATES))))
        yield draw_counts(rate, float(drawn.choice(CALM_ALPHAS)), (USUAL.days,), drawn)


def find_ways(known: Sequence[Counts]) -> Iterator[tuple[str, Finder]]:
    yield "truceline", find_ours
    yield "least squares, penalty of BIC", find_squares
    try:
        ruptures = import_module("ruptures")
    except ImportError:
        sys.stderr.write("ruptures is not installed here: install it beside Truceline to compare\n")
        return
    for cost in COSTS:
        find = finder_of(ruptures, cost)
        penalty = calibrate(find, known)
        yield f"ruptures {cost}, penalty {penalty:.3g}", at_penalty(find, penalty)


def finder_of(ruptures: Any, cost: str) -> Callable[[Counts, float], list[int]]:
    shortest = load_rate_table().change.shortest_days

    def find(counts: Counts, penalty: float) -> list[int]:
        search = ruptures.Pelt(model=cost, min_size=shortest, jump=1).fit(counts.astype(np.float64)[:, None])
        return [int(each) for each in search.predict(pen=penalty)[:-1]]

    return find


def at_penalty(find: Callable[[Counts, float], list[int]], penalty: float) -> Finder:
    return lambda counts: find(counts, penalty)


def calibrate(find: Callable[[Counts, float], list[int]], calm: Sequence[Counts]) -> float:
    """The least of `PENALTIES` at which no more of the calm series than stated show a break, by bisection."""
    stated, low, high = load_rate_table().change.false_alarms, 0, len(PENALTIES) - 1
    while low < high:
        middle = (low + high) // 2
        alarms = sum(bool(find(each, float(PENALTIES[middle]))) for each in calm) / len(calm)
        low, high = (low, middle) if alarms <= stated else (middle + 1, high)
    return float(PENALTIES[low])


if __name__ == "__main__":
    main(sys.argv[1:])
