"""Maps without a script: inline SVG of the country, its provinces and what lies where."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape
from shapely import Polygon
from shapely.algorithms.polylabel import polylabel

from truceline.kit.clip import clip_ring
from truceline.model.place import Precision, Toponym
from truceline.publish.looks import Kind, Shape
from truceline.vocab.geo import Outline, Ring, find_countries, find_divisions, find_neighbours, has_divisions

Box = tuple[float, float, float, float]

KM_PER_DEGREE = 111.32
SYMBOLS_LIMIT = 3000
BEYOND = 4.0  # pixels around a frame within which outlines are still drawn
RANKS = (" governorate", " province", " region", " oblast")  # what a division may be called behind its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A window on the world: plate carrée, scaled so that distances hold at its middle latitude."""

    west: float
    north: float
    scale: float
    squeeze: float
    width: float
    height: float

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale

    def km(self, radius_km: float) -> float:
        return radius_km / KM_PER_DEGREE * self.scale


def frame_of(box: Box, *, width: float, margin: float = 0.04) -> Frame:
    """The frame that shows a box (west, south, east, north) at a width in pixels."""
    west, south, east, north = box
    pad = max(east - west, north - south) * margin
    west, south, east, north = west - pad, south - pad, east + pad, north + pad
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = width / ((east - west) * squeeze)
    return Frame(
        west=west, north=north, scale=scale, squeeze=squeeze, width=width, height=round((north - south) * scale, 1)
    )


def country_box(country: str) -> Box:
    """West, south, east, north of a country (ISO alpha-2); of the world where it is not known."""
    home = next((each for each in find_countries() if each.code == country), None)
    return home.box if home is not None else (-180.0, -60.0, 180.0, 80.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """How many incidents of one kind and verdict are at one place; `where` is the place in words."""

    place: Toponym
    kind: Kind
    shape: Shape
    where: str
    count: int


@cache
def base_map(country: str, *, frame: Frame, detail: float) -> Markup:
    """The land, the governorates and the disputed borders; `detail` is the shortest line drawn, in pixels."""
    divisions = find_divisions(country)
    land = "".join(_path(each, frame, detail) for each in find_neighbours(country))
    own = divisions or tuple(each for each in find_countries() if each.code == country)
    home = "".join(_path(each, frame, detail) for each in own)
    disputed = "".join(_path(each, frame, detail) for each in own if each.disputed)
    return Markup('<path class="land" d="{}"/><path class="home" d="{}"/>').format(land, home) + (
        Markup('<path class="disputed" d="{}"/>').format(disputed) if disputed else Markup("")
    )


def _path(outline: Outline, frame: Frame, detail: float) -> str:
    return "".join(_ring(ring, frame, detail) for polygon in outline.polygons for ring in polygon)


def _ring(ring: Ring, frame: Frame, detail: float) -> str:
    """The ring as a path, without what lies beyond the frame; its sides are cut where no eye sees them."""
    points = [frame.point(lon, lat) for lon, lat in ring]
    seen = clip_ring(points, left=-BEYOND, top=-BEYOND, right=frame.width + BEYOND, bottom=frame.height + BEYOND)
    kept: list[tuple[float, float]] = []
    for x, y in seen:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= detail:
            kept.append((x, y))
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def still_map(spots: Sequence[Spot], country: str, *, width: int = 900) -> Markup:
    """The whole map as a picture: areas shaded, vague places circled, known places marked by kind and verdict."""
    frame = frame_of(country_box(country), width=width)
    inner = [base_map(country, frame=frame, detail=0.8), *_shades(spots, country, frame), *_names(country, frame)]
    placed: Counter[tuple[float | None, float | None]] = Counter()
    for spot in spots[:SYMBOLS_LIMIT]:
        if is_drawn_as_point(spot.place):
            at = (spot.place.lat, spot.place.lon)
            inner.append(_symbol(spot, frame, nth=placed[at]))
            placed[at] += 1
    label = f"Map of {sum(each.count for each in spots)} incidents; the table below holds the same."
    return svg(frame, inner, label)


def is_drawn_as_point(place: Toponym) -> bool:
    """Whether a place is drawn as a dot or a circle rather than a shade."""
    return place.lat is not None and place.precision not in (Precision.ADMIN1, Precision.COUNTRY, Precision.REGION)


def is_circle(place: Toponym) -> bool:
    """Whether the place is vague enough to be drawn as a circle of its radius."""
    return place.precision in (Precision.NEAR, Precision.AREA, Precision.ADMIN2)


SPOT_WIDTH = 420


def country_drawn(place: Toponym, countries: Sequence[str]) -> str:
    """The country on which a place is drawn: its own where we carry divisions, else the mission's first."""
    own = place.country or ""
    return own if own and has_divisions(own) else next(iter(countries), "")


def ground(country: str) -> str:
    """The map under every single place, as a file of its own that all pages share."""
    frame = frame_of(country_box(country), width=SPOT_WIDTH)
    drawn = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0f} {:.0f}"><style>{}</style>{}</svg>\n')
    base = base_map(country, frame=frame, detail=1.2)
    return str(drawn.format(frame.width, frame.height, Markup(GROUND_STYLE), base))  # noqa: S704 - our own text


