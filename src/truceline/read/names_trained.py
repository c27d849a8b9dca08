"""Named things as the trained encoder has them, in the place of spaCy's: the same labels on the same words."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from truceline.model.span import Span
from truceline.read.mentions_trained import Marks
from truceline.read.table import Doc, Phrase

# The encoder's layers and the label that rules ask for, the surest first. A layer marks whole phrases and pronouns; of
# these the label is on the names alone, as spaCy's is.
LABELS = {
    "mention.NATIONALITY": "NORP",
    "mention.PERSON.inner": "PERSON",
    "mention.LOCATION.inner": "GPE",
    "mention.PERSON": "PERSON",
    "mention.LOCATION": "GPE",
    "mention.ORGANISATION.inner": "ORG",
    "mention.ORGANISATION": "ORG",
}


def name_things(doc: Doc, marks: Marks, times: Sequence[Span]) -> None:
    """Label the words of a document; of two labels for a word the first in the list stands."""
    taken: set[int] = set()
    found: list[Phrase] = []
    for label, span in [*(("DATE", each) for each in times), *_marked(marks)]:
        words = doc.char_span(span.start, span.end)
        for first, end in _runs(doc, words, label, taken):
            taken.update(range(first, end))
            found.append(Phrase(doc, first, end, label))
    doc.label(sorted(found, key=lambda each: each.start))


def words_within(doc: Doc, spans: Sequence[Span]) -> frozenset[int]:
    """The indexes of the words that these stretches touch."""
    found = (doc.char_span(each.start, each.end) for each in spans)
    return frozenset(word.i for phrase in found if phrase is not None for word in phrase)


def _marked(marks: Marks) -> Iterator[tuple[str, Span]]:
    for layer, label in LABELS.items():
        for span in marks.spans(layer):
            yield label, span


def _runs(doc: Doc, words: Phrase | None, label: str, taken: set[int]) -> Iterator[tuple[int, int]]:
    if words is None:
        return
    for fits, group in groupby(range(words.start, words.end), lambda at: _fits(doc, at, label) and at not in taken):
        run = list(group)
        if fits:
            yield run[0], run[-1] + 1


def _fits(doc: Doc, at: int, label: str) -> bool:
    return label in {"DATE", "NORP"} or doc[at].pos_ == "PROPN"
