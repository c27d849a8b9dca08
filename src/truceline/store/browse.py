"""The register as a reader turns it over: a page at a time, counted and searched without loading what is not shown.

Everything here reads. What only one database can do, full-text search, is handed in.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, or_, select

from truceline.model.assessment import Assessment
from truceline.model.claim import EventType
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.place import Toponym
from truceline.model.reading import Reading
from truceline.model.release import NOTHING, Withheld
from truceline.model.revision import Revision
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.store import tables
from truceline.store.facts import SqlFacts, listed
from truceline.store.find import conditions
from truceline.store.keys import latest_keys
from truceline.store.records import as_instant, as_json, parse_instant, parse_reading, parse_record, version_key
from truceline.store.register import READING, Wanted
from truceline.store.rows import parse_document, parse_spot
from truceline.store.sql import load_documents, problems_of, view_of

FindWords = Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A filter for browsing: `wanted`, any of the kinds of event `events`, and `words` in any spelling."""

    wanted: Wanted = field(default_factory=Wanted)
    events: Collection[EventType] | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a page ends: the start (None: placed nowhere in time) and id of the last incident on it."""

    start: datetime | None
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Incidents, the latest first, with their assessments; `after` is where the next page begins, None at the end."""

    incidents: tuple[Incident, ...]
    assessments: tuple[Assessment, ...]
    after: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """How many incidents are of one event, place and verdict ("": not assessed)."""

    event: EventType
    place: Toponym | None
    verdict: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document as it stands in a list."""

    id: str
    title: str | None
    publisher: str | None
    published_at: datetime | None
    language: str | None
    version: int
    claims_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the register can be filtered by: values that occur in it."""

    events: tuple[EventType, ...]
    parties: tuple[str, ...]
    sources: tuple[str, ...]


