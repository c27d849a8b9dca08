"""Long streams a handful at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Element = TypeVar("Element")


def batched(stream: Iterable[Element], size: int) -> Iterator[list[Element]]:
    """Lists of up to `size` in order; only one of them is held at a time."""
    walking = iter(stream)
    while some := list(islice(walking, size)):
        yield some
