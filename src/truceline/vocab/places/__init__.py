"""The tables about places, as a domain expert edits them."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

HERE = files(__name__)


def csv_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder, every cell as text."""
    return list(csv.DictReader(HERE.joinpath(name).read_text(encoding="utf-8").splitlines()))


@cache
def toml_table(name: str) -> Mapping[str, Any]:
    """One TOML file of this folder."""
    return tomllib.loads(HERE.joinpath(name).read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list, one a line; lines that start with # are remarks."""
    lines = HERE.joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
