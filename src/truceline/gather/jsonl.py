"""One JSON object a line: the input of the reading contract."""

import json
from collections.abc import Iterator

from truceline.errors import Problem, Severity
from truceline.gather.draft import Draft, too_long
from truceline.gather.found import Found
from truceline.gather.limits import JSON_LINE_BYTES
from truceline.kit.boundedlines import Line, find_bounded_lines
from truceline.model.document import Form

OPTIONAL_KEYS = ("title", "publisher", "published_at", "uri", "language")


def find_jsonl_drafts(found: Found) -> Iterator[Draft | Problem]:
    """A document a line; a bad line is a problem and the others are read all the same. Raises OSError."""
    is_empty = True
    with found.path.open("rb") as stream:
        for line in find_bounded_lines(stream, JSON_LINE_BYTES):
            for part in _find_parts(line, found):
                is_empty = False
                yield part
    if is_empty:
        yield Problem(code="document.empty", message="there is no line in it", where=found.where())


def _find_parts(line: Line, found: Found) -> Iterator[Draft | Problem]:
    where = found.where(line.number)
    if line.octets is None:
        yield too_long(where)
        return
    # A byte order mark may stand before the first line.
    octets = line.octets.removeprefix(b"\xef\xbb\xbf") if line.number == 1 else line.octets
    if octets.strip():
        table = _parse_line(octets, where)
        yield from (table,) if isinstance(table, Problem) else _find_draft(table, where)


def _parse_line(octets: bytes, where: str) -> dict[str, object] | Problem:
    try:
        table = json.loads(octets.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Problem(code="json.encoding", message=f"byte {error.start} of the line is not UTF-8", where=where)
    except (ValueError, RecursionError) as error:
        return Problem(code="json.invalid", message=f"the line is no JSON: {error}", where=where)
    if not isinstance(table, dict):
        message = 'the line must be an object such as {"id": "…", "text": "…"}'
        return Problem(code="json.invalid", message=message, where=where)
    return table


def _find_draft(table: dict[str, object], where: str) -> Iterator[Draft | Problem]:
    text, own_id = table.get("text"), _parse_id(table)
    if not isinstance(text, str):
        yield Problem(code="json.no-text", message="'text' is missing or is not a text", where=where)
        return
    if own_id is None:
        yield Problem(
            code="json.no-id", message="'id' is missing, and there is no 'uri' to take its place", where=where
        )
        return
    words: dict[str, str] = {}
    for key in OPTIONAL_KEYS:
        value = table.get(key)
        if isinstance(value, str):
            words[key] = value
        elif value is not None:
            message = f"'{key}' is not a text and is left out"
            yield Problem(code="json.bad-value", message=message, where=where, severity=Severity.WARNING)
    yield Draft(
        id=own_id,
        text=text,
        form=Form.JSONL,
        where=where,
        uri=words.get("uri"),
        title=words.get("title"),
        publisher=words.get("publisher"),
        published=words.get("published_at"),
        language=words.get("language"),
    )


def _parse_id(table: dict[str, object]) -> str | None:
    """The id given, a whole number as its digits; else the address; None where there is neither."""
    for key in ("id", "uri"):
        match table.get(key):
            case str() as words if words.strip():
                return words
            case bool():
                continue
            case int() as number:
                return str(number)
    return None
