"""Stretches of wording that a later document shares with earlier ones, each with the source that shares most of it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import pairwise

import numpy as np

from truceline.fuse.policy import read_table
from truceline.fuse.wordings import LEAST_OWN_WORDS, LEAST_WORDS, Dated, Seed, characters
from truceline.kit.near import find_words
from truceline.kit.reuse import RUN, Block, Words, follow

STOCK_WORDS = 25  # shorter stretches than this are formulas when …
STOCK_DOCUMENTS = 5  # … all their wording stands in more documents than this
LEAST_SHARE = 0.6  # of a stretch's words that are the other's: below this it is a retelling
REJOINS = 6  # words between two stretches of one source that are taken for an insertion ("the ministry said")
RIVALS = 3  # other sources weighed for one stretch


@cache
def formulas() -> re.Pattern[str]:
    """Everything in formulas.toml as one pattern; between its words stands anything that is none."""
    listed = (
        phrase for phrases in read_table("truceline.fuse", "formulas.toml")["formulas"].values() for phrase in phrases
    )
    gap, anything = r"[\W_]+", r"(?:[\w'’.,-]+[\W_]+){0,3}"
    patterns = []
    for phrase in listed:
        words = [re.escape(word) for word in phrase.split()]
        patterns.append(gap.join(words).replace(rf"{gap}\*{gap}", gap + anything))
    return re.compile(rf"\b(?:{'|'.join(sorted(patterns, key=len, reverse=True))})\b", re.IGNORECASE)


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
        return _words_in(self.blocks)


def find_stretches(later: Dated, seeds: list[Seed], dated: Sequence[Dated]) -> list[Stretch]:
    """The stretches that a document has from earlier ones, none overlapping, in text order."""
    return sorted(_best(later, _stretches(later, seeds, dated), dated), key=lambda each: each.start)


def _stretches(later: Dated, seeds: list[Seed], dated: Sequence[Dated]) -> list[Stretch]:
    """Every stretch that a seed leads to, in the order of their seeds.

    A seed is followed as far as the wording goes, unless another has been followed past it: then no further than to
    where a print of another source ends. So no word is compared more often than twice.
    """
    limits = _limits(seeds, len(later.worded.ids))
    found: list[Stretch] = []
    latest: dict[int, Stretch] = {}
    reached = 0
    for seed, limit in zip(seeds, limits, strict=True):
        last = latest.get(seed.source)
        if last is not None and seed.here < last.end:
            last.common = min(last.common, seed.common)
            continue
        furthest = limit if seed.here < reached else len(later.worded.ids)
        blocks = _followed(later.worded.ids, dated[seed.source].worded.ids, seed, furthest, last)
        reached = max(reached, blocks[-1].here + blocks[-1].length)
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
    ordered = sorted(stretches, key=lambda each: each.start)
    starts = [each.start for each in ordered]
    weighed = []
    for each in _worthwhile(later, ordered, dated):
        inside = ordered[bisect_left(starts, each.start) : bisect_left(starts, each.end)]
        weighed.append(_outdone(later, each, inside, dated))
    pieces = [piece for each in weighed for piece in _cut(later, each, dated[each.source])]
    taken = np.zeros(len(later.worded.ids), dtype=bool)
    kept = []
    for each in sorted(_worthwhile(later, pieces, dated), key=lambda one: (-one.equal, one.source, one.start)):
        if not taken[each.start : each.end].any():
            taken[each.start : each.end] = True
            kept.append(each)
    return kept


def _worthwhile(later: Dated, stretches: Sequence[Stretch], dated: Sequence[Dated]) -> list[Stretch]:
    return [each for each in stretches if _is_worthwhile(later, each, dated[each.source])]


def _is_worthwhile(later: Dated, stretch: Stretch, source: Dated) -> bool:
    own = later.publisher is not None and later.publisher == source.publisher
    equal, least = stretch.equal, LEAST_OWN_WORDS if own else LEAST_WORDS
    if equal < least or equal < LEAST_SHARE * (stretch.end - stretch.start):
        return False
    if equal >= STOCK_WORDS:
        return True
    return stretch.common <= STOCK_DOCUMENTS and equal - _unoriginal(later, stretch) >= least


def _unoriginal(later: Dated, stretch: Stretch) -> int:
    """How many words of the stretch are names and numbers, or belong to wording that anyone might use."""
    words = characters(later.worded, stretch.start, stretch.end).of(later.text)
    formulaic = sum(len(find_words(each.group())) for each in formulas().finditer(words))
    return formulaic + int(later.worded.marked[stretch.start : stretch.end].sum())


def _cut(later: Dated, stretch: Stretch, source: Dated) -> Iterator[Stretch]:
    """The stretch cut where a number or a 'not' differs: the same form filled in anew is no copy of it.

    Between two long parts a single such difference is an edit or a slip, and they stay one.
    """
    parts: list[list[Block]] = [[stretch.blocks[0]]]
    for one, other in pairwise(stretch.blocks):
        differs = _differ(later, one.here + one.length, other.here, source, one.there + one.length, other.there)
        if differs:
            parts.append([])
        parts[-1].append(other)
    joined: list[list[Block]] = []
    for part in parts:
        if joined and min(_words_in(joined[-1]), _words_in(part)) >= LEAST_WORDS:
            joined[-1] += part
        else:
            joined.append(part)
    yield from (Stretch(stretch.source, part, stretch.common) for part in joined)


def _words_in(blocks: Sequence[Block]) -> int:
    return sum(each.length for each in blocks)


def _differ(later: Dated, here: int, here_end: int, source: Dated, there: int, there_end: int) -> bool:
    return bool(later.worded.marked[here:here_end].any() or source.worded.marked[there:there_end].any())


def _outdone(later: Dated, stretch: Stretch, inside: list[Stretch], dated: Sequence[Dated]) -> Stretch:
    """The stretch from a source found `inside` it where that shares more of its wording: a slip made there, say."""
    rivals = [each for each in inside if each.source != stretch.source]
    best = stretch
    for each in nsmallest(RIVALS, rivals, key=lambda one: (-one.equal, one.source)):
        here, there = later.worded.ids, dated[each.source].worded.ids
        at = each.blocks[0]
        back = follow(here, there, (at.here - 1, at.there - 1), stop=stretch.start, step=-1)
        onwards = follow(here, there, (at.here, at.there), stop=stretch.end)
        rival = Stretch(each.source, _joined([*reversed(back), *onwards]), stretch.common)
        if rival.equal > best.equal:
            best = rival
    return best