class Browser:
    """Reads pages and counts off one engine."""

    def __init__(self, engine: Engine, find_words: FindWords, without: Withheld = NOTHING) -> None:
        self._engine = engine
        self._find_words = find_words
        self._without = without

    def facts(self) -> SqlFacts:
        """What decides what of this register is released."""
        return SqlFacts(self._engine)

    def releasing(self, without: Withheld) -> "Browser":
        """The same register, in which what is withheld is not to be found and not counted."""
        return Browser(self._engine, self._find_words, without)

    def _released(self) -> Iterator[ColumnElement[bool]]:
        if self._without.incidents:
            yield tables.incidents.c.id.not_in(listed(self._without.incidents, self._engine.dialect.name))

    def _released_documents(self) -> Iterator[ColumnElement[bool]]:
        if self._without.documents:
            yield tables.documents.c.id.not_in(listed(self._without.documents, self._engine.dialect.name))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    def count(self, sought: Sought) -> int:
        wanted = select(func.count()).select_from(tables.incidents).where(*self._conditions(sought))
        with self._reading() as connection:
            return connection.execute(wanted).scalar_one()

    def page(self, sought: Sought, *, limit: int, after: Mark | None = None) -> Page:
        """At most `limit` incidents behind `after`."""
        incident = tables.incidents.c
        order = (incident.start_at.desc().nulls_last(), incident.id)
        wanted = select(incident.id, incident.start_at, incident.record).where(*self._conditions(sought))
        if after is not None:
            wanted = wanted.where(_behind(after, incident.start_at, incident.id))
        with self._reading() as connection:
            rows = connection.execute(wanted.order_by(*order).limit(limit + 1)).all()
            shown = rows[:limit]
            assessments = _assessments(connection, [row.id for row in shown])
        last = shown[-1] if len(rows) > limit else None
        return Page(
            incidents=tuple(parse_record(Incident, row.record) for row in shown),
            assessments=assessments,
            after=None if last is None else Mark(start=_moment(last.start_at), id=last.id),
        )

    def piles(self, sought: Sought) -> tuple[Pile, ...]:
        """The incidents counted by what they are, where, and what was found of them."""
        incident = tables.incidents.c
        keys = (incident.event, incident.spot, incident.verdict)
        wanted = select(*keys, func.count()).where(*self._conditions(sought)).group_by(*keys).order_by(*keys)
        with self._reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            Pile(event=_event(event), place=_place(spot), verdict=verdict, count=count)
            for event, spot, verdict, count in rows
        )

    def starts(self, sought: Sought) -> tuple[tuple[datetime | None, int], ...]:
        """How many incidents start at each instant, by time."""
        start = tables.incidents.c.start_at
        wanted = select(start, func.count()).where(*self._conditions(sought)).group_by(start).order_by(start)
        with self._reading() as connection:
            return tuple((_moment(moment), count) for moment, count in connection.execute(wanted))

    def published(self) -> tuple[datetime, ...]:
        """The instants at which something was published, by time."""
        published = tables.documents.c.published_at
        known = select(published).where(published.is_not(None), *self._released_documents())
        wanted = known.distinct().order_by(published)
        with self._reading() as connection:
            return tuple(parse_instant(each) for each in connection.execute(wanted).scalars())

    def choices(self) -> Choices:
        incident = tables.incidents.c
        with self._reading() as connection:
            events, parties, sources = (
                connection.execute(select(column).where(*self._released()).distinct().order_by(column)).scalars().all()
                for column in (incident.event, incident.parties, incident.sources)
            )
        return Choices(
            events=tuple(parse_record(EventType, each) for each in events),
            parties=_names(parties),
            sources=_names(sources),
        )

    # ---- one incident, one document

    def incident_ids(self) -> tuple[str, ...]:
        name = tables.incidents.c.id
        with self._reading() as connection:
            return tuple(connection.execute(select(name).where(*self._released()).order_by(name)).scalars())

    def has_incident(self, id: str) -> bool:
        name = tables.incidents.c.id
        with self._reading() as connection:
            return connection.execute(select(name).where(name == id, *self._released())).first() is not None

    def incident(self, id: str, mission: Mission) -> View:
        """One incident with what it rests on."""
        with self._reading() as connection:
            return view_of(connection, id, mission)

    def document_ids(self) -> tuple[str, ...]:
        document = tables.documents.c
        with self._reading() as connection:
            known = select(document.id).where(*self._released_documents())
            return tuple(connection.execute(known.distinct().order_by(document.id)).scalars())

    def documents(self, *, limit: int, offset: int = 0, after: Mark | None = None) -> tuple[DocumentLine, ...]:
        """The latest versions, the latest published first; those behind `after`, whose start is a publication."""
        document, telling = tables.documents.c, tables.tellings.c
        claims = select(func.count()).where(telling.document == document.id).correlate(tables.documents)
        wanted = (
            select(tables.documents, claims.scalar_subquery().label("claims_count"))
            .where(document.key.in_(latest_keys()), *self._released_documents())
            .order_by(document.published_at.is_(None), document.published_at.desc(), document.id)
            .limit(limit)
            .offset(offset)
        )
        if after is not None:
            wanted = wanted.where(_behind(after, document.published_at, document.id))
        with self._reading() as connection:
            return tuple(_line(row) for row in connection.execute(wanted).mappings())

    def document(self, id: str, mission: Mission) -> View:
        """One document: its versions, what it tells, the incidents that rest on it with all their tellings."""
        document, telling, claim = tables.documents.c, tables.tellings.c, tables.incident_claims.c
        with self._reading() as connection:
            own = select(telling.claim).where(telling.document == id)
            held = select(claim.incident).where(claim.claim.in_(own))
            beside = select(claim.claim).where(claim.incident.in_(held))
            released = and_(tables.incidents.c.id.in_(held), *self._released())
            incidents = _parsed(connection, tables.incidents, Incident, released)
            told = _parsed(connection, tables.tellings, Telling, or_(telling.document == id, telling.claim.in_(beside)))
            revisions = _revisions(connection, id)
            named = {id, *(each.document for each in told), *(each.by_document for each in revisions)}
            named |= {each.document for each in revisions}
            named |= {each.taken_from.document for each in told if each.taken_from is not None}
            keys = connection.execute(select(document.key).where(document.id.in_(named))).scalars().all()
            every = list(load_documents(connection, keys))
            latest = {each.id: max(one.version for one in every if one.id == each.id) for each in every}
            return View(
                mission=mission,
                documents=tuple(each for each in every if each.version == latest[each.id]),
                superseded=tuple(each for each in every if each.version < latest[each.id]),
                tellings=told,
                incidents=incidents,
                assessments=_assessments(connection, [each.id for each in incidents]),
                watch=None,
                problems=tuple(each for each in problems_of(connection) if each.where == id),
                fingerprint="",
                as_of=None,
                revisions=revisions,
            )

    def reading(self, document: Document) -> Reading | None:
        """What the reader in use read in this version; None where it has not read it."""
        reading, mark = tables.readings.c, tables.checkpoints.c
        in_use = select(mark.fingerprint).where(mark.name == READING).scalar_subquery()
        wanted = select(reading.record).where(reading.key == version_key(document), reading.fingerprint == in_use)
        with self._reading() as connection:
            record = connection.execute(wanted).scalar()
        return None if record is None else parse_reading(record, document)

    def holding(self, claims: Collection[str]) -> dict[str, str]:
        """The incident that each of these claims stands in; without those that stand in none."""
        claim = tables.incident_claims.c
        with self._reading() as connection:
            wanted = select(claim.claim, claim.incident).where(claim.claim.in_(claims)).order_by(claim.incident)
            if self._without.incidents:
                wanted = wanted.where(claim.incident.not_in(listed(self._without.incidents, self._engine.dialect.name)))
            return {name: incident for name, incident in connection.execute(wanted)}  # noqa: C416  rows of two

    def claims(self, *, at_once: int = 500) -> Iterator[tuple[Telling, tuple[str, ...]]]:
        """Every claim by document and place in it, with the ids of the incidents it stands in."""
        telling, claim = tables.tellings.c, tables.incident_claims.c
        after: tuple[str, int] = ("", -1)
        while True:
            behind = or_(telling.document > after[0], and_(telling.document == after[0], telling.position > after[1]))
            wanted = select(tables.tellings).where(behind).order_by(telling.document, telling.position).limit(at_once)
            with self._reading() as connection:
                rows = connection.execute(wanted).all()
                pairs = connection.execute(
                    select(claim.claim, claim.incident).where(claim.claim.in_([row.claim for row in rows]))
                ).all()
            if not rows:
                return
            for row in rows:
                yield parse_record(Telling, row.record), tuple(sorted(one for name, one in pairs if name == row.claim))
            after = (rows[-1].document, rows[-1].position)

    def told_in(self, documents: Collection[str]) -> tuple[Telling, ...]:
        """What documents tell, by document and place in it."""
        with self._reading() as connection:
            return _parsed(connection, tables.tellings, Telling, tables.tellings.c.document.in_(documents))

    def standing(self, claims: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The incidents that each of the claims stands in."""
        found = defaultdict(list)
        for claim, incident in self.facts().standing(claims):
            found[claim].append(incident)
        return {claim: tuple(sorted(ids)) for claim, ids in found.items()}

    def _conditions(self, sought: Sought) -> Iterator[ColumnElement[bool]]:
        yield from conditions(sought.wanted)
        yield from self._released()
        if sought.events is not None:
            yield tables.incidents.c.event.in_(sorted(as_json(each) for each in sought.events))
        if sought.words is not None:
            yield self._find_words(sought.words)


def _behind(mark: Mark, start: ColumnElement[Any], name: ColumnElement[Any]) -> ColumnElement[bool]:
    if mark.start is None:
        return and_(start.is_(None), name > mark.id)
    moment = as_instant(mark.start)
    return or_(start.is_(None), start < moment, and_(start == moment, name > mark.id))


def _assessments(connection: Connection, ids: Collection[str]) -> tuple[Assessment, ...]:
    assessment = tables.assessments.c
    wanted: Select[Any] = select(assessment.record).where(assessment.incident.in_(ids)).order_by(assessment.id)
    return tuple(parse_record(Assessment, each) for each in connection.execute(wanted).scalars())


def _parsed(connection: Connection, table: Any, kind: Any, condition: ColumnElement[bool]) -> tuple[Any, ...]:
    order = (table.c.document, table.c.position) if table is tables.tellings else (table.c.start_at, table.c.id)
    found = connection.execute(select(table.c.record).where(condition).order_by(*order)).scalars()
    return tuple(parse_record(kind, each) for each in found)


def _revisions(connection: Connection, document: str) -> tuple[Revision, ...]:
    """Those of a document, and those that it made of others."""
    revision = tables.revisions.c
    about = or_(revision.document == document, revision.by_document == document)
    order = (revision.document, revision.version, revision.by_document)
    found = connection.execute(select(revision.record).where(about).order_by(*order)).scalars()
    return tuple(parse_record(Revision, each) for each in found)


def _line(row: Any) -> DocumentLine:
    held = parse_document(row)
    return DocumentLine(
        id=held.id,
        title=held.title,
        publisher=held.publisher,
        published_at=held.published_at,
        language=held.language,
        version=held.version,
        claims_count=row["claims_count"],
    )


# The same few events and places stand in every count.
@lru_cache(maxsize=10_000)
def _place(text: str) -> Toponym | None:
    return parse_spot(text)


@lru_cache(maxsize=1_000)
def _event(text: str) -> EventType:
    return parse_record(EventType, text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)


def _names(barred: Collection[str]) -> tuple[str, ...]:
    """The names between the bars of these columns, each once."""
    return tuple(sorted({name for each in barred for name in each.strip("|").split("|") if name}))
