"""Sentences of a text by their punctuation, for what needs no syntax."""

import re
from collections.abc import Iterator

# Not after one capital ("U. N."), a title or a month in short, nor inside a figure.
END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bMrs)(?<!\bLt)(?<!\bMaj)(?<!\bBrig)(?<!\bSgt)"
    r"[.!?][\"”’)]*(?=\s+[\"“‘(]?[A-Z0-9])|\n\s*\n"
)


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, blanks around it left out."""
    start = 0
    for end in [*(match.end() for match in END.finditer(text)), len(text)]:
        sentence = text[start:end]
        if sentence.strip():
            yield start + len(sentence) - len(sentence.lstrip()), start + len(sentence.rstrip())
        start = end
