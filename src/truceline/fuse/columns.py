"""Cards as columns of numbers, so that a great many pairs can be asked about at once."""

from array import array
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from truceline.fuse.cards import Card
from truceline.fuse.policy import kinds

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]

NOTHING = -1
WORD_SETS = ("names", "agent_words", "recipient_words", "words", "telling_words", "details", "object_words")
SKETCH = 64  # bits, one for each word of a telling by its hash


class Codes:
    """Whole numbers for things, in the order they are met; -1 for what is nothing."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}

    def of(self, thing: Hashable) -> int:
        return self._known.setdefault(thing, len(self._known)) if thing else NOTHING

    def __len__(self) -> int:
        return len(self._known)

    def things(self) -> tuple[Hashable, ...]:
        return tuple(self._known)


@dataclass(frozen=True, slots=True)
class Books:
    """The codes of everything that is compared by equality; columns made with the same books can be compared."""

    kind: Codes = field(default_factory=Codes)
    actors: Codes = field(default_factory=Codes)
    place: Codes = field(default_factory=Codes)
    name: Codes = field(default_factory=Codes)
    admin1: Codes = field(default_factory=Codes)
    document: Codes = field(default_factory=Codes)
    claim: Codes = field(default_factory=Codes)
    family: Codes = field(default_factory=Codes)
    losses: Codes = field(default_factory=Codes)
    word: Codes = field(default_factory=Codes)


@dataclass(frozen=True, slots=True)
class WordSets:
    """A set of words for each card: the codes of its words one after another, how many they are, a bit for each."""

    size: Ints
    bits: Bits
    words: NDArray[np.int32]

    def matrix(self, width: int) -> csr_array:
        """A row for each card, 1 where it has the word."""
        ends = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(self.size)])
        return csr_array((np.ones(len(self.words), dtype=np.int32), self.words, ends), shape=(len(self.size), width))


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One entry a card. Hours since 1970, radians, km; codes are whole numbers, -1 for nothing."""

    # when
    start: Floats
    end: Floats
    timed: Flags
    reported: Flags
    hourly: Flags
    further: Flags
    updates: Flags
    aggregate: Flags
    vague: Flags
    # where
    placed: Flags
    unplaced: Flags
    lat: Floats
    lon: Floats
    radius: Floats
    extent: Floats
    place: Ints
    name: Ints
    admin1: Ints
    wide: Flags
    vast: Flags
    offset: Flags
    exact: Flags
    names: WordSets
    # what and who
    kind: Ints
    agents: Ints
    recipients: Ints
    everyone: Ints
    agent_count: Ints
    agent_words: WordSets
    recipient_words: WordSets
    mutual: Flags
    # how many
    toll: Flags
    low: Floats
    high: Floats
    losses: Ints
    # in which words, in which report
    words: WordSets
    telling_words: WordSets
    details: WordSets
    object_words: WordSets
    document: Ints
    root: Ints
    claim: Ints
    refers_to: Ints
    since: Ints
    until: Ints
    taken: Flags
    credits: Flags
    row: Flags
    family: Ints


