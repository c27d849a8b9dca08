"""Names of sources and publishers in running text."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from truceline.fuse.policy import read_table
from truceline.kit.near import ARTICLES, WORD, fold_loosely
from truceline.model.source import Source, SourceKind
from truceline.model.span import Span

SHORT = 4  # letters: shorter names count only as capitals, and alone are no beginning of another
NICKNAMED = 2  # words that must be left of a name whose ending is left out
ACRONYM = 3  # words that a name must have to be called by their first letters
PREFACED = re.compile(r"^(?:blog|weblog|page|channel)\s*:\s*", re.IGNORECASE)
BRACKETED = re.compile(r"\s*\([^)]*\)\s*$")
# Such sources are named as those who act as often as those who tell.
ACTING = frozenset({SourceKind.OFFICIAL, SourceKind.UN, SourceKind.NGO, SourceKind.MONITOR, SourceKind.OTHER})


@cache
def credit_words() -> dict[str, Any]:
    return read_table("truceline.fuse", "credits.toml")


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet's name in a text: whose, and whether outlets of its kind are also named as acting."""

    name: str
    span: Span
    acting: bool


@dataclass(slots=True)
class Outlets:
    """All outlets by the words of their names; asked for those that a text names."""

    by_first: dict[str, list[tuple[tuple[str, ...], str, str | None]]] = field(default_factory=dict)
    acting: set[str] = field(default_factory=set)

    def add(self, called: str, name: str, *, exactly: str | None = None) -> None:
        words = name_words(called)
        if words:
            self.by_first.setdefault(words[0], []).append((words, name, exactly))

    def settle(self) -> None:
        """Longest names first; a name that two outlets share is nobody's unless it is the whole name of one."""
        for listed in self.by_first.values():
            listed.sort(key=lambda each: (-len(each[0]), each[1]))

    def find(self, text: str) -> Iterator[Named]:
        """Names in text order, none overlapping, the longest where several begin at one word."""
        words = [(fold_word(each.group()), each.span()) for each in WORD.finditer(text)]
        words = [each for each in words if each[0] not in ARTICLES]
        at = 0
        while at < len(words):
            found = self._at(text, words, at)
            if found is None:
                at += 1
                continue
            length, name = found
            span = Span(words[at][1][0], words[at + length - 1][1][1])
            yield Named(name, span, name in self.acting)
            at += length

    def _at(self, text: str, words: list[tuple[str, tuple[int, int]]], at: int) -> tuple[int, str] | None:
        start, end = words[at][1]
        handle = start > 0 and text[start - 1] == "@"
        plain = not (text[start].isupper() or text[start].isdigit() or handle) and text[start:end].isascii()
        if plain and end - start > SHORT:
            return None
        for called, name, exactly in self.by_first.get(words[at][0], ()):
            length = len(called)
            if tuple(each[0] for each in words[at : at + length]) != called:
                continue
            last = words[at + length - 1][1][1]
            if plain and exactly is None:
                continue
            if exactly is not None and (text[start:last] != exactly or text[last : last + 2] == " @"):
                continue
            return length, name
        return None


def arrange_outlets(
    sources: Sequence[Source], publishers: Iterable[str], parties: Container[str] = frozenset()
) -> Outlets:
    """The mission's sources, and every publisher that is none of them by its folded name.

    `parties` are folded names of actors: a publisher of such a name is named as acting as often as telling.
    """
    called: dict[str, set[str]] = {}
    outlets = Outlets()
    listed: dict[str, str] = {}
    for source in sorted(sources, key=lambda each: each.id):
        for name in (source.name, *source.aliases):
            listed.setdefault(fold_loosely(name), source.id)
            if any(letter.isupper() for letter in name) or not name.isascii() or source.kind is SourceKind.AGENCY:
                called.setdefault(name, set()).add(source.id)
                words = name.split()
                if source.kind is SourceKind.MONITOR and len(words) > NICKNAMED:
                    called.setdefault(" ".join(words[-2:]), set()).add(source.id)
        if source.kind in ACTING:
            outlets.acting.add(source.id)
    for publisher in sorted(set(publishers)):
        folded = fold_loosely(publisher)
        if folded and folded not in listed:
            called.setdefault(publisher, set()).add(folded)
            if folded.split()[-1] in _acting_names() or folded in parties:
                outlets.acting.add(folded)
    _add_all(outlets, called)
    return outlets


def _add_all(outlets: Outlets, called: dict[str, set[str]]) -> None:
    short: dict[str, set[str]] = {}
    for name, owners in called.items():
        for nickname in find_nicknames(name):
            short.setdefault(nickname, set()).update(owners)
    for name, owners in {**{each: owners for each, owners in short.items() if len(owners) == 1}, **called}.items():
        exactly = name if len(name) <= SHORT and (name.isupper() or name.islower()) else None
        outlets.add(name, min(owners), exactly=exactly)
    outlets.settle()


def find_nicknames(name: str) -> Iterator[str]:
    """How else an outlet is called: without brackets, without 'Agency', by its first letters."""
    plain = BRACKETED.sub("", PREFACED.sub("", name)).strip()
    if plain != name and plain:
        yield plain
    words = plain.split()
    while len(words) > NICKNAMED and words[-1].casefold() in _endings():
        words = words[:-1]
        yield " ".join(words)
    letters = [each[0] for each in plain.split() if each[0].isupper()]
    if len(letters) >= ACRONYM and len(letters) == len(plain.split()):
        yield "".join(letters)


def name_words(name: str) -> tuple[str, ...]:
    words = tuple(fold_word(each) for each in WORD.findall(name))
    return tuple(each for each in words if each not in ARTICLES) or words


def fold_word(word: str) -> str:
    """Case and accents folded; an English possessive is no part of a name."""
    folded = word.casefold()
    if folded.endswith(("'s", "’s")):
        folded = folded[:-2]
    if folded.isascii():
        return folded
    return "".join(each for each in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(each))


@cache
def _endings() -> frozenset[str]:
    return frozenset(credit_words()["names"]["endings"])


@cache
def _acting_names() -> frozenset[str]:
    return frozenset(credit_words()["names"]["acting"])
