"""One attribution relation as it was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.cues import CueClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One attribution as found: spans of the text, the cue's class, and the cue's and source's head tokens.

    A `formal` one is plain from the form of its sentence, whatever the words.
    """

    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    kind: CueClass | None
    cue_token: int | None = None
    source_token: int | None = None
    formal: bool = False


def said_by(relations: Sequence[Relation]) -> Nearby[tuple[int, Span]]:
    """Every piece of what is said, by where it stands, with the index of its relation."""
    pieces = [(index, piece) for index, each in enumerate(relations) for piece in each.content]
    return Nearby(pieces, lambda each: (each[1],))
