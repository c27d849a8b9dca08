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
    {"continent", "union", "region", "ocean", "sea", "river", "desert", "range", "valley", "delta", "coast"}
)
LEAST = 1e-4  # no evidence of ours is surer than this


def calibrated(named: Named, *, key: str, use: float, choice: float, alone: bool, home: bool) -> float:
    """The chance that `named` is meant by the name `key`.

    `use`: that its words name a place at all; `choice`: that it is this one among those of the name, of which it may be
    the only one (`alone`); `home`: it lies in the mission's first country.
    """
    weights, bounds = _table("weights"), _table("bounds")
    odds = weights["start"] + weights["use"] * min(_log_odds(use), bounds["use_most"])
    if alone:
        odds += weights["only"]
    else:
        range_ = max(_log_odds(choice), bounds["choice_least"])
        odds += weights["choice"] * (min(range_, bounds["choice_most"]) - bounds["choice_middle"])
    odds += _by_kind(named, weights, bounds)
    odds += weights["several_words"] * (" " in key) + weights["home"] * home
    return 1 / (1 + math.exp(-odds))


def _by_kind(named: Named, weights: dict[str, float], bounds: dict[str, float]) -> float:
    place, odds = named.place, 0.0
    if named.given:
        return weights["given"]
    if place.precision is Precision.SETTLEMENT and place.kind in NARROW:
        people = min(math.log10(place.population + 10), bounds["people_most"])
        odds += weights["settlement"] + weights["people"] * (people - bounds["people_middle"])
    odds += weights["division"] * (place.kind in DIVISIONS) + weights["wide"] * (place.kind in WIDE)
    return odds + (0.0 if named.main else weights["other_name"])


def _log_odds(chance: float) -> float:
    chance = min(max(chance, LEAST), 1 - LEAST)
    return math.log(chance / (1 - chance))


@cache
def _table(group: str) -> dict[str, float]:
    return dict(toml_table("chances.toml")[group])
