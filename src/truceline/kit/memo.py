"""Remembering what was worked out from things too large to compare."""

from typing import Generic, TypeVar

Held = TypeVar("Held")


class Same(Generic[Held]):
    """A key for `lru_cache` that is equal only for the very same object, which it keeps alive.

    What is held must not change afterwards: a changed list would still be the same key.
    """

    __slots__ = ("held",)

    def __init__(self, held: Held) -> None:
        self.held = held

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.held is other.held

    def __hash__(self) -> int:
        return id(self.held)
