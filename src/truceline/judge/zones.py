"""Does a zone hold a place with all its reach, none of it, or only some? Three answers each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from truceline.judge.borders import crosses_border
from truceline.kit.geo import haversine_km
from truceline.kit.shapes import line_distance_km, ring_distance_km
from truceline.model.agreement import Zone, ZoneKind
from truceline.model.place import Precision, Toponym

# A governorate is told from its neighbour only by a place smaller than this; wider ones may straddle the border.
ADMIN1_RADIUS_KM = 20.0
VAGUE = (Precision.COUNTRY, Precision.REGION)
# Names of wide areas: without a reach told, nobody knows how far they go.
WIDE = (*VAGUE, Precision.ADMIN1, Precision.ADMIN2, Precision.AREA)


class Within(StrEnum):
    """Inside a window of time or an area, outside it, or cannot be determined."""

    INSIDE = "yes"
    OUTSIDE = "no"
    UNCLEAR = "cannot be determined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place of an incident, and whether it was resolved surely enough to decide on it."""

    place: Toponym | None
    sure: bool


def both(*answers: Within) -> Within:
    """No if any is no, yes if all are yes, else cannot be determined."""
    if Within.OUTSIDE in answers:
        return Within.OUTSIDE
    return Within.UNCLEAR if Within.UNCLEAR in answers else Within.INSIDE


def either(answers: Iterable[Within]) -> Within:
    """Yes if any is yes, no if all are no, else cannot be determined."""
    found = set(answers)
    if Within.INSIDE in found:
        return Within.INSIDE
    return Within.UNCLEAR if Within.UNCLEAR in found else Within.OUTSIDE


def zones_hold(zones: Sequence[Zone], where: Where) -> Within:
    """Does any zone hold the place? A doubtful place is outside nothing, and inside a country at most."""
    assert where.place is not None
    answers = [(zone, zone_holds(zone, where.place)) for zone in zones]
    holding = [zone for zone, within in answers if within is Within.INSIDE]
    if holding and (where.sure or any(zone.kind is ZoneKind.COUNTRY for zone in holding)):
        bordered = all(zone.kind in (ZoneKind.COUNTRY, ZoneKind.ADMIN1) for zone in holding)
        crosses = bordered and crosses_border(zones, where.place, inside=True)
        return Within.UNCLEAR if crosses else Within.INSIDE
    doubtful = any(within is Within.UNCLEAR for _, within in answers) or crosses_border(
        zones, where.place, inside=False
    )
    return Within.UNCLEAR if doubtful or not where.sure else Within.OUTSIDE


def zone_holds(zone: Zone, place: Toponym) -> Within:
    """Does one zone hold the place with all its radius, none of it, or only some?"""
    test: Callable[[Zone, Toponym], Within] = {
        ZoneKind.COUNTRY: country_holds,
        ZoneKind.ADMIN1: admin1_holds,
        ZoneKind.PLACE: circle_holds,
        ZoneKind.CIRCLE: circle_holds,
        ZoneKind.POLYGON: shape_holds,
        ZoneKind.BUFFER: shape_holds,
        ZoneKind.SETTLEMENTS: settlements_hold,
    }[zone.kind]
    return test(zone, place)


def country_holds(zone: Zone, place: Toponym) -> Within:
    if place.country is None or place.precision is Precision.REGION:
        return Within.UNCLEAR
    return Within.INSIDE if place.country.casefold() == zone.name.casefold() else Within.OUTSIDE


def admin1_holds(zone: Zone, place: Toponym) -> Within:
    abroad = (
        zone.country is not None and place.country is not None and place.country.casefold() != zone.country.casefold()
    )
    if abroad and place.precision is not Precision.REGION:
        return Within.OUTSIDE
    if place.admin1 is None or place.precision in VAGUE:
        return Within.UNCLEAR
    if place.admin1.casefold() == zone.name.casefold():
        return Within.INSIDE
    straddles = place.precision is not Precision.ADMIN1 and (place.radius_km or 0.0) > ADMIN1_RADIUS_KM
    return Within.UNCLEAR if straddles else Within.OUTSIDE


def circle_holds(zone: Zone, place: Toponym) -> Within:
    """A circle against a circle: all of the place inside, none of it, or some."""
    if zone.lat is None or zone.lon is None:
        return Within.INSIDE if place.id == zone.name else Within.UNCLEAR
    if place.lat is None or place.lon is None:
        return Within.UNCLEAR
    apart = haversine_km(zone.lat, zone.lon, place.lat, place.lon)
    reach = zone.radius_km or 0.0
    # A zone drawn around a town means the town: its name reaches farther than any circle drawn by hand.
    meant = place.precision is Precision.SETTLEMENT and apart <= reach / 2
    if meant or place.id == zone.name:
        return Within.INSIDE
    return against_edge(apart - reach, zone, place)


def shape_holds(zone: Zone, place: Toponym) -> Within:
    """A polygon, or all within some km of a line, against a circle."""
    if place.lat is None or place.lon is None:
        return Within.UNCLEAR
    if zone.kind is ZoneKind.BUFFER:
        return against_edge(line_distance_km(place.lat, place.lon, zone.points) - zone.km, zone, place)
    return against_edge(ring_distance_km(place.lat, place.lon, zone.points), zone, place)


def settlements_hold(zone: Zone, place: Toponym) -> Within:
    return either(circle_holds(part, place) for part in zone.parts)


def against_edge(beyond_km: float, zone: Zone, place: Toponym) -> Within:
    """For a place whose centre lies so far beyond the edge of a zone, negative within it."""
    if place.precision in VAGUE or (place.radius_km is None and place.precision in WIDE):
        return Within.UNCLEAR
    reach = (place.radius_km or 0.0) + zone.slack_km
    if beyond_km <= -reach:
        return Within.INSIDE
    return Within.OUTSIDE if beyond_km > reach else Within.UNCLEAR


def word_zones(zones: Iterable[Zone]) -> str:
    """The zones as a mediator would say them."""
    return " or ".join(map(word_zone, zones))


def word_zone(zone: Zone) -> str:
    if zone.kind is ZoneKind.COUNTRY:
        return f"the country {zone.name}"
    around = f" ({zone.radius_km:g} km around it)" if zone.radius_km is not None and not zone.parts else ""
    return f"{zone.name}{around}"
