"""The places of an article on a map of their own: a letter each, as exactly as the text tells them."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from shapely import Polygon
from shapely.algorithms.polylabel import polylabel
from shapely.geometry.base import BaseGeometry

from truceline.kit.clip import clip_ring
from truceline.model.place import Precision, Toponym
from truceline.publish.drawing import (
    Box,
    Frame,
    answers_to,
    base_map,
    country_box,
    frame_of,
    is_circle,
    is_inside,
    shade,
    svg,
)
from truceline.vocab.geo import Outline, find_divisions, find_neighbours, has_divisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A place of an article with its letter on the map."""

    letter: str
    name: str
    place: Toponym


PINS_WIDTH = 340
# The least part of the country shown around the places of an article, so that a reader still knows where he is.
LEAST_PART = 0.5
TALLEST = 1.05  # height of the map of an article to its width


def country_of(places: Sequence[Toponym], countries: Sequence[str]) -> str:
    """The country to draw an article's places on: the one most of them lie in, else the mission's first, else ''."""
    lying = Counter(each.country for each in places if each.country and has_divisions(each.country))
    most = max(lying.values(), default=0)
    tied = [each for each in lying if lying[each] == most]
    preferred = next((each for each in countries if each in tied), None)
    return preferred or next(iter(tied), None) or next(iter(countries), "")


def can_be_pinned(place: Toponym, country: str) -> bool:
    """Whether a place has a point on the map of this country; a whole country or region has none."""
    vague = place.precision in (Precision.COUNTRY, Precision.REGION)
    return bool(country) and place.lat is not None and not vague and is_inside(place, country_box(country))


def pins_map(pins: Sequence[Pin], country: str) -> Markup | None:
    """The places of an article on the part of the country they lie in; None where there is none to draw."""
    if not pins or not country:
        return None
    frame = frame_of(widened(box_around(pins, country_box(country))), width=PINS_WIDTH)
    inner = [base_map(country, frame=frame, detail=0.8), *(_pin_ground(each, country, frame) for each in pins)]
    letters, taken = _pin_letters(pins, frame)
    inner += [*_find_names(country, frame, taken=taken), *letters, _scale_bar(frame)]
    return svg(frame, inner, "Map of the places named: " + ", ".join(f"{each.letter} {each.name}" for each in pins))


def box_around(pins: Sequence[Pin], whole: Box) -> Box:
    """The box of the pins with room around them, at least `LEAST_PART` of the country's, never beyond it."""
    lons = [each.place.lon for each in pins if each.place.lon is not None]
    lats = [each.place.lat for each in pins if each.place.lat is not None]
    west, east = _stretch(min(lons), max(lons), whole[0], whole[2])
    south, north = _stretch(min(lats), max(lats), whole[1], whole[3])
    return west, south, east, north


def widened(box: Box) -> Box:
    """The box, no taller than `TALLEST` when it is drawn: what is added lies to both sides."""
    west, south, east, north = box
    wanted = (north - south) / TALLEST / math.cos(math.radians((south + north) / 2))
    more = max(0.0, wanted - (east - west)) / 2
    return west - more, south, east + more, north


def _scale_bar(frame: Frame) -> Markup:
    """A round number of kilometres, at most a quarter of the width."""
    km = next(each for each in (500, 200, 100, 50, 20, 10, 5, 2, 1) if frame.km(each) <= frame.width / 4 or each == 1)
    x, y = 10.0, frame.height - 10
    drawn = Markup(
        '<path class="scale" d="M{0:.1f} {1:.1f}v4h{2:.1f}v-4"/>'
        '<text class="scale" x="{3:.1f}" y="{4:.1f}">{5} km</text>'
    )
    return drawn.format(x, y, frame.km(km), x + frame.km(km) + 20, y + 4.5, km)


def _stretch(low: float, high: float, least: float, most: float) -> tuple[float, float]:
    size = min(most - least, max((high - low) * 1.5, (most - least) * LEAST_PART))
    start = min(max((low + high - size) / 2, least), most - size)
    return start, start + size


