"""The six facts a verdict is weighed from, and every answer each can have. All answers are spelled out in the table."""

from dataclasses import dataclass
from enum import StrEnum


class ActFact(StrEnum):
    """What the term says of an act of this kind."""

    PROHIBITED = "prohibited"
    PREPARATORY = "preparatory"  # prohibited, and done before or instead of force
    FAILED = "duty failed"
    FULFILLED = "duty fulfilled"
    UNCLEAR = "unclear"
    UNTOUCHED = "untouched"


class ScopeFact(StrEnum):
    """Was the agreement in force then and there?"""

    INSIDE = "in force"
    OUTSIDE = "not in force"
    UNCLEAR = "unclear"


class DoerFact(StrEnum):
    """How those said to have acted stand to the term."""

    BOUND = "bound"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"
    MIXED = "mixed"
    UNDIRECTED = "both fought"
    UNNAMED = "unnamed"
    NO_PARTY = "no party"  # surely none on that day: never accepted, not yet, or withdrawn
    OTHER = "not addressed"


class TargetFact(StrEnum):
    """How those said to have been acted upon stand to the term."""

    PROTECTED = "protected"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"
    MIXED = "mixed"
    UNNAMED = "unnamed"
    NO_PARTY = "no party"
    OTHER = "not protected"


class ExceptionFact(StrEnum):
    """Does anybody claim an exception of the term, as self-defence, and is it shown?"""

    NOT_CLAIMED = "not claimed"
    CLAIMED = "claimed"
    SHOWN = "shown"


class EvidenceFact(StrEnum):
    """How far the tellings carry."""

    SUPPORTED = "supported"
    ONE_SIDE = "one side only"
    THIN = "thin"
    DENIED = "told and denied"
    DISPUTED = "told of different actors"
    UNTOLD = "asserted by nobody"
    CIRCULAR = "circular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One incident under one term: what the table is asked."""

    act: ActFact
    scope: ScopeFact
    doer: DoerFact
    target: TargetFact
    exception: ExceptionFact
    evidence: EvidenceFact
