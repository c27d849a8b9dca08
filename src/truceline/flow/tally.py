"""Nothing vanishes: what went into a stage, what came out, and what was dropped for which reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from truceline.errors import Dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTally:
    """One stage's account; `dropped` holds reasons and how often each held, most frequent first."""

    stage: str
    given: int
    kept: int
    dropped: tuple[tuple[str, int], ...] = ()

    @property
    def dropped_count(self) -> int:
        return sum(count for _reason, count in self.dropped)


def count_stage(stage: str, *, given: int, kept: int, dropped: Iterable[Dropped] = ()) -> StageTally:
    """The account of one stage, its dropped records counted by reason."""
    return tally_reasons(stage, given=given, kept=kept, reasons=(each.reason for each in dropped))


def tally_reasons(stage: str, *, given: int, kept: int, reasons: Iterable[str]) -> StageTally:
    counted = Counter(reasons)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return StageTally(stage=stage, given=given, kept=kept, dropped=tuple(ordered))
