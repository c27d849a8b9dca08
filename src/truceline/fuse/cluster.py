"""An island to groups, the same whatever order the tellings came in.

Links are taken strongest first. Two groups grow together only when no pair across them is at odds (complete
linkage on contradictions), so a third telling never chains two acts into one incident. What a person decided comes
before all of it: those called one act are joined first, those called different never meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from truceline.fuse.cards import Card
from truceline.fuse.compare import Comparison, Frame, compare
from truceline.fuse.decided import NOTHING_DECIDED, Decided
from truceline.fuse.links import Island, Pair

LOOKED_AT = 150  # members of a group held against those of another: a flood of tellings costs no more


@dataclass(slots=True)
class Clustering:
    """Groups under construction. `group_of` names a card's group by one of its members."""

    cards: Sequence[Card]
    frame: Frame
    decided: Decided = NOTHING_DECIDED
    compared: dict[Pair, Comparison] = field(default_factory=dict)
    group_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    at_odds: dict[int, set[int]] = field(default_factory=dict)

    def look(self, one: int, other: int) -> Comparison:
        pair = (one, other) if one < other else (other, one)
        if pair not in self.compared:
            self.compared[pair] = compare(self.cards[pair[0]], self.cards[pair[1]], self.frame)
        return self.compared[pair]

    def settle(self, island: Island) -> None:
        """Forms the groups of one island."""
        for at in island.cards:
            self.group_of[at], self.members[at], self.at_odds[at] = at, [at], set()
        self.compared.update(island.links)
        for one, other in island.decided:
            self.join(one, other, decided=True)
        # A pair that a group already holds, or that is known to be at odds, costs nothing.
        for _, low, high in sorted((-each.score, *pair) for pair, each in island.links.items()):
            self.join(low, high)

    def join(self, one: int, other: int, *, decided: bool = False) -> None:
        kept, gone = self.group_of[one], self.group_of[other]
        if kept == gone or gone in self.at_odds[kept]:
            return
        if self.is_kept_apart(kept, gone) or (not decided and self.conflict(kept, gone)):
            self.at_odds[kept].add(gone)
            self.at_odds[gone].add(kept)
            return
        self.absorb(kept, gone)

    def conflict(self, kept: int, gone: int) -> bool:
        ours, theirs = spread(self.members[kept]), spread(self.members[gone])
        return any(self.look(one, other).conflicts for one in ours for other in theirs)

    def is_kept_apart(self, kept: int, gone: int) -> bool:
        """A person called one of these acts different from one of those."""
        return self.decided.parts(
            {self.cards[at].telling.claim for at in self.members[kept]},
            {self.cards[at].telling.claim for at in self.members[gone]},
        )

    def absorb(self, kept: int, gone: int) -> None:
        for each in self.members[gone]:
            self.group_of[each] = kept
        self.members[kept] += self.members.pop(gone)
        for enemy in self.at_odds.pop(gone):
            self.at_odds[enemy].discard(gone)
            self.at_odds[enemy].add(kept)
            self.at_odds[kept].add(enemy)


def spread(members: list[int]) -> list[int]:
    """All of a group, or as many as are looked at, taken evenly from first to last."""
    if len(members) <= LOOKED_AT:
        return members
    ordered = sorted(members)
    return [ordered[at * len(ordered) // LOOKED_AT] for at in range(LOOKED_AT)]
