"""What lies between two named places: 'between A and B', 'the A-B road', 'the road from A to B'."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from truceline.kit.geo import bearing_degrees, destination, haversine_km
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.read.offsets_known import Known
from truceline.read.offsets_measures import either, table

REACH = 80  # characters beside a name that can belong to it
ROADS = ("road", "highway", "motorway", "freeway", "expressway")
TOO_WIDE = (Precision.COUNTRY, Precision.REGION)
NOUNS = (
    r"(?:the\s+)?(?:(?:cit(?:y|ies)|towns?|villages?|provinces?|governorates?|districts?|port|capital|regions?)"
    r"(?:\s+of)?\s+)?(?:the\s+)?"
)


class Way(NamedTuple):
    """A place that lies between others; `ends` of the list are taken up into it."""

    place: Toponym
    ends: int


def find_way(text: str, places: Sequence[Toponym], index: int, known: Known) -> Way | None:
    """The road or the stretch of land that places[index] and those behind it are the ends of."""
    return (
        _named_road(text, places, index, known)
        or _road_from(text, places, index, known)
        or _between(text, places, index)
    )


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Compiled from the words of the table."""
    nouns = f"{either('road', 'nouns')}|{either('road', 'fronts')}"
    kinds = rf"(?:(?:{either('road', 'kinds')}|[A-Z]\d{{1,3}})\s+)*"
    foreign = rf"(?:(?:{either('foreign', 'nouns')})\s+)?"
    linking = r"(?:that\s+|which\s+)?(?:link(?:s|ing)|connect(?:s|ing)|join(?:s|ing))"
    return {
        "noun": re.compile(rf"\s+{kinds}(?-i:{nouns})(?!\w)", re.IGNORECASE),
        "dash": re.compile(r"\s?[-‐‑–—/]\s?|\s+to\s+|-to-| (?=\Z)"),
        "linking": re.compile(
            rf"(?<!\w){kinds}(?-i:{nouns})\s+(?:{linking}|(?:leading\s+|running\s+)?from)\s+{NOUNS}\Z", re.I
        ),
        "joint": re.compile(rf"\s+(?:and|to|with)\s+{NOUNS}", re.IGNORECASE),
        "between": re.compile(
            rf"(?<!\w)(?:between\s+{NOUNS}|(?:{either('foreign', 'between')})\s+{foreign})\Z", re.IGNORECASE
        ),
        "and": re.compile(
            rf"\s+(?:(?:countryside|city|town|village)\s+)?and\s+{NOUNS}|\s+(?:و\s?|и\s+){foreign}", re.IGNORECASE
        ),
        "road": re.compile(rf"(?<!\w)(?:{either('foreign', 'road')})\s+\Z", re.IGNORECASE),
    }


def _named_road(text: str, places: Sequence[Toponym], index: int, known: Known) -> Way | None:
    """'the Homs–Palmyra road', 'the Homs-Hama-Aleppo highway'."""
    last = index
    while last + 1 < len(places) and _patterns()["dash"].fullmatch(_gap(text, places[last], places[last + 1])):
        last += 1
    if last == index or not all(_is_end(place) for place in places[index : last + 1]):
        return None
    start, end = places[index].span.start, places[last].span.end
    filed = known
    noun = _patterns()["noun"].match(text, end, end + REACH)
    noun_first = _patterns()["road"].search(text, max(0, start - REACH), start)
    if noun is not None:
        filed = known if noun.group().split()[-1] in ROADS else Known()
        end = noun.end()
    elif noun_first is not None:
        start = noun_first.start()
    else:
        return None
    return Way(_road(text, places[index], places[last], Span(start, end), filed), last - index)


def _road_from(text: str, places: Sequence[Toponym], index: int, known: Known) -> Way | None:
    """'the road from A to B', 'the highway linking A and B'."""
    pair = _pair(text, places, index, joint="joint", ahead="linking")
    if pair is None:
        return None
    first, second, start = pair
    return Way(_road(text, first, second, Span(start, second.span.end), known), 1)


def _between(text: str, places: Sequence[Toponym], index: int) -> Way | None:
    """'between A and B': the middle, wide enough for both to lie near its edge."""
    pair = _pair(text, places, index, joint="and", ahead="between")
    if pair is None:
        return None
    first, second, start = pair
    share = table("between")["radius_share"]
    return Way(_middle(first, second, Span(start, second.span.end), share, Precision.NEAR), 0)


def _pair(
    text: str, places: Sequence[Toponym], index: int, *, joint: str, ahead: str
) -> tuple[Toponym, Toponym, int] | None:
    if index + 1 >= len(places) or not _is_end(places[index]) or not _is_end(places[index + 1]):
        return None
    first, second = places[index], places[index + 1]
    if _patterns()[joint].fullmatch(_gap(text, first, second)) is None:
        return None
    before = _patterns()[ahead].search(text, max(0, first.span.start - REACH), first.span.start)
    return None if before is None else (first, second, before.start())


def _gap(text: str, first: Toponym, second: Toponym) -> str:
    return text[first.span.end : second.span.start]


def _is_end(place: Toponym) -> bool:
    return place.lat is not None and place.precision not in TOO_WIDE


def _road(text: str, first: Toponym, second: Toponym, span: Span, known: Known) -> Toponym:
    filed = known.road(first, second, text)
    if filed is not None:
        return replace(filed, span=span)
    return _middle(first, second, span, table("road")["radius_share"], Precision.AREA)


def _middle(first: Toponym, second: Toponym, span: Span, share: float, precision: Precision) -> Toponym:
    assert first.lat is not None
    assert first.lon is not None
    assert second.lat is not None
    assert second.lon is not None
    half = haversine_km(first.lat, first.lon, second.lat, second.lon) / 2
    bearing = bearing_degrees(first.lat, first.lon, second.lat, second.lon)
    lat, lon = destination(first.lat, first.lon, bearing, half)
    radius = max(half * share, first.radius_km or 0.0, 2.0)
    return replace(
        first, span=span, lat=round(lat, 5), lon=round(lon, 5), radius_km=round(radius, 1), precision=precision
    )
