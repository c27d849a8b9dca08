"""What a source says: never what we hold to be so."""

from dataclasses import dataclass
from datetime import datetime
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


class Evidence(StrEnum):
    """What the innermost speaker says that he goes by; NONE where he does not say."""

    SAW = "saw"
    HEARD = "heard"
    TOLD = "told"
    DOCUMENT = "document"
    VIDEO = "video"
    PHOTO = "photo"
    SATELLITE = "satellite"
    SENSOR = "sensor"
    INTERCEPT = "intercept"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """How surely one voice stands behind the event: `by` is an attribution's id, or AUTHOR; -3 to 3, 0 uncommitted."""

    by: str
    factuality: float


AUTHOR = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """By when a prediction, promise or demand can be told right or wrong: aware UTC instants, half-open.

    `end` None: the words set no end ("in the coming months"). `span` are the words that set it.
    """

    span: Span
    start: datetime
    end: datetime | None


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
    `stances` holds every voice's commitment, the author first, then the chain; `hedges` the words that move the
    factuality away from a plain assertion; readings kept by older versions have neither.
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
    stances: tuple[Commitment, ...] = ()
    hedges: tuple[Span, ...] = ()
    evidence: Evidence = Evidence.NONE
    horizon: Horizon | None = None
