"""What we hold: tellings of one act, brought together, their differences kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from truceline.model.claim import EventType
from truceline.model.grading import Bearing, GradeBasis
from truceline.model.place import Toponym
from truceline.model.quantity import Range


class Stance(StrEnum):
    """What a telling does to an incident."""

    ASSERTS = "asserts"
    DENIES = "denies"
    HEDGES = "hedges"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One telling inside an incident: its stance and why it was put there."""

    claim: str
    document: str
    stance: Stance
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent origin: the deepest one knows, and the claims that go back to it.

    `amplifies` names the actor whose own words a publisher of the same actor repeats, else None. `bearing` says where
    it stands, `side` on which side of the war, "" for none; sides that fight together are one.
    """

    id: str
    name: str
    actor: str | None
    claims: tuple[str, ...]
    families: tuple[str, ...]
    amplifies: str | None = None
    bearing: Bearing = Bearing.UNKNOWN
    side: str = ""


class How(StrEnum):
    """How a report comes by what it tells."""

    OWN = "own"
    CITES = "cite"
    COPIES = "copy"
    TAKES = "taken"
    AMPLIFIES = "amplify"
    DENIES = "deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLink:
    """One arrow of the origin graph: from a report to whom it has the story from.

    `to_document` is a report of the incident, None where the one named has none in it; `to` is how that one is called,
    "" for a report's own knowledge. `evidence` are the words or the reason that show it; `origins` the ids of the
    origins that the arrow leads to in the end.
    """

    document: str
    how: How
    to_document: str | None = None
    to: str = ""
    evidence: str = ""
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One value told and the claims that tell it."""

    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Tellings that cannot all be right, side by side; `what` is killed, agent, hour, place, denial …"""

    what: str
    variants: tuple[Variant, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedValue:
    """One value of an incident: what is agreed by a named rule, and what is told, side by side.

    `what` is killed, injured, place, hour, actor or weapon; "killed soldier" where only that side's loss is told.
    `low`, `best` and `high` are numbers of people, instants in UTC (ISO 8601), or `best` alone, a name, for the others;
    all None where the rule agrees on nothing. `rule` is the name of a rule of fuse/agreed.toml, `words` what it says;
    `origins_count` how many independent origins tell it; `superseded` the claims that a later report of their own
    origin replaced.
    """

    what: str
    rule: str
    words: str
    low: str | None
    best: str | None
    high: str | None
    told: tuple[Variant, ...]
    origins_count: int
    superseded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SumNote:
    """Numbers of one telling that do not go together: `stated` beside `added`, what its `parts` come to.

    `what` is "sum" for a total and its parts, "part" for a part that is larger than its whole. `parts` are the
    numbers with the words that they stand with.
    """

    what: str
    stated: int
    added: int
    parts: tuple[tuple[int, str], ...]
    claims: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Admiralty, the two scales apart: `reliability` A-F of the best source, `credibility` 1-6.

    Each has its reason; `reason` holds both in one sentence. `record` says what the source's learned record did to the
    letter that the mission gives it, apart from it. `basis` is what the rules were asked, None in grades of old.
    """

    reliability: str
    credibility: int
    reason: str
    reliability_reason: str = ""
    credibility_reason: str = ""
    record: str = ""
    basis: GradeBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Derived from tellings, recomputable to the same id.

    `start` and `end` are aware UTC instants (half-open), None when no telling places it in time;
    `agents` and `recipients` are actor ids agreed or alleged (see `contradictions` where they differ);
    `killed` spans lowest to highest told. `origin_links` is the graph of who has it from whom, `origin_circles` the
    reports that credit each other in a ring, `origin_note` both in a sentence. `agreed` holds value by value what the
    rules agree on, `sums` the numbers that do not go together.
    """

    id: str
    event: EventType
    title: str
    start: datetime | None
    end: datetime | None
    place: Toponym | None
    agents: tuple[str, ...]
    recipients: tuple[str, ...]
    agent_words: tuple[str, ...]
    recipient_words: tuple[str, ...]
    killed: Range | None
    injured: Range | None
    versions: tuple[Version, ...]
    origins: tuple[Origin, ...]
    contradictions: tuple[Contradiction, ...]
    grade: Grade
    reasons: tuple[str, ...] = ()
    origin_links: tuple[OriginLink, ...] = ()
    origin_circles: tuple[tuple[str, ...], ...] = ()
    origin_note: str = ""
    agreed: tuple[AgreedValue, ...] = ()
    sums: tuple[SumNote, ...] = ()
