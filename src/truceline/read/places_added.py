"""What a user adds to the world: country dumps of GeoNames, and a mission's own places."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from truceline.errors import Problem
from truceline.model.place import Place, Precision
from truceline.read.places_dump import DumpRow, SeenIds, find_rows
from truceline.read.places_world import (
    DIVISION_PEOPLE,
    Filed,
    admin1_names,
    aliases_of,
    readable,
    settlement_kind,
    settlement_radius_km,
)
from truceline.read.transliterate import name_key
from truceline.vocab.places import csv_rows, toml_table
from truceline.vocab.places.features import Feature, feature_of

Complain = Callable[[Problem], None]


@dataclass(slots=True)
class Tallied:
    """What became of one dump's rows; `countries` counts the filed ones by country."""

    filed: int = 0
    wrong: int = 0
    unwanted: int = 0  # of classes that are not filed
    joined: int = 0  # divisions that we have, which only gave their names
    countries: Counter[str] = field(default_factory=Counter)

    @property
    def country(self) -> str | None:
        """The country of a dump that is one country's."""
        return next(iter(self.countries)) if len(self.countries) == 1 else None


@dataclass(slots=True)
class Added:
    """What all dumps together leave for the world that is filed after them.

    `seen`: every feature met; `filed`: those that need not be filed again; `further_names`: of our divisions, by id.
    """

    seen: SeenIds = field(default_factory=SeenIds)
    filed: SeenIds = field(default_factory=SeenIds)
    further_names: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def filed_dump(path: Path, added: Added, tallied: Tallied, complain: Complain) -> Iterator[Filed]:
    """Every place of a dump; problems go to `complain`, counts to `tallied`."""
    districts = _district_names(path)
    for row in find_rows(path):
        if isinstance(row, Problem):
            tallied.wrong += 1
            complain(row)
        elif row.id in added.seen:
            tallied.wrong += 1
            message = f"geonameid {row.id} is there already; left out"
            complain(Problem(code="gazetteer.duplicate-id", message=message, where=row.where))
        else:
            added.seen.add(row.id)
            filed = _filed(row, districts, added, tallied)
            if filed is not None:
                added.filed.add(row.id)
                tallied.filed += 1
                tallied.countries[row.country] += 1
                yield filed


def _district_names(path: Path) -> dict[tuple[str, str, str], str]:
    """(country, division, district) as GeoNames codes them → the district's name; a run of its own over the dump."""
    rows = (row for row in find_rows(path, holding=b"\tA\tADM2\t") if isinstance(row, DumpRow))
    return {(row.country, row.admin1, row.admin2): row.names[0] for row in rows}


def _filed(row: DumpRow, districts: dict[tuple[str, str, str], str], added: Added, tallied: Tallied) -> Filed | None:
    feature = feature_of(row.letter, row.code)
    if feature is None or f"geonames:{row.id}" in _our_countries():
        tallied.unwanted += 1
        return None
    names = (row.names[0], *readable(row.names[1:]))
    if feature.kind == "division":
        ours = _our_division(row, names)
        if ours is not None:
            added.further_names[ours].extend(names)
            tallied.joined += 1
            return None
    division = admin1_names().get((row.country, row.admin1))
    return Filed(_place(row, feature, division, districts.get((row.country, row.admin1, row.admin2))), names)


def _our_division(row: DumpRow, names: tuple[str, ...]) -> str | None:
    """The id of the division of our table that a dump's one is: it has its code, and a name in common."""
    keys = {name_key(name) for name in names}
    ours = _our_divisions().get((row.country, row.admin1), ())
    return next((ours_id for ours_id, known in ours if known & keys), None)


@cache
def _our_countries() -> frozenset[str]:
    return frozenset(f"geonames:{row['geonameid']}" for row in csv_rows("countries.csv"))


@cache
def _our_divisions() -> dict[tuple[str, str], list[tuple[str, frozenset[str]]]]:
    """(country, GeoNames' code) → the ids of our divisions with the keys of their names."""
    found: defaultdict[tuple[str, str], list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for row in (*csv_rows("admin1.csv"), *csv_rows("regions.csv")):
        for code in row["geonames_codes"].split():
            found[row["country"], code].append((row["id"], frozenset(map(name_key, (row["name"], *aliases_of(row))))))
    return dict(found)


def _place(row: DumpRow, feature: Feature, division: str | None, district: str | None) -> Place:
    radius = feature.radius_km
    return Place(
        id=f"geonames:{row.id}",
        name=row.names[0],
        lat=row.lat,
        lon=row.lon,
        kind=_kind(row, feature),
        precision=feature.precision,
        radius_km=settlement_radius_km(row.population) if radius is None else radius,
        country=row.country or None,
        admin1=row.names[0] if feature.precision is Precision.ADMIN1 else division,
        admin2=row.names[0] if feature.kind == "district" else district,
        population=row.population or DIVISION_PEOPLE * (feature.kind == "division"),
    )


def _kind(row: DumpRow, feature: Feature) -> str:
    if not feature.is_by_people:
        return feature.kind
    return settlement_kind(row.population) if row.population or feature.unstated is None else feature.unstated


def filed_brought(places: Iterable[Place]) -> Iterator[Filed]:
    """A mission's own places, under their names and, of facilities, under other nouns of their kind."""
    for place in places:
        names = (place.name, *place.aliases)
        yield Filed(place, (*names, *facility_keys(place)), given=True)


def facility_keys(place: Place) -> Iterator[str]:
    """Further keys of a facility by other nouns of its kind: 'kuweires military airport' of 'Kuweires airbase'.

    Not of international airports: an airbase by the same name may be another.
    """
    names = [name_key(name) for name in (place.name, *place.aliases)]
    if place.precision is not Precision.POINT or any("international" in name for name in names):
        return
    for name in names:
        for kind in toml_table("offsets.toml")["facility"].values():
            noun = max((each for each in kind if name.endswith(f" {each}")), key=len, default=None)
            if noun is not None:
                yield from (f"{name.removesuffix(noun)}{each}" for each in kind if each != noun)
