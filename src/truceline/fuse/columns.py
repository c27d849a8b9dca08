"""Cards as columns of numbers, so that hopeless pairs are told in bulk: what may forbid a join, and what it may reach.

Everything here errs on the side of comparing: `may_join` never leaves out a pair that `compare` would join.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from truceline.fuse.cards import Card

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]

NOWHERE = -1
SKETCH = 64  # bits, one for each word of a telling by its hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One entry a card. Hours since 1970, radians, km; codes are small whole numbers, -1 for nothing."""

    start: Floats
    end: Floats
    hourly: Flags
    aggregate: Flags
    vague: Flags
    kind: Ints
    lat: Floats
    lon: Floats
    radius: Floats
    place: Ints
    name: Ints
    admin1: Ints
    placed: Flags
    wide: Flags
    agents: Ints
    mutual: Flags
    roles: Ints
    toll: Flags
    words: Ints
    telling_words: Ints
    sketch: Bits
    telling_sketch: Bits
    document: Ints
    root: Ints
    taken: Flags
    row: Ints
    named: Flags
    elliptic: Flags


class Codes:
    """Whole numbers for things, in the order they are met; -1 for what is nothing."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}

    def of(self, thing: Hashable) -> int:
        return self._known.setdefault(thing, len(self._known)) if thing else NOWHERE

    def things(self) -> tuple[Hashable, ...]:
        return tuple(self._known)


@dataclass(frozen=True, slots=True)
class Books:
    """The codes of everything that is compared by equality; columns made with the same books can be compared."""

    kind: Codes = field(default_factory=Codes)
    agents: Codes = field(default_factory=Codes)
    place: Codes = field(default_factory=Codes)
    name: Codes = field(default_factory=Codes)
    admin1: Codes = field(default_factory=Codes)
    document: Codes = field(default_factory=Codes)
    row: Codes = field(default_factory=Codes)


def lay_columns(cards: Sequence[Card], books: Books) -> Columns:
    """The columns of cards, in their order."""
    placed = [each.where for each in cards]

    def numbers(values: Iterable[float]) -> Floats:
        return np.fromiter(values, np.float64, len(cards))

    def whole(values: Iterable[int]) -> Ints:
        return np.fromiter(values, np.int64, len(cards))

    def flags(values: Iterable[bool]) -> Flags:
        return np.fromiter(values, np.bool_, len(cards))

    def codes(book: Codes, values: Iterable[Hashable]) -> Ints:
        return whole(book.of(each) for each in values)

    return Columns(
        start=numbers(np.inf if each.start is None else each.start for each in cards),
        end=numbers(each.end for each in cards),
        hourly=flags(each.hourly for each in cards),
        aggregate=flags(each.aggregate for each in cards),
        vague=flags(each.vague for each in cards),
        kind=codes(books.kind, ((each.group, each.kind) for each in cards)),
        lat=np.radians(numbers(0.0 if each is None else each.lat for each in placed)),
        lon=np.radians(numbers(0.0 if each is None else each.lon for each in placed)),
        radius=numbers(0.0 if each is None else each.radius_km for each in placed),
        place=codes(books.place, ("" if each is None else each.id or "" for each in placed)),
        name=codes(books.name, ("" if each is None else each.name for each in placed)),
        admin1=codes(books.admin1, ("" if each is None else each.admin1 for each in placed)),
        placed=flags(each is not None for each in placed),
        wide=flags(each is not None and each.wide for each in placed),
        agents=codes(books.agents, (each.agents for each in cards)),
        mutual=flags(each.mutual for each in cards),
        roles=whole(rank_target(each) for each in cards),
        toll=flags(each.killed is not None for each in cards),
        words=whole(len(each.words) for each in cards),
        telling_words=whole(len(each.telling_words) for each in cards),
        sketch=np.fromiter((sketch(each.words) for each in cards), np.uint64, len(cards)),
        telling_sketch=np.fromiter((sketch(each.telling_words) for each in cards), np.uint64, len(cards)),
        document=codes(books.document, (each.telling.document for each in cards)),
        root=codes(books.document, (each.root for each in cards)),
        taken=flags(each.telling.taken_from is not None or bool(each.credited) for each in cards),
        row=codes(books.row, (each.telling.family if each.row else "" for each in cards)),
        named=flags(bool(each.names) for each in cards),
        elliptic=flags(each.refers_to is not None for each in cards),
    )


def rank_target(card: Card) -> int:
    """0: no target told, 1: by actors only, 2: by words."""
    return 2 if card.recipient_words else int(bool(card.recipients))


def sketch(words: Iterable[str]) -> int:
    """A bit for every word: a bit that only one of two sets has stands for a word that only it has."""
    bits = 0
    for each in words:
        bits |= bit_of(each)
    return bits


@cache
def bit_of(word: str) -> int:
    return 1 << (crc32(word.encode()) % SKETCH)
