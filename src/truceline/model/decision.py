"""What a person decided about tellings; no run of the machine overwrites it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Ruling(StrEnum):
    """What was decided."""

    SAME = "same"  # all the claims named tell of one act
    DIFFERENT = "different"  # none of the first claims tells of the act that one of the others tells of


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: `claims` against `others`, who took it, when (aware UTC) and why.

    Of two decisions that contradict each other on a pair of claims the later one holds.
    """

    id: str
    ruling: Ruling
    claims: tuple[str, ...]
    others: tuple[str, ...]
    by: str
    at: datetime
    why: str
