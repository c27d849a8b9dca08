"""Which files the given paths mean, and the name each is known by on every machine."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from truceline.errors import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One file to read. `name` starts with the name of the folder given, or of the one the file lies in.

    So "reports/2016/a.txt" is its name, wherever `reports` lies; it becomes the id of a document that gives none.
    `is_asked_for` is True where the file itself was given, not a folder that holds it.
    """

    path: Path
    name: str
    is_asked_for: bool = False

    def where(self, line: int | None = None) -> str:
        return _readable(self.path) if line is None else f"{_readable(self.path)}:{line}"


def find_files(paths: Sequence[Path]) -> Iterator[Found | Problem]:
    """The files of the paths in order; folders sorted by name, hidden entries and links out of them left out."""
    for path in paths:
        if path.is_dir():
            root = path.resolve()
            yield from _walk(path, root, _readable(Path(root.name)))
        elif path.is_file():
            folder = path.absolute().parent.name
            name = f"{folder}/{path.name}" if folder else path.name
            yield Found(path=path, name=_readable(Path(name)), is_asked_for=True)
        elif path.exists():
            yield Problem(code="file.unknown", message="this is neither a file nor a folder", where=_readable(path))
        else:
            yield Problem(code="file.missing", message="there is no such file or folder", where=_readable(path))


def _walk(folder: Path, root: Path, name: str) -> Iterator[Found | Problem]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield unreadable(_readable(folder), error)
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not _leads_to_file_within(path, root):
            message = "a link that leads out of the folder, or to a folder, is not followed; give its target instead"
            yield Problem(code="file.link", message=message, where=_readable(path), severity=Severity.WARNING)
        elif entry.is_dir():
            yield from _walk(path, root, f"{name}/{_readable(Path(entry.name))}")
        elif entry.is_file():
            yield Found(path=path, name=f"{name}/{_readable(Path(entry.name))}")


def unreadable(where: str, error: OSError) -> Problem:
    """The problem of a file or folder that the system refuses to open."""
    reason = (error.strerror or str(error)).lower()
    return Problem(code="file.unreadable", message=f"it cannot be opened: {reason}", where=where)


def _leads_to_file_within(path: Path, root: Path) -> bool:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle
        return False
    return target.is_file() and target.is_relative_to(root)


def _readable(path: Path) -> str:
    """The path with slashes, and with a mark for bytes that are no UTF-8: ids and messages must print."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
