"""Attributions that a line's form carries: 'Monitors: truce broken', 'Depot bombed – coastguard', 'SPOKESPERSON: …'."""

import re
from collections.abc import Iterator, Sequence

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution_clauses import SUBJECTS, source_span
from truceline.read.attribution_relation import Relation, said_by
from truceline.read.cues import Cues
from truceline.read.sentences import text_of
from truceline.read.table import Doc, Token

LONGEST_LABEL = 7  # words
SHORTEST_REST = 3
# What may stand before the label: 'BREAKING.', '[Translated]', '11.'
OPENING = re.compile(r"(?:\[[^\]\n]{1,40}\]|[A-Z]{4,}[.!:]|\d{1,3}[.)])\s+")
COLON = re.compile(r":\s+(?=\S)")
DASH = re.compile(r"\s+[–—-]\s+")
TURN = re.compile(r"(?:[A-Z][A-Z .'-]{2,40}|[QA]|@\w+)")
INNER_TURN = re.compile(r"(?<=[.?!”\"])\s+((?:[A-Z][A-Z .'-]{2,40}|[QA]):\s)")
# Who signs a quotation: '"…" ― Amina Osman', to the end of the line or a comma.
_NAME = r"(?:[A-Z][\w.'’-]*|of|the|de|al|bin|van|von)"
SIGNED = re.compile(rf"\s{{0,2}}[―—–-]{{1,2}}[ \xa0]*({_NAME}(?:[ \xa0]{_NAME})*)[ \xa0]*(?=[\n,(]|$)")
QUOTED_TURN = re.compile(r"[“\"]([A-Z][A-Z .'-]{2,40}):\s+")
LINE = re.compile(r"[^\n]+")


def find_labelled(doc: Doc, cues: Cues, found: Sequence[Relation]) -> Iterator[Relation]:
    """The lines whose first or last words name the speaker of the rest, where nobody else is found to say it."""
    said = said_by(found)
    for line in _turns(text_of(doc)):
        relation = _led(doc, cues, line) or _trailed(doc, cues, line) or _quoted_first(doc, line)
        if relation is not None and not _is_said(relation, found, said):
            yield relation


def named_beside(quote: Span, doc: Doc) -> Relation:
    """A quotation that no verb gives to anybody: its signature's, or the label's that opens it, else nobody's."""
    text = text_of(doc)
    turn = QUOTED_TURN.match(text, quote.start, quote.end)
    if turn is not None:
        colon = Span(turn.end(1), turn.end(1) + 1)
        label = _labelled(Span(*turn.span(1)), colon, Span(turn.end(), quote.end), doc)
        if label is not None:
            return label
    signed = SIGNED.match(text, quote.end)
    if signed is not None:
        dash = Span(quote.end, signed.start(1))
        signature = _labelled(Span(*signed.span(1)), trimmed_dash(dash, text), quote, doc)
        if signature is not None:
            return signature
    return Relation(source=(), cue=None, content=(quote,), kind=None)


def trimmed_dash(dash: Span, text: str) -> Span:
    words = dash.of(text)
    start = dash.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _turns(text: str) -> Iterator[Span]:
    """Lines, and the turns of a transcript that runs on within one ('Q: …? A: …')."""
    for match in LINE.finditer(text):
        start = match.start()
        for turn in INNER_TURN.finditer(text, match.start(), match.end()):
            yield Span(start, turn.start())
            start = turn.end() - len(turn[1])
        if start < match.end():
            yield Span(start, match.end())


def _led(doc: Doc, cues: Cues, line: Span) -> Relation | None:
    """'Speaker: what is said', to the end of the line."""
    text = text_of(doc)
    opening = OPENING.match(text, line.start, line.end)
    start = opening.end() if opening else line.start
    colon = COLON.search(text, start, line.end)
    if colon is None or not _names_speaker(Span(start, colon.start()), doc, cues):
        return None
    return _labelled(
        Span(start, colon.start()), Span(colon.start(), colon.start() + 1), Span(colon.end(), line.end), doc
    )


def _trailed(doc: Doc, cues: Cues, line: Span) -> Relation | None:
    """'What is said – speaker' as the whole of a headline: a line without a full stop."""
    text = text_of(doc)
    dashes = list(DASH.finditer(text, line.start, line.end))
    if not dashes or text[line.end - 1] in ".!?”\"'":
        return None
    dash = dashes[-1]
    named = Span(dash.end(), line.end)
    comma = text.find(",", named.start, named.end)
    named = Span(named.start, comma) if comma > 0 else named
    if not _names_speaker(named, doc, cues, capital=False):
        return None
    return _labelled(named, Span(dash.start() + 1, dash.start() + 2), Span(line.start, dash.start()), doc)


QUOTED_FIRST = re.compile(r"(['‘\"“].{8,}['’\"”])(:)\s+(?=\w)")


def _quoted_first(doc: Doc, line: Span) -> Relation | None:
    """'"They took all": survivors speak' as the whole of a headline."""
    text = text_of(doc)
    match = QUOTED_FIRST.match(text, line.start, line.end)
    if match is None or text[line.end - 1] in ".!?”\"'":
        return None
    tokens = doc.char_span(match.end(), line.end)
    subject = next((each for each in tokens or () if each.dep_ in SUBJECTS), None if tokens is None else tokens.root)
    source = None if subject is None else source_span(subject)
    if source is None or source.start < match.end():
        return None
    return _labelled(source, Span(*match.span(2)), Span(*match.span(1)), doc)


def _labelled(source: Span, cue: Span, content: Span, doc: Doc) -> Relation | None:
    words = content.of(text_of(doc))
    if len(words.split()) < SHORTEST_REST or words.startswith(("http", "//")):
        return None
    tokens = doc.char_span(source.start, source.end, alignment_mode="expand")
    head = None if tokens is None else tokens.root
    return Relation(
        source=(source,),
        cue=cue,
        content=(content,),
        kind=None,
        cue_token=None,
        source_token=None if head is None else head.i,
    )


def _names_speaker(label: Span, doc: Doc, cues: Cues, *, capital: bool = True) -> bool:
    """A name, an office, a turn of a transcript or an account: nothing that merely announces a list."""
    words = label.of(text_of(doc))
    if not words or len(words.split()) > LONGEST_LABEL or (capital and not (words[0].isupper() or words[0] == "@")):
        return False
    if TURN.fullmatch(words):
        return True
    if words.split()[0].lower() in cues.captions:
        return False
    tokens = doc.char_span(label.start, label.end, alignment_mode="expand")
    if tokens is None or any(token.pos_ in {"VERB", "AUX", "PRON"} for token in tokens):
        return False
    named = any(token.pos_ == "PROPN" for token in tokens)
    plain = all(token.pos_ in {"PROPN", "ADP", "PART", "DET", "NUM"} for token in tokens)
    return (named and plain) or _speaks(tokens.root, cues)


def _speaks(head: Token, cues: Cues) -> bool:
    return head.lemma_.lower() in cues.speakers or head.lower_ in cues.speakers


def _is_said(relation: Relation, found: Sequence[Relation], said: Nearby[tuple[int, Span]]) -> bool:
    """Whether somebody with a cue outside of the words already says them; a cue among them is another's, told here."""
    content = relation.content[0]
    return any(
        piece.overlaps(content) and len(piece) * 2 > len(content) and _is_outside(found[index].cue, content)
        for index, piece in said.around(content)
    )


def _is_outside(cue: Span | None, content: Span) -> bool:
    return cue is not None and not content.covers(cue)
