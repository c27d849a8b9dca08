"""Local days: on which an incident fell, which were observed, and which period a bulletin covers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.model.document import Document, Form
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.source import Source
from truceline.model.telling import Telling

TABLES = (Form.UCDP_GED, Form.ACLED)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days, `since` inclusive and `until` exclusive."""

    since: date
    until: date

    @property
    def length(self) -> int:
        return (self.until - self.since).days

    def holds(self, first: date, last: date) -> bool:
        return self.since <= first and last < self.until

    def before(self) -> "Stretch":
        """The equal stretch just before this one."""
        return Stretch(since=self.since - timedelta(days=self.length), until=self.since)

    def days(self) -> Iterator[date]:
        return (self.since + timedelta(days=count) for count in range(self.length))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Who could have told something on which day: documents and sources by local day.

    A table of events (UCDP, ACLED) watches every day between its first row and its last, rows or none.
    """

    documents: Mapping[date, int]
    sources: Mapping[date, frozenset[str]]
    tables: tuple[Stretch, ...] = ()

    def is_observed(self, day: date) -> bool:
        return self.documents.get(day, 0) > 0 or self.is_in_table(day)

    def is_in_table(self, day: date) -> bool:
        return any(table.holds(day, day) for table in self.tables)

    def count_days(self, stretch: Stretch) -> int:
        return sum(self.is_observed(day) for day in stretch.days())

    def count_documents(self, stretch: Stretch) -> int:
        return sum(self.documents.get(day, 0) for day in stretch.days())

    def find_sources(self, stretch: Stretch) -> frozenset[str]:
        return frozenset().union(*(self.sources.get(day, frozenset()) for day in stretch.days()))


def find_days(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> tuple[date, date] | None:
    """First and last local day of a half-open stretch; up to 24 hours count for the day on which they begin."""
    if start is None:
        return None
    first = start.astimezone(zone).date()
    if end is None or end - start <= ONE_DAY:
        return first, first
    return first, (end - timedelta(microseconds=1)).astimezone(zone).date()


def incident_days(incident: Incident, zone: ZoneInfo) -> tuple[date, date] | None:
    return find_days(incident.start, incident.end, zone)


def find_exposure(
    documents: Iterable[Document], tellings: Iterable[Telling], sources: Sequence[Source], zone: ZoneInfo
) -> Exposure:
    """Documents and sources by day of publication; rows of a table by the day of the event they tell."""
    told = {telling.document: telling for telling in tellings}
    names = source_names(sources)
    counts: dict[date, int] = defaultdict(int)
    who: dict[date, set[str]] = defaultdict(set)
    rows: dict[str, list[date]] = defaultdict(list)
    for document in documents:
        telling = told.get(document.id)
        source = find_source(document, telling, names)
        days = exposure_days(document, telling, zone)
        if days is None:
            continue
        day = days[0]
        counts[day] += 1
        if source is not None:
            who[day].add(source)
        if document.form in TABLES:
            rows[document.form].extend(days)
    return Exposure(
        documents=dict(counts),
        sources={day: frozenset(each) for day, each in who.items()},
        tables=tuple(Stretch(since=min(days), until=max(days) + ONE_DAY) for days in rows.values()),
    )


def exposure_days(document: Document, telling: Telling | None, zone: ZoneInfo) -> tuple[date, date] | None:
    """The first and last local day that a document lets us see."""
    if document.form in TABLES and telling is not None and telling.happened is not None:
        days = find_days(telling.happened.start, telling.happened.end, zone)
        if days is not None:
            return days
    return find_days(document.published_at, None, zone)


def source_names(sources: Sequence[Source]) -> dict[str, str]:
    """Source ids by every name a publisher may be given under."""
    return {name.casefold(): source.id for source in sources for name in (source.id, source.name, *source.aliases)}


def find_source(document: Document, telling: Telling | None, names: Mapping[str, str]) -> str | None:
    """The source that published a document; the publisher's own name where the mission does not know it."""
    if telling is not None and telling.source is not None:
        return telling.source
    if document.publisher is None:
        return None
    return names.get(document.publisher.casefold(), document.publisher)


def find_period(mission: Mission, documents: Iterable[Document], last_day: date | None) -> Stretch:
    """The bulletin's period: so many days, the last one being the last whose cut-off hour the register has passed.

    Without any document that is dated, `last_day` (of the incidents) ends it.
    """
    zone = ZoneInfo(mission.timezone)
    instants = [document.published_at for document in documents if document.published_at is not None]
    if instants:
        latest = max(instants).astimezone(zone)
        until = latest.date() + (ONE_DAY if latest.time() >= mission.cutoff else timedelta())
    else:
        until = last_day + ONE_DAY if last_day is not None else mission.until
    until = max(min(until, mission.until), mission.since + ONE_DAY)
    return Stretch(since=until - timedelta(days=mission.bulletin_days), until=until)
