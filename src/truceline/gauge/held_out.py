"""Marks of mentions by encoders that never saw the document, for documents that the shipped one learnt from."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from truceline.model.document import Document
from truceline.model.span import Span

Layers = Mapping[str, Sequence[Sequence[int]]]  # layer -> pairs of start and end

# Where the marks of a suite lie, in the folder of the trained reader.
FILES = {"re3d": "folds/re3d.json"}


class Kept:
    """The marks of one document as they were stored: chances were not, so a bias changes nothing."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers

    def spans(self, channel: str, *, bias: float = 0.0) -> Sequence[Span]:  # noqa: ARG002  # what a reader may ask
        return [Span(start, end) for start, end in self._layers.get(channel, ())]


class HeldOut:
    """Stored marks for the documents they were made for, by hash of the text; the encoder's own for all others."""

    name = "held-out"

    def __init__(self, documents: Mapping[str, Layers]) -> None:
        self._documents = documents

    def __len__(self) -> int:
        return len(self._documents)

    def marks_of(self, document: Document, noticed: Any, /) -> Any:
        layers = self._documents.get(document.sha256)
        return noticed if layers is None else Kept(layers)

    @property
    def note(self) -> str:
        """What a report must say of them."""
        return (
            f"Mentions of {len(self)} documents are marked by encoders trained without them "
            "(out of fold): the shipped one has learnt from these."
        )


def held_out_marks(suite: str, trained: Path) -> HeldOut | None:
    """The marks stored for a suite; None for a suite that the shipped encoder has not learnt from.

    Raises FileNotFoundError when they should be in the folder of the trained reader and are not: a score without them
    would be one on texts learnt by heart.
    """
    if suite not in FILES:
        return None
    return HeldOut(json.loads((trained / FILES[suite]).read_text(encoding="utf-8"))["documents"])
