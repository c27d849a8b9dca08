"""Files and folders become documents: which form each file has, and what is checked over all of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from truceline.errors import Problem, Severity
from truceline.gather.draft import FUTURE_TOLERANCE, Draft, settle, without_unstorable
from truceline.gather.editions import Editions
from truceline.gather.found import Found, find_files, unreadable
from truceline.gather.jsonl import find_jsonl_drafts
from truceline.gather.page import find_page_drafts
from truceline.gather.plain import find_markdown_drafts, find_text_drafts
from truceline.gather.tables import find_table_drafts
from truceline.kit.hashing import sha256_of_file
from truceline.model.document import Document, Original

Opener = Callable[[Found], Iterator[Draft | Problem]]


def documents(paths: Sequence[Path], *, now: datetime, once: bool = True) -> Iterator[Original | Document | Problem]:
    """Every document of the files and folders, an Original before the documents it holds, and every problem.

    The id of a document is the one it gives itself, else its address, else its path from the folder given
    ("reports/2016/a.txt"): the same on every machine. A file that holds no readable document yields no Original.
    The same document met twice counts once; another text under one id is a version of it where both say when they were
    published, else a problem. Where `once` is False every document is yielded as it comes, for reading without a
    register. `now` is aware.
    """
    assert now.tzinfo is not None, "now must be aware"
    editions = Editions(once=once)
    for found in find_files(paths):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _find_documents(found, now, editions)


def _find_documents(found: Found, now: datetime, editions: Editions) -> Iterator[Original | Document | Problem]:
    opener = _openers(now).get(found.path.suffix.lower())
    if opener is None:
        yield _unknown_file(found)
        return
    try:
        original = Original(sha256=sha256_of_file(found.path), path=found.path)
        is_announced = False
        for draft in opener(found):
            for part in (draft,) if isinstance(draft, Problem) else _settle(draft, original, now, editions):
                if isinstance(part, Document) and not is_announced:
                    yield original
                    is_announced = True
                yield part
    except OSError as error:
        yield unreadable(found.where(), error)


def _settle(draft: Draft, original: Original, now: datetime, editions: Editions) -> Iterator[Document | Problem]:
    for part in settle(without_unstorable(draft), original_sha256=original.sha256, now=now):
        if isinstance(part, Problem):
            yield part
            continue
        admitted = editions.admit(part, draft.where)
        if admitted is not None:
            yield admitted


def _openers(now: datetime) -> Mapping[str, Opener]:
    """What opens a file, by the end of its name."""
    today = (now + FUTURE_TOLERANCE).date()
    return {
        ".txt": find_text_drafts,
        ".text": find_text_drafts,
        ".md": find_markdown_drafts,
        ".markdown": find_markdown_drafts,
        ".html": find_page_drafts,
        ".htm": find_page_drafts,
        ".xhtml": find_page_drafts,
        ".jsonl": find_jsonl_drafts,
        ".ndjson": find_jsonl_drafts,
        ".csv": lambda found: find_table_drafts(found, today=today),
    }


def _unknown_file(found: Found) -> Problem:
    """An error where the file was asked for; in a folder other files may lie about."""
    ending = found.path.suffix
    which = f"files that end in '{ending}'" if ending else "files whose name has no ending"
    message = f"{which} are not read; known: .txt .md .html .jsonl .csv"
    severity = Severity.ERROR if found.is_asked_for else Severity.WARNING
    return Problem(code="file.unknown", message=message, where=found.where(), severity=severity)
