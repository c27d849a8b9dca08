"""Words of number as one scanner: where numbers stand in a text, and what they are."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number over [start, end): `low` to `high`, `high` None where it is open ('dozens')."""

    start: int
    end: int
    low: float
    high: float | None
    digits: bool


# No report counts beyond this; thousands of digits in a row are no number, and Python refuses them.
LARGEST = 1e15


@cache
def tables(name: str) -> Mapping[str, Any]:
    """One of the word tables of vocab/cues, by file name without ending."""
    source = files("truceline.vocab") / "cues" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def values_of(table: Mapping[str, list[str]]) -> dict[str, str]:
    """Word -> key, from a table of key -> words."""
    return {word: key for key, words in table.items() for word in words}


def one_of(words: Iterator[str] | list[str]) -> str:
    """A pattern for any of the words, the longest first, blanks as any white space."""
    longest = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest) + ")"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    numbers: Mapping[str, float]
    multipliers: Mapping[str, float]
    open_numbers: Mapping[str, float]
    pattern: re.Pattern[str]

    def find(self, text: str) -> Iterator[Number]:
        """Every number that stands by itself, in words or digits, in the order of the text."""
        for match in self.pattern.finditer(text):
            written = match[0].lower()
            if match["open"] is not None:
                yield Number(start=match.start(), end=match.end(), low=self._open(written), high=None, digits=False)
            else:
                value = self._closed(match)
                if value > LARGEST:
                    continue
                yield Number(
                    start=match.start(), end=match.end(), low=value, high=value, digits=match["digits"] is not None
                )

    def _open(self, written: str) -> float:
        """'Hundreds of thousands': the first counts, the second multiplies."""
        first, _, second = (" ".join(written.split())).partition(" of ")
        if not second:
            return self.open_numbers[first] if first in self.open_numbers else self.open_numbers[written]
        return self.open_numbers[first] * self.open_numbers[second] / 2

    def _closed(self, match: re.Match[str]) -> float:
        total = current = 0.0
        if match["digits"] is not None:
            current = parse_digits(match["digits"])
        for word in re.findall(r"[^\W\d_]+", (match["words"] or "").lower()):
            current += self.numbers.get(word, 0.0)
            if word in self.multipliers:
                total, current = self._multiplied(total, current, self.multipliers[word])
        for word in re.findall(r"[^\W\d_]+", (match["times"] or "").lower()):
            total, current = self._multiplied(total, current, self.multipliers[word])
        if " ".join(match[0].lower().split()) in self.numbers:
            return self.numbers[" ".join(match[0].lower().split())]
        return (total + current) * (0.5 if match[0].lower().startswith("half") else 1.0)

    @staticmethod
    def _multiplied(total: float, current: float, by: float) -> tuple[float, float]:
        if by in {12.0, 100.0}:
            return total, (current or 1.0) * by
        return total + (current or 1.0) * by, 0.0


def parse_digits(written: str) -> float:
    """'1,234', '12.5', '٣'; a comma before exactly three digits groups, else it is a decimal sign."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", written):
        return float(written.replace(",", ""))
    return float(written.replace(",", "."))


@cache
def scanner() -> Scanner:
    words = tables("en_quantities")
    numbers = {word: float(key) for word, key in values_of(words["numbers"]).items()}
    multipliers = {word: float(key) for word, key in values_of(words["multipliers"]).items()}
    plurals = {word: float(key) for word, key in values_of(words["plurals"] | words["several"]).items()}
    simple = one_of([word for word in numbers if " " not in word])
    several = one_of([word for word in numbers if " " in word])
    times = one_of([word for word in multipliers if len(word) > 2])
    short = one_of([word for word in multipliers if len(word) <= 2])
    pattern = rf"""
        (?:(?<![\w.,°/′″-])|(?<=\d[-–]))(?:
            (?P<open>{one_of(list(plurals))}(?:\s+of\s+(?:hundreds|thousands|millions|billions)\b)?)\b
          | (?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:[.,]\d+)?)
            (?P<times>(?:\s?(?:{times}))+\b|(?:{short})\b)?
          | {several}
          | (?P<words>(?:(?:half\s+)?(?:an?\s+)?{times}|{simple})\b(?:[\s-]+(?:and\s+)?(?:{times}|{simple})\b)*)
        )
    """
    return Scanner(
        numbers=numbers,
        multipliers=multipliers,
        open_numbers=plurals,
        pattern=re.compile(pattern, re.VERBOSE | re.IGNORECASE),
    )
