"""Who publishes, and how far we trust them."""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    STATE_MEDIA = "state-media"
    OFFICIAL = "official"
    PARTY_MEDIA = "party-media"
    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    MONITOR = "monitor"
    UN = "un"
    NGO = "ngo"
    BLOG = "blog"
    SOCIAL = "social"
    DATASET = "dataset"
    OTHER = "other"


class Reliability(StrEnum):
    """Admiralty source reliability (FM 2-22.3): F is 'no basis to judge', never 'worst'."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher. Two sources of one `family` are one origin; `actor` is whom it belongs to.

    `confidential`: neither its documents nor its name are shown to readers who may not know of it.
    `entries`: what each numbered entry of its catalogue stands for, a PLOVER category and a mode where there is one.
    """

    id: str
    name: str
    kind: SourceKind
    family: str
    reliability: Reliability
    reason: str
    actor: str | None = None
    aliases: tuple[str, ...] = ()
    utc_offset: str | None = None
    entries: str | None = None
    confidential: bool = False
