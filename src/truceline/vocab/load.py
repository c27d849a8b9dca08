"""Vocabulary files, read once: TOML and CSV that a domain expert edits."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_toml(name: str) -> Mapping[str, Any]:
    """The table in `vocab/<name>` ("cues/en.toml"). Raises FileNotFoundError for a name that is not shipped."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def load_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of the CSV in `vocab/<name>`, by column."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))