def lay_columns(cards: Sequence[Card], books: Books) -> Columns:
    """The columns of cards, in their order."""
    placed = [each.where for each in cards]
    tellings = [each.telling for each in cards]
    killed = [each.killed for each in cards]

    def numbers(values: Iterable[float]) -> Floats:
        return np.fromiter(values, np.float64, len(cards))

    def whole(values: Iterable[int]) -> Ints:
        return np.fromiter(values, np.int64, len(cards))

    def flags(values: Iterable[bool]) -> Flags:
        return np.fromiter(values, np.bool_, len(cards))

    return Columns(
        start=numbers(np.inf if each.start is None else each.start for each in cards),
        end=numbers(each.end for each in cards),
        timed=flags(each.start is not None for each in cards),
        reported=flags(each.reported for each in cards),
        hourly=flags(each.hourly for each in cards),
        further=flags(each.further for each in cards),
        updates=flags(each.updates for each in cards),
        aggregate=flags(each.aggregate for each in cards),
        vague=flags(each.vague for each in cards),
        placed=flags(each is not None for each in placed),
        unplaced=flags(each.unplaced for each in cards),
        lat=np.radians(numbers(0.0 if each is None else each.lat for each in placed)),
        lon=np.radians(numbers(0.0 if each is None else each.lon for each in placed)),
        radius=numbers(0.0 if each is None else each.radius_km for each in placed),
        extent=numbers(0.0 if each is None else each.extent_km for each in placed),
        place=whole(NOTHING if each is None else books.place.of(each.id or "") for each in placed),
        name=whole(NOTHING if each is None else books.name.of(each.name) for each in placed),
        admin1=whole(NOTHING if each is None else books.admin1.of(each.admin1) for each in placed),
        wide=flags(each is not None and each.wide for each in placed),
        vast=flags(each is not None and each.vast for each in placed),
        offset=flags(each is not None and each.offset for each in placed),
        exact=flags(each is not None and each.exact for each in placed),
        kind=whole(books.kind.of((each.group, each.kind, each.open_to)) for each in cards),
        agents=whole(books.actors.of(each.agents) for each in cards),
        recipients=whole(books.actors.of(each.recipients) for each in cards),
        everyone=whole(books.actors.of(each.agents | each.recipients) for each in cards),
        agent_count=whole(len(each.agents) for each in cards),
        mutual=flags(each.mutual for each in cards),
        toll=flags(each is not None for each in killed),
        low=numbers(0.0 if each is None else each.low or 0 for each in killed),
        high=numbers(np.inf if each is None or each.high is None else each.high for each in killed),
        losses=whole(books.losses.of(each.losses) for each in cards),
        document=whole(books.document.of(each.document) for each in tellings),
        root=whole(books.document.of(each.root) for each in cards),
        claim=whole(books.claim.of(each.claim) for each in tellings),
        refers_to=whole(books.claim.of(each.refers_to or "") for each in cards),
        since=whole(each.span.start for each in tellings),
        until=whole(each.span.end for each in tellings),
        taken=flags(each.taken_from is not None for each in tellings),
        credits=flags(bool(each.credited) for each in cards),
        row=flags(each.row for each in cards),
        family=whole(books.family.of(each.family) for each in tellings),
        **lay_words(cards, books.word),
    )


class WordList:
    """Sets of words as they come, one a card."""

    def __init__(self, book: Codes) -> None:
        self._book = book
        self._codes, self._sizes = array("i"), array("q")

    def add(self, words: Iterable[str]) -> None:
        codes = sorted(map(self._book.of, words))
        self._codes.extend(codes)
        self._sizes.append(len(codes))

    def close(self, bits: Bits) -> WordSets:
        """The sets; `bits` has one of `SKETCH` for each word of the book."""
        codes, sizes = np.array(self._codes, dtype=np.int32), np.array(self._sizes, dtype=np.int64)
        sketches = np.zeros(len(sizes), dtype=np.uint64)
        if len(codes):
            starts = (np.cumsum(sizes) - sizes)[sizes > 0]
            sketches[sizes > 0] = np.bitwise_or.reduceat(bits[codes], starts)
        return WordSets(sizes, sketches, codes)


def lay_words(cards: Sequence[Card], book: Codes) -> dict[str, WordSets]:
    """The sets of words of cards, in one pass: those of the quotes are worked out for it."""
    lists = {name: WordList(book) for name in WORD_SETS}
    objects = kinds().objects
    for card in cards:
        words = card.words
        lists["names"].add(card.names)
        lists["agent_words"].add(card.agent_words)
        lists["recipient_words"].add(card.recipient_words)
        lists["words"].add(words)
        lists["telling_words"].add(card.telling_words)
        lists["details"].add(card.details)
        lists["object_words"].add(words & objects)
    bits = np.fromiter((bit_of(str(each)) for each in book.things()), np.uint64, len(book))
    return {name: each.close(bits) for name, each in lists.items()}


def bit_of(word: str) -> int:
    """By its hash: a bit that only one of two sets has stands for a word that only it has."""
    return 1 << (crc32(word.encode()) % SKETCH)
