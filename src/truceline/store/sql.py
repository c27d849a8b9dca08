"""The register over SQLAlchemy Core: nothing here knows which database it is."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Result, Select, Table, and_, func, or_, select, true

from truceline.errors import Problem
from truceline.kit.batches import batched
from truceline.model.assessment import Assessment
from truceline.model.decision import Decision
from truceline.model.document import Document, Form
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.revision import Revision
from truceline.model.series import Watch
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.store import tables
from truceline.store.evidence import Evidence
from truceline.store.find import IN_TIME, matching
from truceline.store.keys import is_latest, latest_keys, superseded_keys, unread_keys
from truceline.store.records import digest, parse_instant, parse_reading, parse_record
from truceline.store.register import READING, Counts, Former, Wanted, Writer
from truceline.store.rows import Row, parse_document
from truceline.store.shelf import SqlShelf
from truceline.store.standing import keep_fingerprint, kept_fingerprint, step_on, version_on
from truceline.store.writer import SqlWriter, insert_rows

Record = TypeVar("Record")

AT_ONCE = 200  # documents loaded together: bounds memory, whatever the register's size
ROWS_HELD = 1000  # of an answer that is walked through: a server keeps the rest until it is asked for
TABLE_FORMS = (Form.UCDP_GED.value, Form.ACLED.value)


class SqlRegister:
    """A `Register` on one engine and one folder of originals."""

    def __init__(self, engine: Engine, evidence: Evidence) -> None:
        self.engine = engine
        self.evidence = evidence

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction that writes, for what knows the tables."""
        with self.engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with self.transaction() as connection:
            writer = SqlWriter(connection, self.evidence, self.put)
            yield writer
            if writer.has_changed:
                step_on(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()

    # What a database may do in a way of its own.

    @staticmethod
    def put(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
        """Insert rows that have the same columns; an empty stream is no row."""
        insert_rows(connection, table, rows)

    @staticmethod
    def after_migrating(connection: Connection) -> None:
        """Called where tables were made or changed, in the same transaction."""

    @staticmethod
    def after_loading(connection: Connection) -> None:
        """Called where rows were put that brought their own numbers along."""

    def counts(self) -> Counts:
        with self._reading() as connection:
            documents = select(func.count(tables.documents.c.id.distinct()))
            problems = select(func.count()).select_from(tables.problems).where(_is_standing())
            return Counts(
                documents=connection.execute(documents).scalar_one(),
                versions=_count(connection, tables.documents),
                readings=_count(connection, tables.readings),
                tellings=_count(connection, tables.tellings),
                incidents=_count(connection, tables.incidents),
                problems=connection.execute(problems).scalar_one(),
            )

    def contents(self) -> str:
        with self._reading() as connection:
            return _contents(connection)

    def fingerprint(self) -> str:
        with self._reading() as connection:
            return kept_fingerprint(connection) or _fingerprint(connection)

    def version(self) -> int:
        with self._reading() as connection:
            return version_on(connection)

    def keep_fingerprint(self) -> None:
        with self._reading() as connection:
            if version_on(connection) == 0 or kept_fingerprint(connection) is not None:
                return
        with self.transaction() as connection:
            keep_fingerprint(connection, _fingerprint(connection))

    def checkpoint(self, name: str) -> str | None:
        mark = tables.checkpoints.c
        with self._reading() as connection:
            return connection.execute(select(mark.fingerprint).where(mark.name == name)).scalar()

    def documents(self, *, superseded: bool = False) -> Iterator[Document]:
        yield from self._documents(superseded_keys() if superseded else latest_keys())

    def unread(self, fingerprint: str) -> Iterator[Document]:
        yield from self._documents(unread_keys(fingerprint))

    def _documents(self, wanted: Select[Any]) -> Iterator[Document]:
        with self._reading() as connection:
            keys = connection.execute(wanted).scalars().all()
        for some in batched(keys, AT_ONCE):
            with self._reading() as connection:
                yield from load_documents(connection, some)

    def unread_size(self, fingerprint: str) -> tuple[int, int]:
        document = tables.documents.c
        unread = unread_keys(fingerprint).subquery()
        prose = and_(document.form.not_in(TABLE_FORMS))
        with self._reading() as connection:
            count = connection.execute(select(func.count()).select_from(unread)).scalar_one()
            held = select(func.coalesce(func.sum(document.length), 0)).where(document.key.in_(select(unread.c.key)))
            return count, int(connection.execute(held.where(prose)).scalar_one())

    def readings(self, fingerprint: str, *, superseded: bool = False) -> Iterator[Reading]:
        reading = tables.readings.c
        with self._reading() as connection:
            keys = connection.execute(superseded_keys() if superseded else latest_keys()).scalars().all()
        for some in batched(keys, AT_ONCE):
            with self._reading() as connection:
                wanted = select(reading.key, reading.record).where(reading.key.in_(some))
                records = dict(connection.execute(wanted.where(reading.fingerprint == fingerprint)).all())
                for key, document in zip(some, load_documents(connection, some), strict=True):
                    if key in records:
                        yield parse_reading(records[key], document)

    def revisions(self) -> tuple[Revision, ...]:
        with self._reading() as connection:
            return _revisions(connection)

    def read_before(self, claim: str) -> Reading | None:
        reading, document = tables.readings.c, tables.documents.c
        wanted = select(reading.key, reading.record).where(reading.record.contains(f'"id":"{claim}"', autoescape=True))
        latest = wanted.join(tables.documents, reading.key == document.key).order_by(document.seq.desc()).limit(1)
        with self._reading() as connection:
            row = connection.execute(latest).first()
            if row is None:
                return None
            (found,) = load_documents(connection, [row.key])
            return parse_reading(row.record, found)

    def problems(self) -> tuple[Problem, ...]:
        with self._reading() as connection:
            return problems_of(connection)

    def tellings(self) -> tuple[Telling, ...]:
        with self._reading() as connection:
            return _records(connection, tables.tellings, Telling)

    def tellings_by_document(self) -> Iterator[tuple[str, tuple[Telling, ...]]]:
        telling = tables.tellings.c
        with self._reading() as connection:
            names = connection.execute(select(telling.document).distinct().order_by(telling.document)).scalars().all()
        for some in batched(names, AT_ONCE):
            wanted = select(telling.document, telling.record).where(telling.document.in_(some))
            with self._reading() as connection:
                rows = connection.execute(wanted.order_by(telling.document, telling.position)).all()
            for name, told in groupby(rows, key=itemgetter(0)):
                yield name, tuple(parse_record(Telling, record) for _, record in told)

    def shelf(self) -> SqlShelf:
        return SqlShelf(self._reading)

    def decisions(self) -> tuple[Decision, ...]:
        decision = tables.decisions.c
        with self._reading() as connection:
            found = connection.execute(select(decision.record).order_by(decision.at, decision.id)).scalars()
            return tuple(parse_record(Decision, record) for record in found)

    def incidents(self, wanted: Wanted | None = None) -> tuple[Incident, ...]:
        found = matching(wanted or Wanted())
        with self._reading() as connection:
            return tuple(parse_record(Incident, record) for record in connection.execute(found).scalars())

    def assessments(self) -> tuple[Assessment, ...]:
        with self._reading() as connection:
            return _records(connection, tables.assessments, Assessment)

    def watch(self) -> Watch | None:
        with self._reading() as connection:
            return _watch(connection)

    def view(self, mission: Mission) -> View:
        with self._reading() as connection:
            latest = tuple(_load_all(connection, latest_keys()))
            superseded = tuple(_load_all(connection, superseded_keys()))
            moments = [each.published_at for each in latest if each.published_at is not None]
            return View(
                mission=mission,
                documents=latest,
                superseded=superseded,
                tellings=_records(connection, tables.tellings, Telling),
                incidents=_records(connection, tables.incidents, Incident),
                assessments=_records(connection, tables.assessments, Assessment),
                watch=_watch(connection),
                revisions=_revisions(connection),
                problems=problems_of(connection),
                fingerprint=kept_fingerprint(connection) or _fingerprint(connection),
                as_of=max(moments, default=None),
            )

    def owners(self) -> dict[str, str]:
        incident, claim, assessment = tables.incidents.c, tables.incident_claims.c, tables.assessments.c
        pairs = (
            select(claim.claim, claim.incident).order_by(claim.incident),
            select(assessment.id, assessment.incident),
            select(incident.id, incident.id.label("incident")),
        )
        with self._reading() as connection:
            return {name: owner for wanted in pairs for name, owner in connection.execute(wanted)}

    def former(self, id: str) -> Former | None:
        past, claim = tables.former_incidents.c, tables.incident_claims.c
        quoted = past.record.contains(f'"{id}', autoescape=True)
        wanted = select(past.record, past.gone_at).where(or_(past.id.startswith(id, autoescape=True), quoted))
        with self._reading() as connection:
            row = connection.execute(wanted.order_by(past.gone_at.desc(), past.id).limit(1)).first()
            if row is None:
                return None
            incident = parse_record(Incident, row.record)
            claims = [each.claim for each in incident.versions]
            now_in = connection.execute(select(claim.incident).distinct().where(claim.claim.in_(claims))).scalars()
            return Former(incident=incident, gone_at=parse_instant(row.gone_at), now_in=tuple(sorted(now_in)))

    def view_of(self, incident: str, mission: Mission) -> View:
        with self._reading() as connection:
            return view_of(connection, incident, mission)

    def original(self, sha256: str) -> Path | None:
        return self.evidence.find(sha256)


# ---- what the methods ask; each takes the connection so that a view is one moment


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def load_documents(connection: Connection, keys: Sequence[str]) -> Iterator[Document]:
    """The documents of these keys, in the order of the keys."""
    rows = connection.execute(select(tables.documents).where(tables.documents.c.key.in_(keys))).mappings()
    by_key = {row["key"]: parse_document(row) for row in rows}
    return (by_key[key] for key in keys)


def _load_all(connection: Connection, wanted: Select[Any]) -> Iterator[Document]:
    for some in batched(connection.execute(wanted).scalars().all(), AT_ONCE):
        yield from load_documents(connection, some)


def _records(connection: Connection, table: Table, kind: type[Record]) -> tuple[Record, ...]:
    return _chosen(connection, table, kind, true())


def _chosen(
    connection: Connection, table: Table, kind: type[Record], condition: ColumnElement[bool]
) -> tuple[Record, ...]:
    found = _walk(connection, _in_order(table).where(condition)).scalars()
    return tuple(parse_record(kind, record) for record in found)


def _walk(connection: Connection, wanted: Select[Any]) -> Result[*tuple[Any, ...]]:
    """The answer in parts, for what may be as large as the register."""
    return connection.execute(wanted, execution_options={"yield_per": ROWS_HELD})


def _in_order(table: Table) -> Select[Any]:
    """The records of a derived table in the order that a whole recomputation gives them."""
    if table is tables.tellings:
        return select(table.c.record).order_by(table.c.document, table.c.position)
    if table is tables.incidents:
        return select(table.c.record).order_by(*IN_TIME)
    assessed = tables.assessments.c.incident == tables.incidents.c.id
    return select(table.c.record).select_from(tables.assessments.join(tables.incidents, assessed)).order_by(*IN_TIME)


def problems_of(connection: Connection) -> tuple[Problem, ...]:
    problem = tables.problems.c
    standing = select(problem.record).where(_is_standing())
    found = connection.execute(standing.order_by(problem.where, problem.code, problem.key)).scalars()
    return tuple(parse_record(Problem, record) for record in found)


def _is_standing() -> ColumnElement[bool]:
    problem, mark = tables.problems.c, tables.checkpoints.c
    reader = select(mark.fingerprint).where(mark.name == READING).scalar_subquery()
    return and_(problem.settled_at.is_(None), or_(problem.found_with == "", problem.found_with == reader))


def view_of(connection: Connection, incident: str, mission: Mission) -> View:
    telling, claim, document = tables.tellings.c, tables.incident_claims.c, tables.documents.c
    claims = select(claim.claim).where(claim.incident == incident)
    told = _chosen(connection, tables.tellings, Telling, telling.claim.in_(claims))
    among = {each.document for each in told}
    keys = select(document.key).where(document.id.in_(among), is_latest()).order_by(document.id)
    documents = tuple(_load_all(connection, keys))
    return View(
        mission=mission,
        documents=documents,
        superseded=(),
        tellings=told,
        incidents=_chosen(connection, tables.incidents, Incident, tables.incidents.c.id == incident),
        assessments=_chosen(connection, tables.assessments, Assessment, tables.assessments.c.incident == incident),
        watch=None,
        revisions=_revisions(connection, incident),
        problems=(),
        fingerprint="",
        as_of=None,
    )


def _revisions(connection: Connection, incident: str | None = None) -> tuple[Revision, ...]:
    """All of them, or those with a claim that is shown under an incident."""
    revision = tables.revisions.c
    wanted = select(revision.record).order_by(revision.document, revision.version, revision.by_document)
    if incident is not None:
        wanted = wanted.where(revision.record.contains(f'"{incident}"', autoescape=True))
    return tuple(parse_record(Revision, record) for record in connection.execute(wanted).scalars())


def _watch(connection: Connection) -> Watch | None:
    record = connection.execute(select(tables.watches.c.record)).scalar()
    return None if record is None else parse_record(Watch, record)


def _contents(connection: Connection) -> str:
    document = tables.documents.c
    rows = _walk(connection, select(document.key, document.version).order_by(document.key))
    return digest(f"{row[0]}:{row[1]}" for row in rows)


def _fingerprint(connection: Connection) -> str:
    """Over every version held and everything derived from them."""
    return digest((_contents(connection), *_derived_records(connection)))


def _derived_records(connection: Connection) -> Iterable[str]:
    for table in (tables.tellings, tables.incidents, tables.assessments):
        yield from _walk(connection, _in_order(table)).scalars()
    yield from connection.execute(select(tables.watches.c.record)).scalars()
    revision = tables.revisions.c
    in_order = select(revision.record).order_by(revision.document, revision.version, revision.by_document)
    yield from _walk(connection, in_order).scalars()
