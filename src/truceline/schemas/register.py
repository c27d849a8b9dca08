"""The register as a whole, its sources and its agreement, as the API gives them."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from truceline.model.agreement import Agreement
from truceline.model.series import Watch
from truceline.model.trend import Statements
from truceline.schemas.rows import Given


class Index(Given):
    """Where things are, and how much is held."""

    mission: str
    fingerprint: str
    release: str = Field(description="By which profile all answers are released, and what it withholds.")
    incidents: int
    documents: int
    links: dict[str, str]


class Hit(Given):
    """An incident that holds the words."""

    id: str
    title: str
    start: datetime | None
    where: str
    page: str


class Hits(Given):
    """Incidents that hold the words, the latest first."""

    items: tuple[Hit, ...]
    count: int
    next: str | None = Field(description="Address of the next page; null at the end.")


class DayOut(Given):
    """A local day on which incidents are said to have begun; not observed: told later, without a report of that day."""

    day: date
    incidents: int
    is_observed: bool


class GapOut(Given):
    """Days, `since` inclusive and `until` exclusive, of which there is no report: not observed, which is not zero."""

    since: date
    until: date


class TimelineOut(Given):
    """A filtered view over time. A day that is neither listed nor in a gap is an observed day with no incident."""

    since: date
    until: date = Field(description="The first day after.")
    days: tuple[DayOut, ...] = Field(description="The days with incidents, in order.")
    gaps: tuple[GapOut, ...]
    undated: int = Field(description="Incidents that nobody places in time.")
    outside: int = Field(description="Incidents before or after these days.")


class PileOut(Given):
    """How many incidents are of one kind and verdict at one place; coordinates are null where no place is known."""

    kind: str
    verdict: str | None = Field(description="null: not assessed.")
    place: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    admin1: str | None
    country: str | None
    count: int


class MapOut(Given):
    """A filtered view by place, the fullest first."""

    items: tuple[PileOut, ...]
    count: int = Field(description="Incidents of the view.")
    left_out: int = Field(description="Incidents in piles beyond the 10,000 fullest.")


class RecordOut(Given):
    """What became of claims of a source's family."""

    kind: str | None = Field(description="PLOVER category of the incidents counted; null: all.")
    served: str | None = Field(description="own, against or neither: its side's interest; null: all.")
    incidents: int
    confirmed: int
    contradicted: int
    low: float | None = Field(description="Lower bound (95 %) of the share confirmed among the decided.")
    high: float | None
    counting: bool = Field(description="The record by which its letter may move.")


class SourceOut(Given):
    """A publisher as the mission grades it, and as its record has it."""

    id: str
    name: str
    kind: str
    family: str = Field(description="Sources of one family are one origin.")
    reliability: str = Field(description="Admiralty, as the mission gives it: A to F; F is no basis to judge.")
    letter: str = Field(description="What its record makes of it: one step off at the most.")
    record: str = Field(description="The record in words; empty where the register holds nothing of it.")
    reason: str
    actor: str | None = Field(description="Whom it belongs to.")
    records: tuple[RecordOut, ...]


class Sources(Given):
    """The publishers of the mission."""

    items: tuple[SourceOut, ...]


class AgreementOut(Given):
    """What was agreed; null for a mission that only counts. Zones around places that shelter people are rounded."""

    mission: str
    agreement: Agreement | None


class WatchOut(Given):
    """What is changing; null where nothing was watched yet. Rates are per observed day."""

    fingerprint: str
    as_of: str = Field(description="The moment the register stands at, in words.")
    watch: Watch | None


class StatementsOut(Given):
    """Trends and predictions that texts state, and what the register answers; null where none were looked for."""

    fingerprint: str
    statements: Statements | None


class HeapOut(Given):
    """So many incidents about one point; `kind` and `verdict` as in the legend, where all of them are of one."""

    lon: float
    lat: float
    count: int
    kind: str | None
    verdict: str | None


class HeapsOut(Given):
    """Incidents of a view counted about points, the fullest first. Those without a point are not among them."""

    items: tuple[HeapOut, ...]
    count: int


class Point(Given):
    """A point after RFC 7946: longitude first, WGS 84."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class Feature(Given):
    """One incident; no geometry where no point is known of it."""

    type: Literal["Feature"]
    id: str
    geometry: Point | None
    properties: dict[str, str | int | float | None]


class FeatureCollection(Given):
    """Incidents after RFC 7946."""

    type: Literal["FeatureCollection"]
    features: tuple[Feature, ...]


class Mistake(Given):
    """One part of a request that was wrong."""

    parameter: str
    detail: str


class ProblemOut(Given):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[Mistake, ...] | None = None
