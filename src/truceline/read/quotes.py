"""Quotations: what stands between quotation marks, paragraph by paragraph."""

import re
from collections.abc import Iterator

from truceline.model.span import Span

PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"'}


def find_paragraphs(text: str) -> Iterator[Span]:
    """Stretches between blank lines."""
    for match in PARAGRAPH.finditer(text):
        yield Span(match.start(), match.end())


def find_quotes(text: str) -> Iterator[Span]:
    """Quotations with their marks; one left open runs to the end of its paragraph, as newspapers set them."""
    for paragraph in find_paragraphs(text):
        yield from _double_quotes(text, paragraph)


def _double_quotes(text: str, paragraph: Span) -> Iterator[Span]:
    position = paragraph.start
    while position < paragraph.end:
        mark = text[position]
        if mark not in PAIRS or not _opens(text, position, paragraph):
            position += 1
            continue
        end = _closing(text, position, paragraph)
        if end - position > 1:
            yield Span(position, end)
        position = end


def _opens(text: str, position: int, paragraph: Span) -> bool:
    if text[position] != '"':
        return True
    follows = text[position + 1 : position + 2]
    return position + 1 < paragraph.end and not follows.isspace()


def _closing(text: str, opening: int, paragraph: Span) -> int:
    """The first index after the quotation that opens at `opening`."""
    closer = PAIRS[text[opening]]
    found = text.find(closer, opening + 1, paragraph.end)
    straight = text.find('"', opening + 1, paragraph.end) if text[opening] == "“" else -1
    if found < 0:
        found = straight
    return paragraph.end if found < 0 else found + 1
