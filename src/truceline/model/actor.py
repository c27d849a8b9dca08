"""Who: the dated registry of actors."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActorKind(StrEnum):
    STATE = "state"
    GOVERNMENT = "government"
    MILITARY = "military"
    ARMED_GROUP = "armed-group"
    COALITION = "coalition"
    POLITICAL = "political"
    IGO = "igo"
    NGO = "ngo"
    MEDIA = "media"
    PERSON = "person"
    ROLE = "role"
    CIVILIANS = "civilians"
    COLLECTIVE = "collective"


class Status(StrEnum):
    """Where an actor stands under the agreement on a date; UNKNOWN is an answer."""

    PARTY = "party"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days, `since` inclusive and `until` exclusive; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """`of` is an actor id: a coalition, a parent force, a government."""

    of: str
    period: Period = Period()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStatus:
    """Where an actor stands under the agreement, since when, and who says so."""

    status: Status
    period: Period = Period()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedName:
    """A name borne for a time ('Jabhat Fatah al-Sham' from 2016-07-28)."""

    name: str
    period: Period = Period()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """`name` is the neutral one we publish; `aliases` are what texts call it, in any script.

    `side` groups actors for counting ('government', 'opposition', …) and judges nobody.
    `country` is the ISO alpha-2 code of the state it belongs to, if any.
    """

    id: str
    name: str
    kind: ActorKind
    side: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    names: tuple[DatedName, ...] = ()
    memberships: tuple[Membership, ...] = ()
    statuses: tuple[DatedStatus, ...] = ()
    source: str = ""
