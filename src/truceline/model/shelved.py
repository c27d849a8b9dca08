"""A claim as it lies between two runs, so that the next one fuses only what changed."""

from dataclasses import dataclass

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
