"""The tables that say what makes tellings contradict each other, read once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from truceline.fuse.policy import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Two ends of one kind of act that exclude each other, each with the patterns that tell it."""

    name: str
    ends: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """`contradictions.toml`, compiled."""

    hedged: frozenset[str]
    slack_share: float
    slack_least: int
    open: re.Pattern[str]
    updated: re.Pattern[str]
    partial: re.Pattern[str]
    slack_hours: float
    exact: re.Pattern[str]
    protected: frozenset[str]
    military: frozenset[str]
    outcomes: tuple[Outcome, ...]


@cache
def disputed() -> Disputed:
    table = read_table("truceline.fuse", "contradictions.toml")
    figures, hours, targets = table["figures"], table["hours"], table["targets"]
    return Disputed(
        hedged=frozenset(figures["hedged"]),
        slack_share=figures["slack_share"],
        slack_least=figures["slack_least"],
        open=any_of(figures["open"]),
        updated=any_of(figures["updated"]),
        partial=any_of(figures["partial"]),
        slack_hours=hours["slack_hours"],
        exact=any_of(hours["exact"]),
        protected=frozenset(targets["protected"]),
        military=frozenset(targets["military"]),
        outcomes=tuple(
            Outcome(
                name=entry["name"],
                ends=tuple((end, any_of(patterns)) for end, patterns in entry.items() if end != "name"),
            )
            for entry in table["outcomes"]
        ),
    )


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE | re.DOTALL)
