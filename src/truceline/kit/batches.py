"""Long streams a handful at a time."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Element = TypeVar("Element")


def batched(stream: Iterable[Element], size: int) -> Iterator[list[Element]]:
    """Lists of up to `size` in order; only one of them is held at a time."""
    walking = iter(stream)
    while some := list(islice(walking, size)):
        yield some


def batched_by_size(
    stream: Iterable[Element], most: int, *, size: Callable[[Element], int], enough: int
) -> Iterator[list[Element]]:
    """Lists of up to `most` in order, closed earlier by the one that brings their sizes together to `enough`."""
    held: list[Element] = []
    total = 0
    for each in stream:
        held.append(each)
        total += size(each)
        if len(held) >= most or total >= enough:
            yield held
            held, total = [], 0
    if held:
        yield held
