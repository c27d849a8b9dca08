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


def find_rings(ahead: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """Strongly connected parts, each after all that it leads to (Tarjan 1972), without recursion."""
    numbers: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    waiting: list[Node] = []
    on_stack: set[Node] = set()
    rings: list[list[Node]] = []
    for start in ahead:
        if start in numbers:
            continue
        path: list[tuple[Node, list[Node]]] = [(start, list(ahead[start]))]
        numbers[start] = lowest[start] = len(numbers)
        waiting.append(start)
        on_stack.add(start)
        while path:
            node, left = path[-1]
            if left:
                after = left.pop()
                if after not in numbers:
                    numbers[after] = lowest[after] = len(numbers)
                    waiting.append(after)
                    on_stack.add(after)
                    path.append((after, list(ahead.get(after, ()))))
                elif after in on_stack:
                    lowest[node] = min(lowest[node], numbers[after])
                continue
            path.pop()
            if path:
                lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
            if lowest[node] == numbers[node]:
                at = waiting.index(node) if waiting[-1] != node else len(waiting) - 1
                ring, waiting[at:] = waiting[at:], []
                on_stack.difference_update(ring)
                rings.append(ring)
    return rings
