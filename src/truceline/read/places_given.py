"""Words that somebody else has marked as a place's, as a name of the gazetteer: whole, or by the name in them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from truceline.kit.fold import fold_name
from truceline.kit.geo import haversine_km
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.read.gazetteer import Gazetteer, Named
from truceline.read.places_spots import Spot, never, own_names, short_at
from truceline.read.places_words import Shape, Word
from truceline.read.transliterate import base_forms, name_key, spell_out
from truceline.vocab.actors import demonyms
from truceline.vocab.places import csv_rows, toml_table, word_list

LONGEST_PART = 5  # words of a name within a longer one
FAR_KM = 161.0  # from every other place of the text
BESIDE_KM = 25.0  # how far from the place named beside it something may lie


@dataclass(frozen=True, slots=True)
class Given:
    """A marked span as a spot. `part`: only a name within the words is known; what they name lies there or bears it."""

    spot: Spot
    part: bool = False


def spot_over(span: Span, text: str, words: Sequence[Word], gazetteer: Gazetteer) -> Given | None:
    """The words of a span as a known name, the fullest reading first; None where the gazetteer holds none of it."""
    inside = [at for at, word in enumerate(words) if word.start < span.end and span.start < word.end]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    short = short_at(text, words, first, anywhere=True)
    if short is not None and short.last == last:
        return Given(short)
    whole = _whole(words, first, last, gazetteer)
    if whole is not None:
        return Given(whole)
    part = next(_parts(words, first, last, gazetteer), None)
    return None if part is None else Given(part, part=True)


def _whole(words: Sequence[Word], first: int, last: int, gazetteer: Gazetteer) -> Spot | None:
    for key, owned in _keys(words[first:last]):
        filed = own_names(gazetteer.named(key)) if owned else gazetteer.named(key)
        known = {each.place.id for each in filed}
        named = (*filed, *(each for each in _lands(key, gazetteer) if each.place.id not in known))
        if named:
            return _spot(words, first, last, key, named)
    return None


def _spot(words: Sequence[Word], first: int, last: int, key: str, named: tuple[Named, ...]) -> Spot:
    return Spot(first, last, words[first].start, words[last - 1].end, key, named)


def _keys(words: Sequence[Word]) -> Iterator[tuple[str, bool]]:
    """Keys to ask for, and whether each has the possessive in it ('St. John's')."""
    stem, last = " ".join(word.key for word in words[:-1]), words[-1]
    for ending in (last.whole, last.key):
        if ending is not None:
            yield spell_out(f"{stem} {ending}".strip()), ending is last.whole
    if not last.key.isascii():
        yield from ((form, False) for form, _ in base_forms(f"{stem} {last.key}".strip()))


def _lands(key: str, gazetteer: Gazetteer) -> Iterator[Named]:
    """The lands of a people or of an adjective: 'Syrian', 'Congolese' (two of them), 'European'."""
    for land, country in lands_of_peoples().get(key, ()):
        for each in gazetteer.named(land):
            place = each.place
            if each.main and (place.country == country if country else place.precision is not Precision.SETTLEMENT):
                yield each


@cache
def lands_of_peoples() -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Adjectives and peoples, folded, with the (key, country) of what they belong to: 'syrian' → 'syria', SY."""
    names = {row["iso"]: name_key(row["name"]) for row in csv_rows("countries.csv")}
    lands: dict[str, tuple[tuple[str, str | None], ...]] = {
        people: ((name_key(land), None),) for people, land in toml_table("cues.toml")["peoples"].items()
    }
    for row in demonyms():
        for name in (*row["adjectives"].split("|"), *row["people"].split("|")):
            key = fold_name(name)
            if key and row["country"] in names:
                lands[key] = (*lands.get(key, ()), (names[row["country"]], row["country"]))
    return lands


def _parts(words: Sequence[Word], first: int, last: int, gazetteer: Gazetteer) -> Iterator[Spot]:
    """Names within the words, the longest first, of equal ones the first: 'Aleppo' in 'Aleppo University Hospital'.

    Last, the land of an adjective: 'Russian' in 'Russian Embassy'.
    """
    within = [
        (at, at + count, spell_out(" ".join(word.key for word in words[at : at + count])))
        for count in range(min(last - first - 1, LONGEST_PART), 0, -1)
        for at in range(first, last - count + 1)
    ]
    for at, stop, key in within:
        if _may_stand_alone(words[at:stop], key) and (named := gazetteer.named(key)):
            yield _spot(words, at, stop, key, named)
    for at, stop, key in within:
        if named := tuple(_lands(key, gazetteer)):
            yield _spot(words, at, stop, key, named)


def _may_stand_alone(words: Sequence[Word], key: str) -> bool:
    capital = all(words[at].shape in (Shape.TITLE, Shape.UPPER, Shape.UNCASED) for at in (0, -1))
    plain = key in never() or (len(words) == 1 and (len(key) < 3 or key in word_list("ordinary.txt")))
    return capital and not plain


def beside_others(placed: Sequence[Toponym], *, part: Sequence[bool]) -> list[Toponym]:
    """The same toponyms, where what the gazetteer lacks is taken to lie by the place named nearest to it in the text.

    Streets, halls and fields are named for whoever knows the town. `part` says of which words only a name within is
    known: a town of that name far from all other places of the text is no reason to look for them there.
    """
    known = [each for each, partly in zip(placed, part, strict=True) if not partly and each.precision in _NARROW]
    return [
        _beside(each, known) if each.id is None or (partly and _is_far(each, known)) else _less_sure(each, part=partly)
        for each, partly in zip(placed, part, strict=True)
    ]


_NARROW = frozenset({Precision.SETTLEMENT, Precision.POINT, Precision.ADMIN2})


def _is_far(place: Toponym, known: Sequence[Toponym]) -> bool:
    if place.precision is not Precision.SETTLEMENT or not known:
        return False
    return all(_km(place, each) > FAR_KM for each in known)


def _km(one: Toponym, other: Toponym) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    return haversine_km(one.lat, one.lon, other.lat, other.lon)


def _beside(place: Toponym, known: Sequence[Toponym]) -> Toponym:
    nearest = min(known, key=lambda each: (_letters_between(place.span, each.span), each.span), default=None)
    if nearest is None:
        return place
    return replace(
        nearest,
        span=place.span,
        precision=Precision.NEAR,
        radius_km=max(nearest.radius_km or 0.0, BESIDE_KM),
        chance=round(nearest.chance * _share("beside"), 3),
        runners_up=(),
        reason=f"not in the gazetteer; taken to lie by {nearest.name}, named nearest to it",
    )


def _letters_between(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _less_sure(place: Toponym, *, part: bool) -> Toponym:
    if not part:
        return place
    reason = f"the gazetteer knows only the name within it, {place.name}"
    return replace(place, chance=round(place.chance * _share("part"), 3), reason=reason)


def _share(name: str) -> float:
    return float(toml_table("chances.toml")["given"][name])
