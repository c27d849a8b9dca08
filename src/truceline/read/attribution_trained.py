"""Attributions as the trained encoder hears them, joined with those that syntax finds.

The encoder has learned from marks that do not nest: it knows what is a cue and how far a content reaches, and falls
silent or mixes speakers where one speaks inside another's words. Syntax knows who stands in whose clause. So a relation
heard alone stands as heard; one that both have takes its speaker and, where it was heard in shreds, its words from
syntax; inside another's words syntax and a faint hearing are enough.
"""

from collections.abc import Iterator, Sequence

from truceline.model.span import Span
from truceline.read.attribution import find_relations
from truceline.read.attribution_clauses import is_speech, trimmed
from truceline.read.attribution_relation import Relation
from truceline.read.attribution_relays import with_relays
from truceline.read.cues import CueClass, Cues, load_relays
from truceline.read.quotes import find_quotes
from truceline.read.sentences import text_of
from truceline.read.table import Doc, Phrase, Token
from truceline.read.trained import Heard, Noticed

# Chances, chosen on PolNeAR dev (outermost relations) and the passages of tests/cases/read (nested ones).
SURE = 0.3  # heard without help
NESTED = 0.08  # heard inside another's words, where the marks it learned from are silent
WITH_SYNTAX = 0.02  # heard faintly where syntax finds a relation with the same cue
NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
RELATIVE = frozenset({"who", "which", "that", "whom"})


def hear_relations(doc: Doc, cues: Cues, noticed: Noticed) -> list[Relation]:
    """Every attribution in the text, in the order of their cues."""
    by_syntax = find_relations(doc, cues)
    quotes = list(find_quotes(text_of(doc)))
    sure = [each for each in noticed.heard if each.chance >= SURE]
    kept = [_relation(each, doc, cues, quotes, by_syntax, sure) for each in sure]
    kept += [each for each in by_syntax if _adds(each, kept, noticed)]
    for faint in noticed.heard:
        if NESTED <= faint.chance < SURE and _is_nested(faint.cue, kept) and not _has_cue(faint.cue, kept):
            relation = _relation(faint, doc, cues, quotes, by_syntax, sure)
            if relation.kind is not None and relation.source:
                kept.append(relation)
    kept = list(with_relays(list(_without_echoes(kept, text_of(doc))), doc))
    return sorted(kept, key=lambda each: (each.cue or each.content[0], each.content[0]))


def _adds(relation: Relation, kept: Sequence[Relation], noticed: Noticed) -> bool:
    """Whether syntax has what was not heard: words without a cue, a cue faintly heard, or one in another's words."""
    if relation.cue is None:
        return not any(piece.overlaps(said) for piece in relation.content for each in kept for said in each.content)
    if _has_cue(relation.cue, kept):
        return False
    return (
        relation.cue_token is None
        or _is_nested(relation.cue, kept)
        or noticed.chance_of("cue", relation.cue.start, relation.cue.end) >= WITH_SYNTAX
    )


def _has_cue(cue: Span, kept: Sequence[Relation]) -> bool:
    return any(each.cue is not None and each.cue.overlaps(cue) for each in kept)


def _is_nested(cue: Span, kept: Sequence[Relation]) -> bool:
    return any(piece.covers(cue) for each in kept for piece in each.content)


def _without_echoes(relations: Sequence[Relation], text: str) -> Iterator[Relation]:
    """Without a colon heard as a cue of words that somebody is already said to say ('X told Y: …')."""
    for each in relations:
        marks = each.cue is not None and not any(letter.isalnum() for letter in each.cue.of(text))
        if not (marks and any(other is not each and _alike(each.content, other.content) for other in relations)):
            yield each


def _alike(one: Sequence[Span], other: Sequence[Span]) -> bool:
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return 2 * common > max(sum(map(len, one)), sum(map(len, other)))


# One relation --------------------------------------------------------------------------------------


def _relation(
    heard: Heard,
    doc: Doc,
    cues: Cues,
    quotes: Sequence[Span],
    by_syntax: Sequence[Relation],
    others: Sequence[Heard],
) -> Relation:
    text = text_of(doc)
    alike = next((each for each in by_syntax if each.cue is not None and each.cue.overlaps(heard.cue)), None)
    cue = doc.char_span(heard.cue.start, heard.cue.end, alignment_mode="expand")
    head = None if cue is None else cue.root
    cuts = [each.cue for each in (*by_syntax, *others) if each.cue is not None and not each.cue.overlaps(heard.cue)]
    source = _speaker(heard, alike, doc, head, cuts)
    content = _content(heard, alike)
    return Relation(
        source=source,
        cue=heard.cue,
        content=_apart([_whole(each, quotes, heard.cue, text) for each in content]),
        kind=alike.kind if alike is not None else _kind(cue, cues),
        cue_token=alike.cue_token if alike is not None else (None if head is None else head.i),
        source_token=_head_of(source, doc, alike),
    )


