"""Invented places in any number, to measure a gazetteer with: the same ones from the same seed.

Words are two to five syllables out of 40; a name is one word (three in five) or two, its words drawn from a stock of
300,000 so that early ones come more often (index = 300,000 · u^1.3, u even): a few names have hundreds of bearers,
most have one or two. Every place has three names and lies anywhere, in one of the countries of the world's table.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from truceline.model.place import Place, Precision
from truceline.read.places_world import Filed
from truceline.vocab.places import csv_rows

_SOUNDS = """ba be bi bo bu da de di dor du ka kal ki ko ku la le lin lo lu ma mar mi mo mur na ne ni nor nu ra re ri
ros ru sa se sin so su ta tel ti to tur"""
SYLLABLES = _SOUNDS.split()
WORDS = 300_000
SKEW = 1.3
NAMES_EACH = 3
TWO_WORDS = 0.4


def invented_places(count: int, *, seed: int = 1) -> Iterator[Filed]:
    """So many places, with three names each."""
    chance = Random(seed)  # noqa: S311  # nothing secret
    words = _words(chance)
    countries = [row["iso"] for row in csv_rows("countries.csv")]
    for number in range(count):
        names = tuple(_name(chance, words) for _ in range(NAMES_EACH))
        place = Place(
            id=f"invented:{number}",
            name=names[0],
            lat=round(chance.uniform(-60, 75), 5),
            lon=round(chance.uniform(-180, 180), 5),
            kind="village",
            precision=Precision.SETTLEMENT,
            radius_km=1.0,
            country=chance.choice(countries),
            admin1=words[number % 4000],
            population=number % 5000,
        )
        yield Filed(place, names)


def write_invented_dump(path: Path, count: int) -> None:
    """A country dump of so many invented places in GeoNames' format."""
    with path.open("w", encoding="utf-8") as stream:
        for number, filed in enumerate(invented_places(count), start=50_000_000):
            place = filed.place
            cells = [str(number), place.name, place.name, ",".join(filed.names[1:]), str(place.lat), str(place.lon)]
            cells += ["P", "PPL", "SY", "", "01", "", "", "", str(place.population), "", "", "", "2026-01-01"]
            stream.write("\t".join(cells) + "\n")


def _words(chance: Random) -> list[str]:
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))).capitalize() for _ in range(WORDS)]


def _name(chance: Random, words: list[str]) -> str:
    first = words[int(WORDS * chance.random() ** SKEW)]
    return f"{first} {words[int(WORDS * chance.random() ** SKEW)]}" if chance.random() < TWO_WORDS else first
