"""How two mentions of events compare: the word, those who take part, the sentence, the place in the report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import log, sqrt
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from truceline.fuse.story_terms import WORD, Floats, find_stems
from truceline.kit.stems import stem
from truceline.model.mentioned import Mentioned, Stems

FARTHEST = 10  # sentences
OPENING = 8  # sentences

# In the order of the weights.
PAIR_FEATURES = (
    "same lemma", "same stem", "same text", "letters", "opening letters", "words of the lesser", "words of both",
    "both verbs", "neither a verb", "same form",
    "agents", "agents differ", "patients", "patients differ", "others", "others differ",
    "taking part", "no one takes part in both", "taking part, of all", "roles exchanged", "taking part in the sentence",
    "sentence", "near by", "names", "names differ", "numbers", "numbers differ", "days", "days differ",
    "head in sentence",
    "one report", "one sentence", "sentences apart", "position apart", "first position",
    "one negated", "one not told as done", "neither told as done", "rarity", "greater rarity",
    "meaning", "stories",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vectors:
    """Meanings of single words as rows of length 1; a word that is not held has none."""

    rows: Mapping[str, int]
    table: Floats

    def of(self, words: Sequence[str]) -> Floats:
        """[words, width]; a row of zeros for a word that is not held."""
        made = np.zeros((len(words), self.table.shape[1]))
        for at, word in enumerate(words):
            row = self.rows.get(word, self.rows.get(stem(word)))
            if row is not None:
                made[at] = self.table[row]
        return made


@dataclass(frozen=True, slots=True)
class Background:
    """How many texts of all kinds hold a stem: of `texts` texts, counted in buckets by checksum, so no word is kept."""

    texts: int
    held: NDArray[np.uint16]

    def of(self, word: str) -> int:
        return int(self.held[crc32(word.encode("utf-8", "surrogatepass")) % len(self.held)])


class Rarity:
    """How few texts hold a stem, of the background and the collection together: the log of their inverse share.

    The collection alone would not do: of ten reports on one event all hold the words that tell it from any other.
    """

    def __init__(self, texts: Sequence[str], background: Background) -> None:
        self._held = Counter(each for text in texts for each in set(find_stems(WORD.findall(text))))
        self._texts = len(texts) + background.texts
        self._background = background
        self._known: dict[str, float] = {}

    def of(self, word: str) -> float:
        known = self._known.get(word)
        if known is None:
            known = log((self._texts + 1) / (self._held[word] + self._background.of(word) + 1))
            self._known[word] = known
        return known

    def sum(self, words: Stems) -> float:
        return sum(self.of(each) for each in words)

    def squares(self, words: Stems) -> float:
        return sum(self.of(each) ** 2 for each in words)


def compare_all(mentions: Sequence[Mentioned], rarity: Rarity, vectors: Vectors, alike: Floats) -> Floats:
    """Features [pairs, PAIR_FEATURES], the pairs in the order of `np.triu_indices`.

    `alike` [mentions, mentions] is the chance that the two reports tell of one event.
    """
    first, second = np.triu_indices(len(mentions), 1)
    rows = np.empty((len(first), len(PAIR_FEATURES)))
    meanings = vectors.of([each.head for each in mentions])
    near = meanings @ meanings.T
    for at, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        a, b = mentions[one], mentions[other]
        rows[at] = (
            *compare_words(a, b),
            *compare_participants(a, b, rarity),
            *compare_sentences(a, b, rarity),
            *compare_standing(a, b, rarity),
            near[one, other],
            alike[one, other],
        )
    return rows


def compare_words(a: Mentioned, b: Mentioned) -> tuple[float, ...]:
    """The event words themselves: lemma, stem, letters, form."""
    shared, stems = len(a.words & b.words), (stem(a.head), stem(b.head))
    return (
        a.head == b.head,
        stems[0] == stems[1],
        a.text == b.text,
        JaroWinkler.similarity(*stems),
        shared_opening(a.head, b.head),
        shared / min(len(a.words), len(b.words)),
        shared / len(a.words | b.words),
        a.verbal and b.verbal,
        not a.verbal and not b.verbal,
        a.tag == b.tag,
    )


def shared_opening(one: str, other: str) -> float:
    """How much of the shorter word the other begins with."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same) / max(1, min(len(one), len(other)))


def compare_participants(a: Mentioned, b: Mentioned, rarity: Rarity) -> tuple[float, ...]:
    """Who acted, who suffered it, what else is tied to the word; roles exchanged speak against one event."""
    return (
        *shared_part(a.agents, b.agents, rarity),
        *shared_part(a.patients, b.patients, rarity),
        *shared_part(a.others, b.others, rarity),
        *shared_part(a.tied, b.tied, rarity),
        cosine(a.tied, b.tied, rarity),
        max(shared_part(a.agents, b.patients, rarity)[0], shared_part(a.patients, b.agents, rarity)[0]),
        max(shared_part(a.tied, b.around, rarity)[0], shared_part(b.tied, a.around, rarity)[0]),
    )


def compare_sentences(a: Mentioned, b: Mentioned, rarity: Rarity) -> tuple[float, ...]:
    """The words of the two sentences, and the names, numbers and days in them."""
    return (
        cosine(a.around, b.around, rarity),
        cosine(a.near, b.near, rarity),
        *shared_part(a.names, b.names, rarity),
        *shared_part(a.numbers, b.numbers, rarity),
        *shared_part(a.days, b.days, rarity),
        (stem(a.head) in b.around) + (stem(b.head) in a.around),
    )


def compare_standing(a: Mentioned, b: Mentioned, rarity: Rarity) -> tuple[float, ...]:
    """Where the two stand in their reports, whether they are told as done, and how common the words are here."""
    one_report = a.document == b.document
    weights = rarity.of(stem(a.head)), rarity.of(stem(b.head))
    return (
        one_report,
        one_report and a.sentence == b.sentence,
        min(FARTHEST, abs(a.sentence - b.sentence)) if one_report else -1,
        abs(min(a.sentence, OPENING) - min(b.sentence, OPENING)),
        min(a.sentence, b.sentence, OPENING),
        a.negated != b.negated,
        a.modal != b.modal,
        a.modal and b.modal,
        min(weights),
        max(weights),
    )


def shared_part(one: Stems, other: Stems, rarity: Rarity) -> tuple[float, float]:
    """How much of the lesser set lies in the other; and 1 where both say something and nothing in common."""
    if not one or not other:
        return 0.0, 0.0
    both = one & other
    least = min(rarity.sum(one), rarity.sum(other))
    return rarity.sum(both) / max(least, 1e-6), float(not both)


def cosine(one: Stems, other: Stems, rarity: Rarity) -> float:
    both = one & other
    if not both:
        return 0.0
    whole = rarity.squares(one) * rarity.squares(other)
    return rarity.squares(both) / max(sqrt(whole), 1e-6)
