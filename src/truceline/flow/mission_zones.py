"""Does a zone surely lie outside another? Asked of an agreement's own zones when it is loaded."""

from truceline.kit.geo import haversine_km
from truceline.kit.shapes import line_distance_km, ring_distance_km
from truceline.model.agreement import Zone, ZoneKind
from truceline.vocab.geo import Outline, find_countries

# Natural Earth's borders are drawn for small maps: what lies closer to one is not said to lie outside.
BORDER_KM = 15.0


def has_place(zone: Zone) -> bool:
    """Whether the zone itself says where it is, without borders or places.csv."""
    return zone.lat is not None or bool(zone.points)


def lies_surely_outside(zone: Zone, area: Zone) -> bool:
    """Do all points of `zone`, with what it reaches around them, lie outside `area`? False where nobody can tell."""
    reach = (zone.radius_km or 0.0) + zone.km
    return all((distance := distance_km(*point, area)) is not None and distance > reach for point in _points(zone))


def _points(zone: Zone) -> tuple[tuple[float, float], ...]:
    return zone.points if zone.lat is None or zone.lon is None else ((zone.lat, zone.lon),)


def distance_km(lat: float, lon: float, area: Zone) -> float | None:
    """Kilometres from a point to the edge of an area, negative inside; None where the area has no known edge."""
    match area.kind:
        case ZoneKind.POLYGON:
            return ring_distance_km(lat, lon, area.points)
        case ZoneKind.BUFFER:
            return line_distance_km(lat, lon, area.points) - area.km
        case ZoneKind.COUNTRY | ZoneKind.ADMIN1:
            distances = [outline_distance_km(lat, lon, each) - BORDER_KM for each in _outlines(area)]
        case ZoneKind.SETTLEMENTS:
            found = [distance_km(lat, lon, part) for part in area.parts]
            distances = [each for each in found if each is not None] if None not in found else []
        case _:
            known = area.lat is not None and area.lon is not None
            return haversine_km(lat, lon, area.lat or 0.0, area.lon or 0.0) - (area.radius_km or 0.0) if known else None
    return min(distances, default=None)


def _outlines(area: Zone) -> tuple[Outline, ...]:
    if area.kind is ZoneKind.COUNTRY:
        return tuple(each for each in find_countries() if each.code == area.name)
    return ()


def outline_distance_km(lat: float, lon: float, outline: Outline) -> float:
    """Kilometres from a point to a country's outer border, negative inside."""
    rings = [[(north, east) for east, north in polygon[0]] for polygon in outline.polygons]
    return min(ring_distance_km(lat, lon, ring) for ring in rings)
