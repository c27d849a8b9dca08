"""The words of a text as place reading looks at them: folded, with what stands between them."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from truceline.kit.fold import APOSTROPHES, fold

_WORD = re.compile(r"[^\W_]+")
_JOINS = re.compile(r"[ \t\u00a0]?[-‐‑–'’`]?[ \t\u00a0]?\n?[ \t]*|\.[ \u00a0]?")
ABBREVIATION_LETTERS = 3  # "St.", "Ft.", "Mt.": a full stop after so few letters may stand inside a name


class Shape(StrEnum):
    LOWER = "lower"
    TITLE = "Title"
    UPPER = "UPPER"
    UNCASED = "uncased"  # Arabic and other scripts without capitals
    NUMBER = "number"


class Word(NamedTuple):
    """One word. `key` is folded and without a possessive; `end` leaves the possessive out too.

    `gap` is what stands between the word before and this one ("" for the first); `whole` is the folded
    word with its possessive s, None where there is none ("St. John's": a name may own it).
    """

    start: int
    end: int
    key: str
    shape: Shape
    gap: str
    whole: str | None = None
    whole_end: int = 0


PHRASE = 200  # letters: what is no longer is asked about again and again


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    return _words_of_phrase(text) if len(text) <= PHRASE else _words_of_text(text)


@lru_cache(maxsize=8192)
def _words_of_phrase(text: str) -> tuple[Word, ...]:
    return tuple(_find_words(text))


@lru_cache(maxsize=1)
def _words_of_text(text: str) -> tuple[Word, ...]:
    """Actors and places are looked for in the same text, one after the other."""
    return tuple(_find_words(text))


def _find_words(text: str) -> list[Word]:
    folded = fold(text)
    offsets = folded.offsets
    words: list[Word] = []
    last = 0
    for found in _WORD.finditer(folded.text):
        opening, closing = found.span()
        start, end = offsets[opening], offsets[closing - 1] + 1
        key, whole, whole_end = found.group(), None, end
        if len(key) > 2 and key[-1] == "s" and text[end - 2] in APOSTROPHES:
            whole, key, end = key, key[:-1], end - 2
        words.append(Word(start, end, key, _shape(text[start:end]), text[last:start], whole, whole_end))
        last = whole_end
    return words


@lru_cache(maxsize=32768)
def _shape(word: str) -> Shape:
    if word[0].isdigit():
        return Shape.NUMBER
    if word.isupper() and len(word) > 1:
        return Shape.UPPER
    if word[0].isupper() or (word[0] in APOSTROPHES and word[1:2].isupper()):
        return Shape.TITLE
    return Shape.LOWER if any(each.islower() for each in word) else Shape.UNCASED


def joined(words: Sequence[Word], index: int) -> bool:
    """Whether words[index] goes on the name that words[index - 1] is in: nothing but space, hyphen or 'St.' between."""
    gap, before = words[index].gap, words[index - 1]
    if words[index - 1].whole is not None:
        return False
    if "." in gap and (before.end - before.start > ABBREVIATION_LETTERS or before.shape is Shape.LOWER):
        return False
    return _JOINS.fullmatch(gap) is not None


def is_sentence_start(words: Sequence[Word], index: int) -> bool:
    """Whether a word's capital may only be its sentence's."""
    if index == 0:
        return True
    gap = words[index].gap
    return any(each in gap for each in ".!?:;\n•|") or ("“" in gap or '"' in gap)
