"""A claim as it lies between two runs, so that the next one fuses only what changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from truceline.model.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A telling with the island it belongs to and the claim of its report that it goes on about.

    What happens in one island changes nothing in another. `start` and `end` are hours since 1970 within which others
    can be of the same act, `start` None without a time.
    """

    telling: Telling
    island: str
    refers_to: str | None
    denies: bool
    start: float | None
    end: float


class Shelf(Protocol):
    """Where claims lie between runs, found by what can touch them."""

    def of_documents(self, documents: Collection[str]) -> Iterable[Shelved]:
        """All claims of these documents."""
        ...

    def of_islands(self, islands: Collection[str]) -> Iterable[Shelved]:
        """All claims of these islands."""
        ...

    def of_claims(self, claims: Collection[str]) -> Iterable[Shelved]:
        """These claims, as far as they lie there."""
        ...

    def taken_from(self, documents: Collection[str]) -> Iterable[Shelved]:
        """Claims whose words are copied or taken from these documents."""
        ...

    def within(self, since: float, until: float) -> Iterable[Shelved]:
        """Claims whose time, in hours since 1970, meets this stretch."""
        ...

    def told_by(self, documents: Collection[str]) -> Iterable[Telling]:
        """All that these documents tell, also what becomes no incident."""
        ...
