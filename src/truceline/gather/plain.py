"""Text files, and Markdown with front matter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from truceline.errors import Problem, Severity
from truceline.gather.draft import Draft
from truceline.gather.found import Found
from truceline.gather.limits import FILE_BYTES, FRONT_MATTER_CHARACTERS
from truceline.gather.opened import open_text
from truceline.kit.nearest import did_you_mean
from truceline.model.document import Form

FRONT_MATTER_KEYS = ("id", "title", "publisher", "published_at", "language", "uri", "note")
_OPENS = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


class _Words(yaml.SafeLoader):
    """Every scalar stays the words it was written in: `no` is Norwegian, 2016-02-31 is for us to refuse."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 — the name and shape are PyYAML's


@dataclass(frozen=True, slots=True, kw_only=True)
class _FrontMatter:
    """The metadata of a Markdown file as worded, where its text begins, and warnings."""

    values: dict[str, str]
    body_start: int
    warnings: tuple[Problem, ...] = ()


def find_text_drafts(found: Found) -> Iterator[Draft | Problem]:
    """One document whose text is the file's, exactly as decoded."""
    opened = open_text(found, limit=FILE_BYTES)
    if isinstance(opened, Problem):
        yield opened
        return
    yield from opened.warnings
    yield Draft(id=found.name, text=opened.text, form=Form.TEXT, where=found.where())


def find_markdown_drafts(found: Found) -> Iterator[Draft | Problem]:
    """One document whose text is what follows the front matter; the markup stays in it."""
    opened = open_text(found, limit=FILE_BYTES)
    if isinstance(opened, Problem):
        yield opened
        return
    yield from opened.warnings
    front = _parse_front_matter(opened.text, found)
    if isinstance(front, Problem):
        yield front
        return
    yield from front.warnings
    values = front.values
    yield Draft(
        id=values.get("id") or values.get("uri") or found.name,
        text=opened.text[front.body_start :],
        form=Form.MARKDOWN,
        where=found.where(),
        uri=values.get("uri"),
        title=values.get("title"),
        publisher=values.get("publisher"),
        published=values.get("published_at"),
        language=values.get("language"),
    )


def _parse_front_matter(text: str, found: Found) -> _FrontMatter | Problem:
    """The front matter between two lines of '---'; a text that does not start with one has none."""
    opens = _OPENS.match(text)
    if opens is None:
        return _FrontMatter(values={}, body_start=0)
    closes = _CLOSES.search(text, opens.end(), opens.end() + FRONT_MATTER_CHARACTERS)
    if closes is None:
        message = "the '---' of the first line is never closed by another, so all of it is read as text"
        return _FrontMatter(values={}, body_start=0, warnings=(_warning("front-matter.open", message, found.where(1)),))
    tree = _parse_yaml(text[opens.end() : closes.start()], found)
    return tree if isinstance(tree, Problem) else _check_keys(tree, found, body_start=closes.end())


def _parse_yaml(words: str, found: Found) -> dict[object, object] | Problem:
    try:
        loader = _Words(words)
        tree = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        # The front matter starts on the second line, and YAML counts from nought.
        line = None if error.problem_mark is None else error.problem_mark.line + 2
        return _flaw(f"the front matter is no YAML: {error.problem or error.context}", found.where(line))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _flaw(f"the front matter is no YAML: {' '.join(str(error).split())[:200]}", found.where(1))
    if tree is None:
        return {}
    return (
        tree if isinstance(tree, dict) else _flaw("the front matter is no list of 'key: value' lines", found.where(1))
    )


def _check_keys(tree: dict[object, object], found: Found, *, body_start: int) -> _FrontMatter | Problem:
    values: dict[str, str] = {}
    warnings = []
    for key, value in tree.items():
        if key not in FRONT_MATTER_KEYS:
            hint = did_you_mean(str(key), FRONT_MATTER_KEYS) or f"; known: {', '.join(FRONT_MATTER_KEYS)}"
            warnings.append(_warning("front-matter.unknown-key", f"unknown key '{key}'{hint}", found.where()))
        elif not isinstance(value, str):
            return _flaw(f"'{key}' must be one value, not a list or a table; put it in quotes", found.where())
        elif value.strip():
            values[str(key)] = value.strip()
    return _FrontMatter(values=values, body_start=body_start, warnings=tuple(warnings))


def _flaw(message: str, where: str) -> Problem:
    return Problem(code="front-matter.invalid", message=f"{message}; the document is not read", where=where)


def _warning(code: str, message: str, where: str) -> Problem:
    return Problem(code=code, message=message, where=where, severity=Severity.WARNING)
