"""Which pairs are worth comparing: those of one report that stand close, and those that a sieve over days lets through.

Cards are taken in the order of their times, each with all that begin before it ends: work grows with how many fall on
one day, not with how many there are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from truceline.fuse.cards import Card
from truceline.fuse.columns import Books, Columns, Ints, lay_columns
from truceline.fuse.compare import Frame
from truceline.fuse.policy import weights
from truceline.fuse.sieve import Sieve

LONGEST_HOURS = (
    12 * 24.0
)  # a longer period is held against what begins in its first days: it joins no single act anyway
AHEAD = 40  # claims of one report compared with those that follow: two or three sentences hold no more
AT_ONCE = 500_000  # pairs looked at together: some 100 MB


@dataclass(frozen=True, slots=True)
class Block:
    """Cards with their columns, and those that have a time in the order of it."""

    cards: Sequence[Card]
    columns: Columns
    books: Books
    frame: Frame
    seat: Ints
    in_time: Ints


def lay_block(cards: Sequence[Card], frame: Frame) -> Block:
    """The cards ready for pairing."""
    books = Books()
    columns = lay_columns(cards, books)
    order = np.argsort(columns.start, kind="stable").astype(np.int64)
    in_time = order[~np.isinf(columns.start[order])]
    return Block(cards, columns, books, frame, seat_in_report(cards), in_time)


def find_pairs(block: Block) -> Iterator[tuple[int, int]]:
    """Index pairs (low, high), each once, that may score enough to be joined."""
    sieve = Sieve(block.columns, block.columns, block.books, block.frame)
    least = np.full(len(block.cards), weights()["decision", "join"].weight)
    for here, there in chain(pairs_by_report(block), pairs_by_time(block)):
        yield from in_order(*sieve.keep(here, there, least))


def in_order(here: Ints, there: Ints) -> Iterator[tuple[int, int]]:
    return zip(np.minimum(here, there).tolist(), np.maximum(here, there).tolist(), strict=True)


def seat_in_report(cards: Sequence[Card]) -> Ints:
    """The place of each card among those of its kind in its report, in text order."""
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
            yield np.array(here, dtype=np.int64), np.array(there, dtype=np.int64)
            here, there = [], []
    yield np.array(here, dtype=np.int64), np.array(there, dtype=np.int64)


def pairs_by_time(block: Block) -> Iterator[tuple[Ints, Ints]]:
    """Cards that begin before another ends, or little later; those already paired by their report are left out."""
    columns, in_time = block.columns, block.in_time
    starts = columns.start[in_time]
    reach = np.minimum(columns.end[in_time], starts + LONGEST_HOURS) + block.frame.window_hours
    last = np.searchsorted(starts, reach, side="right")
    counts = np.maximum(0, last - np.arange(1, len(in_time) + 1))
    for first, stop in slices(counts):
        rows = np.repeat(np.arange(first, stop), counts[first:stop])
        offsets = np.arange(len(rows)) - np.repeat(
            np.cumsum(counts[first:stop]) - counts[first:stop], counts[first:stop]
        )
        here, there = in_time[rows], in_time[rows + 1 + offsets]
        near = columns.document[here] == columns.document[there]
        near &= np.abs(block.seat[here] - block.seat[there]) <= AHEAD
        yield here[~near], there[~near]


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
        stop = int(np.searchsorted(ends, before + AT_ONCE, side="right"))
        stop = max(stop, first + 1)
        yield first, stop
        first = stop
