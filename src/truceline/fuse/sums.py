"""A stated total beside the parts its own sentence lists: 'recorded 15 violations: 11 in Aleppo, one in Hama …'."""

import re
from dataclasses import dataclass

WORDS = {
    word: number
    for number, word in enumerate(
        ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
NUMERAL = rf"(?:\d{{1,4}}|{'|'.join(WORDS)})"
NOT_A_COUNT = (
    r"(?!\s*(?:[:.]\d|%|st\b|nd\b|rd\b|th\b|km\b|kilomet|met(?:re|er)s|hours?\b|days?\b|per cent|p\.?m|a\.?m))"
)

TOTAL = re.compile(rf"\b(?P<total>{NUMERAL})\b{NOT_A_COUNT}\s+[a-z]", re.IGNORECASE)
BREAK = re.compile(r":\s|\s[–—-]\s|\(|\bincluding\b")
PIECE = re.compile(r",|;|\band\b")
PART = re.compile(rf"^\W*(?P<before>{NUMERAL})\b{NOT_A_COUNT}|(?:\(|\s)(?P<after>{NUMERAL})\)?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sum:
    """`stated` as the total, `added` from its parts; `partial`: the parts are examples ('including')."""

    stated: int
    added: int
    partial: bool

    @property
    def is_off(self) -> bool:
        return self.added > self.stated if self.partial else self.added != self.stated


def parse_sum(sentence: str) -> Sum | None:
    """The total and its parts when the sentence has one total and then nothing but parts; else None."""
    broken = BREAK.search(sentence)
    if broken is None:
        return None
    totals = [each["total"] for each in TOTAL.finditer(sentence[: broken.start()])]
    listed = re.split(r"(?<=[a-z\d)])\.\s", sentence[broken.end() :], maxsplit=1)[0]
    parts = [PART.search(piece) for piece in PIECE.split(listed.strip(" .)")) if piece.strip()]
    if len(totals) != 1 or len(parts) < 2 or any(part is None for part in parts):
        return None
    partial = broken.group() == "including"
    added = sum(read_number(part["before"] or part["after"]) for part in parts if part is not None)
    return Sum(stated=read_number(totals[0]), added=added, partial=partial)


def read_number(word: str) -> int:
    return int(word) if word.isdigit() else WORDS[word.casefold()]
