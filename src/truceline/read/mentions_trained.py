"""Mentions as the trained encoder marks them, set right by syntax: whole words, whole phrases, nothing cut in two."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from truceline.model.document import Document
from truceline.model.mention import Mention, MentionType
from truceline.model.span import Span
from truceline.read.sentences import span_of
from truceline.read.trained import Noticed

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

Run = tuple[int, int]  # words [first, end)

# Types that the encoder marks better than rules do; of the others it was shown too few (docs/quality.md).
MARKED = (MentionType.PERSON, MentionType.ORGANISATION, MentionType.LOCATION, MentionType.NATIONALITY)
NESTED = frozenset({MentionType.PERSON, MentionType.ORGANISATION, MentionType.LOCATION})
# One person, one place a mention; a body's own name may hold an 'and'.
ONE_EACH = frozenset({MentionType.PERSON, MentionType.LOCATION})
# What a mention neither begins nor ends with.
LEADING = frozenset({"ADP", "CCONJ", "SCONJ", "AUX", "VERB", "PART", "SPACE", "ADV"})
TRAILING = frozenset({"ADP", "CCONJ", "SCONJ", "AUX", "DET", "PART", "SPACE"})
EMPTY = LEADING | TRAILING | {"PUNCT", "SYM", "X", "ADJ", "NUM"}
BEFORE_NOUN = frozenset({"compound", "amod", "nmod"})
# 'minister of trade', 'envoy to the region': words that lead on where the encoder stops behind them.
LINKS = frozenset({"of", "for", "in", "to", "on"})
LINKED = 5  # words at most from a link to the noun it leads to
ARTICLES = frozenset({"the", "a", "an"})
PARTICLE = 3  # letters at most of 'al', 'ash', 'Abd'
GLUED = re.compile(r"(?<=\S)[\[\](){},;:\"“”](?=\S)")  # 'the front.[1' is one word to the tokenizer


class Marks(Protocol):
    """Stretches of text by layer: what an encoder notices, or what was noticed before and kept."""

    def spans(self, channel: str, *, bias: float = 0.0) -> Sequence[Span]: ...


class MarkSource(Protocol):
    """Whose marks stand for a document. `name` is part of the reader's fingerprint."""

    @property
    def name(self) -> str: ...

    def marks_of(self, document: Document, noticed: Noticed, /) -> Marks: ...


class AsNoticed:
    """The encoder's own marks."""

    name = ""

    def marks_of(self, _: Document, noticed: Noticed, /) -> Marks:
        return noticed


def marked_mentions(doc: "Doc", marks: Marks) -> list[Mention]:
    """Mentions of the marked types, no two alike; those of different types overlap, and so do outer and inner ones."""
    found = ((span, kind) for kind in MARKED for span in _settled(doc, marks, kind))
    return [Mention(span=span, type=kind) for span, kind in dict.fromkeys(found)]


def _settled(doc: "Doc", marks: Marks, kind: MentionType) -> Iterator[Span]:
    for run in _joined(doc, marks.spans(f"mention.{kind.value}")):
        for part in _one_by_one(doc, run) if kind in ONE_EACH else [run]:
            widened = _widened(doc, part, kind) if kind in NESTED else part
            yield from _named_span(doc, _trimmed(doc, widened))
    if kind in NESTED:
        for run in _joined(doc, marks.spans(f"mention.{kind.value}.inner")):
            whole = run if kind is MentionType.PERSON else _with_first_names(doc, run)  # a person's title stays out
            if kind is not MentionType.PERSON or not _is_first_name(doc, run):
                yield from _named_span(doc, _trimmed(doc, whole))


def _one_by_one(doc: "Doc", run: Run) -> Iterator[Run]:
    """The names of a row apart: 'Homs and the Ghab', 'Ms Adel and Mr Tahan'."""
    first, end = run
    for token in doc[first:end]:
        at = token.i
        row = token.dep_ == "cc" and at + 1 < end and doc[at + 1].pos_ in {"PROPN", "DET"}
        if first < at and ((row and doc[at - 1].pos_ == "PROPN") or token.text == "/"):
            yield _trimmed(doc, (first, at))
            first = at + 1
    yield _trimmed(doc, (first, end))


def _joined(doc: "Doc", spans: Sequence[Span]) -> Iterator[Run]:
    """Whole words; runs that touch and hang together made one: 'the' + 'members of' + 'the council'."""
    held: Run | None = None
    for run in sorted(_words(doc, spans)):
        if held is not None and (run[0] < held[1] or (run[0] == held[1] and _hang_together(doc, held, run))):
            held = (held[0], max(held[1], run[1]))
            continue
        if held is not None:
            yield _trimmed(doc, held)
        held = run
    if held is not None:
        yield _trimmed(doc, held)


def _words(doc: "Doc", spans: Sequence[Span]) -> Iterator[Run]:
    for span in spans:
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is not None and tokens.start < tokens.end:
            yield _unbroken(doc, tokens.start, tokens.end)


