"""Which place of a name a document means: what speaks for each is added up and turned into chances.

Every name of the document keeps company with the others: candidates that lie near those of other names, in their
division or their state, gain by it (after Lieberman, Samet and Sankaranarayanan 2010, local lexicons); a few rounds
settle it. One name has one sense in one document, unless the text says inside what it lies. The weights are learned
(`python -m training.places`), a few set by hand; both lie in vocab/places/choice.toml.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from truceline.kit.fold import fold_name
from truceline.model.place import Place
from truceline.read.gazetteer import Named
from truceline.read.places_features import COMPANY, FEATURES, OWN, Circle, Floats, Sense, Told, find_seats, own_features
from truceline.read.places_words import Shape, Word
from truceline.vocab.actors import demonyms
from truceline.vocab.places import toml_table

TOGETHER = 120  # names that keep company: every pair of their candidates is looked at
SHORTEST_PEOPLE = 4  # letters: 'us' is mostly a pronoun


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


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its chance and what made it: feature → log-odds, zeros left out."""

    named: Named
    chance: float
    points: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of several senses as arrays: `owner` says whose each is, `own` holds its features of OWN."""

    named: tuple[Named, ...]
    owner: NDArray[np.int_]
    own: Floats


def choose(senses: Sequence[Sense], *, told: Told, mentions: Sequence[float] = ()) -> list[Choice | None]:
    """For each sense the place it means in this company; None where it has no candidate.

    `mentions` say how often each stands in the text, once where left out. Senses stand in the order of the text; in a
    very long one only those near each other keep company.
    """
    return [choice for part, often in _parts(senses, mentions) for choice in _choose(part, told, often)]


def weigh(senses: Sequence[Sense], *, told: Told, mentions: Sequence[float] = ()) -> list[list[Weighed]]:
    """For each sense its candidates, likeliest first, with what speaks for each: what `choose` goes by, laid open."""
    return [each for part, often in _parts(senses, mentions) for each in _weigh(part, told, often)]


def _parts(senses: Sequence[Sense], mentions: Sequence[float]) -> Iterator[tuple[Sequence[Sense], Floats]]:
    often = np.array(mentions or [1.0] * len(senses), dtype=np.float64)
    for at in range(0, len(senses), TOGETHER):
        yield senses[at : at + TOGETHER], often[at : at + TOGETHER]


def _choose(senses: Sequence[Sense], told: Told, often: Floats) -> list[Choice | None]:
    found = find_candidates(senses, told)
    if not found.named:
        return [None] * len(senses)
    if len(found.named) == len(set(found.owner.tolist())):
        chances = np.ones(len(found.named))  # nothing to choose between
    else:
        chances = settle(found, circle_of(senses, found, often), weights_of(FEATURES)).chances
    mine: list[list[tuple[Named, float]]] = [[] for _ in senses]
    for owner, named, chance in zip(found.owner.tolist(), found.named, chances.tolist(), strict=True):
        mine[owner].append((named, chance))
    return [_choice(each) for each in mine]


def _weigh(senses: Sequence[Sense], told: Told, often: Floats) -> list[list[Weighed]]:
    found = find_candidates(senses, told)
    ranked: list[list[Weighed]] = [[] for _ in senses]
    if found.named:
        settled = settle(found, circle_of(senses, found, often), weights_of(FEATURES))
        points = np.hstack((found.own, settled.company)) * weights_of(FEATURES)
        for at, row in enumerate(points.tolist()):
            shown = {name: value for name, value in zip(FEATURES, row, strict=True) if value}
            ranked[found.owner[at]].append(Weighed(found.named[at], float(settled.chances[at]), shown))
    return [sorted(each, key=lambda one: _rank(one.named, one.chance)) for each in ranked]


def _rank(named: Named, chance: float) -> tuple[float, int, str]:
    return -chance, -named.place.population, named.place.id


def _choice(mine: list[tuple[Named, float]]) -> Choice | None:
    if not mine:
        return None
    (best, chance), *others = sorted(mine, key=lambda pair: _rank(*pair))
    return Choice(best, chance, tuple((named.place, share) for named, share in others))


def find_candidates(senses: Sequence[Sense], told: Told) -> Candidates:
    """The candidates of every sense; of a name with very many the best by themselves."""
    most, weights = int(toml_table("choice.toml")["context"]["candidates"]), weights_in_force()
    named: list[Named] = []
    rows: list[list[float]] = []
    owner: list[int] = []
    for at, sense in enumerate(senses):
        seats = find_seats(sense)
        mine = [(each, own_features(each, sense, told, seats)) for each in sense.named]
        if len(mine) > most:
            mine.sort(key=lambda pair: (-_sum(pair[1], weights), pair[0].place.id))
        for each, features in mine[:most]:
            named.append(each)
            rows.append([features.get(name, 0.0) for name in OWN])
            owner.append(at)
    return Candidates(tuple(named), np.array(owner, dtype=np.int_), np.array(rows).reshape(-1, len(OWN)))


def _sum(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in features.items())


def circle_of(senses: Sequence[Sense], found: Candidates, often: Floats) -> Circle:
    """The company that the senses keep; a name that stands there often counts for more."""
    keeping = np.array([sense.keeps_company for sense in senses], dtype=np.float64)
    return Circle([each.place for each in found.named], found.owner, found.own, keeping * np.log2(1.0 + often))


@dataclass(frozen=True, slots=True)
class Settled:
    """Chances of the candidates, and the company that they were settled in."""

    chances: Floats
    company: Floats


def settle(found: Candidates, circle: Circle, weights: Floats) -> Settled:
    """Chances after some rounds, in each of which the candidates keep company with the likeliest of the others."""
    own = found.own @ weights[: len(OWN)]
    chances = _softmax(own, found.owner)
    company = np.zeros((len(own), len(COMPANY)))
    if found.owner[0] == found.owner[-1]:
        return Settled(chances, company)  # a name alone has no company
    for _ in range(int(toml_table("choice.toml")["context"]["passes"])):
        company = circle.company(chances)
        chances = _softmax(own + company @ weights[len(OWN) :], found.owner)
    return Settled(chances, company)


def _softmax(points: Floats, owner: NDArray[np.int_]) -> Floats:
    top = np.full(int(owner.max()) + 1, -np.inf)
    np.maximum.at(top, owner, points)
    powers = np.exp(points - top[owner])
    return np.asarray(powers / np.bincount(owner, weights=powers)[owner], dtype=np.float64)


@cache
def weights_in_force() -> Mapping[str, float]:
    """Feature → weight, learned and set."""
    table = toml_table("choice.toml")
    return {**table["learned"], **table["set"]}


def weights_of(names: Sequence[str]) -> Floats:
    """The weights in force, in the order of the names."""
    return np.array([weights_in_force()[name] for name in names], dtype=np.float64)


def find_told(words: Sequence[Word], countries: Sequence[str]) -> Told:
    """What a text's words tell about countries."""
    keys = [word.key for word in words]
    return Told(countries=tuple(countries), manner=_manner(keys), peoples=_count_peoples(words))


