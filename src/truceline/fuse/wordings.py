"""Dated documents as words, and which earlier document first has each print of a later one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import numpy as np

from truceline.fuse.copies import find_texts
from truceline.fuse.policy import read_table
from truceline.kit.reuse import Worded, find_prints, find_worded
from truceline.model.document import Document
from truceline.model.span import Span

LEAST_WORDS = 10  # equal words in a stretch: fewer are shared by chance or as a formula
LEAST_OWN_WORDS = 15  # the same with an earlier text of the same publisher, whose turns of phrase recur
DAY = timedelta(days=1).total_seconds()
BREAK = re.compile(r"[.!?:;\n“”\"«»]")
NO_WORDS = np.empty(0, dtype=np.uint32)


@cache
def find_telling() -> tuple[frozenset[str], dict[str, str]]:
    """(words that change what is said, number words with their digits) from formulas.toml."""
    table = read_table("truceline.fuse", "formulas.toml")["telling"]
    tens = {word: str(10 * at) for at, word in enumerate(table["tens"].split(), start=2)}
    ones = {word: str(at) for at, word in enumerate(table["ones"].split())}
    return frozenset(table["words"].split()), {**ones, **tens}


@dataclass(frozen=True, slots=True)
class Dated:
    """A document as words; `since` and `until` bound the moment of its publication."""

    id: str
    worded: Worded
    since: float
    until: float
    text: str
    publisher: str | None

    def is_before(self, other: "Dated") -> bool:
        return self.until <= other.since and self.since < other.since


def find_dated(documents: Sequence[Document]) -> Iterator[Dated]:
    for document in find_texts(documents, least=LEAST_WORDS).values():
        if document.published_at is not None:
            since = document.published_at.timestamp()
            by_the_day = since % DAY == 0  # midnight: the hour is unknown
            telling, numbers = find_telling()
            worded = find_worded(document.text, marked=telling, alike=numbers)
            worded.marked[find_names(document.text, worded)] = True
            until = since + DAY if by_the_day else since
            yield Dated(document.id, worded, since, until, document.text, document.publisher)


def find_names(text: str, worded: Worded) -> list[int]:
    """Which words have a capital where no sentence begins: who and where, which a form leaves blank."""
    return [
        at
        for at, start in enumerate(worded.starts.tolist())
        if text[start].isupper() and at and not BREAK.search(text, int(worded.ends[at - 1]), start)
    ]


def characters(worded: Worded, first: int, end: int) -> Span:
    return Span(int(worded.starts[first]), int(worded.ends[end - 1]))


@dataclass(frozen=True, slots=True)
class Seed:
    """A print of a later document, where it stands in the earliest that has it, and how many documents have it."""

    here: int
    source: int
    there: int
    common: int


class Index:
    """All prints of all documents: for each the first document that has it, and how many do."""

    def __init__(self, dated: Sequence[Dated]) -> None:
        self._dated = dated
        prints = [find_prints(each.worded.ids) for each in dated] or [find_prints(NO_WORDS)]
        sizes = [len(each) for each, _ in prints]
        self._bounds = np.cumsum([0, *sizes])
        self._positions = np.concatenate([each for _, each in prints]).astype(np.uint32)
        self._owners = np.repeat(np.arange(len(prints), dtype=np.uint32), sizes)
        _, firsts, group = np.unique(
            np.concatenate([each for each, _ in prints]), return_index=True, return_inverse=True
        )
        _, holders = np.unique(np.concatenate([np.unique(each) for each, _ in prints]), return_counts=True)
        self._first, self._holders = firsts[group], holders[group]

    def seeds(self, at: int) -> list[Seed]:
        """The prints of one document that an earlier one has, in text order."""
        low, high = int(self._bounds[at]), int(self._bounds[at + 1])
        firsts = self._first[low:high]
        taken = np.flatnonzero(self._owners[firsts] != at)
        later = self._dated[at]
        seeds = (
            Seed(
                int(self._positions[low + each]),
                int(self._owners[firsts[each]]),
                int(self._positions[firsts[each]]),
                int(self._holders[low + each]),
            )
            for each in taken
        )
        return [each for each in seeds if self._dated[each.source].is_before(later)]
