"""What a derived register depends on, as fingerprints: the same fingerprint means nothing to do."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import TypeAdapter

from truceline.model.mission import Mission

# What decides incidents and assessments once the documents are read.
DECIDING = ("errors.py", "model", "kit", "vocab", "fuse", "judge", "watch", "flow")


def fingerprint_of(parts: Iterable[str]) -> str:
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(part.encode() + b"\0")
    return hashed.hexdigest()


def mission_fingerprint(mission: Mission) -> str:
    """Over what the mission's files say, wherever its folder lies."""
    said = TypeAdapter(Mission).dump_python(mission, mode="json", exclude={"folder"})
    return fingerprint_of((json.dumps(said, sort_keys=True, ensure_ascii=False),))


@cache
def code_fingerprint() -> str:
    """Over the code and the tables that derive: a newer Truceline recomputes, and nobody must remember to say so."""
    package = files("truceline")
    return fingerprint_of(line for name in DECIDING for line in hashed_files(package / name))


def hashed_files(entry: Traversable) -> Iterable[str]:
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda each: each.name):
            yield from hashed_files(inner)
    elif entry.name.endswith((".py", ".toml", ".csv")):
        yield f"{entry.name}:{hashlib.sha256(entry.read_bytes()).hexdigest()}"


def derivation_inputs(mission: Mission, *, contents: str, reader: str) -> str:
    """Everything the derived tables depend on: the documents, who read them, the mission, the code."""
    return fingerprint_of((contents, reader, mission_fingerprint(mission), code_fingerprint()))
