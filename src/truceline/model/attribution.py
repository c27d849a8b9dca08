"""Who is said to have said it (PolNeAR: source, cue, content)."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.model.span import Span


class SpeakerKind(StrEnum):
    NAMED = "named"
    ROLE = "role"
    COLLECTIVE = "collective"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution relation; each of its parts may lie in several pieces.

    `id` is unique in its reading ("a0"); `parent` is the attribution whose content holds this one.
    `speaker` is an actor id or None; `time` indexes the reading's times: when it was said.
    `stance` is the author's own colouring of the cue: "neutral", "distancing", "endorsing".
    """

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    kind: SpeakerKind
    parent: str | None = None
    time: int | None = None
    stance: str = "neutral"
