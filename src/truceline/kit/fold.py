"""Text folded for comparing names across spellings, with the way back to the original.

Case, accents, apostrophes, hyphens and the free choices of Arabic spelling go; letters and digits stay.
Folding never reorders, so every folded character comes from one original code point.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

APOSTROPHES = "'’‘`´ʿʾʻʼʽˈ′‛ʹ＇ˌ"
HYPHENS = "-‐‑‒–—―−_־"
# Arabic letters written one way or another by habit or by keyboard (Unicode chart U+0600).
ARABIC = {
    "آ": "ا",
    "أ": "ا",
    "إ": "ا",
    "ٱ": "ا",
    "ة": "ه",
    "ى": "ي",
    "ی": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ک": "ك",
    "ہ": "ه",
    "ء": "",
    "ـ": "",
}
# Latin letters that no decomposition takes apart, and Cyrillic ё, written as е by most papers.
LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a", "ё": "е"}

_WORD = re.compile(r"\w+")


class _Table(dict[int, str]):
    """What each code point folds to, found once: str.translate reads it."""

    def __missing__(self, point: int) -> str:
        folded = _fold_letter(chr(point))
        self[point] = folded
        return folded


def _fold_letter(letter: str) -> str:
    if letter in APOSTROPHES:
        return ""
    if letter in HYPHENS:
        return " "
    parts = "".join(LETTERS.get(low, low) for low in ARABIC.get(letter, letter).casefold())
    if not parts.isascii():
        parts = unicodedata.normalize("NFKD", parts).casefold()
        parts = "".join(ARABIC.get(each, each) for each in parts if not unicodedata.combining(each))
    return "".join(" " if each.isspace() else LETTERS.get(each, each) for each in parts)


TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` folded; `offsets[i]` is the original index of its character i, with the original length last."""

    text: str
    offsets: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the folded characters `start:end` came from."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no folded text at {start}:{end}")
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """The text folded, each character knowing where it came from."""
    odd = "".join(re.escape(letter) for letter in set(text) if len(TABLE[ord(letter)]) != 1)
    if not odd:
        return Folded(text.translate(TABLE), range(len(text) + 1))
    offsets: list[int] = []
    last = 0
    for match in re.finditer(f"[{odd}]", text):
        offsets.extend(range(last, match.start()))
        offsets.extend([match.start()] * len(TABLE[ord(match.group())]))
        last = match.end()
    offsets.extend(range(last, len(text) + 1))
    return Folded(text.translate(TABLE), offsets)


def fold_name(name: str) -> str:
    """The key under which a name is looked up: its folded words, one space between ('deir ez zor')."""
    return " ".join(_WORD.findall(name.translate(TABLE)))
