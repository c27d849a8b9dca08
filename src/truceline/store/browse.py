"""The register as a reader turns it over: a page at a time, counted and searched without loading what is not shown.

Everything here reads. What only one database can do, full-text search, is handed in.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from threading import RLock
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, or_, select

from truceline.kit.fold import fold_name
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
from truceline.store.columns import Columns, Mask, local_days, micros
from truceline.store.facts import SqlFacts, listed
from truceline.store.find import conditions
from truceline.store.keys import is_latest
from truceline.store.loaded import FindWords, Loaded, remember
from truceline.store.near import view_of_all
from truceline.store.records import as_instant, as_json, parse_instant, parse_reading, parse_record, version_key
from truceline.store.register import READING, Wanted
from truceline.store.rows import parse_document, parse_spot
from truceline.store.sql import load_documents, problems_of, view_of

MOST_WORDS = 16
MASKS = 32  # remembered; one weighs a byte an incident


def words_asked(words: str) -> list[str]:
    """The folded words to look for, letters and digits only."""
    return fold_name(words).split()[:MOST_WORDS]


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
    """Reads pages and counts off one engine, of one state of the register: a changed one is given another browser.

    `find_words` gives the numbers in `incident_words` of the incidents that hold words; `guard` is held while reading.
    What is in `without` is not to be found and not counted.
    """

    def __init__(
        self,
        engine: Engine,
        find_words: FindWords,
        guard: Callable[[], AbstractContextManager[None]] = nullcontext,
        without: Withheld = NOTHING,
        loaded: Loaded | None = None,
    ) -> None:
        self._engine = engine
        self._find_words = find_words
        self._guard = guard
        self._without = without
        self._loaded = loaded or Loaded(self._reading, find_words)
        self._finding = RLock()
        self._masks: dict[Sought, Mask] = {}

    def anew(self) -> "Browser":
        """The same for another state of the register."""
        return Browser(self._engine, self._find_words, self._guard)

    def facts(self) -> SqlFacts:
        """What decides what of this register is released."""
        return SqlFacts(self._engine)

    def releasing(self, without: Withheld) -> "Browser":
        """The same register, in which what is withheld is not to be found and not counted."""
        return Browser(self._engine, self._find_words, self._guard, without, self._loaded)

    def _released(self) -> Iterator[ColumnElement[bool]]:
        if self._without.incidents:
            yield tables.incidents.c.id.not_in(listed(self._without.incidents, self._engine.dialect.name))

    def _released_documents(self) -> Iterator[ColumnElement[bool]]:
        if self._without.documents:
            yield tables.documents.c.id.not_in(listed(self._without.documents, self._engine.dialect.name))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._guard(), self._engine.connect() as connection:
            yield connection

    @property
    def columns(self) -> Columns:
        """Of all incidents, also of those that are withheld: `shown` says which are not."""
        return self._loaded.columns

    @cached_property
    def shown(self) -> Mask:
        if not self._without.incidents:
            return self.columns.everything()
        return ~self.columns.with_ids(set(self._without.incidents))

    def matching(self, sought: Sought) -> Mask:
        """Which of `columns` match; remembered, for a page asks several times."""
        with self._finding:
            found = self._masks.get(sought)
            if found is None:
                found = remember(self._masks, sought, self._find(sought), most=MASKS)
            return found

    def _find(self, sought: Sought) -> Mask:
        columns = self.columns
        mask = columns.holds(sought.wanted) & self.shown
        if sought.events is not None:
            mask &= columns.of_events({as_json(each) for each in sought.events})
        if sought.words is not None:
            mask &= self._loaded.holding(sought.words)
        if sought.wanted.place is not None or sought.wanted.text is not None:
            mask &= self._meeting(sought.wanted)
        return mask

    def _meeting(self, wanted: Wanted) -> Mask:
        """Those that the database finds by what is not among the columns."""
        with self._reading() as connection:
            found = connection.execute(select(tables.incidents.c.id).where(*conditions(wanted))).scalars()
            return self.columns.with_ids(set(found))

    def count(self, sought: Sought) -> int:
        return int(self.matching(sought).sum())

    def page(self, sought: Sought, *, limit: int, after: Mark | None = None, among: Mask | None = None) -> Page:
        """At most `limit` incidents behind `after`, of those `among` the columns' where it is given."""
        columns, mask = self.columns, self.matching(sought)
        if among is not None:
            mask = mask & among
        first = 0 if after is None else columns.behind(after.start, after.id)
        ids = [columns.ids[first + at] for at in mask[first:].nonzero()[0][: limit + 1]]
        with self._reading() as connection:
            incidents = _incidents(connection, ids[:limit])
            assessments = _assessments(connection, ids[:limit])
        last = incidents[-1] if len(ids) > limit and incidents else None
        return Page(
            incidents=incidents,
            assessments=assessments,
            after=None if last is None else Mark(start=last.start, id=last.id),
        )

    def piles(self, sought: Sought) -> tuple[Pile, ...]:
        """The incidents counted by what they are, where, and what was found of them."""
        counts = self.columns.count_piles(self.matching(sought))
        return tuple(self.pile(int(at), int(counts[at])) for at in counts.nonzero()[0])

    def pile(self, number: int, count: int) -> Pile:
        """One of the piles of the columns."""
        event, spot, verdict = self.columns.piles[number]
        return Pile(event=_event(event), place=_place(spot), verdict=verdict, count=count)

    def starts(self, sought: Sought, zone: ZoneInfo) -> tuple[tuple[date | None, int], ...]:
        """How many incidents start on each local day, by day; None for those without a time."""
        return self.columns.count_days(self.matching(sought), zone)

    def published(self, zone: ZoneInfo) -> frozenset[date]:
        """The local days on which something was published."""
        published = tables.documents.c.published_at
        known = select(published).where(published.is_not(None), *self._released_documents())
        with self._reading() as connection:
            instants = connection.execute(known.distinct()).scalars().all()
        return frozenset(date.fromordinal(each) for each in set(local_days(micros(instants), zone).tolist()))

    def as_of(self) -> datetime | None:
        """The last instant at which something was published."""
        last = select(func.max(tables.documents.c.published_at)).where(*self._released_documents())
        with self._reading() as connection:
            return _moment(connection.execute(last).scalar())

    def choices(self) -> Choices:
        columns, shown = self.columns, self.shown
        events = {columns.events[at] for at in set(columns.event_of[shown].tolist())}
        parties, sources = (
            tuple(sorted(name for name, among in columns.postings[each].items() if shown[among].any()))
            for each in ("parties", "sources")
        )
        return Choices(events=tuple(map(_event, sorted(events))), parties=parties, sources=sources)

    # ---- one incident, one document

    def incident_ids(self) -> tuple[str, ...]:
        return tuple(self.columns.ids[at] for at in self.shown.nonzero()[0])

    def has_incident(self, id: str) -> bool:
        name = tables.incidents.c.id
        with self._reading() as connection:
            return connection.execute(select(name).where(name == id, *self._released())).first() is not None

    def incident(self, id: str, mission: Mission) -> View:
        """One incident with what it rests on."""
        with self._reading() as connection:
            return view_of(connection, id, mission)

    def near(self, spans: Sequence[tuple[datetime, datetime]], mission: Mission) -> View:
        """The incidents that any of these stretches of time touches or that have no time, with what they rest on."""
        columns = self.columns
        ids = [columns.ids[at] for at in (columns.near(spans) & self.shown).nonzero()[0]]
        with self._reading() as connection:
            return view_of_all(connection, ids, mission)

    def document_ids(self) -> tuple[str, ...]:
        document = tables.documents.c
        with self._reading() as connection:
            known = select(document.id).where(*self._released_documents())
            return tuple(connection.execute(known.distinct().order_by(document.id)).scalars())

    def count_documents(self) -> int:
        with self._reading() as connection:
            known = select(func.count(tables.documents.c.id.distinct())).where(*self._released_documents())
            return connection.execute(known).scalar_one()

    def has_document(self, id: str) -> bool:
        document = tables.documents.c.id
        with self._reading() as connection:
            known = select(document).where(document == id, *self._released_documents())
            return connection.execute(known.limit(1)).first() is not None

    def documents(self, *, limit: int, offset: int = 0, after: Mark | None = None) -> tuple[DocumentLine, ...]:
        """The latest versions, the latest published first; those behind `after`, whose start is a publication."""
        document, telling = tables.documents.c, tables.tellings.c
        claims = select(func.count()).where(telling.document == document.id).correlate(tables.documents)
        wanted = (
            select(tables.documents, claims.scalar_subquery().label("claims_count"))
            .where(is_latest(), *self._released_documents())
            .order_by(document.published_at.desc().nulls_last(), document.id)
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


def _incidents(connection: Connection, ids: Sequence[str]) -> tuple[Incident, ...]:
    """The incidents of these ids, in their order; one that is gone meanwhile is left out."""
    incident = tables.incidents.c
    held = dict(connection.execute(select(incident.id, incident.record).where(incident.id.in_(ids))).all())
    return tuple(parse_record(Incident, held[each]) for each in ids if each in held)


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
