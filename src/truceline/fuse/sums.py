"""A stated total beside the parts its own sentence lists: 'recorded 15 violations: 11 in Aleppo, one in Hama …'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from truceline.kit.numerals import NUMERAL, parse_numeral

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
NOT_A_COUNT = (
    r"(?!\s*(?:[:.]\d|%|st\b|nd\b|rd\b|th\b|km\b|kilomet|met(?:re|er)s|hours?\b|days?\b|per cent|p\.?m|a\.?m"
    rf"|{MONTH}\b))"
)
COUNT = re.compile(rf"(?<![-–:.\d])\b(?!no\b)(?P<number>{NUMERAL})\b{NOT_A_COUNT}", re.IGNORECASE)
TOTAL = re.compile(rf"{COUNT.pattern}\s+[a-z]", re.IGNORECASE)
BREAK = re.compile(r":\s|\s[–—-]\s|\(|\bincluding\b")
PIECE = re.compile(r",|;|\band\b")


@dataclass(frozen=True, slots=True)
class Sum:
    """`stated` as the total, `added` from its parts; `partial`: the parts are examples ('including').

    `parts` are the numbers with the words that they stand in.
    """

    stated: int
    added: int
    partial: bool
    parts: tuple[tuple[int, str], ...] = field(default=(), compare=False)

    @property
    def is_off(self) -> bool:
        return self.added > self.stated if self.partial else self.added != self.stated


def parse_sum(sentence: str) -> Sum | None:
    """The total and its parts when the sentence has a total and then nothing but parts; else None.

    Of several numbers the last before the list is the total. What stands behind the last part counts nothing:
    '…, two by rifle, all of them in Hama'.
    """
    broken = BREAK.search(sentence)
    if broken is None:
        return None
    totals = [parse_numeral(each["number"]) for each in TOTAL.finditer(sentence[: broken.start()])]
    listed = re.split(r"(?<=[a-z\d)])\.\s", sentence[broken.end() :], maxsplit=1)[0]
    pieces = [each for each in PIECE.split(listed.strip(" .)")) if each.strip()]
    parts = find_parts(pieces)
    if not totals or parts is None or len(parts) < 2 or totals[-1] < max(parts):
        return None
    named = tuple((part, " ".join(piece.split())) for part, piece in zip(parts, pieces, strict=False))
    return Sum(stated=totals[-1], added=sum(parts), partial=broken.group() == "including", parts=named)


def find_parts(pieces: Sequence[str]) -> list[int] | None:
    """The number in each piece, up to the last that has one; None where a piece between has none, or two."""
    found = [[parse_numeral(each["number"]) for each in COUNT.finditer(piece)] for piece in pieces]
    while found and not found[-1]:
        found.pop()
    return [each[0] for each in found] if all(len(each) == 1 for each in found) else None
