"""One attribution relation as it was found."""

from dataclasses import dataclass

from truceline.model.span import Span
from truceline.read.cues import CueClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One attribution as found: spans of the text, the cue's class, and the cue's and source's head tokens."""

    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    kind: CueClass | None
    cue_token: int | None = None
    source_token: int | None = None