GROUND_STYLE = (
    ".land{fill:#e3e2dc;stroke:#bdbab0;stroke-width:.6}.home{fill:#faf9f5;stroke:#8d8a80;stroke-width:.9}"
    ".disputed{fill:none;stroke:#55595f;stroke-dasharray:3 3}"
    "@media (prefers-color-scheme:dark){.land{fill:#23272c;stroke:#3b4046}.home{fill:#2c3137;stroke:#6b7077}"
    ".disputed{stroke:#a9adb3}}"
)


def spot_map(place: Toponym, kind: Kind, countries: Sequence[str], *, root: str) -> Markup | None:
    """One place over the shared ground (`root`: the way to the published folder); None where no point can be drawn."""
    country = country_drawn(place, countries)
    if place.lat is None or place.lon is None or not country or not is_inside(place, country_box(country)):
        return None
    frame = frame_of(country_box(country), width=SPOT_WIDTH)
    x, y = frame.point(place.lon, place.lat)
    under = Markup('<image href="{}assets/ground-{}.svg" width="{:.0f}" height="{:.0f}"/>')
    label = Markup('<text x="{:.1f}" y="{:.1f}">{}</text>')
    inner = [
        under.format(root, country, frame.width, frame.height),
        *_extent(place, kind, country, frame),
        label.format(min(max(x, 60), SPOT_WIDTH - 60), max(14, y - 11), place.name or ""),
    ]
    drawn = svg(frame, inner, f"{place.name} on the map")
    return Markup('<div class="map-wrap"><div class="still">{}</div></div>').format(drawn)


def _extent(place: Toponym, kind: Kind, country: str, frame: Frame) -> list[Markup]:
    """A shade for a governorate, a circle of its radius for a vague place, a dot for a settlement."""
    assert place.lat is not None
    assert place.lon is not None
    if place.precision is Precision.ADMIN1:
        divisions = (each for each in find_divisions(country) if answers_to(each, place.admin1 or place.name))
        return [shade(each, frame, kind.colour) for each in divisions]
    circle = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="{}" fill-opacity="{}" stroke="#1c1e21"/>')
    at = frame.point(place.lon, place.lat)
    if is_circle(place):
        return [circle.format(*at, max(5.0, frame.km(place.radius_km or 5)), kind.colour, ".25")]
    return [circle.format(*at, 5.5, kind.colour, "1")]


def answers_to(outline: Outline, name: str | None) -> bool:
    """Whether a division bears this name or alias, with or without the word for its rank."""
    if not name:
        return False
    wanted = name.casefold()
    for rank in RANKS:
        wanted = wanted.removesuffix(rank)
    return any(wanted == each.casefold() for each in (outline.name, *outline.aliases))


