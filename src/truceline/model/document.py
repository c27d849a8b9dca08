"""What was gathered: one text with where it came from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Form(StrEnum):
    """How the original was laid out, which decides what reads it."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    UCDP_GED = "ucdp-ged"
    ACLED = "acled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One file as found: `sha256` is the hex digest of its bytes, `path` is where they lie right now."""

    sha256: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of one text.

    `id` is stable over versions of one page (given by its author, its address or its path);
    `sha256` is the hex digest of `text` in UTF-8 and names the version. Spans index `text`.
    `published_at` is an aware instant in UTC, None when nothing says it; `publisher` is the name as
    given, resolved to a source of the mission later. `original_sha256` names the kept original bytes.
    For a row of a table (UCDP GED, ACLED) `text` is the row written as "column: value" lines and
    `cells` holds the same cells, so that every value still reads back by its span.
    """

    id: str
    text: str
    sha256: str
    form: Form
    uri: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    original_sha256: str | None = None
    version: int = 1
    cells: tuple[tuple[str, str], ...] = ()
