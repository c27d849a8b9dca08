"""What a source says: never what we hold to be so."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.model.quantity import Harm, Quantity
from truceline.model.span import Span
from truceline.model.when import When


class Mood(StrEnum):
    ASSERTION = "assertion"
    DENIAL = "denial"
    PREDICTION = "prediction"
    QUESTION = "question"
    DEMAND = "demand"
    OPINION = "opinion"
    HYPOTHETICAL = "hypothetical"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """PLOVER category and mode with the ACLED sub-event and CAMEO code; None where none fits."""

    plover: str | None
    mode: str | None = None
    acled: str | None = None
    cameo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The word that tells the event."""

    span: Span
    type: EventType
    lemma: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody or something in an event. `actor` None: not resolved, and `reason` says why.

    `count` holds the number of them as worded ('more than 1,000 militants').
    """

    span: Span
    actor: str | None = None
    count: Quantity | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One event as one chain of speakers puts it forward.

    `chain` holds attribution ids, outermost speaker first; empty is the document's own author.
    `factuality` runs from -3 (certainly not) over 0 (uncommitted) to +3 (certainly), for the innermost
    speaker. `place` and `time` index the reading's places and times. `happened` is when the event is
    said to have happened, PUBLISHED-based when the text states nothing, None when that is unknown too.
    """

    id: str
    span: Span
    chain: tuple[str, ...]
    trigger: Trigger
    factuality: float
    negated: bool
    mood: Mood
    agents: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    instruments: tuple[Participant, ...] = ()
    place: int | None = None
    time: int | None = None
    happened: When | None = None
    harm: Harm | None = None
    stated_rate: Quantity | None = None
