"""What the tests of gathering share: a moment, and short ways to gather one file."""

from datetime import UTC, datetime
from pathlib import Path

from truceline.errors import Problem
from truceline.gather import documents
from truceline.model.document import Document, Original

NOW = datetime(2016, 6, 5, 12, tzinfo=UTC)


def gather(*paths: Path, now: datetime = NOW) -> list[Original | Document | Problem]:
    return list(documents(paths, now=now))


def documents_of(*paths: Path) -> list[Document]:
    return [each for each in gather(*paths) if isinstance(each, Document)]


def problems_of(*paths: Path) -> list[Problem]:
    return [each for each in gather(*paths) if isinstance(each, Problem)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def gather_one(path: Path, content: str | bytes) -> tuple[Document | None, list[Problem]]:
    """The one document of a file with this content, None where it holds none, and its problems."""
    write(path, content)
    found = documents_of(path)
    assert len(found) <= 1
    return (found[0] if found else None), problems_of(path)