def _unbroken(doc: "Doc", first: int, end: int) -> Run:
    """With the whole of a name written with hyphens: 'al' of 'al-Amin'."""
    while end + 1 < len(doc) and _ties(doc, end) and doc[end + 1].pos_ == "PROPN":
        end += 2
    while first > 1 and _ties(doc, first - 1) and doc[first - 2].pos_ == "PROPN":
        first -= 2
    return first, end


def _ties(doc: "Doc", at: int) -> bool:
    """Whether the word is the hyphen of 'al-Amin'; two names side by side ('Iran-Iraq') are two."""
    before = doc[at - 1]
    tight = not doc[at].whitespace_ and not before.whitespace_
    return tight and doc[at].text in {"-", "‑"} and len(before.text) <= PARTICLE and not before.text.isupper()


def _hang_together(doc: "Doc", left: Run, right: Run) -> bool:
    """Whether a word of one run depends on a word of the other, not as one of a row ('the army' + 'the police')."""
    if doc[left[1] - 1].dep_ == "cc":
        return False
    up = any(right[0] <= each.head.i < right[1] for each in doc[left[0] : left[1]])
    return up or any(
        left[0] <= each.head.i < left[1] and each.dep_ not in {"conj", "cc"} for each in doc[right[0] : right[1]]
    )


def _trimmed(doc: "Doc", run: Run) -> Run:
    """Without words that only lead up to a name or away from it; a last 'of' goes on to its noun instead."""
    first, end = run
    while first < end and (doc[first].pos_ in LEADING or doc[first].is_punct):
        first += 1
    if first < end and doc[end - 1].lower_ in LINKS:
        noun = _noun_behind(doc[end - 1])
        if noun is not None:
            return first, noun.i + 1
    while first < end and (doc[end - 1].pos_ in TRAILING or doc[end - 1].is_punct):
        end -= 1
    return first, end


def _noun_behind(link: "Token") -> "Token | None":
    return next(
        (each for each in link.children if each.dep_ == "pobj" and link.i < each.i <= link.i + LINKED),
        None,
    )


def _widened(doc: "Doc", run: Run, kind: MentionType) -> Run:
    """With what stands before its head and belongs to it."""
    first, end = run
    if first >= end:
        return run
    head = doc[first:end].root
    if kind is MentionType.PERSON:
        end = _with_office(doc, first, end)
    named = head.pos_ == "PROPN"
    if not named or kind is not MentionType.LOCATION:
        first = _back_over(doc, first, end, BEFORE_NOUN if named or head.pos_ == "NOUN" else frozenset())
    articled = head.pos_ == "NOUN" or kind is not MentionType.LOCATION  # 'the town' whole, 'the Syria of today' not
    return (_back_over(doc, first, end, frozenset({"det"})) if articled else first), end


def _with_office(doc: "Doc", first: int, end: int) -> int:
    """The end of the office behind 'of' or 'for', where that is a name: 'head of the Red Crescent'."""
    follows = doc[end] if end < len(doc) else None
    if follows is None or follows.lower_ not in {"of", "for"} or not first <= follows.head.i < end:
        return end
    noun = _noun_behind(follows)
    return noun.i + 1 if noun is not None and noun.pos_ == "PROPN" else end


def _with_first_names(doc: "Doc", run: Run) -> Run:
    """An inner name with the names that stand before it: 'National Council' of 'the Libyan National Council'."""
    first, end = run
    if first >= end or doc[first:end].root.pos_ != "PROPN":
        return run
    while _belongs(doc, first, end, BEFORE_NOUN) and doc[first - 1].text[:1].isupper():
        first -= 1
    return first, end


def _is_first_name(doc: "Doc", run: Run) -> bool:
    """'John' of 'John Adel', which names nobody by itself."""
    first, end = run
    return end == first + 1 and end < len(doc) and doc[first].dep_ == "compound" and doc[end].pos_ == "PROPN"


def _back_over(doc: "Doc", first: int, end: int, relations: frozenset[str]) -> int:
    while _belongs(doc, first, end, relations):
        first -= 1
    return first


def _belongs(doc: "Doc", first: int, end: int, relations: frozenset[str]) -> bool:
    """Whether the word before the run depends on one in it in one of the relations."""
    return first > 0 and doc[first - 1].dep_ in relations and first <= doc[first - 1].head.i < end


def _named_span(doc: "Doc", run: Run) -> Iterator[Span]:
    """The run as a span, up to a mark that the tokenizer left inside a word; none where it names nothing."""
    tokens = list(doc[run[0] : run[1]]) if run[0] < run[1] else []
    span = span_of(tokens)
    if span is None or all(_is_empty(each) for each in tokens):
        return
    mark = GLUED.search(doc.text, span.start, span.end)
    end = span.end if mark is None else mark.start() - (doc.text[mark.start() - 1] == ".")
    if span.start < end:  # the mark may open the run
        yield Span(span.start, end)


def _is_empty(token: "Token") -> bool:
    """Whether a word names nothing by itself; an adjective with a capital does ('Syrian')."""
    if token.lower_ in ARTICLES:
        return True
    return token.pos_ in EMPTY and not (token.pos_ == "ADJ" and token.text[:1].isupper())
