"""What was agreed: who is bound to what, where and since when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One told instant of entry into force (aware UTC) and who tells it: sources differ."""

    at: datetime
    as_told: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act named by an obligation: PLOVER category, modes (empty: any)."""

    plover: str
    modes: tuple[str, ...] = ()


class Duty(StrEnum):
    PROHIBITS = "prohibits"
    REQUIRES = "requires"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty. `binds` and `protects` are actor ids, sides ("side:opposition") or "party" (any adherent).

    `exceptions` are words an assessment weighs ("self-defence, proportionate"); `clause` cites the text.
    """

    id: str
    title: str
    duty: Duty
    acts: tuple[Act, ...]
    binds: tuple[str, ...]
    protects: tuple[str, ...]
    clause: str
    source: str
    exceptions: tuple[str, ...] = ()


class ZoneKind(StrEnum):
    COUNTRY = "country"
    ADMIN1 = "admin1"
    PLACE = "place"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Where a term applies: a country (ISO), an admin-1 name, or a circle in km around a point."""

    kind: ZoneKind
    name: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTruce:
    """A window inside the main agreement: `start`/`end` aware UTC, in `zones`; other tellings kept."""

    id: str
    name: str
    start: datetime
    end: datetime
    zones: tuple[Zone, ...]
    source: str
    other_starts: tuple[Entry, ...] = ()
    binds: tuple[str, ...] = ("party",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A group the agreement leaves out, from a day on."""

    actor: str
    since: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A party and when it accepted (None: unknown day)."""

    actor: str
    accepted: date | None
    source: str
    withdrew: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The whole agreement as data; `ends` None means open."""

    id: str
    name: str
    entries: tuple[Entry, ...]
    ends: datetime | None
    area: tuple[Zone, ...]
    parties: tuple[Acceptance, ...]
    excluded: tuple[Excluded, ...]
    obligations: tuple[Obligation, ...]
    local_truces: tuple[LocalTruce, ...]
    source: str
