"""The links between tellings of one act, and the islands they form: what happens in one never changes another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from truceline.fuse.block import Block, find_pairs
from truceline.fuse.compare import Comparison, compare

Pair = tuple[int, int]
Links = Mapping[Pair, Comparison]


@dataclass(frozen=True, slots=True)
class Island:
    """Cards that links join, by index in rising order, with their links; a card without a link is one by itself.

    `decided`: pairs that a person called one act, the latest decision first.
    """

    cards: tuple[int, ...]
    links: Links
    decided: tuple[Pair, ...] = ()


def find_links(block: Block) -> dict[Pair, Comparison]:
    """Every pair (low, high) that scores enough to be one act."""
    links: dict[Pair, Comparison] = {}
    for low, high in find_pairs(block):
        comparison = compare(block.cards[low], block.cards[high], block.frame)
        if comparison.joins:
            links[low, high] = comparison
    return links


def find_islands(count: int, links: Links, decided: Sequence[Pair] = ()) -> list[Island]:
    """The islands of `count` cards, by their first card."""
    labels = label_islands(count, [*links, *decided])
    cards: defaultdict[int, list[int]] = defaultdict(list)
    for at, label in enumerate(labels):
        cards[label].append(at)
    linked: defaultdict[int, dict[Pair, Comparison]] = defaultdict(dict)
    for pair, comparison in links.items():
        linked[labels[pair[0]]][pair] = comparison
    ruled: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in decided:
        ruled[labels[pair[0]]].append(pair)
    return [
        Island(tuple(members), linked.get(label, {}), tuple(ruled.get(label, ()))) for label, members in cards.items()
    ]


def label_islands(count: int, pairs: Sequence[Pair]) -> list[int]:
    """A number for each card, equal for those that pairs join."""
    if not pairs:
        return list(range(count))
    low, high = np.array(pairs, dtype=np.int64).T
    edges = coo_array((np.ones(len(pairs), dtype=np.int8), (low, high)), shape=(count, count))
    _count, labels = connected_components(edges, directed=False)
    return [int(each) for each in labels]
