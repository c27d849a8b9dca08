"""Numbers that are no counts of things: shares of a whole, ratios to what was before, and nothing at all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from truceline.model.quantity import Quantity, Unit
from truceline.model.span import Span
from truceline.read.quantities_bounds import bounded, words
from truceline.read.quantities_counted import Counted, counted, first_after, name_from, subject_of, token_at
from truceline.read.quantities_spots import find_at, starts_of
from truceline.read.sentences import text_of

if TYPE_CHECKING:
    from truceline.read.table import Doc


def find_shares(doc: "Doc") -> Iterator[Quantity]:
    """'A third of the city', 'more than half the homes', 'fell by a third': a share in percent."""
    text = text_of(doc)
    for match in find_at(words().shares, text, starts_of(doc, words().share_starts)):
        value = float(words().share_values[" ".join(match[0].lower().split())])
        of = counted(doc, match.end()) if match["by"] is None else subject_of(doc, match.start())
        bare = _made(Span(*match.span()), value, of, Unit.PERCENT)
        yield bounded(text, bare, number_end=match.end())


def find_ratios(doc: "Doc") -> Iterator[Quantity]:
    """'Have tripled', 'rose fivefold', 'fell by half', 'twice as many strikes': a ratio, of what changed."""
    for match in find_at(words().ratios, text_of(doc), starts_of(doc, words().ratio_starts)):
        value = float(words().ratio_values[" ".join(match[0].lower().split())])
        at = token_at(doc, match.start())
        if at >= 0 and doc[at].dep_ != "amod":  # 'a doubled guard' compares nothing
            yield _made(Span(*match.span()), value, subject_of(doc, match.start()), Unit.RATIO)
    for match in find_at(words().comparisons, text_of(doc), starts_of(doc, words().comparison_starts)):
        value = float(words().comparison_values[" ".join(match[1].lower().split())])
        yield _made(Span(*match.span()), value, compared(doc, match.end()), Unit.RATIO)


def compared(doc: "Doc", end: int) -> Counted:
    """What a comparison ending at `end` is of: the noun behind it, else the subject."""
    of = counted(doc, end)
    return of if of[1] is not None else subject_of(doc, end - 1)


def find_nothings(doc: "Doc") -> Iterator[Quantity]:
    """'No civilians', 'none of the drivers', 'not one shell': zero of what can be counted, which a plural shows."""
    text = text_of(doc)
    for match in find_at(words().nothing, text, starts_of(doc, words().nothing_starts)):
        tokens = name_from(doc, first_after(doc, match.end()))
        single = match["single"] is not None
        if tokens and (single or tokens[-1].tag_ in {"NNS", "NNPS"}):
            span = Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
            yield Quantity(span=Span(match.start(), span.end), low=0.0, high=0.0, of=span.of(text), of_span=span)
        elif single:
            yield Quantity(span=Span(*match.span()), low=0.0, high=0.0, of="")


def _made(span: Span, value: float, of: Counted, unit: Unit) -> Quantity:
    return Quantity(span=span, low=value, high=value, of=of[0], unit=unit, of_span=of[1])
