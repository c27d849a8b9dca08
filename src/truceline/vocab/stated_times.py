"""Words of time in statements about trends and in predictions, loaded from stated_times.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.kit.numerals import NUMERAL

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# <name> in a pattern, not the name of a group.
MACRO = re.compile(r"(?<!\?P)<(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """Words of time; `read` names what they mean."""

    read: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTable:
    """Rules for what has been and for what is to come, in the order in which they are tried."""

    past: tuple[TimeRule, ...]
    ahead: tuple[TimeRule, ...]


@cache
def load_time_table() -> TimeTable:
    """The table shipped with the package."""
    raw = tomllib.loads(files("truceline.vocab").joinpath("stated_times.toml").read_text(encoding="utf-8"))
    parts = {
        "number": NUMERAL,
        "day": f"(?:{'|'.join(name.title() for name in WEEKDAYS)})",
        "month": f"(?:{'|'.join(name.title() for name in MONTHS)})",
        "nth": rf"(?:{'|'.join(NTH)}|\d+(?:st|nd|rd|th))",
        **raw["parts"],
    }
    return TimeTable(past=tuple(_rules(raw["time"], parts)), ahead=tuple(_rules(raw["ahead"], parts)))


def expand(words: str, parts: Mapping[str, str]) -> str:
    """The pattern with every <name> put in, also those inside what is put in."""
    while MACRO.search(words):
        words = MACRO.sub(lambda named: parts[named[1]], words)
    return words


def _rules(raw: Iterable[Mapping[str, Any]], parts: Mapping[str, str]) -> Iterable[TimeRule]:
    for each in raw:
        for words in each["words"]:
            flags = 0 if each.get("cased") else re.IGNORECASE
            yield TimeRule(read=each["read"], pattern=re.compile(expand(words, parts), flags))
