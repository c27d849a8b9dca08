"""Distances and directions on the Earth taken as a sphere: good to half a percent, far below any report's precision."""

from math import asin, atan2, cos, degrees, pi, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the WGS 84 ellipsoid (IUGG)
KM_PER_DEGREE = EARTH_RADIUS_KM * pi / 180  # of latitude

# The sixteen winds in order from north, clockwise, 22.5 degrees apart.
WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


def haversine_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points given in degrees."""
    p1, p2 = radians(lat1), radians(lat2)
    across = sin((p2 - p1) / 2) ** 2 + cos(p1) * cos(p2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, across)))


def destination(lat: float, lon: float, bearing_degrees: float, km: float) -> tuple[float, float]:
    """(lat, lon) in degrees reached from a point by going `km` along a bearing (0 north, 90 east)."""
    phi, theta, delta = radians(lat), radians(bearing_degrees), km / EARTH_RADIUS_KM
    reached = asin(min(1.0, max(-1.0, sin(phi) * cos(delta) + cos(phi) * sin(delta) * cos(theta))))
    turn = atan2(sin(theta) * sin(delta) * cos(phi), cos(delta) - sin(phi) * sin(reached))
    return degrees(reached), (lon + degrees(turn) + 540) % 360 - 180


def bearing_degrees(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Initial bearing from the first point to the second, 0 <= bearing < 360."""
    p1, p2, turn = radians(lat1), radians(lat2), radians(lon2 - lon1)
    east = sin(turn) * cos(p2)
    north = cos(p1) * sin(p2) - sin(p1) * cos(p2) * cos(turn)
    return degrees(atan2(east, north)) % 360


def wind(bearing: float) -> str:
    """The nearest of the sixteen winds: 225 gives 'SW'."""
    return WINDS[round(bearing % 360 / 22.5) % 16]


def wind_degrees(name: str) -> float:
    """The bearing of a wind by its letters; ValueError for letters that name none."""
    letters = name.upper()
    if letters not in WINDS:
        raise ValueError(f"{name!r} is no wind; one of {' '.join(WINDS)} is")
    return WINDS.index(letters) * 22.5
