"""Words that somebody else has marked as a place's, as a name of the gazetteer: whole, or by the name in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from truceline.kit.fold import fold_name
from truceline.model.place import Precision
from truceline.model.span import Span
from truceline.read.gazetteer import Gazetteer, Named
from truceline.read.places_spots import Spot, never, short_at
from truceline.read.places_words import Shape, Word
from truceline.read.transliterate import base_forms, name_key, spell_out
from truceline.vocab.actors import demonyms
from truceline.vocab.places import csv_rows, toml_table, word_list

LONGEST_PART = 5  # words of a name within a longer one


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
    for key in _keys(words[first:last]):
        filed = gazetteer.named(key)
        known = {each.place.id for each in filed}
        named = (*filed, *(each for each in _lands(key, gazetteer) if each.place.id not in known))
        if named:
            return _spot(words, first, last, key, named)
    return None


def _spot(words: Sequence[Word], first: int, last: int, key: str, named: tuple[Named, ...]) -> Spot:
    return Spot(first, last, words[first].start, words[last - 1].end, key, named)


def _keys(words: Sequence[Word]) -> Iterator[str]:
    stem, last = " ".join(word.key for word in words[:-1]), words[-1]
    for ending in (last.whole, last.key):
        if ending is not None:
            yield spell_out(f"{stem} {ending}".strip())
    if not last.key.isascii():
        yield from (form for form, _ in base_forms(f"{stem} {last.key}".strip()))


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
    """Names within the words, the longest first, of equal ones the first: 'Aleppo' in 'Aleppo University Hospital'."""
    for count in range(min(last - first - 1, LONGEST_PART), 0, -1):
        for at in range(first, last - count + 1):
            chosen = words[at : at + count]
            key = spell_out(" ".join(word.key for word in chosen))
            if _may_stand_alone(chosen, key) and (named := gazetteer.named(key)):
                yield _spot(words, at, at + count, key, named)


def _may_stand_alone(words: Sequence[Word], key: str) -> bool:
    capital = all(words[at].shape in (Shape.TITLE, Shape.UPPER, Shape.UNCASED) for at in (0, -1))
    plain = key in never() or (len(words) == 1 and (len(key) < 3 or key in word_list("ordinary.txt")))
    return capital and not plain
