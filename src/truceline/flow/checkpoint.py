"""What a derived register depends on, as fingerprints: the same fingerprint means nothing to do."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from truceline.model.decision import Decision
from truceline.model.mission import Mission

# The code and the tables that decide what a step makes: a newer Truceline does the step again by itself.
READING = ("model", "kit", "vocab", "read")
DERIVING = ("model", "kit", "vocab", "fuse", "judge", "watch", "flow", "review")
PUBLISHING = ("model", "kit", "vocab", "publish")


def fingerprint_of(parts: Iterable[str]) -> str:
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(part.encode() + b"\0")
    return hashed.hexdigest()


# What is released changes nothing that is derived.
RELEASE: Any = {"releases": True, "sources": {"__all__": {"confidential"}}}


def mission_fingerprint(mission: Mission, *, without: Any = None) -> str:
    """Over what the mission's files say, wherever its folder lies and whatever of them had to be left out."""
    left_out = {"folder": True, "problems": True, "four_eyes": True, **(without or {})}
    said = TypeAdapter(Mission).dump_python(mission, mode="json", exclude=left_out)
    return fingerprint_of((json.dumps(said, sort_keys=True, ensure_ascii=False),))


@cache
def code_fingerprint(parts: tuple[str, ...]) -> str:
    """Over the code and the tables of some parts of the package."""
    package = files("truceline")
    return fingerprint_of(line for name in parts for line in hashed_files(package / name))


def hashed_files(entry: Traversable) -> Iterable[str]:
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda each: each.name):
            yield from hashed_files(inner)
    elif not entry.name.endswith(".pyc"):
        yield f"{entry.name}:{hashlib.sha256(entry.read_bytes()).hexdigest()}"


def reading_inputs(reader: str) -> str:
    """What a reading depends on besides its document: the reader's own fingerprint, and its code."""
    return fingerprint_of((reader, code_fingerprint(READING)))


def way_of_deriving(mission: Mission, *, reading: str, decisions: Sequence[Decision]) -> str:
    """What the derived tables depend on besides the documents: how they are read, the mission, the code, decisions."""
    ruled = fingerprint_of(each.id for each in decisions)
    said = mission_fingerprint(mission, without=RELEASE)
    return fingerprint_of((reading, said, code_fingerprint(DERIVING), ruled))


def derivation_inputs(way: str, *, contents: str) -> str:
    """Everything the derived tables depend on."""
    return fingerprint_of((contents, way))


def publication_inputs(mission: Mission, *, register: str, release: str, manifest: Path) -> str:
    """What a publication depends on and was: the register, the mission, the code, and every file that was written.

    `release` names the profile by which it was released.
    """
    parts = (register, mission_fingerprint(mission), code_fingerprint(PUBLISHING), release)
    told = (str(each) for each in mission.problems)
    return fingerprint_of((*parts, *told, *(f"{name}:{hashed}" for name, hashed in published_files(manifest))))


def published_files(manifest: Path) -> Iterator[tuple[str, str]]:
    """Every published file with the hash it has now, "" where it is gone; nothing where nothing was published."""
    try:
        names = sorted(json.loads(manifest.read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    for name in names:
        path = manifest.parent / name
        yield name, hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
