"""What speaks for one place of a name, as numbers: what it is, what the text says of it, and the company it keeps.

Weights lie in vocab/places/choice.toml; a feature times its weight is log-odds.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from truceline.kit.geo import EARTH_RADIUS_KM
from truceline.model.place import Place, Precision
from truceline.read.gazetteer import Named
from truceline.read.transliterate import name_key
from truceline.vocab.places import toml_table

Floats = NDArray[np.float64]
WIDE = frozenset({Precision.COUNTRY, Precision.REGION})
DIVISIONS = frozenset({Precision.ADMIN1, Precision.ADMIN2})

# Of a place by itself and what is said at its name.
OWN = (
    "country",
    "country_people",
    "union",
    "continent",
    "region",
    "division",
    "division_size",
    "county",
    "county_bare",
    "people",
    "size_unknown",
    "lesser",
    "capital",
    "other_name",
    "part_of_name",
    "respelled",
    "given",
    "mission_country",
    "division_said",
    "settlement_said",
    "inside_division",
    "inside_country",
    "seat",
    "manner",
    "people_said",
    "nation_said",
)
# Of a place beside the other places of the text.
COMPANY = (
    "wide_amid_many",
    "people_amid_many",
    "capital_amid_many",
    "country_share",
    "near",
    "around",
    "division_company",
    "division_named",
    "country_company",
    "country_named",
    "next_near",
    "next_division",
    "next_country",
    "division_share",
)
FEATURES = (*OWN, *COMPANY)
COMMON_PEOPLE = 10_000_000  # of a country: with so many its size says nothing
USUAL_RADIUS_KM = 30.0  # of a division
SHARE_FLOOR = 0.05  # a country that nobody else's place lies in is not worse than this share
GIVEN_PEOPLE = 300_000  # a smaller place of a mission is not judged by its people: the mission says that it matters
USUAL_PEOPLE = 5.0  # log10: scale of `people_amid_many`


@dataclass(frozen=True, slots=True)
class Sense:
    """One name as used in one way in a document: what it could be and what is said of it.

    `keeps_company`: other names are judged by it; an adjective ('Syrian') is not.
    """

    key: str
    named: tuple[Named, ...] = field(hash=False)
    inside: tuple[str | None, str | None] | None = None  # (country, division) said behind a comma
    as_division: bool = False
    as_settlement: bool = False
    keeps_company: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the whole text tells about countries.

    `countries` are the mission's, likeliest first; `manner` counts words that only one country's press writes so;
    `peoples` counts adjectives and peoples ('Syrian') by country.
    """

    countries: tuple[str, ...] = ()
    manner: Mapping[str, float] = field(default_factory=dict)
    peoples: Mapping[str, float] = field(default_factory=dict)


def own_features(named: Named, sense: Sense, told: Told, seats: frozenset[str]) -> dict[str, float]:
    """The features of OWN that are not zero; `seats` are the ids of towns that a division is named for."""
    place = named.place
    small = named.given and place.precision not in DIVISIONS | WIDE and place.population < GIVEN_PEOPLE
    found = {"size_unknown": 1.0} if small else _by_kind(place)
    found |= _by_name(named, sense.key)
    found |= _said(place, sense)
    if place.country in told.countries:
        found["mission_country"] = max(0.0, 1.0 - _later() * told.countries.index(place.country or ""))
    if place.id in seats:
        found["seat"] = 1.0
    peoples = told.peoples.get(place.country or "", 0.0)
    if peoples:
        found["nation_said" if place.kind == "country" else "people_said"] = math.log1p(peoples)
    if place.precision not in WIDE and place.country in told.manner:
        found["manner"] = told.manner[place.country or ""]
    return found


@cache
def _later() -> float:
    return float(toml_table("choice.toml")["context"]["next_country"])


@cache
def _lesser() -> Mapping[str, float]:
    return dict(toml_table("choice.toml")["lesser"])


def _by_kind(place: Place) -> dict[str, float]:
    if place.kind in ("division", "admin1", "governorate"):
        return {"division": 1.0, "division_size": math.log10(max(place.radius_km, 3.0) / USUAL_RADIUS_KM)}
    if place.kind == "country":
        return {"country": 1.0, "country_people": math.log10((place.population + 10) / COMMON_PEOPLE)}
    if place.kind in ("county", "union", "continent"):
        return {place.kind: 1.0}
    if not place.population and place.kind in _lesser():
        return {"lesser": _lesser()[place.kind]}
    if place.precision is Precision.SETTLEMENT:
        size = {"people": math.log10(place.population + 10)} if place.population else {"size_unknown": 1.0}
        return {**size, "capital": float(place.kind == "capital")}
    return {"region": 1.0}


def _by_name(named: Named, key: str) -> dict[str, float]:
    found = {"respelled": 1.0} if named.respelled else {}
    if named.given:
        found["given"] = 1.0
    elif not named.main:
        found[_other_name(named.place, key)] = 1.0
    return found


def _other_name(place: Place, key: str) -> str:
    if place.kind == "county":
        return "county_bare"
    own = name_key(place.name)
    return "part_of_name" if own.startswith(f"{key} ") or own.endswith(f" {key}") else "other_name"