def is_inside(place: Toponym, box: Box) -> bool:
    assert place.lat is not None
    assert place.lon is not None
    return box[0] - 0.5 <= place.lon <= box[2] + 0.5 and box[1] - 0.5 <= place.lat <= box[3] + 0.5


def _shades(spots: Iterable[Spot], country: str, frame: Frame) -> list[Markup]:
    counts: Counter[str] = Counter()
    for spot in spots:
        if spot.place.precision is Precision.ADMIN1:
            counts[spot.place.admin1 or spot.place.name or ""] += spot.count
    return [
        shade(division, frame, "#55595f", title=f"{division.name}: {count} known only by province or region")
        for name, count in sorted(counts.items())
        for division in find_divisions(country)
        if answers_to(division, name)
    ]


def shade(outline: Outline, frame: Frame, colour: str, *, title: str = "") -> Markup:
    drawn = Markup('<path d="{}" fill="{}" fill-opacity=".22">{}</path>')
    return drawn.format(_path(outline, frame, 1.0), colour, Markup("<title>{}</title>").format(title) if title else "")


def _names(country: str, frame: Frame) -> list[Markup]:
    """The names of the governorates; those are left out that the frame would cut."""
    points = [(frame.point(*middle_of(each)), each.name) for each in find_divisions(country) if each.disputed is None]
    return [
        Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(x, y, name)
        for (x, y), name in points
        if 3.2 * len(name) < x < frame.width - 3.2 * len(name) and 12 < y < frame.height - 6
    ]


@cache
def middle_of(outline: Outline) -> tuple[float, float]:
    """A point well inside the largest polygon (longitude, latitude)."""
    largest = max((Polygon(polygon[0]) for polygon in outline.polygons), key=lambda each: each.area)
    inside = polylabel(largest, tolerance=0.02)
    return inside.x, inside.y


def _symbol(spot: Spot, frame: Frame, *, nth: int) -> Markup:
    """The verdict's shape in the kind's colour; further symbols of one place stand on a small spiral around it."""
    assert spot.place.lat is not None
    assert spot.place.lon is not None
    x, y = frame.point(spot.place.lon, spot.place.lat)
    turn, away = 2.4 * nth, 11.0 * math.sqrt(nth)
    size = min(26.0, 11.0 + 2.2 * math.sqrt(spot.count - 1))
    left, top = x + away * math.cos(turn) - size / 2, y + away * math.sin(turn) - size / 2
    circle = ""
    if is_circle(spot.place) and nth == 0:
        radius = frame.km(spot.place.radius_km or 5)
        circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="none" stroke="#55595f" stroke-width=".8"/>'
    words = escape(f"{spot.kind.label}, {spot.shape.words}: {spot.where} ({spot.count})")
    # Numbers, and words escaped just now; hundreds of symbols a page are too many for a format that escapes each again.
    placed = f'<g transform="translate({left:.1f} {top:.1f}) scale({size / 16:.3f})"><title>{words}</title>'
    return Markup(f"{circle}{placed}{_paths(spot.kind, spot.shape)}</g>")  # noqa: S704


@cache
def _paths(kind: Kind, shape: Shape) -> Markup:
    """The verdict's shape in the kind's colour, or outlined with it."""
    fill, width = (kind.colour, "1.2") if shape.filled else ("#ffffff", "3.6")
    drawn = Markup('<path d="{}" fill="{}" stroke="#1c1e21" stroke-width="{}"/>').format(shape.path, fill, width)
    if shape.filled:
        return drawn
    line = Markup('<path d="{}" fill="none" stroke="{}" stroke-width="2"/>')
    return drawn + line.format(shape.path, kind.colour)


def svg(frame: Frame, inner: Iterable[Markup], label: str) -> Markup:
    drawn = Markup('<svg viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">{}</svg>')
    return drawn.format(frame.width, frame.height, label, Markup("\n").join(inner))
