"""How times are put together from words: rules in running order, each a shape over meanings and what it builds.

A shape is a regular expression over tokens: `<month>` is a token that can mean a month, `<day|oday>` one of
either, `name=<month>` keeps it under a name, blanks are for the eye. The longest match wins, then the earlier
rule. A builder gives None where its words do not hold together after all; then the next match has its chance.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from truceline.model.when import Basis, TimexType
from truceline.read.times_calendar import Stretch
from truceline.read.times_words import BREAK, PLAIN, Token, alphabet


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A time read but not yet written down: `start`/`end` are wall-clock, of the text's zone or at `offset_hours`.

    `aside` times are told for comparison ('a year earlier'): what follows does not count from them.
    """

    type: TimexType
    value: str
    stretch: Stretch | None = None
    start: datetime | None = None
    end: datetime | None = None
    basis: Basis = Basis.RELATIVE
    offset_hours: float | None = None
    aside: bool = False


@dataclass(slots=True, kw_only=True)
class Context:
    """Where in time the text stands: when published (local, None unknown), and the last time it spoke of.

    `has_hour` tells that the hour of publication is known; `counts` are offsets of numbers that count a noun,
    in the whole text, of which the piece in hand begins at `offset`.
    """

    published: datetime | None
    has_hour: bool = False
    reference: Stretch | None = None
    counts: frozenset[int] = frozenset()
    offset: int = 0

    @property
    def today(self) -> date | None:
        return None if self.published is None else self.published.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule's match: token indices, and the tokens kept under names."""

    first: int
    last: int
    groups: dict[str, list[Token]]
    tokens: list[Token]

    def has(self, name: str) -> bool:
        return name in self.groups

    def get(self, name: str, *meanings: str) -> Any:
        """What the first token under a name means, in the first of the given ways that it can; None without one."""
        if name not in self.groups:
            return None
        first = self.groups[name][0].meanings
        return next((first[meaning] for meaning in meanings or (name,) if meaning in first), None)

    def before(self, back: int = 1) -> Token | None:
        return self.tokens[self.first - back] if self.first >= back else None

    def after(self) -> Token | None:
        return self.tokens[self.last] if self.last < len(self.tokens) else None


# Read and set aside: the words are no time, and no part of them is one ('a 6-year-old').
NO_TIME = Draft(type=TimexType.DURATION, value="")

Build = Callable[[Found, Context], Draft | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`trim` leaves that many first tokens out of the span (a preposition that only proves the reading)."""

    name: str
    shape: str
    build: Build
    trim: int = 0


REMEMBERED = 20_000  # stretches of no more than so many letters
SHORT = 24
# No rule asks for a word without meaning or for a sentence's end: no match crosses one.
_MEANINGFUL = re.compile(f"[^{PLAIN}{BREAK}]+")


@cache
def compiled(shape: str) -> re.Pattern[str]:
    """A shape as a regular expression over letters."""
    letters = alphabet()
    pattern = re.sub(r"\s+", "", shape)
    pattern = re.sub(r"(\w+)=\(", r"(?P<\1>", pattern)
    pattern = re.sub(r"(\w+)=<([\w|]+)>", lambda each: f"(?P‹{each[1]}›{letters.any_of(each[2])})", pattern)
    pattern = re.sub(r"(?<!\?P)<([\w|]+)>", lambda each: letters.any_of(each[1]), pattern)
    return re.compile(pattern.replace("‹", "<").replace("›", ">"))


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a rule matches in a stretch of letters, and where its named tokens stand there."""

    first: int
    last: int
    rule: Rule
    groups: tuple[tuple[str, int, int], ...]


class Grammar:
    """Rules asked of texts. What they find in a short stretch of letters is remembered: most are 'the' or 'in the'."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self._asked = lru_cache(maxsize=REMEMBERED)(self._find)

    def matches(self, letters: str, tokens: list[Token]) -> Iterator[tuple[Rule, Found]]:
        """Every match of every rule, leftmost first, then longest, then the earlier rule; they may overlap."""
        for stretch in _MEANINGFUL.finditer(letters):
            at = stretch.start()
            find = self._asked if len(stretch[0]) <= SHORT else self._find
            for each in find(stretch[0]):
                groups = {name: tokens[at + first : at + last] for name, first, last in each.groups}
                yield each.rule, Found(first=at + each.first, last=at + each.last, groups=groups, tokens=tokens)

    def _find(self, letters: str) -> tuple[_Match, ...]:
        raw = [
            (match.start(), -match.end(), order, match)
            for order, rule in enumerate(self._rules)
            for match in compiled(rule.shape).finditer(letters)
        ]
        raw.sort(key=lambda each: each[:3])
        return tuple(
            _Match(start, -end, self._rules[order], tuple(_named_groups(match))) for start, end, order, match in raw
        )


def _named_groups(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    for name in match.re.groupindex:
        first, last = match.span(name)
        if last > first >= 0:
            yield re.sub(r"\d$", "", name), first, last
