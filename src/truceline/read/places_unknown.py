"""Names of places that the gazetteer does not hold: streets, rivers, villages said to be such.

They are kept as unresolved toponyms: the text names a place, and nothing tells us where it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from truceline.model.place import Toponym
from truceline.model.span import Span
from truceline.read.places_spots import Spot, never
from truceline.read.places_words import Shape, Word, is_sentence_start, joined
from truceline.vocab.places import toml_table, word_list

LONGEST_RUN = 5  # words of a street's or a river's name
UNRESOLVED_CHANCE = 0.6


class RunKind(StrEnum):
    STREET = "a street: finer than the gazetteer"
    FEATURE = "a landscape name that the gazetteer does not hold"
    SETTLEMENT = "said to be a place, not in the gazetteer"


@dataclass(frozen=True, slots=True)
class Run:
    """words[first:last] name a place by their form."""

    first: int
    last: int
    start: int
    end: int
    kind: RunKind


@cache
def cue(name: str) -> frozenset[str]:
    """One list of vocab/places/cues.toml."""
    return frozenset(toml_table("cues.toml")[name])


def find_runs(text: str, words: Sequence[Word], spots: Sequence[Spot]) -> Iterator[Run]:
    """Streets, roads by number, waters, heights and villages told by the form of their names, left to right."""
    filed = {(spot.first, spot.last) for spot in spots}
    known = {index for spot in spots for index in range(spot.first, spot.last)}
    last = 0
    for index in range(len(words)):
        if index < last or not _capital(words[index]):
            continue
        run = _numbered(words, index) or _ending(text, words, index, last) or _leading(words, index)
        run = run or _said_to_be(words, index, known)
        if run is not None and run.first >= last and (run.first, run.last) not in filed:
            last = run.last
            yield run


def unresolved(run: Run) -> Toponym:
    """The toponym of a run: named, not placed."""
    return Toponym(span=Span(run.start, run.end), id=None, chance=UNRESOLVED_CHANCE, reason=run.kind.value)


def _capital(word: Word) -> bool:
    return word.shape in (Shape.TITLE, Shape.UPPER)


def _numbered(words: Sequence[Word], index: int) -> Run | None:
    """'Highway 19', 'County Road 56', 'Interstate 45'."""
    if not _capital(words[index]) or words[index].key not in _road_starts():
        return None
    for size in (3, 2, 1):
        key = " ".join(word.key for word in words[index : index + size])
        number = index + size
        if key not in cue("numbered_roads") or number >= len(words) or words[number].shape is not Shape.NUMBER:
            continue
        if words[number].gap in (" ", "-", "\u00a0") and len(words[number].key) <= 4:
            return Run(index, number + 1, words[index].start, words[number].end, RunKind.STREET)
    return None


@cache
def _road_starts() -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in cue("numbered_roads"))


def _ending(text: str, words: Sequence[Word], index: int, least: int) -> Run | None:
    """'Pine Needle Drive', 'Neches River': a run of capitals ending in a word for such a thing."""
    word = words[index]
    street = word.key in cue("streets")
    if not (street or word.key in cue("waters_and_heights")) or not _capital(word) or word.shape is Shape.UPPER:
        return None
    first = index
    while first - 1 >= least and index - first < LONGEST_RUN and _goes_on(words, first - 1, first, street=street):
        first -= 1
    while first < index and words[first].key in cue("not_runs"):
        first += 1
    if first == index or (index + 1 < len(words) and _titled_on(words, index + 1)):
        return None
    if words[first].key in cue("titles") and index > first + 1:
        return None  # "Mrs Virginia Lake"
    stop = int(street and len(word.key) <= 4 and text[word.end : word.end + 1] == ".")
    return Run(first, index + 1, words[first].start, word.end + stop, RunKind.STREET if street else RunKind.FEATURE)


def _goes_on(words: Sequence[Word], before: int, index: int, *, street: bool) -> bool:
    word = words[before]
    numbered = street and word.shape is Shape.NUMBER and word.key[-1:].isalpha()
    plain = words[index].gap in (" ", "-", "\u00a0") or (words[index].gap == ". " and len(word.key) <= 2)
    return plain and word.whole is None and (numbered or _capital(word)) and word.key not in cue("not_runs")


def _titled_on(words: Sequence[Word], index: int) -> bool:
    return words[index].shape is Shape.TITLE and words[index].gap == " " and words[index].key not in cue("directions")


def _leading(words: Sequence[Word], index: int) -> Run | None:
    """'Lake Lanier', 'Camp Lejeune', 'Tell Qarah'."""
    if words[index].key not in cue("leading_features") or words[index].shape is not Shape.TITLE:
        return None
    last = index + 1
    while last < len(words) and last - index < LONGEST_RUN and words[last].shape is Shape.TITLE and joined(words, last):
        last += 1
    if last == index + 1 or words[index + 1].key in never():
        return None
    if words[index].key in ("abu", "umm") and words[index + 1].key in word_list("given_names.txt"):
        return None  # called by the name of a child
    return Run(index, last, words[index].start, words[last - 1].end, RunKind.FEATURE)


def _said_to_be(words: Sequence[Word], index: int, known: set[int]) -> Run | None:
    """'the village of Foo', 'Foo village'."""
    if index in known or not _capital(words[index]):
        return None
    last = index + 1
    while last < len(words) and last - index < LONGEST_RUN and _capital(words[last]) and joined(words, last):
        last += 1
    said_before = (
        index > 1
        and words[index - 1].key == "of"
        and words[index - 2].key in cue("village_nouns")
        and words[index].gap == " "
        and words[index - 2].shape is Shape.LOWER
    )
    said_behind = last < len(words) and words[last].key in cue("village_nouns") and words[last].gap == " "
    said_behind = said_behind and words[last].shape is Shape.LOWER and not is_sentence_start(words, index)
    name = words[index].key
    if not (said_before or said_behind) or name in cue("never") or name in word_list("given_names.txt"):
        return None
    return Run(index, last, words[index].start, words[last - 1].end, RunKind.SETTLEMENT)
