"""Which prediction answers which gold: one to one, best first."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Offsets = tuple[int, int]
Left = TypeVar("Left")
Right = TypeVar("Right")


def pair_best_first(
    golds: Sequence[Left], found: Sequence[Right], fit: Callable[[Left, Right], float]
) -> list[tuple[int, int]]:
    """Index pairs (gold, found), each index used once, the best fit first; a fit of 0 is no pair.

    Among equal fits the order of the text decides, so that a list paired with itself pairs each with itself.
    """
    fits = [(fit(gold, answer), at, other) for at, gold in enumerate(golds) for other, answer in enumerate(found)]
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, at, other in sorted((each for each in fits if each[0] > 0), key=lambda each: (-each[0], each[1], each[2])):
        if at not in used_gold and other not in used_found:
            used_gold.add(at)
            used_found.add(other)
            pairs.append((at, other))
    return pairs


def overlap(one: Offsets, other: Offsets) -> int:
    """Characters in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def jaccard(one: Offsets, other: Offsets) -> float:
    """Characters in common over characters in either."""
    common = overlap(one, other)
    return common / (one[1] - one[0] + other[1] - other[0] - common) if common else 0.0


def characters(pieces: Iterable[Sequence[int]]) -> frozenset[int]:
    """All offsets that pieces cover."""
    return frozenset(at for piece in pieces for at in range(piece[0], piece[1]))


def set_jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    common = len(one & other)
    return common / len(one | other) if common else 0.0
