"""Who stands above whom."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


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
