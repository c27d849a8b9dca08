"""How often the program is right, as measured: the figures of a data file, as a page and as a table."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.publish.cells import write_table
from truceline.publish.lookup import Lookup
from truceline.publish.page import render
from truceline.publish.words import day_words
from truceline.review.agree import Agreement

STAGES = {
    "read": "Reading: what a text says",
    "fuse": "Bringing together: which tellings are one incident",
    "judge": "Judging: what it means under the agreement",
    "watch": "Watching: what is changing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One figure under the name the gauge gives it.

    `low` to `high`: 95 %, None where no interval was computed; `baseline`: what a plain reader reaches; `n`: out of how
    many. `less`: lower is better. `unguarded`: no floor holds it. `share`: it lies between 0 and 1.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    baseline: float | None = None
    n: int | None = None
    less: bool = False
    unguarded: bool = False
    share: bool = True

    @property
    def interval(self) -> str:
        return "no interval" if self.low is None or self.high is None else f"[{self.low:.3f}–{self.high:.3f}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Figures on one set of texts; `seen`: misses on these very texts were read while the rules were written.

    `short` says what was not reached, `baseline` what the plain reader does.
    """

    suite: str
    stage: str
    title: str
    texts: str
    licence: str
    command: str
    seen: bool
    baseline: str
    short: str
    scores: tuple[Score, ...]


@cache
def find_measured() -> tuple[date, tuple[Measured, ...]]:
    """The day of measuring, and every set in the order of the file."""
    table = tomllib.loads(files("truceline.web").joinpath("scores.toml").read_text("utf-8"))
    return table["measured_on"], tuple(measured_of(each) for each in table["set"])


def measured_of(row: Mapping[str, Any]) -> Measured:
    told = {name: value for name, value in row.items() if name != "score"}
    return Measured(**told, scores=tuple(Score(**each) for each in row["score"]))


def quality_page(lookup: Lookup, agreements: Sequence[Agreement]) -> str:
    """The page; `agreements` of those who review, None of a kind where all kinds count together."""
    day, measured = find_measured()
    stages = [(stage, words, [each for each in measured if each.stage == stage]) for stage, words in STAGES.items()]
    return render(
        "quality.html",
        lookup,
        here="quality",
        packages=("truceline.web",),
        day=day_words(day),
        stages=stages,
        missed=[each for each in measured if each.short],
        unseen_count=sum(not each.seen for each in measured),
        sets_count=len(measured),
        agreements=agreements,
    )


def quality_csv() -> str:
    """One figure a line."""
    day, measured = find_measured()
    header = ("stage", "suite", "texts", "licence", "seen", "score", "value", "low", "high", "baseline", "n",
              "lower_is_better", "not_reached", "command", "measured_on")  # fmt: skip
    lines = (
        (
            *(each.stage, each.suite, each.texts, each.licence, "yes" if each.seen else "no"),
            *(score.name, score.value, score.low, score.high, score.baseline, score.n, "yes" if score.less else "no"),
            *(each.short, each.command, day.isoformat()),
        )
        for each in measured
        for score in each.scores
    )
    return write_table(header, lines)
