"""Where in a parsed text a pattern of words may begin: asked of the tokens, far sooner than of every letter."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.read.table import Doc

_FIRST = re.compile(r"\w+|[^\w\s]+")
_DIGITS = re.compile(r"\d+")


def first_words(listed: Iterable[str]) -> frozenset[str]:
    """The first word of each: 'a third' begins with 'a'."""
    return frozenset(match[0].lower() for each in listed if (match := _FIRST.match(each)) is not None)


def token_starts(doc: "Doc") -> list[int]:
    """Where each token begins."""
    return doc.starts


def starts_of(doc: "Doc", words: frozenset[str]) -> list[int]:
    """Where tokens stand that are one of the words, in lower case."""
    return [token.idx for token in doc.tokens if token.lower_ in words]


def digit_starts(text: str) -> list[int]:
    return [match.start() for match in _DIGITS.finditer(text)]


def find_at(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches that begin at one of the places, in order and apart from each other."""
    reached = 0
    for start in starts:
        if start >= reached and (match := pattern.match(text, start)) is not None:
            reached = match.end()
            yield match
