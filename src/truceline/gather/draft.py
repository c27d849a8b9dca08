"""A document as a file gives it, and what is checked and added before it counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from truceline.errors import Problem, Severity
from truceline.gather.language import find_language
from truceline.gather.limits import TEXT_CHARACTERS
from truceline.kit.hashing import sha256_of_text
from truceline.kit.instants import parse_instant
from truceline.model.document import Document, Form

# Clocks differ, and a day is written as its midnight in UTC.
FUTURE_TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One text with its metadata as worded; `where` is its file, with its line where it is one of many."""

    id: str
    text: str
    form: Form
    where: str
    uri: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    cells: tuple[tuple[str, str], ...] = ()


def settle(draft: Draft, *, original_sha256: str, now: datetime) -> Iterator[Document | Problem]:
    """The document, after warnings about it; or only the problem that forbids it.

    A date of publication that does not exist, or lies in the future of `now`, is left out with a warning:
    nothing else is known to put in its place, and times read against it would be wrong.
    """
    problem = _find_flaw(draft)
    if problem is not None:
        yield problem
        return
    published_at: datetime | None = None
    for part in _find_publication(draft, now):
        if isinstance(part, Problem):
            yield part
        else:
            published_at = part
    yield Document(
        id=draft.id,
        text=draft.text,
        sha256=sha256_of_text(draft.text),
        form=draft.form,
        uri=draft.uri,
        title=draft.title,
        publisher=draft.publisher,
        published_at=published_at,
        language=draft.language or find_language(draft.text),
        original_sha256=original_sha256,
        cells=draft.cells,
    )


def _find_flaw(draft: Draft) -> Problem | None:
    if not draft.text.strip("\ufeff \t\r\n\f\v"):
        return Problem(code="document.empty", message="there is no text in it", where=draft.where)
    if len(draft.text) > TEXT_CHARACTERS:
        return too_long(draft.where)
    flawed = find_unstorable(draft.text)
    if flawed is not None:
        message = f"character {flawed} is a zero or half of a surrogate pair, which no text holds; write it anew"
        return Problem(code="text.invalid", message=message, where=draft.where, start=flawed, end=flawed + 1)
    return None


def too_long(where: str) -> Problem:
    """The problem of a text beyond the limit."""
    message = f"the text is longer than {TEXT_CHARACTERS:,} characters; split it into documents"
    return Problem(code="document.too-long", message=message, where=where)


def find_unstorable(text: str) -> int | None:
    """Where the first sign stands that UTF-8 or a database cannot hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    zero = text.find("\0")
    return None if zero < 0 else zero


def _find_publication(draft: Draft, now: datetime) -> Iterator[datetime | Problem]:
    if draft.published is None or not draft.published.strip():
        return
    try:
        instant = parse_instant(draft.published)
    except ValueError as error:
        yield _date_problem(draft, "date.impossible", f"published_at is left out: {error}")
        return
    if instant.at > now + FUTURE_TOLERANCE:
        yield _date_problem(draft, "date.future", f"published_at is left out: {draft.published} has not come yet")
        return
    if not instant.has_offset:
        message = f"published_at {draft.published} says no offset from UTC and is read as UTC; add one, as in +03:00"
        yield _date_problem(draft, "date.no-offset", message)
    yield instant.at


def _date_problem(draft: Draft, code: str, message: str) -> Problem:
    return Problem(code=code, message=message, where=draft.where, severity=Severity.WARNING)


def without_unstorable(draft: Draft) -> Draft:
    """The draft with metadata that can be kept: what cannot be written in UTF-8 is marked."""
    return replace(
        draft,
        id=_storable(draft.id) or "",
        uri=_storable(draft.uri),
        title=_storable(draft.title),
        publisher=_storable(draft.publisher),
        language=_storable(draft.language),
    )


def _storable(words: str | None) -> str | None:
    return None if words is None else words.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
