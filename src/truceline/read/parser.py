"""The parser: pieces of text to words with their relations, many pieces at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from truceline.read.forms import ASKED, Forms
from truceline.read.models import load_spacy
from truceline.read.table import Doc, Form, Phrase

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as SpacyDoc

# Pieces tagged and parsed together: the parser takes one step in all of them at once.
PIECES = 256
LETTERS = 60_000  # of the pieces together: what is held for each word while they are parsed takes much memory


@dataclass(frozen=True, slots=True)
class Piece:
    """One parsed piece: its words, and what spaCy found out about them."""

    forms: list[Form]
    parsed: "SpacyDoc"

    def add_to(self, doc: Doc) -> None:
        """Put the piece behind what the document holds already."""
        offset = len(doc)
        columns = self.parsed.to_array(["SPACY", "HEAD", "SENT_START"]).astype("int64")
        blanks, heads, starts = columns.T.tolist()
        opening = [at for at, start in enumerate(starts) if start == 1 or at == 0]
        doc.add(zip(self.forms, map(bool, blanks), strict=True), heads, opening)
        doc.label(Phrase(doc, offset + each.start, offset + each.end, each.label_) for each in self.parsed.ents)


class Parser:
    """One loaded pipeline; `ner` says whether named things are looked for."""

    def __init__(self, pipeline: "Language") -> None:
        self._pipeline = pipeline
        self._forms = Forms(pipeline)

    def parse(self, pieces: Iterable[str]) -> Iterator[Piece]:
        """Each piece parsed, in order."""
        waiting = iter(pieces)
        while some := list(_together(waiting)):
            parsed = list(self._pipeline.pipe(some, batch_size=PIECES, disable=list(ASKED)))
            for forms, piece in zip(self._forms.of(parsed), parsed, strict=True):
                yield Piece(forms, piece)


def _together(pieces: Iterator[str]) -> Iterator[str]:
    """The next pieces to parse in one go."""
    length = 0
    for piece in islice(pieces, PIECES):
        yield piece
        length += len(piece)
        if length >= LETTERS:
            break


def load_parser(*, ner: bool = True) -> Parser:
    """The English parser. Raises MissingModel when the pipeline's package is not installed."""
    return _loaded(ner)


@cache
def _loaded(ner: bool) -> Parser:  # noqa: FBT001  # a cache tells a keyword from its default
    return Parser(load_spacy(ner=ner))
