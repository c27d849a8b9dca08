"""Lines and polygons on the Earth, flat around the point that is asked: good to one percent within some hundred km.

Points are (latitude, longitude) in degrees; a ring is closed by itself, its first point not repeated.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, radians

from truceline.kit.geo import KM_PER_DEGREE

Point = tuple[float, float]


def line_distance_km(lat: float, lon: float, line: Sequence[Point]) -> float:
    """Kilometres from a point to the nearest stretch of a line of at least one point."""
    flat = flatten(lat, lon, line)
    if len(flat) == 1:
        return hypot(*flat[0])
    return min(segment_distance(start, end) for start, end in pairwise(flat))


def ring_distance_km(lat: float, lon: float, ring: Sequence[Point]) -> float:
    """Kilometres from a point to the edge of a polygon, negative inside it."""
    distance = line_distance_km(lat, lon, [*ring, ring[0]])
    return -distance if is_inside(lat, lon, ring) else distance


def is_inside(lat: float, lon: float, ring: Sequence[Point]) -> bool:
    """Is the point inside the ring, by the number of edges east of it?"""
    flat, inside = flatten(lat, lon, ring), False
    for (x1, y1), (x2, y2) in edges(flat):
        if (y1 > 0) != (y2 > 0) and x1 - y1 * (x2 - x1) / (y2 - y1) > 0:
            inside = not inside
    return inside


def ring_area_km2(ring: Sequence[Point]) -> float:
    """The area that a ring encloses; 0 for fewer than three points or points in one line."""
    if len(ring) < 3:
        return 0.0
    flat = flatten(*ring[0], ring)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in edges(flat))) / 2


def crosses_itself(ring: Sequence[Point]) -> bool:
    """Do two edges of the ring that are no neighbours cross?"""
    flat = flatten(*ring[0], ring)
    sides = list(edges(flat))
    return any(
        do_cross(*sides[one], *sides[other])
        for one in range(len(sides))
        for other in range(one + 2, len(sides))
        if not (one == 0 and other == len(sides) - 1)
    )


def flatten(lat: float, lon: float, points: Sequence[Point]) -> list[Point]:
    """The points in km east and north of (lat, lon)."""
    shrink = cos(radians(lat))
    return [
        (((east - lon + 540) % 360 - 180) * shrink * KM_PER_DEGREE, (north - lat) * KM_PER_DEGREE)
        for north, east in points
    ]


def edges(ring: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    yield from pairwise([*ring, ring[0]])


def segment_distance(start: Point, end: Point) -> float:
    """From the origin to the stretch between two points."""
    (x1, y1), (x2, y2) = start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = 0.0 if length == 0 else min(1.0, max(0.0, -(x1 * (x2 - x1) + y1 * (y2 - y1)) / length))
    return hypot(x1 + along * (x2 - x1), y1 + along * (y2 - y1))


def do_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Do the stretches a-b and c-d cross in a point inside both?"""
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


def turn(a: Point, b: Point, c: Point) -> float:
    """Positive where the way from a over b to c turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
