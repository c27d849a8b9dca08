"""Word pieces with their place in the text, how they are written, and the chunks they are read in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

# Pieces a chunk, the two marks at its ends not counted; chunks end between sentences where they can.
CHUNK = 190
CLS, SEP = 101, 102

LOWER, TITLE, UPPER, OTHER = 1, 2, 3, 4
AFTER_BREAK = 5  # added where a line break stands before the piece
WRITINGS = 10  # 0 is "not told", so that the encoder also learns to read text without case

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """`ids`, `writing`, `starts`, `ends`: one value a piece, offsets in code points of `text`, ends exclusive."""

    text: str
    ids: Ints
    writing: Ints
    starts: Ints
    ends: Ints

    def covering(self, start: int, end: int) -> Ints:
        """Indices of the pieces that share a character with [start, end)."""
        low = int(np.searchsorted(self.ends, start, side="right"))
        high = int(np.searchsorted(self.starts, end, side="left"))
        return np.arange(low, max(low, high))


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of a `tokenizer.json`, without the lengths that it was saved to cut and fill texts to."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def pieces_of(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text of any length; characters the vocabulary lacks are unknown pieces, none are lost."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    ids = np.array(encoded.ids, dtype=np.int64)
    return Pieces(text=text, ids=ids, writing=_writing(text, offsets), starts=offsets[:, 0], ends=offsets[:, 1])


def _writing(text: str, offsets: Ints) -> Ints:
    classes = np.empty(len(offsets), dtype=np.int64)
    last = 0
    for index, (start, end) in enumerate(offsets.tolist()):
        classes[index] = _case(text[start:end]) + (AFTER_BREAK if "\n" in text[last:start] and index else 0)
        last = end
    return classes


def _case(word: str) -> int:
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    return TITLE if word[:1].isupper() else OTHER


_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s|\n")


def cut(pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Chunks as [first, end) of pieces, end to end, each ending after a sentence where one ends in its last half."""
    total = len(pieces.ids)
    first = 0
    while total - first > CHUNK:
        low, high = first + CHUNK // 2, first + CHUNK
        stretch = pieces.text[int(pieces.starts[low]) : int(pieces.starts[high])]
        ends = [match.end() for match in _SENTENCE_END.finditer(stretch)]
        at = int(pieces.starts[low]) + ends[-1] if ends else int(pieces.starts[high])
        end = min(int(np.searchsorted(pieces.starts, at, side="left")), high)
        yield first, end
        first = end
    if total > first:
        yield first, total


def spans_from(tags: NDArray[Any]) -> list[tuple[int, int]]:
    """Runs [first, end) of 1 (begins) and 2 (inside); an inside without a beginning begins."""
    at = np.nonzero(tags)[0]
    if not len(at):
        return []
    opens = (tags[at] == 1) | np.r_[True, np.diff(at) > 1]
    firsts = at[opens]
    lasts = at[np.r_[opens[1:], True]]
    return list(zip(firsts.tolist(), (lasts + 1).tolist(), strict=True))
