"""Attributions as the trained encoder hears them, joined with those that syntax finds.

The encoder decides; syntax adds what it is surer of: the cue's class, quotations to their end, headlines with a colon,
quotations nobody is given for, and cues that the encoder half hears.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.read.attribution import find_relations
from truceline.read.attribution_clauses import is_speech, trimmed
from truceline.read.attribution_relation import Relation
from truceline.read.cues import CueClass, Cues
from truceline.read.quotes import find_quotes
from truceline.read.sentences import text_of
from truceline.read.trained import Heard, Noticed

if TYPE_CHECKING:
    from truceline.read.table import Doc
    from truceline.read.table import Phrase as Tokens

# Chances tuned on held-out PolNeAR training articles (training/README.md).
SURE = 0.35  # heard without help
WITH_SYNTAX = 0.08  # heard faintly where syntax finds a relation with the same cue


def hear_relations(doc: "Doc", cues: Cues, noticed: Noticed) -> list[Relation]:
    """Every attribution in the text, in the order of their cues."""
    by_syntax = find_relations(doc, cues)
    quotes = list(find_quotes(text_of(doc)))
    heard = [each for each in noticed.heard if each.chance >= SURE]
    kept = [_relation(each, doc, cues, quotes, by_syntax) for each in heard]
    for relation in by_syntax:
        if not _known(relation, heard) and _is_worth(relation, noticed):
            kept.append(relation)
    return sorted(kept, key=lambda each: (each.cue or each.content[0], each.content[0]))


def _known(relation: Relation, heard: Sequence[Heard]) -> bool:
    """Whether the encoder has it: the same cue, or for one without a cue the same words said."""
    if relation.cue is not None:
        return any(relation.cue.overlaps(each.cue) for each in heard)
    return any(piece.overlaps(said) for piece in relation.content for each in heard for said in each.content)


def _is_worth(relation: Relation, noticed: Noticed) -> bool:
    """A quotation without a cue, a headline's colon, or a cue that is faintly heard too."""
    if relation.cue is None or relation.cue_token is None:
        return True
    return noticed.chance_of("cue", relation.cue.start, relation.cue.end) >= WITH_SYNTAX


def _relation(heard: Heard, doc: "Doc", cues: Cues, quotes: Sequence[Span], by_syntax: Sequence[Relation]) -> Relation:
    text = text_of(doc)
    alike = next((each for each in by_syntax if each.cue is not None and each.cue.overlaps(heard.cue)), None)
    cue = doc.char_span(heard.cue.start, heard.cue.end, alignment_mode="expand")
    head = None if cue is None else cue.root
    content = tuple(_whole(each, quotes, heard.cue, text) for each in heard.content)
    source = tuple(piece for each in heard.source if (piece := trimmed(each, text)) is not None)
    return Relation(
        source=source,
        cue=heard.cue,
        content=_apart(content),
        kind=alike.kind if alike is not None else _kind(cue, cues),
        cue_token=alike.cue_token if alike is not None else (None if head is None else head.i),
        source_token=_head_of(source, doc, alike),
    )


def _whole(piece: Span, quotes: Sequence[Span], cue: Span, text: str) -> Span:
    """The piece with the whole of a quotation that it begins or ends in, and without a comma at its ends."""
    start, end = piece.start, piece.end
    for quote in quotes:
        if quote.overlaps(piece) and not quote.overlaps(cue) and is_speech(quote, text):
            start, end = min(start, quote.start), max(end, quote.end)
    return trimmed(Span(start, end), text) or piece


def _apart(pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces in text order, those that touch or overlap made one."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        if joined and piece.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return tuple(joined)


def _kind(cue: "Tokens | None", cues: Cues) -> CueClass | None:
    """The class of the first word of the cue that the lexicon knows."""
    for token in cue or ():
        lemma = token.lemma_.lower()
        if lemma in cues.verbs:
            return cues.verbs[lemma][0]
        known = cues.nouns.get(lemma) or cues.adjectives.get(lemma)
        if known is not None:
            return known
    return None


def _head_of(source: Sequence[Span], doc: "Doc", alike: Relation | None) -> int | None:
    """The word that names the speaker: the one syntax has, where it lies in the source, else the source's own head."""
    tokens = doc.char_span(source[0].start, source[0].end, alignment_mode="expand") if source else None
    if tokens is None:
        return None
    if alike is not None and alike.source_token is not None and tokens.start <= alike.source_token < tokens.end:
        return alike.source_token
    return int(tokens.root.i)
