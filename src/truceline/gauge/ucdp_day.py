"""The stretch of days that a reading tells for the deaths in a headline, and whether the coded day lies in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from truceline.gauge.case import ContractReading
from truceline.gauge.measure import Measure, mean, share

DAY = timedelta(days=1)

KINDS = {"dated": "words of time", "undated": "no word of time", "code": "incident code only"}
MEASURES: tuple[Measure, ...] = (
    share("day right", "day.right", "day"),
    *(share(f"day right, {words}", f"day.{kind}.right", f"day.{kind}") for kind, words in KINDS.items()),
    # Beside the score: an interval of a week is right more often and tells less.
    mean("days told beyond one, mean", "day.beyond", "day.told", unit="days", digits=2),
    *(
        mean(f"days told beyond one, mean, {words}", f"day.{kind}.beyond", f"day.{kind}.told", unit="days", digits=2)
        for kind, words in KINDS.items()
    ),
)

_CODE = re.compile(r"[A-Z]{1,3}\d+[a-z]?")
# By the headline, not by what a reader made of it: every reader is asked the same.
_OF_TIME = re.compile(
    r"\b(?:yesterday|today|tonight|overnight|midnight|noon|dawn|(?:hour|day|week|month|year|night|morning|evening)s?"
    r"|afternoon|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|20[01]\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A half-open stretch of time."""

    start: datetime
    end: datetime

    @property
    def days(self) -> float:
        return (self.end - self.start) / DAY


def told_interval(reading: ContractReading) -> Told | None:
    """When the killing is told to have happened: UCDP codes deaths, so the first claim that tells the killed decides.

    Where none does, it is the first dated claim, and without claims the first placed time. Where no time is stated, it
    is the stretch in which the reader says that undated things fall; a reader that says none is taken at the day of
    publication, provided that it has read anything.
    """
    claims, times = reading["claims"], reading["times"]
    killing = [claim for claim in claims if (claim.get("harm") or {}).get("killed")][:1]
    stated = [times[claim["time"]] for claim in killing or claims if claim.get("time") is not None]
    for each in stated if claims else times:
        if each.get("from") and each.get("to") and each["type"] != "SET":
            return Told(start=_moment(each["from"]), end=_moment(each["to"]))
    if reported := reading.get("reported"):
        return Told(start=_moment(reported["from"]), end=_moment(reported["to"]))
    published = reading["document"]["published_at"]
    if published is None or not (claims or times):
        return None
    start = datetime.combine(_moment(published).date(), time(), UTC)
    return Told(start=start, end=start + DAY)


def tally_day(day: date, text: str, reading: ContractReading) -> Mapping[str, float]:
    told = told_interval(reading)
    counts: dict[str, float] = {"": 1}
    if told is not None:
        counts |= {".right": falls_in(day, told), ".told": 1, ".beyond": max(0.0, told.days - 1)}
    return {f"{prefix}{name}": count for prefix in ("day", f"day.{kind_of(text)}") for name, count in counts.items()}


def kind_of(text: str) -> str:
    """Whether a headline has words of time, none, or is nothing but the code of an incident."""
    if _CODE.fullmatch(text.strip()):
        return "code"
    return "dated" if _OF_TIME.search(text) else "undated"


def falls_in(day: date, told: Told) -> bool:
    """At least half of the day lies in the interval, or half of the interval in the day where that is shorter.

    Half, because a local day begins two or three hours before the UTC day of the same name.
    """
    start = datetime.combine(day, time(), UTC)
    common = min(start + DAY, told.end) - max(start, told.start)
    return common >= min(DAY, told.end - told.start) / 2 > timedelta(0)


def day_time(day: date) -> dict[str, Any]:
    """A gold day as a time of the contract."""
    return {"type": "DATE", "from": f"{day}T00:00:00Z", "to": f"{day + DAY}T00:00:00Z"}


def _moment(instant: str) -> datetime:
    return datetime.fromisoformat(instant)