def _pin_ground(pin: Pin, country: str, frame: Frame) -> Markup:
    """The extent of a place: a shade for a governorate, a circle for a vague place, nothing for a settlement."""
    place = pin.place
    if place.precision is Precision.ADMIN1:
        divisions = (each for each in find_divisions(country) if answers_to(each, place.admin1 or place.name))
        return Markup("").join(shade(each, frame, "#55595f") for each in divisions)
    if not is_circle(place) or place.lat is None or place.lon is None:
        return Markup("")
    radius = max(4.0, frame.km(place.radius_km or 5))
    wide = " wide" if radius > frame.width / 6 else ""
    circle = Markup('<circle class="extent{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>')
    return circle.format(wide, *frame.point(place.lon, place.lat), radius)


def _pin_letters(pins: Sequence[Pin], frame: Frame) -> tuple[list[Markup], list[tuple[float, float]]]:
    """A lettered disc for each place, and where the discs stand.

    One that would cover an earlier disc moves aside, tied to its place by a line; all lines lie under all discs.
    """
    ties, marks = [], []
    taken: list[tuple[float, float]] = []
    tie = Markup('<line class="tie" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>')
    mark = Markup(
        '<g class="pin"><circle cx="{:.1f}" cy="{:.1f}" r="8"/>'
        '<text x="{:.1f}" y="{:.1f}">{}</text><title>{}</title></g>'
    )
    for pin in pins:
        assert pin.place.lat is not None
        assert pin.place.lon is not None
        x, y = frame.point(pin.place.lon, pin.place.lat)
        at = _free_spot(x, y, taken)
        taken.append(at)
        ties.append(tie.format(x, y, *at))
        marks.append(mark.format(*at, at[0], at[1] + 3.6, pin.letter, pin.name))
    return [*ties, *marks], taken


def _free_spot(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The nearest place on a widening spiral where a disc covers no other."""
    spots = ((x + 3.2 * n**0.5 * math.cos(2.4 * n), y + 3.2 * n**0.5 * math.sin(2.4 * n)) for n in range(400))
    return next((spot for spot in spots if all(math.dist(spot, other) >= 17 for other in taken)), (x, y))


def _find_names(country: str, frame: Frame, *, taken: Sequence[tuple[float, float]]) -> list[Markup]:
    """The names of the governorates and of the countries around, each amid the part of it that the frame shows.

    Left out is one that has no room there, or that a pin (`taken`) or an earlier name would cover.
    """
    outlines = [each for each in find_divisions(country) if each.disputed is None]
    abroad = [each for each in find_neighbours(country) if each.disputed is None]
    named = [(each, "") for each in outlines] + [(each, ' class="abroad"') for each in abroad]
    covered = [(x, y, 8.0) for x, y in taken]
    names = []
    for outline, style in named:
        half = 2.6 * len(outline.name)
        for x, y in _middle_in_view(outline, frame):
            is_within = half + 2 < x < frame.width - half - 2 and 12 < y < frame.height - 18
            if is_within and not any(abs(x - at[0]) < half + at[2] and abs(y - at[1]) < 12 for at in covered):
                covered.append((x, y, half))
                label = Markup('<text{} x="{:.0f}" y="{:.0f}">{}</text>')
                names.append(label.format(Markup(style), x, y, outline.name))  # noqa: S704 - one of two of our own
    return names


LEAST_NAMED = 700.0  # the part of a country or governorate in view that has room for a name, in square pixels


def _middle_in_view(outline: Outline, frame: Frame) -> Iterator[tuple[float, float]]:
    """A point well inside the largest part in view, in pixels; none where that is too small to name."""
    rings = ([frame.point(lon, lat) for lon, lat in polygon[0]] for polygon in outline.polygons)
    cut = [clip_ring(each, left=0, top=0, right=frame.width, bottom=frame.height) for each in rings]
    parts = [part for each in cut if len(each) > 2 for part in polygons_of(Polygon(each).buffer(0))]
    shown = [each for each in parts if each.area >= LEAST_NAMED]
    if shown:
        inside = polylabel(max(shown, key=lambda each: each.area), tolerance=2)
        yield inside.x, inside.y


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """The polygons that a shape is made of."""
    return [each for each in getattr(shape, "geoms", [shape]) if isinstance(each, Polygon)]
