"""The register over time: counts with their exposure, rates with their intervals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """Incidents on one local day; `documents` and `sources` are the exposure. Zero documents: not observed."""

    day: date
    incidents: int
    documents: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Incidents of the period under one heading (`by` is party, kind or area), with documents and origins."""

    by: str
    name: str
    incidents: int
    origins: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What becomes of a ratio when any one of its `sources` is left out, with the days that only it observed.

    From `least` to `most` (None: without bound). `source` moves it most, to `ratio`; `turns`: without it a rise is a
    fall or a fall a rise, which counts for more than any distance. Where there is but one source, nothing is left
    without it: `least`, `most` and `ratio` are None.
    """

    sources: int
    least: float | None
    most: float | None
    source: str
    ratio: float | None
    turns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRatio:
    """Rate of `now` over the rate of `before`, per observed day; 95 % interval.

    `ratio`, `low`, `high` are None where the earlier period has nothing to compare with. `left_out` is None where it is
    not known who told of the incidents.
    """

    name: str
    now_count: int
    now_days: int
    before_count: int
    before_days: int
    ratio: float | None
    low: float | None
    high: float | None
    note: str = ""
    left_out: LeftOut | None = None


class Answer(StrEnum):
    SUPPORTED = "the register supports it"
    NOT_SUPPORTED = "the register does not support it"
    CANNOT_TELL = "the register cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateCheck:
    """A stated rate ('airstrikes have tripled') held against the register."""

    claim: str
    document: str
    words: str
    stated_low: float | None
    stated_high: float | None
    measured: RateRatio | None
    answer: Answer
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What watching gives for one period, ending with the day `until` (exclusive)."""

    since: date
    until: date
    days: tuple[DayCount, ...]
    tallies: tuple[Tally, ...]
    ratios: tuple[RateRatio, ...]
    checks: tuple[RateCheck, ...]
    silent_sources: tuple[str, ...]
