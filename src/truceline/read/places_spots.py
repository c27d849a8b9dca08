"""Stretches of a text that the gazetteer knows as a name: the longest at each word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from truceline.kit.fold import fold_name
from truceline.read.gazetteer import Gazetteer, Named
from truceline.read.places_words import Shape, Word, joined
from truceline.read.transliterate import base_forms, is_article, spell_out
from truceline.vocab.actors import demonyms
from truceline.vocab.places import csv_rows, toml_table

# Small words inside names ("Trinidad and Tobago", "Stratford upon Avon", "Rio de Janeiro").
INNER = frozenset(
    [
        "of",
        "the",
        "and",
        "de",
        "la",
        "le",
        "les",
        "du",
        "des",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "el",
        "los",
        "las",
        "al",
        "an",
        "upon",
        "on",
        "by",
        "sur",
        "en",
        "y",
        "e",
    ]
)
LONGEST_NAME = 7  # words
WELL_KNOWN = 50_000  # people
SHORT_LETTERS = 3  # names of so few letters must be written in capitals ("US", "UAE")


@dataclass(frozen=True, slots=True)
class Spot:
    """words[first:last] are a name; `named` are the places filed under it; `division` is set for "Va."."""

    first: int
    last: int
    start: int
    end: int
    key: str
    named: tuple[Named, ...] = field(hash=False)
    division: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Short:
    """A written abbreviation of a division; `after_comma` where it means it only there ("Springfield, Ill.")."""

    country: str
    division: str
    after_comma: bool


@cache
def shorts() -> dict[str, Short]:
    """Abbreviations as written."""
    return {
        row["short"]: Short(row["country"], row["division"], row["after_comma_only"] == "yes")
        for row in csv_rows("abbreviations.csv")
    }


@cache
def _short_starts() -> frozenset[str]:
    """First words of the abbreviations as written: most words are told apart by these alone."""
    return frozenset(re.split(r"[\W_]", short, maxsplit=1)[0] for short in shorts())


@cache
def never() -> frozenset[str]:
    """Words that are never taken for a settlement: ordinary ones, and what peoples and their things are called."""
    peoples = (cell for row in demonyms() for cell in (row["adjectives"], row["people"]))
    names = (fold_name(name) for cell in peoples for name in cell.split("|"))
    lists = toml_table("cues.toml")
    things = ("never", "place_nouns", "place_nouns_before", "facilities", "waters_and_heights", "directions")
    winds = (fold_name(wind) for wind in toml_table("offsets.toml")["wind"])
    return frozenset(word for name in things for word in lists[name]) | frozenset((*names, *winds))


def find_spots(text: str, words: Sequence[Word], gazetteer: Gazetteer) -> Iterator[Spot]:
    """Names known to the gazetteer, left to right, the longest at each word, never overlapping."""
    index = 0
    while index < len(words):
        spot = short_at(text, words, index) or _name_at(text, words, index, gazetteer)
        if spot is None:
            index += 1
        else:
            yield spot
            index = spot.last


def short_at(text: str, words: Sequence[Word], index: int, *, anywhere: bool = False) -> Spot | None:
    """The division that is abbreviated from words[index] on; `anywhere`: also where only a comma before would tell."""
    word = words[index]
    if word.shape not in (Shape.UPPER, Shape.TITLE) or text[word.start : word.end] not in _short_starts():
        return None
    for count in (3, 2, 1):
        if index + count > len(words):
            continue
        end = words[index + count - 1].end
        for stop in (1, 0):
            short = shorts().get(text[word.start : end + stop])
            if short is None or (stop == 0 and text[end : end + 1].isalnum()):
                continue
            guarded = short.after_comma and not anywhere
            if guarded and not word.gap.startswith(","):
                continue
            if guarded and stop == 0 and len(text[word.start : end]) != 2:
                continue
            key = spell_out(short.division.casefold())
            return Spot(index, index + count, word.start, end + stop, key, (), (short.country, short.division))
    return None


def _name_at(text: str, words: Sequence[Word], index: int, gazetteer: Gazetteer) -> Spot | None:
    word = words[index]
    if not _may_start(words, index):
        return None
    spelled = spell_out(word.key)
    longest = gazetteer.longest(word.key)
    longest = min(longest if spelled == word.key else max(longest, gazetteer.longest(spelled)), LONGEST_NAME)
    if word.whole is not None:
        longest = max(longest, gazetteer.longest(word.whole))
    if not word.key.isascii():
        longest = max([longest, *(gazetteer.longest(form) for form, _ in base_forms(word.key))])
    for count in range(_reach(words, index, longest), 0, -1):
        spot = _lookup(text, words, index, count, gazetteer)
        if spot is not None:
            return spot
    return None


def _may_start(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    if word.shape is Shape.LOWER and word.key in _small_starts():
        return True
    if word.shape is Shape.LOWER:
        # "al-Bab" in running text: the article small, the name capital.
        following = words[index + 1 : index + 2]
        return (
            is_article(word.key) and bool(following) and following[0].shape is Shape.TITLE and following[0].gap == "-"
        )
    return True


@cache
def _small_starts() -> frozenset[str]:
    """Small words that names brought by a mission may begin with: 'port of Tartus', 'southern Aleppo countryside'."""
    lists = toml_table("cues.toml")
    return frozenset((*lists["directions"], *lists["facilities"], "countryside", "road", "outskirts"))


def _reach(words: Sequence[Word], index: int, longest: int) -> int:
    count = 1 if longest else 0
    while count < longest and index + count < len(words) and joined(words, index + count):
        count += 1
    return count


def _lookup(text: str, words: Sequence[Word], index: int, count: int, gazetteer: Gazetteer) -> Spot | None:
    chosen = words[index : index + count]
    last = chosen[-1]
    stem = " ".join(word.key for word in chosen[:-1])
    for ending, end in ((last.whole, last.whole_end), (last.key, last.end)):
        if ending is None:
            continue
        key = spell_out(f"{stem} {ending}" if stem else ending)
        filed = gazetteer.named(key)
        if not filed:
            continue
        if ending is last.whole:
            filed = own_names(filed)
        named = tuple(each for each in filed if _allowed(each, chosen, key))
        if not _is_cased(chosen):
            # Small letters inside a name are only trusted in the mission's own ("Hmeimim air base").
            named = tuple(each for each in named if each.given and not each.respelled)
        if chosen[0].shape is Shape.NUMBER:
            # "7 July district": a number begins the names of a mission only.
            named = tuple(each for each in named if each.given and count > 1)
        if named:
            # "U.S.": the last full stop belongs to the letters.
            stop = int(count > 1 and last.gap == "." and text[end : end + 1] == ".")
            return Spot(index, index + count, chosen[0].start, end + stop, key, named)
    return None if last.key.isascii() else _inflected(index, chosen, gazetteer)


def own_names(named: tuple[Named, ...]) -> tuple[Named, ...]:
    """The places that own a name: 'Canada's' is no other name of Cañadas, while St. John's is called so."""
    return tuple(each for each in named if each.main or each.given)


def _inflected(index: int, chosen: Sequence[Word], gazetteer: Gazetteer) -> Spot | None:
    """A name with an Arabic particle before it or a Russian case ending: only of what is well known or a mission's."""
    for key, dropped in base_forms(" ".join(word.key for word in chosen)):
        named = tuple(
            each
            for each in gazetteer.named(key)
            if (each.given and not each.respelled)
            or each.place.population >= WELL_KNOWN
            or each.place.kind == "country"
        )
        if named and key not in never():
            return Spot(index, index + len(chosen), chosen[0].start + dropped, chosen[-1].end, key, named)
    return None


def _is_cased(words: Sequence[Word]) -> bool:
    inner = all(word.shape is not Shape.LOWER or word.key in INNER or is_article(word.key) for word in words)
    small_start = words[0].shape is Shape.LOWER and not is_article(words[0].key)
    return inner and words[-1].shape is not Shape.LOWER and not small_start


def _allowed(named: Named, words: Sequence[Word], key: str) -> bool:
    letters = key.replace(" ", "")
    if len(letters) <= SHORT_LETTERS and key.isascii():
        capitals = all(word.shape is Shape.UPPER or word.end - word.start == 1 for word in words)
        if named.place.kind in ("country", "union"):
            return capitals
        if not named.main and not named.given:
            return False
    if key in never():
        return named.place.kind in ("country", "continent", "union") or named.given
    return True
