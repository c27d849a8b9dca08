"""What a database knows of its register, for deciding what of it is released; ids are asked for, not records."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Engine, Select, cast, func, literal, or_, select

from truceline.model.claim import EventType
from truceline.model.incident import Incident
from truceline.model.release import Brief
from truceline.store import tables
from truceline.store.records import as_instant, as_json, parse_instant, parse_record


def listed(ids: Collection[str], dialect: str) -> Select[Any]:
    """Ids as a query, bound as one value, however many they are."""
    packed = as_json(tuple(sorted(ids)))
    if dialect == "postgresql":
        return select(func.json_array_elements_text(cast(literal(packed), JSON)).table_valued("value").c.value)
    return select(func.json_each(packed).table_valued("value").c.value)


class SqlFacts:
    """`publish.release.Facts` of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def _in(self, column: ColumnElement[Any], ids: Collection[str]) -> ColumnElement[bool]:
        return column.in_(listed(ids, self._engine.dialect.name))

    def documents_by(self, is_theirs: Callable[[str], bool]) -> frozenset[str]:
        document = tables.documents.c
        with self._engine.connect() as connection:
            named = connection.execute(select(document.publisher).distinct()).scalars().all()
            theirs = [each for each in named if each and is_theirs(each)]
            found = select(document.id).where(self._in(document.publisher, theirs))
            return frozenset(connection.execute(found).scalars()) if theirs else frozenset()

    def claims_in(self, documents: Collection[str]) -> frozenset[str]:
        telling = tables.tellings.c
        with self._engine.connect() as connection:
            found = select(telling.claim).where(self._in(telling.document, documents))
            return frozenset(connection.execute(found).scalars())

    def claims_of(self, incidents: Collection[str]) -> frozenset[str]:
        pair = tables.incident_claims.c
        with self._engine.connect() as connection:
            return frozenset(connection.execute(select(pair.claim).where(self._in(pair.incident, incidents))).scalars())

    def standing(self, claims: Collection[str]) -> Iterator[tuple[str, str]]:
        pair = tables.incident_claims.c
        with self._engine.connect() as connection:
            found = connection.execute(select(pair.claim, pair.incident).where(self._in(pair.claim, claims))).all()
        yield from ((claim, incident) for claim, incident in found)

    def told_in(self, claims: Collection[str]) -> Mapping[str, frozenset[str]]:
        telling = tables.tellings.c
        named = select(telling.document).where(self._in(telling.claim, claims))
        every = defaultdict(set)
        with self._engine.connect() as connection:
            for document, claim in connection.execute(
                select(telling.document, telling.claim).where(telling.document.in_(named))
            ):
                every[document].add(claim)
        return {document: frozenset(told) for document, told in every.items()}

    def naming(self, names: Collection[str], known: Collection[str]) -> Iterator[Incident]:
        record, others = tables.incidents.c.record, ~self._in(tables.incidents.c.id, known)
        quoted = [record.contains(as_json(each), autoescape=True) for each in sorted(names)]
        with self._engine.connect() as connection:
            found = connection.execute(select(record).where(others, or_(*quoted))).scalars().all() if quoted else []
        yield from (parse_record(Incident, each) for each in found)

    def briefs(self, is_meant: Callable[[EventType], bool], after: datetime | None) -> Iterator[Brief]:
        incident = tables.incidents.c
        over = func.coalesce(incident.end_at, incident.start_at)
        with self._engine.connect() as connection:
            events = {each: parse_record(EventType, each) for each in _events(connection)}
            meant = [each for each, event in events.items() if is_meant(event)]
            wanted = select(incident.id, incident.event, incident.start_at, incident.end_at).where(
                self._in(incident.event, meant)
            )
            if after is not None:
                wanted = wanted.where(or_(over.is_(None), over > as_instant(after)))
            rows = connection.execute(wanted).all() if meant else []
            for row in rows:
                undated = row.start_at is None and row.end_at is None
                yield Brief(
                    id=row.id,
                    event=events[row.event],
                    start=_moment(row.start_at),
                    end=_moment(row.end_at),
                    published=_published(connection, row.id) if undated else (),
                )


def _events(connection: Connection) -> list[str]:
    return list(connection.execute(select(tables.incidents.c.event).distinct()).scalars())


def _published(connection: Connection, incident: str) -> tuple[datetime | None, ...]:
    """When the documents that tell of an incident were published."""
    pair, telling, document = tables.incident_claims.c, tables.tellings.c, tables.documents.c
    told = select(telling.document).where(telling.claim.in_(select(pair.claim).where(pair.incident == incident)))
    found = connection.execute(select(document.published_at).where(document.id.in_(told))).scalars()
    return tuple(_moment(each) for each in found)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
