"""Passages taken over: which stretch of a document has its wording from an earlier one, and from which.

Of two dated documents that share a stretch the later one has it from the earlier. A document without a date, or one
dated by the day alone on the day of the other, has no place in that order, and nothing is said of it. Where several
earlier documents have the wording it comes from the one that shares most of it, the earliest of equals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from truceline.fuse.stretches import find_stretches
from truceline.fuse.wordings import Dated, Index, Seed, characters, find_dated
from truceline.kit.reuse import Block, Worded
from truceline.model.document import Document
from truceline.model.span import Span
from truceline.model.telling import TakenFrom

COVERED = 0.8  # of a claim's words that must be the other's


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a later document and where its wording stands in the earlier one."""

    document: str
    span: Span
    original: Span
    blocks: tuple[Block, ...]
    source: Worded


@dataclass(frozen=True, slots=True)
class Reuse:
    """What each document has taken over; asked by document and stretch."""

    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    worded: Mapping[str, Worded] = field(default_factory=dict)

    def taken_from(self, document: str, span: Span) -> TakenFrom | None:
        """Where the words of a claim stand first; None where they are the document's own, or their numbers changed."""
        for passage in self.passages.get(document, ()):
            if passage.span.overlaps(span):
                found = _original(passage, self.worded[document], span)
                if found is not None:
                    return TakenFrom(document=passage.document, span=found)
        return None


def find_reuse(documents: Sequence[Document]) -> Reuse:
    """Every passage taken over, for documents of any number and length: time and memory grow with their text."""
    dated = sorted(find_dated(documents), key=lambda each: (each.until, each.since, each.id))
    index = Index(dated)
    passages: dict[str, tuple[Passage, ...]] = {}
    for at, document in enumerate(dated):
        found = tuple(_passages(document, index.seeds(at), dated))
        if found:
            passages[document.id] = found
    return Reuse(passages, {each.id: each.worded for each in dated if each.id in passages})


def _passages(later: Dated, seeds: list[Seed], dated: Sequence[Dated]) -> Iterator[Passage]:
    """The stretches of one document, none overlapping, in text order."""
    for each in find_stretches(later, seeds, dated):
        source = dated[each.source]
        first, last = each.blocks[0], each.blocks[-1]
        yield Passage(
            document=source.id,
            span=characters(later.worded, each.start, each.end),
            original=characters(
                source.worded,
                min(one.there for one in (first, last)),
                max(one.there + one.length for one in (first, last)),
            ),
            blocks=tuple(each.blocks),
            source=source.worded,
        )


def _original(passage: Passage, worded: Worded, span: Span) -> Span | None:
    """The claim's words in the original; None where it is not mostly the original's, or says another number."""
    first = int(np.searchsorted(worded.ends, span.start, side="right"))
    end = int(np.searchsorted(worded.starts, span.end, side="left"))
    parts = [each for each in passage.blocks if each.here < end and each.here + each.length > first]
    equal = np.zeros(end - first, dtype=bool)
    for each in parts:
        equal[max(0, each.here - first) : each.here + each.length - first] = True
    if not parts or equal.sum() < COVERED * len(equal) or worded.marked[first:end][~equal].any():
        return None
    if any(passage.source.marked[one.there + one.length : other.there].any() for one, other in pairwise(parts)):
        return None  # a number or a 'not' was left out
    start = parts[0].there + max(0, first - parts[0].here)
    stop = parts[-1].there + min(parts[-1].length, end - parts[-1].here)
    return characters(passage.source, start, stop)
