"""Does a place told by its distance from another, or as an area, reach across the border of a country or a governorate?

A town lies where it lies, however far its name reaches; "north of the town" may lie on either side of a border.
Outlines are Natural Earth's, and a coast is no border.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from truceline.kit.shapes import ring_distance_km
from truceline.model.agreement import Zone, ZoneKind
from truceline.model.place import Precision, Toponym
from truceline.vocab.geo import Outline, find_countries, find_divisions, find_neighbours

LOOSE = (Precision.NEAR, Precision.AREA)


def crosses_border(zones: Sequence[Zone], place: Toponym, *, inside: bool) -> bool:
    """Does the place, held to lie inside the zones or outside them, reach to the other side?"""
    if place.precision not in LOOSE or place.lat is None or place.lon is None or not place.radius_km:
        return False
    other = beyond(zones, place) if inside else within(zones, place)
    return any(nearest_km(round(place.lat, 4), round(place.lon, 4), each) < place.radius_km for each in other)


def beyond(zones: Iterable[Zone], place: Toponym) -> Iterator[tuple[str, str]]:
    """The countries, and where only governorates are meant the governorates, around a place that no zone covers."""
    countries = {zone.name.upper() for zone in zones if zone.kind is ZoneKind.COUNTRY}
    divisions = {zone.name.casefold() for zone in zones if zone.kind is ZoneKind.ADMIN1}
    if place.country is None or not (countries or divisions):
        return
    code = place.country.upper()
    yield from (("", each.code) for each in find_neighbours(code) if each.code and each.code not in countries)
    if code not in countries:
        yield from ((code, each.name) for each in find_divisions(code) if each.name.casefold() not in divisions)


def within(zones: Iterable[Zone], place: Toponym) -> Iterator[tuple[str, str]]:
    """The countries and governorates of the zones."""
    for zone in zones:
        if zone.kind is ZoneKind.COUNTRY:
            yield "", zone.name.upper()
        elif zone.kind is ZoneKind.ADMIN1:
            yield zone.country or place.country or "", zone.name


@lru_cache(maxsize=4096)
def nearest_km(lat: float, lon: float, area: tuple[str, str]) -> float:
    """Kilometres from a point to a country ("", code) or a governorate (country, name); 0 or less inside."""
    country, name = area
    outlines: Iterable[Outline] = find_divisions(country) if country else find_countries()
    drawn = (each for each in outlines if (each.name.casefold() == name.casefold() if country else each.code == name))
    rings = ([(north, east) for east, north in polygon[0]] for each in drawn for polygon in each.polygons)
    return min((ring_distance_km(lat, lon, ring) for ring in rings), default=float("inf"))
