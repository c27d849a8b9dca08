"""What waits for a person's decision, and how a mission wants it decided."""

from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item of the queue asks."""

    DUPLICATE = "duplicate"  # are these incidents one act?
    INCIDENT = "incident"  # is this one act, or several held together?
    GROUNDING = "grounding"  # is this the place that is meant?
    VERDICT = "verdict"  # what is it under the agreement?
    ACTOR = "actor"  # whom do these words mean?
    PLACE = "place"  # which place do these words name?


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPolicy:
    """`double`: kinds of items that two people decide on, neither knowing what the other said."""

    double: tuple[ItemKind, ...] = ()


ONE_IS_ENOUGH = ReviewPolicy()
