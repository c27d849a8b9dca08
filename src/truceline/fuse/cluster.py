"""Pairs to groups, the same whatever order the tellings came in.

Links are taken strongest first. Two groups grow together only when no pair across them is at odds (complete
linkage on contradictions), so a third telling never chains two acts into one incident.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from truceline.fuse.block import find_pairs
from truceline.fuse.cards import Card
from truceline.fuse.compare import Comparison, Frame, compare

Pair = tuple[int, int]


@dataclass(slots=True)
class Clustering:
    """Groups under construction. `group_of` names a card's group by one of its members."""

    cards: Sequence[Card]
    frame: Frame
    compared: dict[Pair, Comparison] = field(default_factory=dict)
    group_of: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    at_odds: dict[int, set[int]] = field(default_factory=dict)

    def look(self, one: int, other: int) -> Comparison:
        pair = (one, other) if one < other else (other, one)
        if pair not in self.compared:
            self.compared[pair] = compare(self.cards[pair[0]], self.cards[pair[1]], self.frame)
        return self.compared[pair]

    def join(self, one: int, other: int) -> None:
        kept, gone = self.group_of[one], self.group_of[other]
        if kept == gone or gone in self.at_odds[kept]:
            return
        if any(self.look(a, b).conflicts for a in self.members[kept] for b in self.members[gone]):
            self.at_odds[kept].add(gone)
            self.at_odds[gone].add(kept)
            return
        self.absorb(kept, gone)

    def absorb(self, kept: int, gone: int) -> None:
        for each in self.members[gone]:
            self.group_of[each] = kept
        self.members[kept] += self.members.pop(gone)
        for enemy in self.at_odds.pop(gone):
            self.at_odds[enemy].discard(gone)
            self.at_odds[enemy].add(kept)
            self.at_odds[kept].add(enemy)


def find_clusters(cards: Sequence[Card], frame: Frame) -> Clustering:
    """Groups of cards told of one act. `cards` must come in an order fixed by their content."""
    clustering = Clustering(
        cards=cards,
        frame=frame,
        group_of=list(range(len(cards))),
        members={at: [at] for at in range(len(cards))},
        at_odds={at: set() for at in range(len(cards))},
    )
    links: list[tuple[float, int, int]] = []
    for low, high in find_pairs(cards, frame):
        comparison = compare(cards[low], cards[high], frame)
        if comparison.joins:
            clustering.compared[low, high] = comparison
            links.append((-comparison.score, low, high))
    for _, low, high in sorted(links):
        clustering.join(low, high)
    return clustering
