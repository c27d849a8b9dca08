"""Passages taken over: which stretch of a document has its wording from an earlier one, and from which.

Of two dated documents that share a stretch the later one has it from the earlier. A document without a date, or one
dated by the day alone on the day of the other, has no place in that order, and nothing is said of it. Where several
earlier documents have the wording it comes from the one that shares most of it, the earliest of equals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import numpy as np

from truceline.fuse.copies import find_texts
from truceline.kit.reuse import RUN, Block, Worded, Words, find_prints, find_worded, follow
from truceline.model.document import Document
from truceline.model.span import Span
from truceline.model.telling import TakenFrom

LEAST_WORDS = 9  # equal words in a stretch: fewer are shared by chance or as a formula
STOCK_WORDS = 25  # shorter stretches than this are formulas when …
STOCK_DOCUMENTS = 5  # … all their wording stands in more documents than this
LEAST_SHARE = 0.6  # of a stretch's words that are the other's: below this it is a retelling
REJOINS = 12  # words between two stretches of one source that are taken for an insertion ("the ministry said")
RIVALS = 3  # other sources weighed for one stretch
COVERED = 0.8  # of a claim's words that must be the other's
# Words that change what is said when they are put in, left out or exchanged; numbers in digits do so too.
TELLING = frozenset(
    """no not never none nobody neither nor without denied denies deny one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred thousand dozen dozens scores hundreds thousands""".split()
)
DAY = timedelta(days=1).total_seconds()


@dataclass(frozen=True, slots=True)
class Dated:
    """A document as words; `since` and `until` bound the moment of its publication."""

    id: str
    worded: Worded
    since: float
    until: float

    def is_before(self, other: "Dated") -> bool:
        return self.until <= other.since and self.since < other.since


@dataclass(slots=True)
class Stretch:
    """A stretch being put together from blocks of equal words, in text order."""

    source: int
    blocks: list[Block]
    common: int = 0  # the number of documents that its rarest print stands in

    @property
    def start(self) -> int:
        return self.blocks[0].here

    @property
    def end(self) -> int:
        return self.blocks[-1].here + self.blocks[-1].length

    @property
    def there(self) -> int:
        return self.blocks[-1].there + self.blocks[-1].length

    @property
    def equal(self) -> int:
        return sum(each.length for each in self.blocks)


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
    dated = sorted(_dated(documents), key=lambda each: (each.until, each.since, each.id))
    index = _Index(dated)
    passages: dict[str, tuple[Passage, ...]] = {}
    for at, document in enumerate(dated):
        found = tuple(_passages(document, index.seeds(at), dated))
        if found:
            passages[document.id] = found
    return Reuse(passages, {each.id: each.worded for each in dated if each.id in passages})


def _dated(documents: Sequence[Document]) -> Iterator[Dated]:
    for document in find_texts(documents, least=LEAST_WORDS).values():
        if document.published_at is not None:
            since = document.published_at.timestamp()
            by_the_day = since % DAY == 0  # midnight: the hour is unknown
            yield Dated(document.id, find_worded(document.text, marked=TELLING), since, since + DAY if by_the_day else since)


@dataclass(frozen=True, slots=True)
class Seed:
    """A print of a later document, where it stands in the earliest that has it, and how many documents have it."""

    here: int
    source: int
    there: int
    common: int


class _Index:
    """All prints of all documents, sorted: for each the first document that has it and how many have it."""

    def __init__(self, dated: Sequence[Dated]) -> None:
        self._dated = dated
        prints = [find_prints(each.worded.ids) for each in dated]
        self._bounds = np.cumsum([0, *(len(each) for each, _ in prints)])
        if not prints:
            return
        hashed = np.concatenate([each for each, _ in prints])
        self._positions = np.concatenate([each for _, each in prints]).astype(np.uint32)
        owners = np.repeat(np.arange(len(prints), dtype=np.uint32), np.diff(self._bounds))
        order = np.argsort(hashed, kind="stable")
        ranked, owned = hashed[order], owners[order]
        opens = np.concatenate(([True], ranked[1:] != ranked[:-1])) if len(ranked) else np.empty(0, dtype=bool)
        another = opens | np.concatenate(([True], owned[1:] != owned[:-1])) if len(ranked) else opens
        group = np.cumsum(opens) - 1
        firsts = order[opens]
        counts = np.add.reduceat(another.astype(np.uint32), np.flatnonzero(opens)) if len(ranked) else another
        self._first = np.empty(len(hashed), dtype=np.int64)
        self._first[order] = firsts[group] if len(ranked) else order
        self._common = np.empty(len(hashed), dtype=np.uint32)
        self._common[order] = counts[group] if len(ranked) else 0
        self._owners = owners

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
                int(self._common[low + each]),
            )
            for each in taken
        )
        return [each for each in seeds if self._dated[each.source].is_before(later)]


def _passages(later: Dated, seeds: list[Seed], dated: Sequence[Dated]) -> Iterator[Passage]:
    """The stretches of one document, none overlapping, in text order."""
    stretches = _best(later, _stretches(later, seeds, dated), dated)
    for each in sorted(stretches, key=lambda one: one.start):
        source = dated[each.source]
        first, last = each.blocks[0], each.blocks[-1]
        yield Passage(
            document=source.id,
            span=_characters(later.worded, each.start, each.end),
            original=_characters(
                source.worded,
                min(one.there for one in (first, last)),
                max(one.there + one.length for one in (first, last)),
            ),
            blocks=tuple(each.blocks),
            source=source.worded,
        )


def _characters(worded: Worded, first: int, end: int) -> Span:
    return Span(int(worded.starts[first]), int(worded.ends[end - 1]))


def _stretches(later: Dated, seeds: list[Seed], dated: Sequence[Dated]) -> list[Stretch]:
    """Every stretch that a seed leads to, each source followed no further than where an other one's print begins."""
    limits = _limits(seeds, len(later.worded.ids))
    found: list[Stretch] = []
    latest: dict[int, Stretch] = {}
    for seed, limit in zip(seeds, limits, strict=True):
        last = latest.get(seed.source)
        if last is not None and seed.here < last.end:
            last.common = min(last.common, seed.common)
            continue
        blocks = _followed(later.worded.ids, dated[seed.source].worded.ids, seed, limit, last)
        if last is not None and _goes_on(last, blocks[0]):
            last.blocks += blocks
            last.common = min(last.common, seed.common)
        else:
            latest[seed.source] = Stretch(seed.source, blocks, seed.common)
            found.append(latest[seed.source])
    return found