def _said(place: Place, sense: Sense) -> dict[str, float]:
    found = {}
    division = place.precision in DIVISIONS
    if sense.as_division and division:
        found["division_said"] = 1.0
    if sense.as_settlement and place.precision is Precision.SETTLEMENT:
        found["settlement_said"] = 1.0
    if sense.inside is not None:
        country, name = sense.inside
        inside = place.country == country and (name is None or place.admin1 == name) and place.precision not in WIDE
        if inside and not (division and place.admin1 == place.name == name):
            found["inside_country" if name is None else "inside_division"] = 1.0
    return found


def find_seats(sense: Sense) -> frozenset[str]:
    """Ids of the towns that a division of the same name is named for: the bare name means the town."""
    if sense.as_division:
        return frozenset()
    divisions = {
        (each.place.country, each.place.admin1) for each in sense.named if each.place.precision is Precision.ADMIN1
    }
    other_name = not any(each.main for each in sense.named)  # in a script that is nobody's own
    return frozenset(
        each.place.id
        for each in sense.named
        if (each.main or other_name)
        and each.place.precision is Precision.SETTLEMENT
        and (each.place.country, each.place.admin1) in divisions
    )


class Circle:
    """The candidates of all senses of a text, and how far each stands by the others.

    `owner` says whose candidate each is; `weights` how much each sense counts in company (0: not at all).
    """

    def __init__(self, places: Sequence[Place], owner: NDArray[np.int_], own: Floats, weights: Floats) -> None:
        self._owner = owner
        self._weights = weights[owner]
        self._others = max(1.0, float(weights.sum()) - 1.0)
        many = math.log1p(self._others)
        kinds = {name: own[:, OWN.index(name)] for name in ("people", "capital")}
        homeless = np.array([place.country is None for place in places], dtype=float)
        self._amid_many = np.stack((homeless, kinds["people"] / USUAL_PEOPLE, kinds["capital"]), axis=1) * many
        self._country = _Groups([place.country for place in places], owner)
        self._division = _Groups([place.admin1 and f"{place.country} {place.admin1}" for place in places], owner)
        self._is_country = np.array([place.kind == "country" for place in places])
        self._is_division = np.array([place.precision is Precision.ADMIN1 for place in places])
        steps = np.arange(len(weights))
        self._next = np.exp(-np.abs(steps[:, None] - steps[None, :]) / float(_context("next_names")))
        self._near, self._around = self._nearness(places)
        self._near_next = self._near * self._next.astype(np.float32)[owner[:, None], owner[None, :]]

    def _nearness(self, places: Sequence[Place]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Two matrices falling off with distance, the second slower; nothing within a name, nothing for states."""
        narrow = np.array([place.precision not in WIDE for place in places])
        apart = narrow[:, None] & narrow[None, :] & (self._owner[:, None] != self._owner[None, :])
        km = distances_km(places)
        near = np.where(apart, np.exp(-km / float(_context("near_km"))), 0.0)
        around = np.where(apart, np.exp(-km / float(_context("around_km"))), 0.0)
        return near.astype(np.float32), around.astype(np.float32)

    def company(self, chances: Floats) -> Floats:
        """The features of COMPANY, one row a candidate, where the others are what `chances` say."""
        mass = chances * self._weights
        country, country_named = (self._country.beside(mass * part) for part in (~self._is_country, self._is_country))
        division, division_named = (
            self._division.beside(mass * part) for part in (~self._is_division, self._is_division)
        )
        single = mass.astype(np.float32)
        share = (country + country_named) / self._others
        columns = (
            np.log((share + SHARE_FLOOR) / SHARE_FLOOR),
            *(np.log1p(each @ single) for each in (self._near, self._around)),
            *(np.log1p(each) for each in (division, division_named, country, country_named)),
            np.log1p(self._near_next @ single),
            *(np.log1p(groups.beside(mass, self._next)) for groups in (self._division, self._country)),
            division / self._others,
        )
        return np.hstack((self._amid_many, np.stack(columns, axis=1)))


class _Groups:
    """Candidates by what they lie in: the mass of the others that lie in the same."""

    def __init__(self, names: Sequence[str | None], owner: NDArray[np.int_]) -> None:
        numbers: dict[str, int] = {}
        self._group = np.array([numbers.setdefault(name, len(numbers)) if name else -1 for name in names])
        self._owner = owner
        self._shape = (int(owner.max()) + 1, len(numbers) + 1)  # the last column takes what lies in nothing

    def beside(self, mass: Floats, closeness: Floats | None = None) -> Floats:
        """For each candidate the mass of other names' in its group, weighed by how close those names stand."""
        table = np.zeros(self._shape)
        np.add.at(table, (self._owner, self._group), mass)
        if closeness is None:
            summed = table.sum(axis=0)[self._group] - table[self._owner, self._group]
        else:
            summed = (closeness @ table - table)[self._owner, self._group]
        return np.where(self._group < 0, 0.0, np.maximum(summed, 0.0))


@cache
def _context(name: str) -> float:
    return float(toml_table("choice.toml")["context"][name])


def distances_km(places: Sequence[Place]) -> Floats:
    """Kilometres between all of them, as a tunnel through the Earth: alike for what is near."""
    lat, lon = np.radians([[place.lat, place.lon] for place in places]).T
    points = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)
    return np.asarray(EARTH_RADIUS_KM * np.sqrt(np.clip(2 - 2 * points @ points.T, 0.0, None)), dtype=np.float64)
