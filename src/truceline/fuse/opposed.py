"""Tellings set apart into sides: who cannot be right together with whom."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Told = TypeVar("Told")


def set_apart(
    told: Sequence[Told], apart: Callable[[Told, Told], bool], key: Callable[[Told], Hashable] | None = None
) -> list[list[Told]]:
    """Sides within which nothing is apart, each told thing on the first that it fits; fewer than two: no dispute.

    What agrees with everybody stands on no side. Of one `key` are things that can never be apart.
    """
    if len(told) < 2 or (key is not None and len({key(each) for each in told}) < 2):
        return []
    disputing = [each for each in told if any(apart(each, other) for other in told)]
    sides: list[list[Told]] = []
    for each in disputing:
        fitting = next((side for side in sides if not any(apart(each, other) for other in side)), None)
        if fitting is None:
            sides.append([each])
        else:
            fitting.append(each)
    return sides if len(sides) > 1 else []
