"""Which place of a name a document means, by people, by what is said around it and by the places beside it.

Every name of the document votes for the candidates of the others that lie near it or in the same division or
state, and takes their votes (after Lieberman, Samet and Sankaranarayanan 2010, local lexicons); a few
rounds settle it. One name has one sense in one document, unless the text says inside what it lies.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from truceline.kit.geo import EARTH_RADIUS_KM
from truceline.model.place import Place, Precision
from truceline.read.gazetteer import Named
from truceline.vocab.places import toml_table

Floats = NDArray[np.float64]
COMPANY = 400  # names that keep company: every pair of their candidates is looked at
Wide = frozenset({Precision.COUNTRY, Precision.REGION})


@dataclass(frozen=True, slots=True)
class Sense:
    """One name as used in one way in a document: what it could be and what is said of it."""

    key: str
    named: tuple[Named, ...] = field(hash=False)
    inside: tuple[str | None, str | None] | None = None  # (country, division) said behind a comma
    as_division: bool = False
    as_settlement: bool = False
    weight: float = 1.0  # how sure it is that this names a place at all


@dataclass(frozen=True, slots=True)
class Choice:
    """The place meant, its chance among the others of the name, and those others, likeliest first.

    `own_name`: the text calls it by its own name, not by another one that it also goes by.
    """

    named: Named
    chance: float
    others: tuple[tuple[Place, float], ...]

    @property
    def place(self) -> Place:
        return self.named.place

    @property
    def own_name(self) -> bool:
        return (self.named.main or self.named.given) and not self.named.respelled


@cache
def _table(group: str) -> Mapping[str, float]:
    return dict(toml_table("choice.toml")[group])


def choose(
    senses: Sequence[Sense], *, countries: Sequence[str], manner: Mapping[str, float] | None = None
) -> list[Choice | None]:
    """For each sense the place it means in this company; None where it has no candidate.

    `countries` are the mission's, likeliest first; `manner` gives points to countries whose press writes so.
    Senses stand in the order of the text; in a very long one only those near each other keep company.
    """
    groups = [senses[at : at + COMPANY] for at in range(0, len(senses), COMPANY)]
    return [choice for each in groups for choice in _choose(each, countries=countries, manner=manner)]


def _choose(
    senses: Sequence[Sense], *, countries: Sequence[str], manner: Mapping[str, float] | None
) -> list[Choice | None]:
    lists = [_candidates(sense, countries, manner or {}) for sense in senses]
    flat = [(index, named, points) for index, some in enumerate(lists) for named, points in some]
    if not flat:
        return [None] * len(senses)
    if len({index for index, _, _ in flat}) == len(flat):
        return [_choice([(named, 1.0) for named, _ in some]) for some in lists]  # nothing to choose between
    if flat[0][0] == flat[-1][0]:
        return _choices(lists, _shares([points for _, _, points in flat]))  # a name alone has no company
    owner = np.array([index for index, _, _ in flat])
    own = np.array([points for _, _, points in flat])
    chances = _softmax(own, owner)
    sure = np.array([sense.weight for sense in senses])[owner]
    ties = _affinity([named.place for _, named, _ in flat], owner)
    for _ in range(int(_table("context")["passes"])):
        company = np.minimum(ties @ (chances * sure), _table("context")["company_cap"])
        chances = _softmax(own + _table("context")["company"] * company, owner)
    return _choices(lists, chances.tolist())


def _choices(lists: Sequence[Sequence[tuple[Named, float]]], chances: Iterable[float]) -> list[Choice | None]:
    shares = iter(chances)
    return [_choice([(named, next(shares)) for named, _ in some]) for some in lists]


def _choice(mine: list[tuple[Named, float]]) -> Choice | None:
    if not mine:
        return None
    ranked = sorted(mine, key=lambda pair: (-pair[1], -pair[0].place.population, pair[0].place.id))
    best, chance = ranked[0]
    others = tuple((named.place, share) for named, share in ranked[1:])
    return Choice(best, chance, others)


def _candidates(sense: Sense, countries: Sequence[str], manner: Mapping[str, float]) -> list[tuple[Named, float]]:
    seats = _seats(sense)
    scored = [
        (
            named,
            _prior(named, countries)
            + _said(named.place, sense)
            + seats.get(named.place.id, 0.0)
            + _mannered(named.place, manner),
        )
        for named in sense.named
    ]
    scored.sort(key=lambda pair: (-pair[1], pair[0].place.id))
    return scored[: int(_table("context")["candidates"])]


def find_manner(keys: Sequence[str]) -> dict[str, float]:
    """Points for the countries whose own institutions and units a text uses; `keys` are its folded words in order."""
    table = toml_table("choice.toml")["manner"]
    line, known = f" {' '.join(keys)} ", frozenset(keys)
    counts = {
        country: len(words & known) + sum(phrase in line for phrase in phrases)
        for country, words, phrases in _manners()
    }
    return {country: min(table["most"], table["points"] * count) for country, count in counts.items() if count}


@cache
def _manners() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """Countries with the single words and the longer ones of their press."""
    listed = {country: dict.fromkeys(each) for country, each in toml_table("choice.toml")["manner"]["words"].items()}
    return tuple(
        (
            country,
            frozenset(word for word in each if " " not in word),
            tuple(f" {words} " for words in each if " " in words),
        )
        for country, each in listed.items()
    )


def _mannered(place: Place, manner: Mapping[str, float]) -> float:
    return manner.get(place.country or "", 0.0) if place.precision not in Wide else 0.0


def _seats(sense: Sense) -> dict[str, float]:
    """Points for the town that a division of the same name is named for: the bare name means the town."""
    if sense.as_division:
        return {}
    divisions = {
        (each.place.country, each.place.admin1) for each in sense.named if each.place.precision is Precision.ADMIN1
    }
    other_name = not any(each.main for each in sense.named)  # in a script that is nobody's own
    towns = [each for each in sense.named if (each.main or other_name) and each.place.precision is Precision.SETTLEMENT]
    return {
        each.place.id: _table("context")["seat"]
        for each in towns
        if (each.place.country, each.place.admin1) in divisions
    }


def _prior(named: Named, countries: Sequence[str]) -> float:
    table, place = _table("prior"), named.place
    points = _by_kind(place)
    if named.given:
        points = max(points, table["given"])
    elif not named.main:
        points += table["county_bare" if place.kind == "county" else "other_name"]
    points += table["respelled"] if named.respelled else 0.0
    if place.country in countries:
        points += max(
            0.0, table["mission_country"] - table["next_country"] * list(countries).index(place.country or "")
        )
    return points


def _by_kind(place: Place) -> float:
    table = _table("prior")
    if place.kind in ("division", "admin1"):
        return table["division"] + table["division_size"] * math.log10(max(place.radius_km, 3.0) / 30)
    if place.precision is Precision.SETTLEMENT and place.population:
        bonus = table["capital"] if place.kind == "capital" else 0.0
        return table["settlement"] * math.log10(place.population + 10) + bonus
    return table[place.kind] if place.kind in table else table["region"]


def _said(place: Place, sense: Sense) -> float:
    table, points = _table("context"), 0.0
    division = place.precision in (Precision.ADMIN1, Precision.ADMIN2)
    if sense.as_division:
        points += table["division_said"] if division else 0.0
    if sense.as_settlement:
        points += table["settlement_said"] if place.precision is Precision.SETTLEMENT else 0.0
    if sense.inside is not None:
        country, name = sense.inside
        inside = place.country == country and (name is None or place.admin1 == name) and place.precision not in Wide
        points += table["inside_said"] if inside and not (division and place.admin1 == place.name == name) else 0.0
    return points


def _affinity(places: list[Place], owner: NDArray[np.int_]) -> Floats:
    """How much each candidate supports each other one: row takes, column gives. Nothing within one name."""
    table = _table("context")
    wide = np.array([place.precision in Wide for place in places])
    country = _numbered([place.country for place in places])
    division = _numbered([(place.country, place.admin1) if place.admin1 else None for place in places])
    near = table["near"] * np.exp(-_distances(places) / table["distance_km"])
    ties = np.where(wide[:, None] | wide[None, :], 0.0, near)
    ties += table["same_division"] * (division[:, None] == division[None, :])
    ties += table["same_country"] * (country[:, None] == country[None, :])
    ties[owner[:, None] == owner[None, :]] = 0.0
    return ties


def _numbered(keys: Sequence[object]) -> NDArray[np.int_]:
    """A number for each, the same for the same key; one of its own for None."""
    numbers: dict[object, int] = {}
    return np.array([-1 - at if key is None else numbers.setdefault(key, at) for at, key in enumerate(keys)])


def _distances(places: list[Place]) -> Floats:
    lat = np.radians(np.array([place.lat for place in places]))
    lon = np.radians(np.array([place.lon for place in places]))
    across = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    across += np.cos(lat[:, None]) * np.cos(lat[None, :]) * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(across, 0, 1))), dtype=np.float64)


def _shares(points: Sequence[float]) -> list[float]:
    """The chances of one name's candidates."""
    top = max(points)
    powers = [math.exp(each - top) for each in points]
    whole = sum(powers)
    return [each / whole for each in powers]


def _softmax(points: Floats, owner: NDArray[np.int_]) -> Floats:
    top = np.full(int(owner.max()) + 1, -np.inf)
    np.maximum.at(top, owner, points)
    powers = np.exp(points - top[owner])
    return np.asarray(powers / np.bincount(owner, weights=powers)[owner], dtype=np.float64)
