"""Documents as the API gives them."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from truceline.schemas.rows import ChangeRow, ClaimRow, Given


class DocumentRow(Given):
    """One document, its latest version."""

    id: str
    title: str | None
    publisher: str | None
    published_at: datetime | None
    language: str | None
    version: int
    claims: int = Field(description="How many claims were read in it.")
    page: str = Field(description="Address of its page here.")


class DocumentsPage(Given):
    """Documents, the latest first."""

    items: tuple[DocumentRow, ...]
    count: int
    next: str | None = Field(description="Address of the next page; null at the end.")


class VersionRow(Given):
    """One version of a document."""

    version: int
    sha256: str = Field(description="Of its text in UTF-8.")
    title: str | None
    published_at: datetime | None


class DocumentOut(Given):
    """One version of a document with its text, and what is held of the document."""

    id: str
    version: int
    title: str | None
    publisher: str | None
    published_at: datetime | None
    language: str | None
    uri: str | None
    form: str
    text: str = Field(description="The exact text; offsets of claims count its code points.")
    versions: tuple[VersionRow, ...]
    claims: tuple[ClaimRow, ...] = Field(description="What its latest version tells.")
    changes: tuple[ChangeRow, ...] = Field(description="What newer texts made of older claims, its own or others'.")
    problems: tuple[str, ...] = Field(description="What was wrong with it.")


class ReadingOut(Given):
    """What was read in one version of a document; its parts are told in docs/reference/reading.md."""

    model_config = ConfigDict(frozen=True, extra="allow")

    contract: int
    document: dict[str, Any]
    claims: tuple[dict[str, Any], ...]
    places: tuple[dict[str, Any], ...]
