"""A text with marks: overlapping spans cut into pieces, every piece escaped."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
    clipped = [(max(each.span.start, within.start), min(each.span.end, within.end), each) for each in marks]
    inside = sorted((one for one in clipped if one[0] < one[1]), key=lambda one: one[0])
    borders = sorted({within.start, within.end, *(edge for start, end, _ in inside for edge in (start, end))})
    pieces, over, coming = [], list[tuple[int, int, Mark]](), 0
    for start, end in pairwise(borders):
        over = [one for one in over if one[1] > start]
        while coming < len(inside) and inside[coming][0] == start:
            over.append(inside[coming])
            coming += 1
        ranked = sorted(over, key=lambda one: (len(one[2].span), one[2].order, one[2].ref))
        pieces.append(
            Piece(
                span=Span(start, end),
                marks=tuple(one[2] for one in ranked),
                starting=tuple(one[2] for one in ranked if one[0] == start),
                ending=tuple(one[2] for one in ranked if one[1] == end),
            )
        )
    return pieces


def mark_up(text: str, marks: Sequence[Mark], dress: Callable[[Piece, Markup], Markup]) -> Markup:
    """The whole text, each piece dressed by `dress(piece, escaped words)`."""
    if not text:
        return Markup("")
    pieces = cut(marks, Span(0, len(text)))
    return Markup("").join(dress(piece, escape(visible(piece.span.of(text)))) for piece in pieces)
