"""A text parsed: paragraphs kept apart, offsets those of the whole text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.read.models import load_spacy

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Headlines and list lines end without a full stop; a wrapped line does not begin a new sentence.
BREAK = re.compile(r"\n[ \t]*\n+|(?<=[.!?:;”\"»)])[ \t]*\n+|\n+(?=[-*•“])")
# A sentence of thousands of words is no sentence: what is longer is cut, after a full stop where there is one.
LONGEST_PIECE = 6_000
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def parse_texts(texts: Iterable[str]) -> Iterator["Doc"]:
    """One spaCy Doc per text, in order; `doc.text` equals the text and token offsets index it."""
    from spacy.tokens import Doc  # noqa: PLC0415  # half a second that `--help` must not pay

    language = load_spacy()

    def stream() -> Iterator[tuple[str, tuple[int, bool]]]:
        for number, text in enumerate(texts):
            pieces = list(_pieces(text)) or [""]
            for index, piece in enumerate(pieces):
                yield piece, (number, index == len(pieces) - 1)

    gathered: list[Doc] = []
    for parsed, (_, last) in language.pipe(stream(), as_tuples=True, batch_size=64):
        gathered.append(parsed)
        if last:
            whole = gathered[0] if len(gathered) == 1 else Doc.from_docs(gathered, ensure_whitespace=False)
            assert whole is not None
            yield whole
            gathered = []


def _pieces(text: str) -> Iterator[str]:
    """Consecutive stretches that join to the text: paragraphs, and bounded parts of overlong ones."""
    start = 0
    for match in BREAK.finditer(text):
        yield from _bounded(text[start : match.end()])
        start = match.end()
    if start < len(text):
        yield from _bounded(text[start:])


def _bounded(piece: str) -> Iterator[str]:
    """The piece in parts of bounded length, cut after a full stop, else at a space, never inside a word."""
    while len(piece) > LONGEST_PIECE:
        ends = [match.end() for match in SENTENCE_END.finditer(piece, 0, LONGEST_PIECE)]
        cut = ends[-1] if ends else piece.rfind(" ", 0, LONGEST_PIECE) + 1 or piece.find(" ", LONGEST_PIECE) + 1
        if not cut:
            break
        yield piece[:cut]
        piece = piece[cut:]
    if piece:
        yield piece


def span_of(tokens: Sequence["Token"]) -> Span | None:
    """From the first to the last of `tokens` that is not white space; None when nothing is left."""
    kept = [token for token in tokens if not token.is_space]
    if not kept:
        return None
    return Span(kept[0].idx, kept[-1].idx + len(kept[-1].text))


def subtree(token: "Token", *, without: frozenset[str] = frozenset()) -> list["Token"]:
    """The tokens below and including `token`, in text order, leaving out branches whose relation is in `without`."""
    found = [token]
    for child in token.children:
        if child.dep_ not in without:
            found.extend(subtree(child, without=without) if without else child.subtree)
    return sorted(found, key=lambda each: each.i)


def text_of(doc: "Doc") -> str:
    """The text of a parsed document; spaCy joins it anew from the tokens each time it is asked."""
    text = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return str(text)
