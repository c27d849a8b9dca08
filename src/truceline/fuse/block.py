"""Which pairs are worth a look: those of one report that stand close, and those whose times meet.

Cards of kinds that one act can be told as are taken in the order of their times, each with those that begin before it
ends: work grows with how many fall on one day, not with how many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from truceline.fuse.bulk import Bulk
from truceline.fuse.cards import Card
from truceline.fuse.columns import Books, Columns, Ints, lay_columns
from truceline.fuse.compare import Frame
from truceline.fuse.policy import weights
from truceline.fuse.sieve import Sieve, gather

LONGEST_HOURS = 12 * 24.0  # a longer period is held against what begins in its first days: it joins no act anyway
AHEAD = 4000  # characters behind a claim within which the others of its report are compared with it: a page or two
CROWD = 3000  # claims of like kinds looked at after each in time: several times a busy day, so only a flood is cut
AT_ONCE = 1 << 16  # pairs looked at together: some 25 MB


@dataclass(frozen=True, slots=True)
class Block:
    """Cards with their columns, and what scores pairs of them."""

    cards: Sequence[Card]
    columns: Columns
    books: Books
    bulk: Bulk
    frame: Frame


def lay_block(cards: Sequence[Card], frame: Frame) -> Block:
    """The cards ready for pairing."""
    books = Books()
    columns = lay_columns(cards, books)
    bulk = Bulk((cards, columns), (cards, columns), books, frame)
    return Block(cards, columns, books, bulk, frame)


def candidates(block: Block, *, least: float | None = None) -> Iterator[tuple[Ints, Ints]]:
    """Index pairs (low, high) that may be of one act, each once; `least` is the score they may come to."""
    needed = weights()["decision", "join"].weight if least is None else least
    yield from pairs_by_report(block)
    for alike in kinds_alike(block):
        yield from pairs_by_time(block, alike, needed)


def pairs_by_report(block: Block) -> Iterator[tuple[Ints, Ints]]:
    """Claims of one report that stand close to each other."""
    columns = block.columns
    order = np.lexsort((columns.until, columns.since, columns.document)).astype(np.int64)
    # One number line for all reports, each far beyond the end of the one before it.
    length = int(columns.until.max(initial=0)) + AHEAD + 1
    line = columns.document[order] * length + columns.since[order]
    last = np.searchsorted(line, columns.document[order] * length + columns.until[order] + AHEAD, side="right")
    counts = np.clip(last - np.arange(1, len(order) + 1), 0, CROWD)
    for first, stop in slices(counts):
        rows, offsets = spread_out(counts, first, stop)
        yield in_order(order[rows], order[rows + 1 + offsets])


def kinds_alike(block: Block) -> Iterator[Ints]:
    """Cards with a time, by kinds that one act can be told as, in the order of their times."""
    count, label = connected_components(block.bulk.kinds.allowed, directed=False)
    labels = label[block.columns.kind] if len(block.cards) else np.zeros(0, dtype=np.int64)
    for number in range(count if len(block.cards) else 0):
        members = np.flatnonzero((labels == number) & block.columns.timed).astype(np.int64)
        yield members[np.argsort(block.columns.start[members], kind="stable")]


def pairs_by_time(block: Block, in_time: Ints, least: float) -> Iterator[tuple[Ints, Ints]]:
    """Those of cards that begin before another ends, or little later, and may come to a join.

    Pairs already made by their report are left out.
    """
    columns = block.columns
    starts = columns.start[in_time]
    reach = np.minimum(columns.end[in_time], starts + LONGEST_HOURS) + block.frame.window_hours
    ahead = np.searchsorted(starts, reach, side="right") - np.arange(1, len(in_time) + 1)
    sieve = Sieve(block.bulk, columns, block.frame, in_time, least)
    for here, there in gather(sieve.passing(np.clip(ahead, 0, CROWD)), AT_ONCE):
        near = (columns.document[here] == columns.document[there]) & (find_gap(columns, here, there) <= AHEAD)
        yield in_order(here[~near], there[~near])


def find_gap(columns: Columns, here: Ints, there: Ints) -> Ints:
    """Characters between two claims of one report, negative where they overlap."""
    later = np.maximum(columns.since[here], columns.since[there])
    found: Ints = later - np.minimum(columns.until[here], columns.until[there])
    return found


def in_order(here: Ints, there: Ints) -> tuple[Ints, Ints]:
    return np.minimum(here, there), np.maximum(here, there)


def spread_out(counts: Ints, first: int, stop: int) -> tuple[Ints, Ints]:
    """Each row from `first` on as often as it has pairs, and the number of each pair within its row."""
    some = counts[first:stop]
    rows = np.repeat(np.arange(first, stop), some)
    return rows, np.arange(len(rows)) - np.repeat(np.cumsum(some) - some, some)


def slices(counts: Ints) -> Iterator[tuple[int, int]]:
    """Runs of rows that hold about as many pairs as are looked at together."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(counts):
        before = ends[first - 1] if first else 0
        stop = max(first + 1, int(np.searchsorted(ends, before + AT_ONCE, side="right")))
        yield first, stop
        first = stop
