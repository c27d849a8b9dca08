"""A text parsed: paragraphs kept apart, offsets those of the whole text."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from truceline.model.span import Span
from truceline.read.parser import load_parser
from truceline.read.table import Doc, Phrase, Token

# Headlines and list lines end without a full stop; a wrapped line does not begin a new sentence.
BREAK = re.compile(r"\n[ \t]*\n+|(?<=[.!?:;”\"»)])[ \t]*\n+|\n+(?=[-*•“])")
# A sentence of thousands of words is no sentence: what is longer is cut, after a full stop where there is one.
LONGEST_PIECE = 6_000
LONGEST_GLUED = 600
GLUED = re.compile(rf"\S{{{LONGEST_GLUED},}}")
MARK = re.compile(r"\W")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def parse_texts(texts: Iterable[str], *, ner: bool = True) -> Iterator[Doc]:
    """One Doc per text, in order; `doc.text` equals the text and token offsets index it.

    Without `ner`, which takes a third of the time, nothing is named: `doc.ents` is empty.
    """
    counts: deque[tuple[str, int]] = deque()

    def pieces() -> Iterator[str]:
        for text in texts:
            cut = list(_pieces(text)) or [""]
            counts.append((text, len(cut)))
            yield from cut

    doc, left = None, 0
    for piece in load_parser(ner=ner).parse(pieces()):
        if doc is None:
            text, left = counts.popleft()
            doc = Doc(text)
        piece.add_to(doc)
        left -= 1
        if not left:
            yield doc
            doc = None


def _pieces(text: str) -> Iterator[str]:
    """Consecutive stretches that join to the text: paragraphs, and bounded parts of overlong ones."""
    start = 0
    for match in BREAK.finditer(text):
        yield from _bounded(text[start : match.end()])
        start = match.end()
    if start < len(text):
        yield from _bounded(text[start:])


def _unglued(piece: str) -> Iterator[str]:
    """The piece cut at marks where hundreds of them stand without a blank: a tokenizer takes them off one by one."""
    start = 0
    for match in GLUED.finditer(piece):
        here = match.start()
        while match.end() - here > LONGEST_GLUED:
            mark = MARK.search(piece, here + LONGEST_GLUED // 2, match.end())
            if mark is None:
                break
            yield piece[start : mark.start()]
            start = here = mark.start()
    yield piece[start:]


def _bounded(piece: str) -> Iterator[str]:
    """The piece in parts of bounded length, cut after a full stop, else at a space, never inside a word."""
    *unbroken, piece = _unglued(piece)
    yield from unbroken
    while len(piece) > LONGEST_PIECE:
        ends = [match.end() for match in SENTENCE_END.finditer(piece, 0, LONGEST_PIECE)]
        cut = ends[-1] if ends else piece.rfind(" ", 0, LONGEST_PIECE) + 1 or piece.find(" ", LONGEST_PIECE) + 1
        if not cut:
            break
        yield piece[:cut]
        piece = piece[cut:]
    if piece:
        yield piece


def span_of(tokens: Sequence[Token]) -> Span | None:
    """From the first to the last of `tokens` that is not white space; None when nothing is left."""
    kept = [token for token in tokens if not token.is_space]
    if not kept:
        return None
    return Span(kept[0].idx, kept[-1].idx + len(kept[-1].text))


def extent_of(phrase: Phrase) -> Span:
    """From the first letter of a phrase to its last, white space included."""
    return Span(phrase.start_char, phrase.end_char)


def subtree(token: Token, *, without: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens below and including `token`, in text order, leaving out branches whose relation is in `without`."""
    found = [token]
    for child in token.children:
        if child.dep_ not in without:
            found.extend(subtree(child, without=without) if without else child.subtree)
    return sorted(found, key=lambda each: each.i)


def text_of(doc: Doc) -> str:
    """The text of a parsed document."""
    return doc.text
