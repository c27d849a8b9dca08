"""How likely a place is the one meant, as a chance that keeps its word: of the places at .9 nine in ten are right.

Platt's way of calibrating (1999): log-odds weighed and added up, with weights fitted on half of three public corpora.
"""

import math
from functools import cache

from truceline.model.place import Precision
from truceline.read.gazetteer import Named
from truceline.vocab.places import toml_table

NARROW = frozenset({"hamlet", "village", "town", "city"})
DIVISIONS = frozenset({"division", "admin1", "county"})
WIDE = frozenset(
    {
        "continent",
        "union",
        "region",
        "ocean",
        "sea",
        "river",
        "desert",
        "range",
        "valley",
        "delta",
        "coast",
        "island",
        "islands",
    }
)
LEAST = 1e-4  # no evidence of ours is surer than this


# What `evidence_of` tells, each times its weight.
NAMES = (
    "use",
    "choice",
    "only",
    "people",
    "settlement",
    "wide",
    "other_name",
    "several_words",
    "division",
    "home",
    "given",
)


def calibrated(named: Named, *, key: str, use: float, choice: float, alone: bool, home: bool) -> float:
    """The chance that `named` is meant by the name `key`; the evidence is that of `evidence_of`."""
    weights = _table("weights")
    evidence = evidence_of(named, key=key, use=use, choice=choice, alone=alone, home=home)
    odds = weights["start"] + sum(weights[name] * value for name, value in evidence.items())
    return 1 / (1 + math.exp(-odds))


def evidence_of(named: Named, *, key: str, use: float, choice: float, alone: bool, home: bool) -> dict[str, float]:
    """What speaks for `named` as the bearer of the name `key`, by NAMES.

    `use`: that its words name a place at all; `choice`: that it is this one among those of the name, of which it may be
    the only one (`alone`); `home`: it lies in the mission's first country.
    """
    bounds, among = _table("bounds"), 0.0
    if not alone:
        range_ = max(_log_odds(choice), bounds["choice_least"])
        among = min(range_, bounds["choice_most"]) - bounds["choice_middle"]
    return {
        **dict.fromkeys(NAMES, 0.0),
        **_by_kind(named, bounds),
        "use": min(_log_odds(use), bounds["use_most"]),
        "choice": among,
        "only": float(alone),
        "several_words": float(" " in key),
        "home": float(home),
    }


def _by_kind(named: Named, bounds: dict[str, float]) -> dict[str, float]:
    place = named.place
    if named.given:
        return {"given": 1.0}
    found = {"division": float(place.kind in DIVISIONS), "wide": float(place.kind in WIDE)}
    if place.precision is Precision.SETTLEMENT and place.kind in NARROW:
        people = min(math.log10(place.population + 10), bounds["people_most"])
        found |= {"settlement": 1.0, "people": people - bounds["people_middle"]}
    return found | {"other_name": float(not named.main)}


def _log_odds(chance: float) -> float:
    chance = min(max(chance, LEAST), 1 - LEAST)
    return math.log(chance / (1 - chance))


@cache
def _table(group: str) -> dict[str, float]:
    return dict(toml_table("chances.toml")[group])
