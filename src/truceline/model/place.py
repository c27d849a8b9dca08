"""Where: gazetteer entries, and the mentions resolved to them."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.model.span import Span


class Precision(StrEnum):
    """From surest to vaguest; NEAR is an offset ('10 km north of X') with a widened radius."""

    POINT = "point"
    SETTLEMENT = "settlement"
    NEAR = "near"
    AREA = "area"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One gazetteer entry. `lat`, `lon` in degrees WGS84; `radius_km` the extent that the name covers.

    `kind` is free within the gazetteer's vocabulary (city, village, facility, governorate, country …);
    `admin1` and `admin2` are names, `country` an ISO 3166-1 alpha-2 code.
    """

    id: str
    name: str
    lat: float
    lon: float
    kind: str
    precision: Precision
    radius_km: float
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A runner-up with its chance (0..1)."""

    id: str
    name: str
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place as a text names it. `id` None: unresolved, `reason` says why; then no coordinates.

    `lat`, `lon` are the centre of what is meant (already moved for an offset), `radius_km` its extent, which for a
    village whose spot is not surely known is wider than its houses; `kind` is the gazetteer entry's.
    """

    span: Span
    id: str | None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: Precision | None = None
    country: str | None = None
    admin1: str | None = None
    chance: float = 0.0
    runners_up: tuple[Candidate, ...] = ()
    reason: str = ""
    kind: str | None = None
