"""A commented mission folder to start from."""

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from truceline.errors import UsageError

TEMPLATE = "mission_template"


def init_mission(folder: Path) -> list[Path]:
    """The files written into an empty or new folder: a small invented mission that loads, each key explained.

    Raises UsageError where the folder holds anything already: nothing is ever overwritten.
    """
    if folder.is_file():
        raise UsageError(f"{folder}: this is a file; name a new or empty folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder}: the folder is not empty, and nothing is overwritten; name a new or empty one")
    template = resources.files("truceline.vocab").joinpath(TEMPLATE)
    return [_write(folder / name, words) for name, words in _find_files(template)]


def _find_files(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _find_files(each, f"{above}{each.name}/")
        else:
            yield f"{above}{each.name}", each.read_bytes()


def _write(path: Path, words: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words)
    return path
