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


class Status(StrEnum):
    """Who the killed and injured were, as worded; somebody may be several ('a woman doctor')."""

    CIVILIAN = "civilian"
    FIGHTER = "fighter"
    SOLDIER = "soldier"
    POLICE = "police"
    CHILD = "child"
    WOMAN = "woman"
    MEDIC = "medic"
    JOURNALIST = "journalist"
    AID_WORKER = "aid_worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCount:
    """How many of those told had a status."""

    status: Status
    count: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """Killed and injured as one claim tells it; None where it says nothing of them.

    `killed_by` and `injured_by` say who they were, one entry a status that the words give; statuses overlap and need
    not add up. `toll` is a sum so far that other events share in; `killed` repeats it only where nothing else is told.
    """

    killed: Range | None = None
    injured: Range | None = None
    killed_civilians: Range | None = None
    killed_by: tuple[StatusCount, ...] = ()
    injured_by: tuple[StatusCount, ...] = ()
    toll: Range | None = None
