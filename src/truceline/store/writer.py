"""One transaction's worth of writing, in SQL that every database takes."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, or_, select, update

from truceline.errors import Problem
from truceline.kit.batches import batched
from truceline.model.document import Document
from truceline.model.reading import Reading
from truceline.model.revision import Revision
from truceline.model.series import Watch
from truceline.store import tables
from truceline.store.evidence import Evidence
from truceline.store.records import as_instant, as_json, problem_key, version_key
from truceline.store.register import READING, Changes, Derived, Kept
from truceline.store.rows import (
    Edition,
    Row,
    assessment_row,
    claim_rows,
    document_row,
    incident_row,
    instant_or_none,
    place_edition,
    problem_row,
    revision_row,
    shelf_row,
    telling_rows,
    words_row,
)

ROWS_AT_ONCE = 2000  # written together: bounds memory
AT_ONCE = 400  # values in one IN (…): SQLite takes 32,766, older ones 999
NOT_ASSESSED = ""
Put = Callable[[Connection, Table, Iterable[Row]], None]
LINE = re.compile(r":\d+$")  # of a place such as "reports.csv:14"


class SqlWriter:
    """A `Writer` on one open transaction. `has_changed`: it wrote something that the register shows."""

    def __init__(self, connection: Connection, evidence: Evidence, put: Put) -> None:
        self._connection = connection
        self._evidence = evidence
        self._put = put
        self.has_changed = False

    def add_original(self, sha256: str, path: Path, *, kept_at: datetime) -> bool:
        size = self._evidence.keep(sha256, path)
        if self._held(tables.originals.c.sha256, [sha256]):
            return False
        row = {"sha256": sha256, "bytes_count": size, "name": path.name, "kept_at": as_instant(kept_at)}
        self._connection.execute(insert(tables.originals), row)
        return True

    def add_documents(self, documents: Sequence[Document], *, gathered_at: datetime) -> tuple[Kept, ...]:
        keys = [version_key(document) for document in documents]
        held = self._held(tables.documents.c.key, keys)
        editions = self._editions({document.id for document in documents})
        kept, rows = [], []
        for key, document in zip(keys, documents, strict=True):
            if key in held:
                kept.append(Kept.SAME)
                continue
            held.add(key)
            kept.append(Kept.CHANGED if editions[document.id] else Kept.NEW)
            new = Edition(key=key, published_at=instant_or_none(document.published_at), number=0)
            place_edition(editions[document.id], new)
            rows.append(document_row(document, key=key, gathered_at=gathered_at))
        self._insert_versions(rows, editions)
        return tuple(kept)

    def _insert_versions(self, rows: list[Row], editions: dict[str, list[Edition]]) -> None:
        """Number the new versions; one published before a known one moves the later numbers up."""
        numbers = {
            edition.key: (number, edition.number)
            for known in editions.values()
            for number, edition in enumerate(known, start=1)
        }
        self.has_changed |= bool(rows)
        self._insert(tables.documents, [{**row, "version": numbers[row["key"]][0]} for row in rows])
        for key, (number, before) in numbers.items():
            if before not in (0, number):
                moved = update(tables.documents).where(tables.documents.c.key == key)
                self._connection.execute(moved.values(version=number))

    def _editions(self, ids: Iterable[str]) -> dict[str, list[Edition]]:
        document = tables.documents.c
        found: dict[str, list[Edition]] = defaultdict(list)
        for some in batched(sorted(ids), AT_ONCE):
            wanted = select(document.id, document.key, document.published_at, document.version)
            ordered = wanted.where(document.id.in_(some)).order_by(document.id, document.version)
            for name, key, published_at, number in self._connection.execute(ordered):
                found[name].append(Edition(key=key, published_at=published_at, number=number))
        return found

    def add_readings(self, readings: Sequence[Reading], *, fingerprint: str) -> int:
        by_key = {version_key(reading.document): reading for reading in readings}
        key, print_ = tables.readings.c.key, tables.readings.c.fingerprint
        held: set[str] = set()
        for some in batched(by_key, AT_ONCE):
            wanted = select(key).where(key.in_(some), print_ == fingerprint)
            held.update(self._connection.execute(wanted).scalars())
        rows = [
            {"key": key, "fingerprint": fingerprint, "record": as_json(reading, without=frozenset({"document"}))}
            for key, reading in by_key.items()
            if key not in held
        ]
        self._insert(tables.readings, rows)
        self.has_changed |= bool(rows)
        return len(rows)

    def add_problems(self, problems: Sequence[Problem], *, stage: str, found_at: datetime, found_with: str = "") -> int:
        rows = [problem_row(each, stage=stage, found_at=found_at, found_with=found_with) for each in problems]
        by_key = {row["key"]: row for row in rows}
        held = self._held(tables.problems.c.key, list(by_key))
        new = [row for key, row in by_key.items() if key not in held]
        self._insert(tables.problems, new)
        self.has_changed |= bool(new)
        problem = tables.problems.c
        for some in batched(sorted(held), AT_ONCE):
            otherwise = or_(problem.found_with != found_with, problem.settled_at.is_not(None))
            again = update(tables.problems).where(problem.key.in_(some), otherwise)
            done = self._connection.execute(again.values(found_with=found_with, settled_at=None))
            self.has_changed |= done.rowcount > 0
        return len(new)

    def settle_problems(
        self, files: Collection[str] | None, still: Sequence[Problem], *, settled_at: datetime, stage: str = "gather"
    ) -> int:
        problem = tables.problems.c
        standing = select(problem.key, problem.where).where(problem.stage == stage, problem.settled_at.is_(None))
        kept = {problem_key(each) for each in still}
        gone = [
            key
            for key, where in self._connection.execute(standing)
            if key not in kept and (files is None or where in files or LINE.sub("", where) in files)
        ]
        for some in batched(gone, AT_ONCE):
            settled = update(tables.problems).where(problem.key.in_(some))
            self._connection.execute(settled.values(settled_at=as_instant(settled_at)))
        self.has_changed |= bool(gone)
        return len(gone)

    def replace_derived(self, derived: Derived, *, at: datetime | None = None) -> None:
        held = self._connection.execute(select(tables.incidents.c.id)).scalars().all() if at is not None else []
        self._keep_former(set(held) - {each.id for each in derived.incidents}, at)
        self.drop_derived()
        self._insert_derived(derived)
        self.set_watch(derived.watch)

    def change_derived(self, changes: Changes, *, at: datetime | None = None) -> None:
        gone = changes.claims | self._claims_of(changes.documents)
        stale = self._resting_on(gone) | changes.incidents
        self._keep_former(stale - {each.id for each in changes.derived.incidents}, at)
        self.has_changed = True
        self._delete(tables.assessments.c.incident, stale)
        self._delete(tables.incident_claims.c.incident, stale)
        self._delete(tables.incident_words.c.incident, stale)
        self._delete(tables.incidents.c.id, stale)
        self._delete(tables.shelf.c.claim, gone)
        self._delete(tables.tellings.c.document, changes.documents)
        self._insert_derived(changes.derived)

    def _keep_former(self, ids: Collection[str], at: datetime | None) -> None:
        """What was held once stays explainable."""
        incident = tables.incidents.c
        for some in batched(sorted(ids) if at is not None else [], AT_ONCE):
            rows = self._connection.execute(select(incident.id, incident.record).where(incident.id.in_(some))).all()
            assert at is not None
            gone = [{"id": name, "gone_at": as_instant(at), "record": record} for name, record in rows]
            self._insert(tables.former_incidents, gone)

    def _insert_derived(self, derived: Derived) -> None:
        self._insert(tables.tellings, telling_rows(derived.tellings))
        verdicts = {each.incident: each.verdict.value for each in derived.assessments}
        together = tuple(zip(derived.incidents, derived.found, strict=True))
        self._insert(
            tables.incidents,
            (incident_row(incident, found, verdicts.get(incident.id, NOT_ASSESSED)) for incident, found in together),
        )
        self._insert(tables.incident_words, (words_row(incident, found) for incident, found in together))
        self._insert(tables.incident_claims, (row for each in derived.incidents for row in claim_rows(each)))
        self._insert(tables.assessments, map(assessment_row, derived.assessments))
        self._insert(tables.shelf, map(shelf_row, derived.shelved))

    def set_watch(self, watch: Watch | None) -> None:
        self.has_changed = True
        self._connection.execute(delete(tables.watches))
        if watch is not None:
            row = {"since": str(watch.since), "until": str(watch.until), "record": as_json(watch)}
            self._insert(tables.watches, [row])

    def set_revisions(self, revisions: Sequence[Revision]) -> None:
        self.has_changed = True
        self._connection.execute(delete(tables.revisions))
        self._insert(tables.revisions, map(revision_row, revisions))

    def _claims_of(self, documents: Collection[str]) -> set[str]:
        return self._look_up(tables.tellings.c.claim, tables.tellings.c.document, documents)

    def _resting_on(self, claims: Collection[str]) -> set[str]:
        """Incidents that hold one of these claims."""
        return self._look_up(tables.incident_claims.c.incident, tables.incident_claims.c.claim, claims)

    def _look_up(self, wanted: Column[str], known: Column[str], values: Collection[str]) -> set[str]:
        found: set[str] = set()
        for some in batched(sorted(values), AT_ONCE):
            found.update(self._connection.execute(select(wanted).where(known.in_(some))).scalars())
        return found

    def _delete(self, column: Column[str], values: Collection[str]) -> None:
        for some in batched(sorted(values), AT_ONCE):
            self._connection.execute(delete(column.table).where(column.in_(some)))

    def set_checkpoint(self, name: str, fingerprint: str) -> None:
        mark = tables.checkpoints.c
        held = self._connection.execute(select(mark.fingerprint).where(mark.name == name)).scalar()
        if held == fingerprint:
            return
        self.has_changed |= name == READING  # the others say what was done, not what is shown
        self._connection.execute(delete(tables.checkpoints).where(mark.name == name))
        self._insert(tables.checkpoints, [{"name": name, "fingerprint": fingerprint}])

    def drop_derived(self) -> None:
        self.has_changed = True
        for table in tables.DERIVED:
            self._connection.execute(delete(table))

    def _held(self, column: Column[Any], values: Sequence[str]) -> set[str]:
        held: set[str] = set()
        for some in batched(values, AT_ONCE):
            held.update(self._connection.execute(select(column).where(column.in_(some))).scalars())
        return held

    def _insert(self, table: Table, rows: Iterable[Row]) -> None:
        self._put(self._connection, table, rows)


def insert_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Rows of the same columns into a table, a handful at a time."""
    for some in batched(rows, ROWS_AT_ONCE):
        connection.execute(insert(table), some)
