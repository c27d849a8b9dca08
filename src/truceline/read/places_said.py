"""What the words beside a name say it is: 'Idlib province', 'the city of Homs', 'Clarke and Barrow counties'."""

from functools import cache

from truceline.model.place import Precision
from truceline.read.places_evidence import FAMOUS, Surroundings, cues
from truceline.read.places_spots import Spot

SPREAD = frozenset(["across", "throughout"])
MANY = frozenset(["villages", "towns", "hamlets"])
DIVISIONS = frozenset(["division", "admin1", "governorate"])
TOWNS = frozenset(["city", "town", "village", "suburb", "suburbs", "hamlet"])
SEATS = TOWNS | {"capital", "outskirts"}


def is_division_said(spot: Spot, around: Surroundings) -> bool:
    """Whether a word for a division stands at the name, or at the end of the row of names it is in."""
    nouns, plural = cues("division_nouns"), _plural_division_nouns()
    return (
        _noun_behind(spot, around) in nouns
        or _noun_before(spot, around) in nouns
        or any(_noun_behind(other, around) in plural for other in _row(spot, around, step=1))
        or any(_noun_before(other, around) in plural for other in _row(spot, around, step=-1))
        or _is_spread_over(spot, around)
    )


@cache
def _plural_division_nouns() -> frozenset[str]:
    return frozenset(noun for noun in cues("division_nouns") if noun.endswith("s"))


def _is_spread_over(spot: Spot, around: Surroundings) -> bool:
    """'villages in Idlib', 'across Idlib': what lies over more than the town, where a division bears its name too."""
    words, first = around.words, spot.first
    if first == 0 or not any(each.place.precision is Precision.ADMIN1 for each in spot.named):
        return False
    before = words[first - 1].key
    if before in SPREAD:
        largest = max((each.place.population for each in spot.named if each.place.kind not in DIVISIONS), default=0)
        return largest < FAMOUS or (first > 1 and words[first - 2].key in MANY)
    return before == "in" and first > 1 and words[first - 2].key in MANY


def is_settlement_said(spot: Spot, around: Surroundings) -> bool:
    """Whether a word for a town stands at the name."""
    return _noun_behind(spot, around) in TOWNS or _noun_before(spot, around) in SEATS


def _noun_behind(spot: Spot, around: Surroundings) -> str:
    if spot.last >= len(around.words):
        return ""
    after = around.words[spot.last]
    return after.key if after.gap.strip(" \u00a0-") == "" else ""


def _noun_before(spot: Spot, around: Surroundings) -> str:
    if spot.first < 2 or around.words[spot.first - 1].key != "of":
        return ""
    return around.words[spot.first - 2].key


def beside(spot: Spot, around: Surroundings) -> list[Spot]:
    """The names listed directly before and behind this one by commas or 'and'."""
    return [other for step in (-1, 1) if (other := _neighbour(spot, around, step=step)) is not None]


def _row(spot: Spot, around: Surroundings, *, step: int) -> list[Spot]:
    """The names listed with this one by commas and 'and', going on (step 1) or back (-1)."""
    row: list[Spot] = []
    here = _neighbour(spot, around, step=step)
    while here is not None:
        row.append(here)
        here = _neighbour(here, around, step=step)
    return row


def _neighbour(spot: Spot, around: Surroundings, *, step: int) -> Spot | None:
    words = around.words
    edge = spot.last if step > 0 else spot.first
    if not 0 < edge < len(words):
        return None
    listed = around.spot_starts if step > 0 else around.spot_ends
    if words[edge].gap.strip() == "," and edge in listed:
        return listed[edge]
    joint = edge if step > 0 else edge - 1
    beyond = edge + step
    return listed.get(beyond) if words[joint].key == "and" and 0 <= beyond < len(words) else None