def _manner(keys: Sequence[str]) -> dict[str, float]:
    """How many words of each country's own institutions and units a text uses, up to a bound."""
    line, most = f" {' '.join(keys)} ", float(toml_table("choice.toml")["manner"]["most"])
    known = frozenset(keys)
    counts = {
        country: len(words & known) + sum(phrase in line for phrase in phrases)
        for country, words, phrases in _manners()
    }
    return {country: min(most, count) for country, count in counts.items() if count}


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


def _count_peoples(words: Sequence[Word]) -> dict[str, float]:
    """How often the adjectives and peoples of each country stand in a text, written with a capital."""
    counts: dict[str, float] = {}
    for at, word in enumerate(words):
        if word.shape is not Shape.LOWER:
            pair = f"{word.key} {words[at + 1].key}" if at + 1 < len(words) else ""
            for country in _peoples().get(pair) or _peoples().get(word.key, ()):
                counts[country] = counts.get(country, 0.0) + 1.0
    return counts


@cache
def _peoples() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in demonyms():
        for name in (*row["adjectives"].split("|"), *row["people"].split("|")):
            key = fold_name(name)
            if len(key) >= SHORTEST_PEOPLE and row["country"] not in found.get(key, ()):
                found[key] = (*found.get(key, ()), row["country"])
    return found
