"""Which pairs are worth a look: those of one report that stand close, and those whose times meet.

Cards of kinds that one act can be told as are taken in the order of their times, each with those that begin before it
ends: work grows with how many fall on one day, not with how many there are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from truceline.fuse.bulk import Bulk
from truceline.fuse.cards import Card
from truceline.fuse.columns import Books, Columns, Ints, lay_columns
from truceline.fuse.compare import Frame

LONGEST_HOURS = 12 * 24.0  # a longer period is held against what begins in its first days: it joins no act anyway
AHEAD = 40  # claims of one report compared with those that follow: two or three sentences hold no more
CROWD = 3000  # claims of like kinds looked at after each in time: several times a busy day, so only a flood is cut
AT_ONCE = 250_000  # pairs looked at together: some 100 MB


@dataclass(frozen=True, slots=True)
class Block:
    """Cards with their columns, and what scores pairs of them; `seat` numbers the claims of one report."""

    cards: Sequence[Card]
    columns: Columns
    books: Books
    bulk: Bulk
    frame: Frame
    seat: Ints


def lay_block(cards: Sequence[Card], frame: Frame) -> Block:
    """The cards ready for pairing."""
    books = Books()
    columns = lay_columns(cards, books)
    bulk = Bulk((cards, columns), (cards, columns), books, frame)
    return Block(cards, columns, books, bulk, frame, seat_in_report(cards))


def seat_in_report(cards: Sequence[Card]) -> Ints:
    """The place of each card among those of its group in its report, in text order."""
    seats = np.zeros(len(cards), dtype=np.int64)
    for members in reports_of(cards):
        seats[members] = np.arange(len(members))
    return seats


def reports_of(cards: Sequence[Card]) -> Iterator[list[int]]:
    """The cards of one group in one report, in text order."""
    reports: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        reports[card.group, card.telling.document].append(at)
    for members in reports.values():
        members.sort(key=lambda at: (cards[at].telling.span, cards[at].telling.claim))
        yield members


def candidates(block: Block) -> Iterator[tuple[Ints, Ints]]:
    """Index pairs (low, high) that may be of one act, each once."""
    yield from pairs_by_report(block)
    for alike in kinds_alike(block):
        yield from pairs_by_time(block, alike)


def pairs_by_report(block: Block) -> Iterator[tuple[Ints, Ints]]:
    """Claims of one report that stand close to each other."""
    here: list[int] = []
    there: list[int] = []
    for members in reports_of(block.cards):
        for position, one in enumerate(members):
            ahead = members[position + 1 : position + 1 + AHEAD]
            here += [one] * len(ahead)
            there += ahead
        if len(here) > AT_ONCE:
            yield in_order(np.array(here, dtype=np.int64), np.array(there, dtype=np.int64))
            here, there = [], []
    yield in_order(np.array(here, dtype=np.int64), np.array(there, dtype=np.int64))


def kinds_alike(block: Block) -> Iterator[Ints]:
    """Cards with a time, by kinds that one act can be told as, in the order of their times."""
    count, label = connected_components(block.bulk.allowed_kinds, directed=False)
    labels = label[block.columns.kind] if len(block.cards) else np.zeros(0, dtype=np.int64)
    for number in range(count if len(block.cards) else 0):
        members = np.flatnonzero((labels == number) & block.columns.timed).astype(np.int64)
        yield members[np.argsort(block.columns.start[members], kind="stable")]


def pairs_by_time(block: Block, in_time: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Cards that begin before another ends, or little later; those already paired by their report are left out."""
    columns = block.columns
    starts = columns.start[in_time]
    reach = np.minimum(columns.end[in_time], starts + LONGEST_HOURS) + block.frame.window_hours
    ahead = np.searchsorted(starts, reach, side="right") - np.arange(1, len(in_time) + 1)
    counts = np.clip(ahead, 0, CROWD)
    for first, stop in slices(counts):
        rows, offsets = spread_out(counts, first, stop)
        here, there = in_time[rows], in_time[rows + 1 + offsets]
        near = columns.document[here] == columns.document[there]
        near &= np.abs(block.seat[here] - block.seat[there]) <= AHEAD
        yield in_order(here[~near], there[~near])


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
