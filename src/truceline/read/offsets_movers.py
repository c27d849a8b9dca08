"""How a name moves by the words around it: shifted along a wind, widened, or taken for what the mission has there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from truceline.kit.geo import destination
from truceline.model.place import Precision, Toponym
from truceline.read.offsets_known import Known
from truceline.read.offsets_measures import bearing_of, km_of, table
from truceline.vocab.places import csv_rows

WIDE = frozenset({Precision.AREA, Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY, Precision.REGION})
LINES = ("river", "lake", "canal", "sea", "strait")  # found in ids of things that have banks, not middles


@dataclass(frozen=True, slots=True)
class Told:
    """A name and the words around it that move it: what a mover looks at."""

    place: Toponym
    matched: re.Match[str]
    text: str
    known: Known

    @property
    def wind(self) -> str | None:
        """The wind said, None where there is none."""
        said = self.matched.groupdict()
        return said.get("wind") or said.get("side")

    @property
    def bearing(self) -> float:
        assert self.wind is not None
        return bearing_of(self.wind)

    @property
    def radius(self) -> float:
        return self.place.radius_km or 0.0


Mover = Callable[[Told], Toponym | None]
# What stands before a name and what behind it, and how that moves it.


@dataclass(frozen=True, slots=True)
class Before:
    """What may stand before a name; one of the words in `needs` must, which is quicker to find out."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...]

    def search(self, ahead: str) -> re.Match[str] | None:
        small = ahead.lower()
        return self.pattern.search(ahead) if any(need in small for need in self.needs) else None


Rule = tuple[tuple[Before | re.Pattern[str] | None, re.Pattern[str] | None], Mover]


def _shift(place: Toponym, bearing: float, km: float, radius_km: float, precision: Precision) -> Toponym:
    assert place.lat is not None
    assert place.lon is not None
    lat, lon = destination(place.lat, place.lon, bearing, km)
    return replace(place, lat=round(lat, 5), lon=round(lon, 5), radius_km=round(radius_km, 1), precision=precision)


def by_distance(told: Told) -> Toponym | None:
    """'15 km south-west of X'."""
    matched, measures = told.matched, table("direction")
    nearest = km_of(matched["far"], matched["unit"])
    if nearest is None:
        return None
    farthest = km_of(matched["farther"], matched["unit"]) if matched["farther"] else nearest
    assert farthest is not None
    km = (nearest + farthest) / 2
    doubt = max(measures["stated_radius_least_km"], km * measures["stated_radius_share"], (farthest - nearest) / 2)
    doubt += min(told.radius, km / 2)
    return _shift(told.place, told.bearing, km, doubt, Precision.NEAR)


def by_distance_only(told: Told) -> Toponym | None:
    """'20 km from X': anywhere on that ring, so the whole disc."""
    km = km_of(told.matched["far"], told.matched["unit"])
    if km is None:
        return None
    return _widen(told.place, km * table("around")["distance_only_share"] - told.radius)


def by_wind(told: Told) -> Toponym:
    """'southwest of X'."""
    place, measures = told.place, table("direction")
    if place.precision in WIDE:
        line = any(word in (place.name or "").lower() for word in LINES) or (place.id or "") in _lines()
        km = measures["river_km"] if line else told.radius * measures["within_share"] + told.radius
        share = measures["river_radius_share"] if line else measures["within_radius_share"]
        return _shift(place, told.bearing, km, max(told.radius * share, 5.0), Precision.AREA)
    wide = measures["unstated_radius_km"] + told.radius / 2
    return _shift(place, told.bearing, measures["unstated_km"], wide, Precision.NEAR)


@cache
def _lines() -> frozenset[str]:
    return frozenset(row["id"] for row in csv_rows("regions.csv") if row["kind"] in LINES)


def within(told: Told) -> Toponym:
    """'northern Syria', 'the south of Idlib province', 'the eastern part of X': a part of the place itself."""
    place, measures = told.place, table("direction")
    if place.precision not in WIDE:
        filed = told.known.part(told.wind or "", place, told.text)
        if filed is not None:
            return filed
    km, wide = told.radius * measures["within_share"], told.radius * measures["within_radius_share"]
    wider = max(wide, 2.0) if place.precision in WIDE else told.radius + table("around")["outskirts_km"]
    return _shift(place, told.bearing, km, wider, Precision.AREA)


def countryside(told: Told) -> Toponym | None:
    """'the southern countryside of X', 'X countryside'."""
    place, measures = told.place, table("countryside")
    if told.wind:
        filed = told.known.countryside(told.wind, place, told.text)
        if filed is not None:
            return filed
    if place.precision in WIDE:  # the countryside of a province is the province
        return within(told) if told.wind else None
    if told.wind:
        return _shift(place, told.bearing, measures["km"], measures["radius_km"], Precision.AREA)
    radius = max(measures["plain_radius_km"], told.radius)
    return replace(place, radius_km=radius, precision=Precision.AREA)


def facility(told: Told) -> Toponym | None:
    """'X airport': the one that the mission has, else outside X."""
    noun = " ".join(told.matched["noun"].split())
    filed = told.known.facility(noun, told.place, told.text)
    if filed is not None:
        return filed
    return around("facility_km")(told) if re.search(r"(?:port|base|field|refinery|dam|plant)\Z", noun, re.I) else None


def _widen(place: Toponym, km: float) -> Toponym:
    radius = place.radius_km or 0.0
    return replace(place, radius_km=round(max(radius, radius + km), 1), precision=Precision.NEAR)


def around(name: str) -> Mover:
    def widened(told: Told) -> Toponym | None:
        return None if told.place.precision in WIDE else _widen(told.place, table("around")[name])

    return widened
