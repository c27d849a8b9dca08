"""Wording that one text has from another, found in time and memory that grow with the texts.

Winnowing (S. Schleimer, D. Wilkerson and A. Aiken, Winnowing: Local Algorithms for Document Fingerprinting, 2003):
of the hashes of every run of RUN words the smallest in each window is kept, so that two texts which share a run of
RUN + WINDOW - 1 words always share a print. What two prints have in common is then followed word by word, over small
edits.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from zlib import crc32

import numpy as np
import numpy.typing as npt

from truceline.kit.near import WORD

RUN = 5
WINDOW = 4
LOOKAHEAD = 4  # words that an edit may add, drop or change before the wording goes on
REJOINED = 2  # equal words after an edit that show the wording going on

NO_DIGIT = re.compile(r"\D+").fullmatch
NOTHING: Mapping[str, str] = MappingProxyType({})

Words = npt.NDArray[np.uint32]
Prints = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True, slots=True)
class Worded:
    """A text as numbers, one for each word; where each word starts and ends in the text; which are marked."""

    ids: Words
    starts: Words
    ends: Words
    marked: npt.NDArray[np.bool_]


def find_worded(text: str, *, marked: AbstractSet[str] = frozenset(), alike: Mapping[str, str] = NOTHING) -> Worded:
    """The words of a text, case-folded; the same word has the same number in every text.

    Marked are words with a digit and those in `marked`. `alike` gives for a word another that it is the same as.
    """
    spans = [each.span() for each in WORD.finditer(text)]
    folded = (text[start:end].casefold() for start, end in spans)
    words = [alike.get(each, each) for each in folded]
    bounds = np.array(spans, dtype=np.uint32).reshape(-1, 2)
    return Worded(
        np.array([crc32(each.encode("utf-8", "surrogatepass")) for each in words], dtype=np.uint32),
        bounds[:, 0].copy(),
        bounds[:, 1].copy(),
        np.array([each in marked or not (each.isalpha() or NO_DIGIT(each)) for each in words], dtype=bool),
    )


def find_prints(words: Words) -> tuple[Prints, Positions]:
    """The winnowed prints of a text with the position of the word that each begins at, in text order."""
    count = len(words) - RUN + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    hashed = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for at in range(RUN):
            hashed = hashed * _BASE + words[at : at + count].astype(np.uint64) + np.uint64(1)
        hashed ^= hashed >> np.uint64(33)
        hashed *= _MIX
        hashed ^= hashed >> np.uint64(29)
    if count <= WINDOW:
        chosen = np.array([int(hashed.argmin())], dtype=np.int64)
    else:
        windows = np.lib.stride_tricks.sliding_window_view(hashed, WINDOW)
        chosen = np.unique(windows.argmin(axis=1) + np.arange(count - WINDOW + 1))
    return hashed[chosen], chosen


@dataclass(frozen=True, slots=True)
class Block:
    """`length` equal words, at `here` in the later text and at `there` in the earlier."""

    here: int
    there: int
    length: int


def follow(here: Words, there: Words, at: tuple[int, int], *, stop: int, step: int = 1) -> list[Block]:
    """The equal stretches from a pair of positions on, forwards or (`step` -1) backwards, over small edits.

    `stop` is the position in `here` that is not passed. Blocks stand in the order they were met.
    """
    i, j = at
    blocks: list[Block] = []
    while True:
        length = _equal(here, there, i, j, stop=stop, step=step)
        if length:
            blocks.append(Block(i, j, length) if step > 0 else Block(i - length + 1, j - length + 1, length))
        i, j = i + step * length, j + step * length
        skip = _edit(here, there, i, j, stop=stop, step=step)
        if skip is None:
            return blocks
        i, j = i + step * skip[0], j + step * skip[1]


def _equal(here: Words, there: Words, i: int, j: int, *, stop: int, step: int) -> int:
    """How many words are equal from here on; compared in pieces that double, so that long stretches cost little."""
    room = min(stop - i, len(there) - j) if step > 0 else min(i - stop, j) + 1
    length, piece = 0, 8
    while length < room:
        size = min(piece, room - length)
        if step > 0:
            same = here[i + length : i + length + size] == there[j + length : j + length + size]
        else:
            first, second = i - length, j - length
            same = (here[first - size + 1 : first + 1] == there[second - size + 1 : second + 1])[::-1]
        if not same.all():
            return length + int(same.argmin())
        length, piece = length + size, piece * 2
    return max(0, length)


def _edit(here: Words, there: Words, i: int, j: int, *, stop: int, step: int) -> tuple[int, int] | None:
    """The smallest edit after which REJOINED words are equal again; None where the wording ends."""
    mine = _ahead(here, i, stop=stop, step=step)
    theirs = _ahead(there, j, stop=len(there) if step > 0 else 0, step=step)
    for cost in range(1, 2 * LOOKAHEAD + 1):
        for skipped in range(max(0, cost - LOOKAHEAD), min(cost, LOOKAHEAD) + 1):
            rest = mine[skipped : skipped + REJOINED]
            if len(rest) == REJOINED and rest == theirs[cost - skipped : cost - skipped + REJOINED]:
                return skipped, cost - skipped
    return None


def _ahead(words: Words, at: int, *, stop: int, step: int) -> list[int]:
    """The next words as far as an edit is looked for."""
    reach = LOOKAHEAD + REJOINED
    if step > 0:
        return [int(each) for each in words[at : min(stop, at + reach)]]
    return [int(each) for each in words[max(stop, at - reach + 1) : at + 1][::-1]] if at >= stop else []
