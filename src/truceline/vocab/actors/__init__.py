"""The tables about actors, as a domain expert edits them."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

HERE = files(__name__)


def csv_table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of one CSV file of this folder."""
    return tuple(csv.DictReader(HERE.joinpath(name).read_text(encoding="utf-8").splitlines()))


@cache
def demonyms() -> tuple[Mapping[str, str], ...]:
    """Adjectives and peoples by country: rows of `country`, `iso3`, `adjectives`, `people` (| between)."""
    return csv_table("demonyms.csv")


@cache
def seats() -> tuple[Mapping[str, str], ...]:
    """What stands for whom: rows of `actor`, `kind` (city or building), `seats` (| between), `source`."""
    return csv_table("seats.csv")


@cache
def office_holders() -> tuple[Mapping[str, str], ...]:
    """Who held an office: rows of `id`, `name`, `of`, `office`, `since`, `until`, `aliases` (| between), `source`."""
    return csv_table("office_holders.csv")


@cache
def heads_of_state() -> tuple[Mapping[str, str], ...]:
    """What every state calls its head: rows of `country` (ISO alpha-2), `title`, `since`, `until`, `note`."""
    return csv_table("heads_of_state.csv")


@cache
def toml_table(name: str) -> Mapping[str, Any]:
    """One TOML file of this folder."""
    return tomllib.loads(HERE.joinpath(name).read_text(encoding="utf-8"))


def cells(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(each.strip() for each in cell.split("|") if each.strip())


def roles() -> frozenset[str]:
    """Words for an office that one person holds."""
    return frozenset(toml_table("nouns.toml")["role"]["words"])
