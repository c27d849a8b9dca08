"""Some of the incidents with all that they rest on, for holding a text against them."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from truceline.kit.batches import batched
from truceline.model.assessment import Assessment
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.store import tables
from truceline.store.keys import is_latest
from truceline.store.records import parse_record
from truceline.store.sql import load_documents

AT_ONCE = 200  # ids in one IN (…)


def view_of_all(connection: Connection, ids: Sequence[str], mission: Mission) -> View:
    """The incidents of these ids; also the texts that words of theirs are taken from."""
    incident, assessment = tables.incidents.c, tables.assessments.c
    told = {each.claim: each for each in tellings_of(connection, ids)}
    named = {each.document for each in told.values()} | {each.copied_from for each in told.values()}
    named |= {each.taken_from.document for each in told.values() if each.taken_from is not None}
    return View(
        mission=mission,
        documents=tuple(latest_of(connection, {each for each in named if each is not None})),
        superseded=(),
        tellings=tuple(sorted(told.values(), key=lambda each: (each.document, each.span, each.claim))),
        incidents=tuple(
            parse_record(Incident, each)
            for some in batched(ids, AT_ONCE)
            for each in records(connection, select(incident.record).where(incident.id.in_(some)))
        ),
        assessments=tuple(
            parse_record(Assessment, each)
            for some in batched(ids, AT_ONCE)
            for each in records(connection, select(assessment.record).where(assessment.incident.in_(some)))
        ),
        watch=None,
        problems=(),
        fingerprint="",
        as_of=None,
    )


def tellings_of(connection: Connection, ids: Sequence[str]) -> Iterator[Telling]:
    claim, telling = tables.incident_claims.c, tables.tellings.c
    for some in batched(ids, AT_ONCE):
        claims = select(claim.claim).where(claim.incident.in_(some))
        for each in records(connection, select(telling.record).where(telling.claim.in_(claims))):
            yield parse_record(Telling, each)


def latest_of(connection: Connection, ids: Collection[str]) -> Iterator[Document]:
    """The latest versions of these documents, by id."""
    document = tables.documents.c
    for some in batched(sorted(ids), AT_ONCE):
        keys = select(document.key).where(document.id.in_(some), is_latest()).order_by(document.id)
        yield from load_documents(connection, records(connection, keys))


def records(connection: Connection, wanted: Select[Any]) -> Sequence[str]:
    return connection.execute(wanted).scalars().all()
