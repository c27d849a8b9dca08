"""Groups of things that belong together."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


class Union:
    """Disjoint groups over 0..size-1, joined two at a time; the smallest member names its group."""

    __slots__ = ("parent",)

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, member: int) -> int:
        root = member
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[member] != root:
            self.parent[member], member = root, self.parent[member]
        return root

    def join(self, first: int, second: int) -> int:
        low, high = sorted((self.find(first), self.find(second)))
        self.parent[high] = low
        return low

    def groups(self) -> list[list[int]]:
        """Every group with its members in order, groups by their first member."""
        members: defaultdict[int, list[int]] = defaultdict(list)
        for each in range(len(self.parent)):
            members[self.find(each)].append(each)
        return [members[root] for root in sorted(members)]


def find_ancestors(parents: Mapping[Node, Iterable[Node]]) -> dict[Node, frozenset[Node]]:
    """All that each node leads up to, not counting itself; a ring of parents ends where it began."""
    found: dict[Node, frozenset[Node]] = {}
    for node in parents:
        seen: set[Node] = set()
        ahead = list(parents[node])
        while ahead:
            above = ahead.pop()
            if above not in seen and above != node:
                seen.add(above)
                ahead.extend(parents.get(above, ()))
        found[node] = frozenset(seen)
    return found