def _speaker(
    heard: Heard, alike: Relation | None, doc: Doc, cue: Token | None, cuts: Sequence[Span]
) -> tuple[Span, ...]:
    """The words that name the speaker: as heard, but as syntax has them where several speakers are mixed.

    `cuts` are other words of saying: who stands before one of them is another speaker.
    """
    text = text_of(doc)
    pieces = tuple(piece for each in heard.source if (piece := trimmed(each, text)) is not None and _names(piece, doc))
    mixed = any(piece.covers(cut) for piece in pieces for cut in cuts)
    if alike is not None:
        swallowed = any(piece.overlaps(said) for piece in pieces for said in alike.content)
        relative = len(pieces) == 1 and pieces[0].of(text).lower() in RELATIVE
        cites = cue is not None and cue.tag_ == "VBG" and cue.lemma_.lower() in load_relays().citing
        torn = len(pieces) != 1 or swallowed or mixed or relative or cites
        if alike.source and (torn or _drags(pieces[0], alike.source[0])):
            return alike.source
        if not alike.source and _is_passive(cue):
            return ()
    return tuple(_antecedent(_behind(each, cuts, text), doc) for each in pieces)


def _behind(piece: Span, cuts: Sequence[Span], text: str) -> Span:
    """The piece from behind the last word of saying in it: 'the lawyer said her client' names her client."""
    last = max((cut.end for cut in cuts if piece.covers(cut)), default=piece.start)
    return trimmed(Span(last, piece.end), text) or piece if last < piece.end else piece


def _drags(heard: Span, named: Span) -> bool:
    """Whether what was heard is the speaker with much that is not his name."""
    return heard.covers(named) and len(heard) > 2 * len(named) and len(heard) - len(named) > 30


def _is_passive(cue: Token | None) -> bool:
    return cue is not None and any(child.dep_ == "nsubjpass" for child in cue.children)


def _names(piece: Span, doc: Doc) -> bool:
    tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
    return tokens is not None and any(token.pos_ in NAMING for token in tokens)


def _antecedent(piece: Span, doc: Doc) -> Span:
    """'who' is whoever the clause hangs on."""
    tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
    if tokens is None or len(tokens) != 1 or tokens[0].lower_ not in RELATIVE:
        return piece
    clause = next((each for each in (tokens[0], *tokens[0].ancestors) if each.dep_ == "relcl"), None)
    if clause is None:
        return piece
    named = [each for each in clause.head.lefts if each.dep_ in {"det", "amod", "compound", "poss", "nummod"}]
    first = min((each.subtree[0] for each in named), key=lambda each: each.i, default=clause.head)
    return Span(first.idx, clause.head.idx + len(clause.head.text))


def _content(heard: Heard, alike: Relation | None) -> tuple[Span, ...]:
    """What is said: as heard, but as syntax has it where it was heard in shreds or torn off at a word."""
    if alike is None or not alike.content:
        return heard.content
    shreds = (
        len(heard.content) > len(alike.content) + 1 or sum(map(len, heard.content)) < sum(map(len, alike.content)) / 3
    )
    clipped = any(
        said.covers(piece) and len(said) - len(piece) < 25 for said in alike.content for piece in heard.content
    )
    mixed = any(piece.overlaps(each) for piece in heard.content for each in alike.source)
    return alike.content if shreds or mixed or (clipped and len(heard.content) == 1) else heard.content


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


def _kind(cue: Phrase | None, cues: Cues) -> CueClass | None:
    """The class of the first word of the cue that the lexicon knows."""
    for token in cue or ():
        lemma = token.lemma_.lower()
        if lemma in cues.verbs:
            return cues.verbs[lemma][0]
        known = cues.nouns.get(lemma) or cues.adjectives.get(lemma)
        if known is not None:
            return known
    return None


def _head_of(source: Sequence[Span], doc: Doc, alike: Relation | None) -> int | None:
    """The word that names the speaker: the one syntax has, where it lies in the source, else the source's own head."""
    tokens = doc.char_span(source[0].start, source[0].end, alignment_mode="expand") if source else None
    if tokens is None:
        return None
    if alike is not None and alike.source_token is not None and tokens.start <= alike.source_token < tokens.end:
        return alike.source_token
    return int(tokens.root.i)
