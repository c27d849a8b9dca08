"""How many, with the bounds the source gave and no others."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.model.span import Span


class Unit(StrEnum):
    COUNT = "count"
    RATIO = "ratio"
    PERCENT = "percent"
    MEASURE = "measure"
    MONEY = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A reported number over `span`; `low` and `high` are inclusive, None where the source set no bound.

    "Dozens" is 24 or more, so it has a low bound and no high one. `of` is the noun counted, as worded.
    A RATIO ("tripled") is low = high = 3.0; a MEASURE keeps its unit of measure in `of` ("km").
    """

    span: Span
    low: float | None
    high: float | None
    of: str
    unit: Unit = Unit.COUNT
    of_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Inclusive bounds on a number of people; None where nothing bounds that side."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """Killed and injured as one claim tells it; None where it says nothing of them."""

    killed: Range | None = None
    injured: Range | None = None
    killed_civilians: Range | None = None
