"""Records as JSON and back, and the keys that come from their contents."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter

from truceline.errors import Problem
from truceline.model.document import Document
from truceline.model.reading import Reading

Record = TypeVar("Record")


ADAPTERS: dict[Any, TypeAdapter[Any]] = {}  # building one costs, so each is built once


def adapter(kind: Any) -> TypeAdapter[Any]:
    """The one adapter of a kind of record."""
    if kind not in ADAPTERS:
        ADAPTERS[kind] = TypeAdapter(kind)
    return ADAPTERS[kind]


def as_json(record: Any, *, without: frozenset[str] = frozenset()) -> str:
    """Compact JSON; fields at their default are left out, since reading it back restores them."""
    return adapter(type(record)).dump_json(record, exclude=set(without), exclude_defaults=True).decode()


def parse_record(kind: type[Record], text: str) -> Record:
    record: Record = adapter(kind).validate_json(text)
    return record


def parse_reading(text: str, document: Document) -> Reading:
    """The reading of `document` from JSON written without it: the text is held once."""
    reading: Reading = adapter(Reading).validate_python({**json.loads(text), "document": document})
    return reading


def digest(parts: Iterable[str]) -> str:
    """SHA-256 over the parts, each closed by a zero byte so that no two lists of parts collide."""
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return hashed.hexdigest()


def version_key(document: Document) -> str:
    """What names one version: its text and the particulars a reading depends on.

    Not the address, the original's bytes or the number: the same text fetched elsewhere, or in a page whose
    frame changed, is the same version. A corrected date or publisher is another one.
    """
    published = "" if document.published_at is None else as_instant(document.published_at)
    particulars = (document.title or "", document.publisher or "", published, document.language or "")
    cells = json.dumps(document.cells, ensure_ascii=False)
    return digest((document.id, document.sha256, document.form.value, *particulars, cells))


def problem_key(problem: Problem) -> str:
    place = f"{problem.where}:{problem.start}:{problem.end}"
    return digest((problem.code, problem.message, place, problem.severity.value))


def as_instant(moment: datetime) -> str:
    """ISO 8601 in UTC, of one width, so that text order is time order in every database."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
