"""Places told by way of another: '15 km south-west of X', 'near X', 'the southern countryside of X', 'between A and B'.

The centre moves and the radius grows by vocab/places/offsets.toml; a moved place is NEAR or AREA, never exact.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from truceline.kit.geo import destination, haversine_km
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.vocab.places import csv_rows, toml_table

WIDE = frozenset({Precision.AREA, Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY, Precision.REGION})
REACH = 80  # characters before a name that can belong to it
LINES = ("river", "lake", "canal", "sea", "strait")  # found in ids of things that have banks, not middles

_WIND = r"(?P<wind>(?:north|south)(?:[\s-]?(?:east|west))?|east|west)"
_DISTANCE = (
    r"(?:(?:about|around|some|roughly|approximately|nearly|almost|over|just|only|less than|more than|up to)\s+)*"
    r"(?P<far>\d+(?:[.,]\d+)?|[a-z]+)(?:\s*(?:-|–|to)\s*(?P<farther>\d+(?:[.,]\d+)?))?[\s-]*(?P<unit>[a-z]+)\s+(?:away\s+)?"
)
_KIND = r"(?:the\s+)?(?:(?:city|town|village|province|governorate|district|port|capital|region)\s+of\s+)?(?:the\s+)?"
_RURAL = r"(?:countryside|rif|reef|rural areas?|suburbs?)"


@cache
def _table(group: str) -> Mapping[str, float]:
    return dict(toml_table("offsets.toml")[group])


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}\Z", re.IGNORECASE)


def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


Mover = Callable[[re.Match[str], Toponym], Toponym | None]


def move_offsets(text: str, places: Sequence[Toponym]) -> Iterator[Toponym]:
    """The places with those told by way of another moved; their spans then cover the whole expression.

    Of 'between A and B' the first carries the middle and both names; the second stays itself, inside its span.
    """
    for index, place in enumerate(places):
        if place.lat is None or place.precision is Precision.NEAR:
            yield place
            continue
        following = places[index + 1] if index + 1 < len(places) else None
        yield _between(text, place, following) or _moved(text, place) or place


def _moved(text: str, place: Toponym) -> Toponym | None:
    start, end = place.span.start, place.span.end
    behind = text[end : end + REACH]
    ahead = text[max(0, start - REACH) : start]
    for both, move in _AROUND:
        before, after = both
        first = before.search(ahead) if before is not None else None
        second = after.match(behind) if after is not None else None
        if (before is not None and first is None) or (after is not None and second is None):
            continue
        matched = first if first is not None else second
        if matched is None:
            continue
        moved = move(matched, place)
        if moved is not None:
            lead = len(first.group()) if first is not None else 0
            trail = len(second.group()) if second is not None else 0
            return replace(moved, span=Span(start - lead, end + trail))
    return None


def _wind_degrees(matched: re.Match[str]) -> float:
    return _table("bearing")[re.sub(r"[\s-]", "", matched["wind"].lower())]


def _km(far: str, unit: str) -> float | None:
    size = _table("unit_km").get(unit.lower())
    number = _table("number").get(far.lower()) if far.isalpha() else float(far.replace(",", "."))
    return None if size is None or number is None else number * size


def _shift(place: Toponym, bearing: float, km: float, radius_km: float, precision: Precision) -> Toponym:
    assert place.lat is not None
    assert place.lon is not None
    lat, lon = destination(place.lat, place.lon, bearing, km)
    return replace(place, lat=round(lat, 5), lon=round(lon, 5), radius_km=round(radius_km, 1), precision=precision)


def _by_distance(matched: re.Match[str], place: Toponym) -> Toponym | None:
    """'15 km south-west of X'."""
    nearest = _km(matched["far"], matched["unit"])
    if nearest is None:
        return None
    farthest = _km(matched["farther"], matched["unit"]) if matched["farther"] else nearest
    assert farthest is not None
    km, table = (nearest + farthest) / 2, _table("direction")
    doubt = max(table["stated_radius_least_km"], km * table["stated_radius_share"], (farthest - nearest) / 2)
    doubt += min(place.radius_km or 0.0, km / 2)
    return _shift(place, _wind_degrees(matched), km, doubt, Precision.NEAR)


def _by_distance_only(matched: re.Match[str], place: Toponym) -> Toponym | None:
    """'20 km from X': anywhere on that ring, so the whole disc."""
    km = _km(matched["far"], matched["unit"])
    if km is None:
        return None
    return _widen(place, km * _table("around")["distance_only_share"] - (place.radius_km or 0.0))


def _by_wind(matched: re.Match[str], place: Toponym) -> Toponym:
    """'southwest of X'."""
    table, radius = _table("direction"), place.radius_km or 0.0
    if place.precision in WIDE:
        line = any(word in (place.name or "").lower() for word in LINES) or (place.id or "") in _lines()
        km = table["river_km"] if line else radius * table["within_share"] + radius
        share = table["river_radius_share"] if line else table["within_radius_share"]
        return _shift(place, _wind_degrees(matched), km, max(radius * share, 5.0), Precision.AREA)
    return _shift(
        place, _wind_degrees(matched), table["unstated_km"], table["unstated_radius_km"] + radius / 2, Precision.NEAR
    )


@cache
def _lines() -> frozenset[str]:
    return frozenset(row["id"] for row in csv_rows("regions.csv") if row["kind"] in LINES)


def _within(matched: re.Match[str], place: Toponym) -> Toponym:
    """'northern Syria', 'the south of Idlib province': a part of the area itself."""
    table, radius = _table("direction"), place.radius_km or 0.0
    km, wide = radius * table["within_share"], radius * table["within_radius_share"]
    wider = max(wide, 2.0) if place.precision in WIDE else radius + _table("around")["outskirts_km"]
    return _shift(place, _wind_degrees(matched), km, wider, Precision.AREA)


def _countryside(matched: re.Match[str], place: Toponym) -> Toponym | None:
    """'the southern countryside of X', 'X countryside'."""
    table = _table("countryside")
    if place.precision in WIDE:  # the countryside of a province is the province
        return _within(matched, place) if matched.groupdict().get("wind") else None
    if matched.groupdict().get("wind"):
        return _shift(place, _wind_degrees(matched), table["km"], table["radius_km"], Precision.AREA)
    radius = max(table["plain_radius_km"], place.radius_km or 0.0)
    return replace(place, radius_km=radius, precision=Precision.AREA)


def _widen(place: Toponym, km: float) -> Toponym:
    return replace(
        place, radius_km=round(max(place.radius_km or 0.0, (place.radius_km or 0.0) + km), 1), precision=Precision.NEAR
    )


def _around(name: str) -> Mover:
    def widened(_: re.Match[str], place: Toponym) -> Toponym | None:
        return None if place.precision in WIDE else _widen(place, _table("around")[name])

    return widened


def _between(text: str, place: Toponym, following: Toponym | None) -> Toponym | None:
    """'between A and B': the middle, wide enough for both to lie near its edge."""
    if following is None or following.lat is None or following.lon is None or place.lat is None or place.lon is None:
        return None
    ahead = re.search(
        rf"(?<!\w)between\s+{_KIND}\Z", text[max(0, place.span.start - REACH) : place.span.start], re.IGNORECASE
    )
    joined = re.fullmatch(
        rf"\s+(?:{_RURAL}\s+|city\s+|town\s+)?and\s+{_KIND}", text[place.span.end : following.span.start], re.IGNORECASE
    )
    if ahead is None or joined is None or Precision.COUNTRY in (place.precision, following.precision):
        return None
    lat, lon = (place.lat + following.lat) / 2, (place.lon + following.lon) / 2
    half = haversine_km(place.lat, place.lon, following.lat, following.lon) / 2
    radius = max(half * _table("between")["radius_share"], place.radius_km or 0.0, 2.0)
    span = Span(place.span.start - len(ahead.group()), following.span.end)
    return replace(
        place, span=span, lat=round(lat, 5), lon=round(lon, 5), radius_km=round(radius, 1), precision=Precision.NEAR
    )


# In the order tried; the first that fits decides. Each: what stands before the name, what behind it.
_AROUND: tuple[tuple[tuple[re.Pattern[str] | None, re.Pattern[str] | None], Mover], ...] = (
    ((_before(rf"{_DISTANCE}(?:to\s+the\s+)?{_WIND}\s+(?:of|from)\s+{_KIND}"), None), _by_distance),
    ((_before(rf"(?:the\s+)?{_WIND}(?:ern)?\s+{_RURAL}\s+of\s+{_KIND}"), None), _countryside),
    (
        (_before(rf"(?:the\s+)?{_WIND}(?:ern)?\s+"), _after(rf"(?:\s+(?:province|governorate))?\s+{_RURAL}\b")),
        _countryside,
    ),
    ((None, _after(rf"(?:'s|’s)?\s+{_WIND}(?:ern)?\s+{_RURAL}\b")), _countryside),
    ((_before(rf"(?:the\s+)?{_RURAL}\s+of\s+{_KIND}"), None), _countryside),
    ((None, _after(r"(?:\s+(?:province|governorate))?\s+(?:countryside|rif|reef)\b")), _countryside),
    ((_before(rf"{_DISTANCE}(?:from|outside)\s+{_KIND}"), None), _by_distance_only),
    (
        (
            _before(
                rf"(?:the\s+)?{_WIND}(?:ern)?\s+(?:part|parts|side|half|edge|districts?|neighbou?rhoods?|suburbs?|outskirts)\s+of\s+{_KIND}"
            ),
            None,
        ),
        _within,
    ),
    ((_before(rf"(?:to\s+the\s+|just\s+)?{_WIND}\s+(?:of|from)\s+{_KIND}"), None), _by_wind),
    ((_before(rf"(?:the\s+)?{_WIND}ern\s+"), None), _within),
    (
        (
            None,
            _after(
                r"(?:\s+(?:international|military|civilian|old|new))*\s+(?:airport|air\s?base|airfield|refinery|dam)\b"
            ),
        ),
        _around("facility_km"),
    ),
    ((_before(rf"(?:near|close\s+to|not\s+far\s+from)\s+{_KIND}"), None), _around("near_km")),
    ((_before(rf"(?:on\s+|in\s+)?(?:the\s+)?outskirts\s+of\s+{_KIND}"), None), _around("outskirts_km")),
    (
        (_before(rf"(?:in\s+|around\s+)?(?:the\s+)?(?:vicinity|surroundings)\s+of\s+{_KIND}"), None),
        _around("vicinity_km"),
    ),
    ((_before(rf"(?:the\s+)?suburbs?\s+of\s+{_KIND}"), None), _around("suburbs_km")),
)
