"""Passages of our own, in the repository's tests: where their files lie, and where words stand in one."""

import re
from pathlib import Path

from truceline.errors import UsageError
from truceline.gauge.align import Offsets

REPOSITORY = Path(__file__).parents[3]
MISSION = REPOSITORY / "missions" / "syria-2016"  # whose actors and places they ask for


def passage_file(folder: Path, name: str, *, home: str = "read") -> Path:
    """The file itself, in the folder, or in the project's tests beside or above it; `home` is the stage it is of."""
    here = REPOSITORY / "tests" / "cases" / home
    for each in (folder, folder / name, here / name):
        if each.is_file():
            return each
    raise UsageError(f"no {name} in {folder}; give the folder tests/cases/{home} of the repository")


def offsets_of(words: str, text: str, *, file: str) -> Offsets:
    """Where the words stand; 'word#2' is their second occurrence as whole words."""
    marked = re.fullmatch(r"(.*)#(\d+)", words)
    plain, at = (marked[1], int(marked[2])) if marked else (words, 1)
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text)]
    if len(found) < at:
        raise UsageError(f"{file}: '{words}' does not stand in the passage '{text[:60]}'; write it as it stands there")
    return found[at - 1]
