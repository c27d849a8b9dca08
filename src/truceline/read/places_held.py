"""What a text says a place lies in: 'the Zahraa neighbourhood of Homs' is none of the Zahraas elsewhere."""

from dataclasses import dataclass

from truceline.kit.geo import haversine_km
from truceline.model.place import Place, Precision
from truceline.read.gazetteer import Named
from truceline.read.places_evidence import Surroundings, cues, is_container
from truceline.read.places_spots import Spot

REACH_KM = 15.0  # beyond the extent of a city: its suburbs


@dataclass(frozen=True, slots=True)
class Held:
    """The name of a city behind or before that of a place; `as_part`: the words say that the place is a part of it."""

    holder: Spot
    as_part: bool


def find_held(spot: Spot, around: Surroundings) -> Held | None:
    """'X quarter of Y', 'X quarter in Y', 'quarter of X in Y', 'Y suburb of X'; also 'X, Y' and 'X in Y'."""
    words, nouns = around.words, cues("quarter_nouns")
    behind = spot.last < len(words) and words[spot.last].key in nouns and _is_joined(spot.last, around)
    before = _is_named_by(spot, around)
    holder = around.spot_starts.get(_after_link(spot.last + behind, around))
    if holder is not None and _is_city(holder) and (behind or before or _may_be_quarter(spot, holder)):
        return Held(holder, as_part=behind or before)
    if behind or before:
        holder = _owner(spot, around, skipped=2 if before else 0)
        if holder is not None and _is_city(holder):
            return Held(holder, as_part=True)
    return None


def _may_be_quarter(spot: Spot, holder: Spot) -> bool:
    """Behind a comma a name that is a state's or a division's too ('Springfield, Illinois') tells of a wider place."""
    return not is_container(holder) or any(each.place.kind == "quarter" for each in keep_held(spot.named, holder))


def _is_named_by(spot: Spot, around: Surroundings) -> bool:
    """'The quarter of X', not 'the X quarter of Y'."""
    words, first = around.words, spot.first
    if first < 2 or words[first - 1].key != "of" or words[first - 2].key not in cues("quarter_nouns"):
        return False
    return first - 2 not in around.spot_ends


def _is_joined(index: int, around: Surroundings) -> bool:
    gap = around.words[index].gap
    return gap.strip(" \u00a0-") == "" and "\n" not in gap


def _after_link(index: int, around: Surroundings) -> int:
    """Index of the word behind 'of', 'in' (with 'the city of') or a comma; -1 where there is none."""
    words = around.words
    if index >= len(words):
        return -1
    if words[index].gap.strip() == "," and "\n" not in words[index].gap:
        return index
    if words[index].key not in ("of", "in") or not _is_joined(index, around):
        return -1
    ahead = [each.key for each in words[index + 1 : index + 4]]
    for said in (["the", "city", "of"], ["the"]):
        if ahead[: len(said)] == said:
            return index + 1 + len(said)
    return index + 1


def _owner(spot: Spot, around: Surroundings, *, skipped: int) -> Spot | None:
    """The name right before: 'Homs's Zahraa quarter', 'the Homs neighbourhood of Zahraa'."""
    edge = spot.first - skipped
    holder = around.spot_ends.get(edge)
    if holder is not None and around.words[edge].gap.strip() in ("", "'s", "’s", "'", "’"):
        return holder
    if not skipped and edge >= 1 and around.words[edge - 1].key == "s":
        return around.spot_ends.get(edge - 1)
    return None


def _is_city(spot: Spot) -> bool:
    return any(each.place.precision is Precision.SETTLEMENT for each in spot.named)


def keep_held(named: tuple[Named, ...], holder: Spot) -> tuple[Named, ...]:
    """Those of a name that lie within or by the other's city, else in its division; none where there are none."""
    cities = [each.place for each in holder.named if each.place.precision is Precision.SETTLEMENT]
    inside = tuple(each for each in named if any(_lies_by(each.place, city) for city in cities))
    return inside or tuple(each for each in named if any(_shares_division(each.place, city) for city in cities))


def _lies_by(place: Place, city: Place) -> bool:
    if place.id == city.id or place.precision in (Precision.COUNTRY, Precision.REGION, Precision.ADMIN1):
        return False
    return haversine_km(place.lat, place.lon, city.lat, city.lon) <= city.radius_km + REACH_KM


def _shares_division(place: Place, city: Place) -> bool:
    return place.admin1 is not None and (place.country, place.admin1) == (city.country, city.admin1)