def _limits(seeds: list[Seed], length: int) -> list[int]:
    """For each seed the position where the first seed of another source ends, which is as far as it is followed."""
    limits = [length] * len(seeds)
    for at in range(len(seeds) - 2, -1, -1):
        same = seeds[at].source == seeds[at + 1].source
        limits[at] = limits[at + 1] if same else min(length, seeds[at + 1].here + RUN)
    return limits


def _followed(here: Words, there: Words, seed: Seed, limit: int, last: Stretch | None) -> list[Block]:
    """The blocks around a seed: back to the last stretch of its source or a few words, onwards to the limit."""
    floor = max(seed.here - 4 * RUN, 0 if last is None else last.end)
    back = follow(here, there, (seed.here - 1, seed.there - 1), stop=floor, step=-1) if seed.here > floor else []
    onwards = follow(here, there, (seed.here, seed.there), stop=max(limit, seed.here + RUN))
    return _joined([*reversed(back), *onwards])


def _joined(blocks: list[Block]) -> list[Block]:
    """Neighbouring blocks as one."""
    joined: list[Block] = []
    for each in blocks:
        last = joined[-1] if joined else None
        adjoins = last is not None and (last.here + last.length, last.there + last.length) == (each.here, each.there)
        if last is not None and adjoins:
            joined[-1] = Block(last.here, last.there, last.length + each.length)
        else:
            joined.append(each)
    return joined


def _goes_on(last: Stretch, block: Block) -> bool:
    return 0 <= block.here - last.end <= REJOINS and 0 <= block.there - last.there <= REJOINS


def _best(later: Dated, stretches: list[Stretch], dated: Sequence[Dated]) -> list[Stretch]:
    """Without formulas and chance, each stretch from whom shares most of it, none overlapping a better one."""
    weighed = [_outdone(later, each, stretches, dated) for each in _worthwhile(stretches)]
    taken = np.zeros(len(later.worded.ids), dtype=bool)
    kept = []
    for each in sorted(_worthwhile(weighed), key=lambda one: (-one.equal, one.source, one.start)):
        if not taken[each.start : each.end].any():
            taken[each.start : each.end] = True
            kept.append(each)
    return kept


def _worthwhile(stretches: Sequence[Stretch]) -> list[Stretch]:
    return [each for each in stretches if _is_worthwhile(each)]


def _is_worthwhile(stretch: Stretch) -> bool:
    equal = stretch.equal
    formula = equal < STOCK_WORDS and stretch.common > STOCK_DOCUMENTS
    return equal >= LEAST_WORDS and equal >= LEAST_SHARE * (stretch.end - stretch.start) and not formula


def _outdone(later: Dated, stretch: Stretch, stretches: list[Stretch], dated: Sequence[Dated]) -> Stretch:
    """The stretch from a later source where that shares more of its wording: a slip made there, say."""
    rivals = [
        each for each in stretches if each.source != stretch.source and stretch.start <= each.start < stretch.end
    ]
    best = stretch
    for each in sorted(rivals, key=lambda one: (-one.equal, one.source))[:RIVALS]:
        here, there = later.worded.ids, dated[each.source].worded.ids
        at = each.blocks[0]
        back = follow(here, there, (at.here - 1, at.there - 1), stop=stretch.start, step=-1) if at.here else []
        onwards = follow(here, there, (at.here, at.there), stop=stretch.end)
        rival = Stretch(each.source, _joined([*reversed(back), *onwards]), stretch.common)
        if rival.equal > best.equal:
            best = rival
    return best


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
    return _characters(passage.source, start, stop)
