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


class ZoneKind(StrEnum):
    COUNTRY = "country"
    ADMIN1 = "admin1"
    PLACE = "place"
    CIRCLE = "circle"
    POLYGON = "polygon"
    BUFFER = "buffer"
    SETTLEMENTS = "settlements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Where a term applies.

    A country (`name` is the ISO code), an admin-1 name (of `country`, where told), a circle of `radius_km` around
    `lat`, `lon`, a polygon with corners `points`, all within `km` of the line through `points` on either side, or a
    list of settlements (`parts`, a circle each). Points are (lat, lon) in degrees WGS 84. Closer to its edge than
    `slack_km` nothing is said to lie in or out; `illustrative` marks what the agreement's text does not draw.
    """

    kind: ZoneKind
    name: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    id: str = ""
    points: tuple[tuple[float, float], ...] = ()
    km: float = 0.0
    parts: tuple["Zone", ...] = ()
    slack_km: float = 0.0
    illustrative: bool = False
    country: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon:
    """A kind of weapon that terms name: by words, by calibre in millimetres (least included), or as kinds together.

    `unsure` are words that may mean it or not, `not_words` words that hide one of `words` ("coal mine"). What belongs
    to a kind in `but_not` does not belong to this one. `any_of` and `but_not` are ids.
    """

    id: str
    name: str
    words: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    calibre_mm_least: float | None = None
    calibre_mm_below: float | None = None
    any_of: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that must be shown for an exception to hold, and the words by which a telling says so."""

    what: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """An exception that terms name by `id`: the question it raises and what must be shown, all of it."""

    id: str
    question: str
    needs: tuple[Need, ...]
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty. `binds` and `protects` are actor ids, sides ("side:opposition") or "party" (any adherent).

    `exceptions` name what an assessment weighs ("self-defence"); `clause` cites the text. `weapons` are ids of the
    kinds it speaks of (none: any weapon), `zones` its area (none: the agreement's). `begins` are the told instants from
    which it holds (none: the agreement's entry into force), `until` when it ends, `due` from when on a required act is
    overdue: aware UTC. `preparatory` says whether a breach only prepares force (None: by the kind of act). `version`
    is the document it stands in, `superseded_by` the term that took its place. `local`: of a local truce, which binds
    and protects whom it names whatever they are under the main agreement.
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
    weapons: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()
    begins: tuple[datetime, ...] = ()
    until: datetime | None = None
    due: datetime | None = None
    preparatory: bool | None = None
    version: str | None = None
    superseded_by: str | None = None
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTruce:
    """A window inside the main agreement: `start`/`end` aware UTC, in `zones`; other tellings kept.

    With `acts` of its own it prohibits them to those it binds, in its window; without, it is only named.
    """

    id: str
    name: str
    start: datetime
    end: datetime
    zones: tuple[Zone, ...]
    source: str
    other_starts: tuple[Entry, ...] = ()
    binds: tuple[str, ...] = ("party",)
    acts: tuple[Act, ...] = ()
    protects: tuple[str, ...] = ("any",)
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A group the agreement leaves out, from a day on, until another (exclusive)."""

    actor: str
    since: date | None
    source: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A group of which it is known that nobody knows whether it accepted, or known that it never did."""

    actor: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A party and when it accepted (None: unknown day); withdrawn from a day on. Coming back is an acceptance more."""

    actor: str
    accepted: date | None
    source: str
    withdrew: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document of the agreement, or its text as amended, and from when it holds (aware UTC)."""

    id: str
    name: str
    begins: datetime
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The whole agreement as data; `ends` None means open.

    `unknown` are groups whose acceptance nobody knows, `outsiders` those that surely never accepted.
    """

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
    unknown: tuple[Listed, ...] = ()
    outsiders: tuple[Listed, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    exceptions: tuple[Exemption, ...] = ()
    versions: tuple[Version, ...] = ()
