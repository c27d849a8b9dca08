"""The words of a text as place reading looks at them: folded, with what stands between them."""

import re
from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Word:
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


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    folded = fold(text)
    words: list[Word] = []
    last = 0
    for found in _WORD.finditer(folded.text):
        start, end = folded.original(*found.span())
        key, whole, whole_end = found.group(), None, end
        if len(key) > 2 and key[-1] == "s" and text[end - 2] in APOSTROPHES:
            whole, key, end = key, key[:-1], end - 2
        words.append(Word(start, end, key, _shape(text[start:end]), text[last:start], whole, whole_end))
        last = whole_end
    return words


def _shape(word: str) -> Shape:
    if word[0].isdigit():
        return Shape.NUMBER
    if word.isupper() and len(word) > 1:
        return Shape.UPPER
    if word[0].isupper() or (word[0] in APOSTROPHES and word[1:2].isupper()):
        return Shape.TITLE
    return Shape.LOWER if any(each.islower() for each in word) else Shape.UNCASED


def joined(words: list[Word], index: int) -> bool:
    """Whether words[index] goes on the name that words[index - 1] is in: nothing but space, hyphen or 'St.' between."""
    gap, before = words[index].gap, words[index - 1]
    if words[index - 1].whole is not None:
        return False
    if "." in gap and (before.end - before.start > ABBREVIATION_LETTERS or before.shape is Shape.LOWER):
        return False
    return _JOINS.fullmatch(gap) is not None


def is_sentence_start(words: list[Word], index: int) -> bool:
    """Whether a word's capital may only be its sentence's."""
    if index == 0:
        return True
    gap = words[index].gap
    return any(each in gap for each in ".!?:;\n•|") or ("“" in gap or '"' in gap)
