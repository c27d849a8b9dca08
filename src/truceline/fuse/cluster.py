"""An island to groups, the same whatever order the tellings came in.

Links are taken strongest first. Two groups grow together only when no pair across them is at odds (complete
linkage on contradictions), so a third telling never chains two acts into one incident. What a person decided comes
before all of it: those called one act are joined first, those called different never meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from truceline.fuse.cards import Card
from truceline.fuse.decided import NOTHING_DECIDED, Decided
from truceline.fuse.links import Island


@dataclass(slots=True)
class Clustering:
    """Groups of cards; `group_of` names a card's group by one of its members."""

    cards: Sequence[Card]
    decided: Decided = NOTHING_DECIDED
    group_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    def settle(self, island: Island) -> None:
        """Forms the groups of one island."""
        if len(island.cards) == 1:
            self.group_of[island.cards[0]], self.members[island.cards[0]] = island.cards[0], [island.cards[0]]
            return
        forming = Forming.of(island, self.cards, self.decided)
        for one, other in island.decided:
            forming.join(one, other, decided=True)
        for one, other in island.links:
            forming.join(one, other)
        for group, members in forming.members.items():
            self.members[group] = members
            self.group_of |= dict.fromkeys(members, group)


@dataclass(slots=True)
class Forming:
    """The groups of one island while they grow. Sets of cards are whole numbers, one bit a card."""

    group_of: dict[int, int]
    members: dict[int, list[int]]
    held: dict[int, int]
    at_odds: dict[int, int]
    parted: dict[int, int]

    @classmethod
    def of(cls, island: Island, cards: Sequence[Card], decided: Decided) -> "Forming":
        bit = {at: 1 << position for position, at in enumerate(island.cards)}
        at_odds = dict.fromkeys(island.cards, 0)
        for one, other in island.at_odds:
            at_odds[one] |= bit[other]
            at_odds[other] |= bit[one]
        parted = dict.fromkeys(island.cards, 0)
        if decided.apart:
            claims = {cards[at].telling.claim: bit[at] for at in island.cards}
            for at in island.cards:
                others = decided.apart.get(cards[at].telling.claim, frozenset())
                parted[at] = sum(claims[each] for each in others if each in claims)
        return cls({at: at for at in island.cards}, {at: [at] for at in island.cards}, bit, at_odds, parted)

    def join(self, one: int, other: int, *, decided: bool = False) -> None:
        """Makes two groups one, unless they hold a pair that must not meet; a decision meets only other decisions."""
        kept, gone = self.group_of[one], self.group_of[other]
        if kept == gone or self.parted[kept] & self.held[gone]:
            return
        if not decided and self.at_odds[kept] & self.held[gone]:
            return
        for each in self.members[gone]:
            self.group_of[each] = kept
        self.members[kept] += self.members.pop(gone)
        for table in (self.held, self.at_odds, self.parted):
            table[kept] |= table.pop(gone)
