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
class HeadingDays:
    """Incidents of each day of the watch under one heading (`by` is party, kind or area), in the order of its days."""

    by: str
    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyKind:
    """Incidents of one kind since the watch began in which a party is said to have acted."""

    party: str
    kind: str
    incidents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A source heard before and not in the period: since when, and how rarely it has kept so quiet so long.

    `chance` is that of so long a silence at the pace of the `days` it was heard on before; `unusual` where it is small.
    """

    source: str
    last_heard: date
    quiet_days: int
    days: int
    chance: float
    unusual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days, `since` inclusive and `until` exclusive, from which there is no document at all: no reports, not nought."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A day on which a new rate began, `earliest` to `latest` with 95 %; rates are incidents an observed day."""

    day: date
    earliest: date
    latest: date
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The changes of rate under one heading over its observed days.

    Of series without any change, the share `false_alarms` would show one, if days vary but not together: bursts that
    last for a week and more are levels too, though none that lasts. `note` says why nothing was looked for, where
    there was too little; "" where it was.
    """

    name: str
    days: int
    incidents: int
    false_alarms: float
    changes: tuple[Change, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Raised on `day`, knowing nothing later: with this chance a new rate has begun lately, likeliest on `began`.

    Rates are incidents an observed day. Without any change there is one alert in `false_alert_days`.
    """

    name: str
    day: date
    began: date
    chance: float
    before: float
    after: float
    false_alert_days: int


class Finding(StrEnum):
    MORE = "more often than chance"
    NO_MORE = "no more often than chance"
    CANNOT_TELL = "too few to tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """Days with the first on which the other came so many days later (before: negative), and what chance gives."""

    days: int
    count: int
    expected: float
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Whether `then` follows `first` within so many days in the same area (or, `anywhere`, at all).

    Of `firsts` days with the first, `followed` were followed; chance gives `expected`, `low` to `high` in 95 of 100.
    `chance`: how rarely as many come by chance; `adjusted`: with all pairs allowed for that were asked.
    """

    first: str
    then: str
    anywhere: bool
    within_days: int
    firsts: int
    followed: int
    expected: float
    low: int
    high: int
    chance: float
    adjusted: float
    finding: Finding
    lags: tuple[Lag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Days with `response` that stand between two days with `first`, each within so many days, in the same area.

    Figures as in `Pattern`.
    """

    first: str
    response: str
    anywhere: bool
    within_days: int
    count: int
    expected: float
    low: int
    high: int
    chance: float
    adjusted: float
    finding: Finding


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
    headings: tuple[HeadingDays, ...] = ()
    party_kinds: tuple[PartyKind, ...] = ()
    silences: tuple[Silence, ...] = ()
    gaps: tuple[Gap, ...] = ()
    levels: tuple[Levels, ...] = ()
    alerts: tuple[Alert, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    chains: tuple[Chain, ...] = ()
