"""A text with marks: overlapping spans cut into pieces, every piece escaped."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from truceline.kit.visible import visible
from truceline.model.span import Span
from truceline.publish.looks import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of text with what is known of it; `order` decides which of two equal spans is inner."""

    span: Span
    kind: str
    ref: str
    line: Line | None = None
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch without inner borders: the marks over it, innermost (shortest) first, and those that end with it."""

    span: Span
    marks: tuple[Mark, ...]
    starting: tuple[Mark, ...]
    ending: tuple[Mark, ...]


def cut(marks: Iterable[Mark], within: Span) -> list[Piece]:
    """The pieces of a stretch of text; marks reaching outside it are clipped."""
    inside = [each for each in marks if each.span.overlaps(within)]
    clip = {each: (max(each.span.start, within.start), min(each.span.end, within.end)) for each in inside}
    borders = sorted({within.start, within.end, *(edge for edges in clip.values() for edge in edges)})
    pieces = []
    for start, end in itertools.pairwise(borders):
        over = [each for each in inside if clip[each][0] <= start and end <= clip[each][1]]
        over.sort(key=lambda each: (len(each.span), each.order, each.ref))
        pieces.append(
            Piece(
                span=Span(start, end),
                marks=tuple(over),
                starting=tuple(each for each in over if clip[each][0] == start),
                ending=tuple(each for each in over if clip[each][1] == end),
            )
        )
    return pieces


def mark_up(text: str, marks: Sequence[Mark], dress: Callable[[Piece, Markup], Markup]) -> Markup:
    """The whole text, each piece dressed by `dress(piece, escaped words)`."""
    if not text:
        return Markup("")
    pieces = cut(marks, Span(0, len(text)))
    return Markup("").join(dress(piece, escape(visible(piece.span.of(text)))) for piece in pieces)
