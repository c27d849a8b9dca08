"""Where in a parsed text a pattern of words may begin: asked of the tokens, far sooner than of every letter."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_FIRST = re.compile(r"\w+|[^\w\s]+")
_DIGITS = re.compile(r"\d+")


def first_words(listed: Iterable[str]) -> frozenset[str]:
    """The first word of each: 'a third' begins with 'a'."""
    return frozenset(match[0].lower() for each in listed if (match := _FIRST.match(each)) is not None)


def token_starts(doc: "Doc") -> list[int]:
    """Where each token begins."""
    return _columns(doc)[1]


def starts_of(doc: "Doc", words: frozenset[str]) -> list[int]:
    """Where tokens stand that are one of the words, in lower case."""
    lowers, starts = _columns(doc)
    ids = _ids(doc.vocab, words)
    return [start for lower, start in zip(lowers, starts, strict=True) if lower in ids]


def digit_starts(text: str) -> list[int]:
    return [match.start() for match in _DIGITS.finditer(text)]


def find_at(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches that begin at one of the places, in order and apart from each other."""
    reached = 0
    for start in starts:
        if start >= reached and (match := pattern.match(text, start)) is not None:
            reached = match.end()
            yield match


def _columns(doc: "Doc") -> tuple[list[int], list[int]]:
    known = doc.user_data.get("token_columns")
    if known is None:
        known = doc.user_data["token_columns"] = (doc.to_array("LOWER").tolist(), doc.to_array("IDX").tolist())
    lowers, starts = known
    return lowers, starts


@lru_cache(maxsize=16)
def _ids(vocab: "Vocab", words: frozenset[str]) -> frozenset[int]:
    return frozenset(int(vocab.strings[each]) for each in words)
