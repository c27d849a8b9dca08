"""Words of number as one scanner: where numbers stand in a text, and what they are."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.read.quantities_spots import find_at, first_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number over [start, end): `low` to `high`, `high` None where it is open ('dozens').

    `scale` is its last word of multitude as a factor: 1000 in 'eight thousand', 1 where there is none.
    """

    start: int
    end: int
    low: float
    high: float | None
    digits: bool
    scale: float = 1.0


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
    parts: Mapping[str, float]
    pattern: re.Pattern[str]
    starts: frozenset[str]

    def find(self, text: str, starts: Iterable[int] | None = None) -> Iterator[Number]:
        """Every number that stands by itself, in words or digits, in the order of the text.

        `starts` are the places where one may begin, in order; all of them where they are not known.
        """
        for match in self.pattern.finditer(text) if starts is None else find_at(self.pattern, text, starts):
            if match["open"] is not None:
                low, high = self._open(match["open"].lower()), None
            else:
                low = high = self._closed(match)
            if low <= LARGEST:
                yield Number(
                    start=match.start(),
                    end=match.end(),
                    low=low,
                    high=high,
                    digits=match["digits"] is not None,
                    scale=self._scale(match),
                )

    def _scale(self, match: re.Match[str]) -> float:
        last = re.findall(r"[^\W\d_]+", match[0].lower())[-1:]
        return self.multipliers.get(last[0], 1.0) if last else 1.0

    def _open(self, written: str) -> float:
        """'Hundreds of thousands', 'several dozen': the first counts, the second multiplies."""
        written = " ".join(written.split())
        if written in self.open_numbers:
            return self.open_numbers[written]
        first, _, second = written.rpartition(" of " if " of " in written else " ")
        if second in self.multipliers:
            return self.open_numbers[first] * self.multipliers[second]
        return self.open_numbers[first] * self.open_numbers[second] / 2

    def _closed(self, match: re.Match[str]) -> float:
        written = " ".join(match[0].lower().split())
        if match["phrase"] is not None:
            by = match["phrase_times"]
            phrase = " ".join(match["phrase"].lower().split())
            return self.numbers[phrase] * (1.0 if by is None else self.multipliers[by.lower()])
        if written in self.numbers:
            return self.numbers[written]
        if match["part"] is not None:
            share, _, whole = written.partition(" of a ")
            return self.parts[share] * self.multipliers[whole]
        total = current = 0.0
        if match["digits"] is not None:
            current = parse_digits(match["digits"])
        for word in re.findall(r"[^\W\d_]+", (match["words"] or "").lower()):
            current += self.numbers.get(word, 0.0)
            if word in self.multipliers:
                total, current = self._multiplied(total, current, self.multipliers[word])
        if match["half"] is not None:
            current += 0.5
        for word in re.findall(r"[^\W\d_]+", (match["times"] or match["half_times"] or "").lower()):
            total, current = self._multiplied(total, current, self.multipliers[word])
        return (total + current) * (0.5 if written.startswith("half") else 1.0)

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
    several = {word: float(key) for word, key in values_of(words["several"]).items()}
    plurals = {word: float(key) for word, key in values_of(words["plurals"]).items()} | several
    parts = {word: float(key) / 100 for word, key in values_of(words["shares"]).items()}
    simple = one_of([word for word in numbers if " " not in word])
    phrases = one_of([word for word in numbers if " " in word])
    times = one_of([word for word in multipliers if len(word) > 2])
    short = one_of([word for word in multipliers if len(word) <= 2])
    # 'A hundred and twelve' is one number, 'between a hundred and two hundred' two, and so are 'five and six'.
    joined = "|".join(rf"(?<={word})\s+and\s+(?!(?:{simple}[\s-]+)+{word}\b)" for word in multipliers if len(word) > 2)
    pattern = rf"""
        (?:(?<![\w.°/′″-])(?<!\d,)|(?<=\d[-–])|{_behind(words["glued"]["before"])})(?:
            (?P<open>{one_of(list(several))}\s+{times}\b(?!\s+of\s+{times})
              |{one_of(list(plurals))}(?:\s+of\s+(?:hundreds|thousands|millions|billions)\b)?)\b
          | (?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:[.,]\d+)?)
            (?P<times>(?:\s?(?:{times}))+\b|(?:{short})\b)?
          | (?P<part>{one_of(list(parts))}\s+of\s+a\s+{times}\b)
          | (?P<phrase>{phrases})(?:\s+(?P<phrase_times>{times}))?(?!\w)
          | (?P<words>(?:(?:half\s+)?(?:an?\s+)?{times}|{simple})\b(?:(?:[\s-]+|{joined})(?:{times}|{simple})\b)*)
            (?P<half>\s+and\s+a\s+half\b(?:\s+(?P<half_times>{times})\b)?)?
        )
    """
    return Scanner(
        numbers=numbers,
        multipliers=multipliers,
        open_numbers=plurals,
        parts=parts,
        starts=first_words([*numbers, *multipliers, *plurals, *parts, "a", "an", "half"]),
        pattern=re.compile(pattern, re.VERBOSE | re.IGNORECASE),
    )


def _behind(words: list[str]) -> str:
    """A pattern for standing right behind any of the words: 'killed12'."""
    return "|".join(rf"(?<={re.escape(word)})(?=\d)" for word in words)
