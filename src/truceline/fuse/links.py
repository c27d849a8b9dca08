"""The links between tellings of one act, and the islands they form: what happens in one never changes another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from truceline.fuse.block import Block, candidates, slices, spread_out
from truceline.fuse.columns import Floats, Ints
from truceline.fuse.policy import weights

Pair = tuple[int, int]
LARGE = 1500  # cards: beyond it not every two of an island are held against each other
SEEN = 150  # of a large island, those that every card is held against, beside its links


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs (low, high) that score enough to be one act, the strongest first; equal ones in the cards' order."""

    low: Ints
    high: Ints
    score: Floats


@dataclass(frozen=True, slots=True)
class Island:
    """Cards that links join, in rising order; a card without a link is one by itself.

    `links` are the strongest first, `decided` pairs that a person called one act, the latest first, `at_odds` pairs
    that never meet in one incident.
    """

    cards: tuple[int, ...]
    links: tuple[Pair, ...] = ()
    decided: tuple[Pair, ...] = ()
    at_odds: tuple[Pair, ...] = ()


def find_links(block: Block, *, least: float | None = None) -> Links:
    """Every pair that scores enough to be one act, or at least so much."""
    needed = weights()["decision", "join"].weight if least is None else least
    enough = np.full(len(block.cards), needed)
    kept = [block.bulk.keep(here, there, enough) for here, there in candidates(block, least=needed)]
    low = np.concatenate([NONE, *(each.here for each in kept)])
    high = np.concatenate([NONE, *(each.there for each in kept)])
    score = np.concatenate([np.zeros(0), *(each.score for each in kept)])
    order = np.lexsort((high, low, -score))
    return Links(low[order], high[order], score[order])


def find_islands(block: Block, links: Links, decided: Sequence[Pair] = ()) -> Iterator[Island]:
    """The islands of a block, one by one; those of a single card first."""
    labels = label_islands(len(block.cards), links, decided)
    order = np.argsort(labels, kind="stable")
    ends = np.flatnonzero(np.diff(labels[order], append=-1)) + 1
    sizes = np.diff(ends, prepend=0)
    for at in order[ends[sizes == 1] - 1].tolist():
        yield Island((at,))
    large = [order[end - size : end] for end, size in zip(ends[sizes > 1], sizes[sizes > 1], strict=True)]
    linked, odds = PairsByIsland(labels, links.low, links.high), PairsByIsland(labels, *find_odds(block, large))
    ruled = PairsByIsland(labels, *(np.array([pair[end] for pair in decided], dtype=np.int64) for end in (0, 1)))
    for members in large:
        label = int(labels[members[0]])
        yield Island(tuple(members.tolist()), linked.of(label), ruled.of(label), odds.of(label))


class PairsByIsland:
    """Pairs found again by the island they lie in, in the order they came."""

    def __init__(self, labels: Ints, low: Ints, high: Ints) -> None:
        order = np.argsort(labels[low], kind="stable")
        self._low, self._high, self._labels = low[order], high[order], labels[low[order]]

    def of(self, label: int) -> tuple[Pair, ...]:
        first, last = np.searchsorted(self._labels, (label, label + 1))
        return tuple(zip(self._low[first:last].tolist(), self._high[first:last].tolist(), strict=True))


def label_islands(count: int, links: Links, decided: Sequence[Pair]) -> Ints:
    """A number for each card, equal for those that pairs join."""
    low = np.concatenate([links.low, np.array([each[0] for each in decided], dtype=np.int64)])
    high = np.concatenate([links.high, np.array([each[1] for each in decided], dtype=np.int64)])
    edges = coo_array((np.ones(len(low), dtype=np.int8), (low, high)), shape=(count, count))
    _count, labels = connected_components(edges, directed=False)
    return labels.astype(np.int64)


def find_odds(block: Block, islands: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Pairs within islands that are at odds: such a pair never meets in one incident, not even through a third."""
    join, conflict = weights()["decision", "join"].weight, weights()["decision", "conflict"].weight
    found = [(NONE, NONE)]
    for here, there in pairs_within([each for each in islands if len(each) > 2]):
        odd = block.bulk.at_odds(here, there, join=join, conflict=conflict)
        found.append((here[odd], there[odd]))
    return np.concatenate([each[0] for each in found]), np.concatenate([each[1] for each in found])


NONE = np.zeros(0, dtype=np.int64)


def pairs_within(islands: Sequence[Ints]) -> Iterator[tuple[Ints, Ints]]:
    """Every two cards of an island, or of a large one each card with some spread over it; (low, high)."""
    small = [each for each in islands if len(each) <= LARGE]
    members = np.concatenate([NONE, *small])
    behind = np.concatenate([NONE, *(np.arange(len(each) - 1, -1, -1) for each in small)])
    for first, stop in slices(behind):
        rows, offsets = spread_out(behind, first, stop)
        yield members[rows], members[rows + 1 + offsets]
    for each in islands:
        if len(each) > LARGE:
            seen = each[np.arange(SEEN) * len(each) // SEEN]
            here, there = np.repeat(each, SEEN), np.tile(seen, len(each))
            yield np.minimum(here, there)[here != there], np.maximum(here, there)[here != there]
