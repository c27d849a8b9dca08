"""`make bench-fuse`: the speed, size, growth and quality of fusing simulated claims, as docs/performance.md has them.

python -m truceline.gauge.bench_fuse --limit 100000 --splink-python bench/bin/python

Every way runs on every number of claims in a process of its own, beside the others: ours, Splink on DuckDB and a
one-a-day key. Splink is no dependency: `--splink-python` names a Python that has it beside Truceline.
"""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from truceline.gauge.bench_fuse_one import WAYS

SIZES = (10_000, 100_000, 1_000_000)
SPLINK = ("splink", "labelled splink")
HOURS_MOST = 2.0
HEAD = (
    "claims", "way", "wall, s", "processor, s", "µs a claim", "peak, MB", "adding ten, s",
    "pairs P", "pairs R", "pairs F1", "B³ P", "B³ R", "B³ F1",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One way on so many claims: what it took and how well it did, or why it did not run."""

    way: str
    claims: int
    found: dict[str, Any] | None
    reason: str = ""

    @property
    def micros(self) -> float | None:
        """Processor microseconds a claim: other programs on the machine count less than on the wall's clock."""
        return self.found["processor"] / self.claims * 1e6 if self.found is not None else None


Try = Callable[[str, int], Trial]


def measure_fusing(tried: Try, *, limit: int, ways: Sequence[str] = tuple(WAYS)) -> Iterator[Trial]:
    """Each trial as soon as it is done; a way that did not finish is not tried on more claims."""
    given_up: dict[str, str] = {}
    for claims in (each for each in SIZES if each <= limit):
        for way in ways:
            if way in given_up:
                yield Trial(way=way, claims=claims, found=None, reason=given_up[way])
                continue
            trial = tried(way, claims)
            if trial.found is None:
                given_up[way] = trial.reason
            yield trial


def run_apart(way: str, claims: int, *, splink_python: str | None) -> Trial:
    """The trial in its own process, so that its peak of memory is its own."""
    python = splink_python if way in SPLINK else sys.executable
    if python is None:
        return Trial(way=way, claims=claims, found=None, reason="not installed; name a Python that has it")
    command = [python, "-m", "truceline.gauge.bench_fuse_one", way, str(claims)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            command, capture_output=True, text=True, timeout=HOURS_MOST * 3600, env=dict(os.environ), check=False
        )
    except subprocess.TimeoutExpired:
        return Trial(way=way, claims=claims, found=None, reason=f"not done after {HOURS_MOST:.0f} hours")
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or [f"left with {done.returncode}"]
        return Trial(way=way, claims=claims, found=None, reason=last[0])
    return Trial(way=way, claims=claims, found=json.loads(done.stdout.splitlines()[-1]))


def markdown(trials: Sequence[Trial]) -> str:
    """The trials, then how a claim's time grows with their number."""
    lines = ["| " + " | ".join(HEAD) + " |", "|--:|---|" + "--:|" * (len(HEAD) - 2)]
    lines += [f"| {trial.claims:,} | {trial.way} | {write_found(trial)} |" for trial in trials]
    return "\n".join(
        [*lines, "", "| way | from | to | time a claim grows by | goal |", "|---|--:|--:|--:|--:|", *growth(trials)]
    )


def write_found(trial: Trial) -> str:
    found = trial.found
    if found is None:
        return trial.reason + " |" * (len(HEAD) - 3)
    adding = f"{found['adding']:.2f}" if found["adding"] is not None else "all again"
    took = [
        f"{found['wall']:.1f}",
        f"{found['processor']:.1f}",
        f"{trial.micros:,.0f}",
        f"{found['peak_mb']:,.0f}",
        adding,
    ]
    return " | ".join([*took, *(f"{score:.3f}" for score in (*found["pairs"], *found["b_cubed"]))])


def growth(trials: Sequence[Trial]) -> Iterator[str]:
    """Lines of the second table: by how much a claim takes longer where there are ten times as many."""
    micros = {(trial.way, trial.claims): trial.micros for trial in trials}
    for way in dict.fromkeys(trial.way for trial in trials):
        for fewer, more in pairwise(SIZES):
            one, other = micros.get((way, fewer)), micros.get((way, more))
            if one and other:
                goal = "< 1.3" if way == "truceline" else ""
                yield f"| {way} | {fewer:,} | {more:,} | {other / one:.2f} | {goal} |"


def main(arguments: Sequence[str]) -> None:
    parser = ArgumentParser(description="Speed, size, growth and quality of fusing on simulated claims.")
    parser.add_argument("--limit", type=int, default=SIZES[-1], help="take no more claims than this")
    parser.add_argument("--ways", nargs="+", default=list(WAYS), choices=list(WAYS), help="only these")
    parser.add_argument("--splink-python", help="a Python that has Splink beside Truceline")
    given = parser.parse_args(arguments)
    trials = []
    for trial in measure_fusing(
        partial(run_apart, splink_python=given.splink_python), limit=given.limit, ways=given.ways
    ):
        trials.append(trial)
        sys.stderr.write(f"{trial.claims:,} | {trial.way} | {write_found(trial)}\n")
    sys.stdout.write(markdown(trials) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
