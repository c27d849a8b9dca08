"""The tables about actors, as a domain expert edits them."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

HERE = files(__name__)


@cache
def demonyms() -> tuple[Mapping[str, str], ...]:
    """Adjectives and peoples by country: rows of `country`, `iso3`, `adjectives`, `people` (| between)."""
    return tuple(csv.DictReader(HERE.joinpath("demonyms.csv").read_text(encoding="utf-8").splitlines()))


@cache
def toml_table(name: str) -> Mapping[str, Any]:
    """One TOML file of this folder."""
    return tomllib.loads(HERE.joinpath(name).read_text(encoding="utf-8"))
