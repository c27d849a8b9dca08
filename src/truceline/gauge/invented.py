"""Invented places in any number, to measure a gazetteer with: the same ones from the same seed.

Words are three to six syllables out of 45; a name is one word (three in five) or two, its words drawn from a stock of
300,000 so that early ones come more often (index = 300,000 · u^1.3, u even): of 12 million names some have hundreds
of bearers, most one or two. Every place has three names and lies anywhere, in one of the world's countries.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from sqlite3 import Connection
from typing import NamedTuple

from truceline.vocab.places import csv_rows

_SOUNDS = """ba be bi bo bu da de di dor du ka kal ki ko ku la le lin lo lu ma mar mi mo mur na ne ni nor nu ra re ri
ros ru sa se sin so su ta tel ti to tur"""
SYLLABLES = _SOUNDS.split()
WORDS = 300_000
SKEW = 1.3
NAMES_EACH = 3
TWO_WORDS = 0.4
BATCH = 20_000


class Invented(NamedTuple):
    """A place: its names as they are filed, in small letters."""

    names: tuple[str, ...]
    lat: float
    lon: float
    country: str
    people: int


def invented_places(count: int, *, seed: int = 1) -> Iterator[Invented]:
    """So many places, with three names each."""
    chance = Random(seed)  # noqa: S311  # nothing secret
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(3, 6))) for _ in range(WORDS)]
    countries = [row["iso"] for row in csv_rows("countries.csv")]
    draw = chance.random

    def name() -> str:
        first = words[int(WORDS * draw() ** SKEW)]
        return f"{first} {words[int(WORDS * draw() ** SKEW)]}" if draw() < TWO_WORDS else first

    for number in range(count):
        lat, lon = round(135 * draw() - 60, 5), round(360 * draw() - 180, 5)
        yield Invented((name(), name(), name()), lat, lon, countries[number % len(countries)], number % 5000)


def file_invented(base: Connection, count: int) -> None:
    """Writes so many places into an empty gazetteer, each name once a place, as they would be after folding."""
    numbered = enumerate(invented_places(count))
    while batch := list(islice(numbered, BATCH)):
        base.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,'village','settlement',1.0,?,?,NULL,?,0)",
            (
                (
                    at,
                    f"invented:{at}",
                    each.names[0].title(),
                    each.lat,
                    each.lon,
                    each.country,
                    each.names[1],
                    each.people,
                )
                for at, each in batch
            ),
        )
        rows = ((key, at, key == each.names[0]) for at, each in batch for key in dict.fromkeys(each.names))
        base.executemany("INSERT INTO filed VALUES (?,?,?,'')", rows)


def write_invented_dump(path: Path, count: int) -> None:
    """A country dump of so many invented places in GeoNames' format."""
    with path.open("w", encoding="utf-8") as stream:
        for number, each in enumerate(invented_places(count), start=50_000_000):
            name, *others = (name.title() for name in each.names)
            cells = [
                str(number),
                name,
                name,
                ",".join(others),
                str(each.lat),
                str(each.lon),
                "P",
                "PPL",
                "SY",
                "",
                "01",
            ]
            stream.write("\t".join([*cells, "", "", "", str(each.people), "", "", "", "2026-01-01"]) + "\n")
