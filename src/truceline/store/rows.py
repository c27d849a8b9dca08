"""Rows and records: what a table's row says of a document, a problem or an incident."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from truceline.errors import Problem
from truceline.kit.fold import fold_name
from truceline.model.assessment import Assessment
from truceline.model.document import Document, Form
from truceline.model.incident import Incident
from truceline.model.place import Precision, Toponym
from truceline.model.revision import Revision
from truceline.model.shelved import Shelved
from truceline.model.span import Span
from truceline.model.telling import Telling
from truceline.store.records import as_instant, as_json, parse_instant, problem_key
from truceline.store.register import Found

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One version of a document as far as its place among the others goes."""

    key: str
    published_at: str | None
    number: int


def instant_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else as_instant(moment)


def document_row(document: Document, *, key: str, gathered_at: datetime) -> Row:
    return {
        "key": key,
        "id": document.id,
        "sha256": document.sha256,
        "form": document.form.value,
        "uri": document.uri,
        "title": document.title,
        "publisher": document.publisher,
        "published_at": instant_or_none(document.published_at),
        "language": document.language,
        "original_sha256": document.original_sha256,
        "text": document.text,
        "length": len(document.text),
        "cells": json.dumps(document.cells, ensure_ascii=False),
        "gathered_at": as_instant(gathered_at),
    }


def parse_document(row: RowMapping) -> Document:
    published = row["published_at"]
    return Document(
        id=row["id"],
        text=row["text"],
        sha256=row["sha256"],
        form=Form(row["form"]),
        uri=row["uri"],
        title=row["title"],
        publisher=row["publisher"],
        published_at=None if published is None else parse_instant(published),
        language=row["language"],
        original_sha256=row["original_sha256"],
        version=row["version"],
        cells=tuple((name, value) for name, value in json.loads(row["cells"])),
    )


def place_edition(editions: list[Edition], new: Edition) -> None:
    """Put `new` where it belongs: after those known before, unless it was published before them."""
    index = len(editions)
    while index > 0 and is_later(editions[index - 1], new):
        index -= 1
    editions.insert(index, new)


def is_later(one: Edition, other: Edition) -> bool:
    if one.published_at is None or other.published_at is None:
        return False
    return one.published_at > other.published_at


def problem_row(problem: Problem, *, stage: str, found_at: datetime, found_with: str) -> Row:
    return {
        "key": problem_key(problem),
        "code": problem.code,
        "stage": stage,
        "found_with": found_with,
        "where": problem.where,
        "record": as_json(problem),
        "found_at": as_instant(found_at),
    }


def revision_row(revision: Revision) -> Row:
    return {
        "document": revision.document,
        "version": revision.version,
        "by_document": revision.by_document,
        "record": as_json(revision),
    }


def telling_rows(tellings: Iterable[Telling]) -> Iterator[Row]:
    """Tellings with their place among those of their document."""
    told: Counter[str] = Counter()
    for telling in tellings:
        yield {
            "document": telling.document,
            "position": told[telling.document],
            "claim": telling.claim,
            "record": as_json(telling),
        }
        told[telling.document] += 1


def incident_row(incident: Incident, found: Found, verdict: str) -> Row:
    return {
        "id": incident.id,
        "start_at": instant_or_none(incident.start),
        "end_at": instant_or_none(incident.end),
        "reliability": incident.grade.reliability,
        "credibility": incident.grade.credibility,
        "verdict": verdict,
        "kinds": as_words(found.kinds),
        "parties": as_words(found.parties),
        "actors": as_words(found.actors),
        "places": as_words(found.places),
        "sources": as_words(found.sources),
        "words": found.words.casefold(),
        "event": as_json(incident.event),
        "spot": spot_text(incident.place),
        "record": as_json(incident),
    }


SPOT = ("id", "name", "lat", "lon", "radius_km", "precision", "country", "admin1")


def spot_text(place: Toponym | None) -> str:
    """Where a place lies, without where it was read: alike for every mention of it; "" for none."""
    if place is None:
        return ""
    told = {name: getattr(place, name) for name in SPOT}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=str)


def parse_spot(text: str) -> Toponym | None:
    """The place of a spot; its span is that of no text."""
    if not text:
        return None
    told = json.loads(text)
    precision = None if told["precision"] is None else Precision(told["precision"])
    return Toponym(**{**told, "span": Span(0, 1), "precision": precision})


def words_row(incident: Incident, found: Found) -> Row:
    """What full-text search finds an incident by; the quotes stand behind the title in `found.words`."""
    return {
        "incident": incident.id,
        "title": fold_name(incident.title),
        "places": fold_name(" ".join(found.places)),
        "quotes": fold_name(found.words.removeprefix(incident.title)),
    }


def claim_rows(incident: Incident) -> list[Row]:
    """Which claims an incident rests on, for finding it by one of them."""
    return [
        {"incident": incident.id, "claim": claim} for claim in dict.fromkeys(each.claim for each in incident.versions)
    ]


def shelf_row(shelved: Shelved) -> Row:
    telling = shelved.telling
    return {
        "claim": telling.claim,
        "document": telling.document,
        "island": shelved.island,
        "refers_to": shelved.refers_to,
        "denies": shelved.denies,
        "since": shelved.start,
        "until": shelved.end,
        "copied_from": telling.copied_from,
        "taken_from": telling.taken_from.document if telling.taken_from is not None else None,
    }


def assessment_row(assessment: Assessment) -> Row:
    return {
        "id": assessment.id,
        "incident": assessment.incident,
        "record": as_json(assessment),
    }


def as_words(names: Sequence[str]) -> str:
    """Names between bars, so that one whole name can be looked for: "|isil|jan|"."""
    return f"|{'|'.join(name.casefold() for name in names)}|" if names else ""
