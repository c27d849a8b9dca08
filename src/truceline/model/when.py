"""When: a stated or derived stretch of time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from truceline.model.span import Span


class Basis(StrEnum):
    """STATED in full; RELATIVE to the document or another time; PUBLISHED: nothing was stated."""

    STATED = "stated"
    RELATIVE = "relative"
    PUBLISHED = "published"


class TimexType(StrEnum):
    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A TIMEX3: `value` is its normal form; `start` and `end` are aware UTC instants, half-open.

    Both are None for durations, sets and what cannot be placed. `span` is None only with basis
    PUBLISHED, where the interval is the day of publication.
    """

    span: Span | None
    type: TimexType
    value: str
    start: datetime | None
    end: datetime | None
    basis: Basis
