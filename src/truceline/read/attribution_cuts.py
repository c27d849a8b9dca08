"""Contents cut where another's words begin: at a semicolon, a label, a second claim, a speaker without a verb."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution_clauses import SUBJECTS, spans, trimmed, without_stop
from truceline.read.attribution_lines import TURN
from truceline.read.attribution_nested import SAYING
from truceline.read.attribution_relation import Relation
from truceline.read.cues import Cues
from truceline.read.sentences import span_of
from truceline.read.table import Doc, Token

JOINING = frozenset({"and", "but", "while", "or"})
LONGEST_NAME = 8  # words of a speaker whose verb is left out
FIRST = frozenset({"i", "we"})


def cut_apart(relations: Sequence[Relation], doc: Doc, cues: Cues) -> list[Relation]:
    """The relations, each with what is its speaker's own."""
    kept = [each for each in (_this_side(relation, doc) for relation in relations) if each is not None]
    kept = _within_labels(kept, doc)
    kept = _before_second_claim([_before_predicate(each, doc) for each in kept], doc)
    kept = _before_trailing_source(kept, doc)
    return [part for each in kept for part in _without_ellipsis(each, doc, cues)]


# Semicolons ----------------------------------------------------------------------------------------


def _this_side(relation: Relation, doc: Doc) -> Relation | None:
    """Without what stands past a semicolon from the cue, quotations aside; None where nothing else was said."""
    if relation.cue is None or relation.cue_token is None:
        return relation
    cue = relation.cue
    near = tuple(piece for piece in relation.content if not _is_past(piece, cue, doc.text))
    if len(near) == len(relation.content):
        return relation
    return replace(relation, content=near) if near else None


def _is_past(piece: Span, cue: Span, text: str) -> bool:
    between = text[cue.end : piece.start] if piece.start >= cue.end else text[piece.end : cue.start]
    return ";" in between and piece.of(text)[0] not in "“\"«'"


# Labels --------------------------------------------------------------------------------------------


def _within_labels(relations: Sequence[Relation], doc: Doc) -> list[Relation]:
    """What is said in a labelled line ends where the line's words end; 'I' there is whom the label names."""
    labels = [each for each in relations if _is_label(each, doc)]
    if not labels:
        return list(relations)
    near = Nearby(labels, lambda each: each.content)
    return [_clipped(each, near, doc) for each in relations]


def _is_label(relation: Relation, doc: Doc) -> bool:
    mark = relation.cue is not None and relation.cue.of(doc.text) in {":", "–", "—", "-"}
    return mark and relation.cue_token is None and bool(relation.source)


def _clipped(relation: Relation, labels: Nearby[Relation], doc: Doc) -> Relation:
    if relation.cue is None:
        return relation
    cue = relation.cue
    label = next((each for each in labels.around(cue) if each is not relation and each.content[0].covers(cue)), None)
    if label is None:
        return relation
    line = label.content[0]
    inside = (
        Span(max(each.start, line.start), min(each.end, line.end)) for each in relation.content if each.overlaps(line)
    )
    content = tuple(part for each in inside if (part := trimmed(each, doc.text)) is not None)
    named = label.source[0].of(doc.text)
    own = len(relation.source) == 1 and relation.source[0].of(doc.text).lower() in FIRST and TURN.fullmatch(named)
    return replace(
        relation,
        content=content or relation.content,
        source=label.source if own else relation.source,
        source_token=label.source_token if own else relation.source_token,
    )


# A noun of saying as a subject -------------------------------------------------------------------


def _before_predicate(relation: Relation, doc: Doc) -> Relation:
    """'the claim that … originates with', 'hopes of a truce faded': what the sentence says of it is not said by it."""
    noun = None if relation.cue_token is None else doc[relation.cue_token]
    if noun is None or noun.pos_ != "NOUN" or noun.dep_ not in SUBJECTS or noun.head.i < noun.i:
        return relation
    verb = noun.head
    starts = [verb.idx, *(child.idx for child in verb.lefts if child.dep_ in {"aux", "auxpass"} and child.i > noun.i)]
    first, last = min(starts), relation.content[-1]
    if not (last.start < first < last.end and last.start > noun.idx):
        return relation
    part = trimmed(Span(last.start, first), doc.text)
    return relation if part is None else replace(relation, content=(*relation.content[:-1], part))


# A second claim ------------------------------------------------------------------------------------


def _before_second_claim(relations: Sequence[Relation], doc: Doc) -> list[Relation]:
    """'X's claim that … and Y's insistence that …': the first ends before the second."""
    starts = sorted(each.source[0].start for each in relations if each.source and _by_noun(each, doc))
    return [_ended(each, starts, doc) if _by_noun(each, doc) else each for each in relations]


def _by_noun(relation: Relation, doc: Doc) -> bool:
    return relation.cue_token is not None and doc[relation.cue_token].pos_ == "NOUN"


def _ended(relation: Relation, starts: Sequence[int], doc: Doc) -> Relation:
    last = relation.content[-1]
    for start in starts[bisect_right(starts, last.start) : bisect_right(starts, last.end)]:
        before = doc.char_span(start, start + 1)
        joined = before is not None and before.start > 0 and doc[before.start - 1].lower_ in JOINING
        if joined and before is not None and last.start < doc[before.start - 1].idx < last.end:
            part = trimmed(Span(last.start, doc[before.start - 1].idx), doc.text)
            return relation if part is None else replace(relation, content=(*relation.content[:-1], part))
    return relation


# A source behind it all -----------------------------------------------------------------------------


def _before_trailing_source(relations: Sequence[Relation], doc: Doc) -> list[Relation]:
    """'X said that …, according to Y': the source at the end is no part of what X said."""
    trailing = [each for each in relations if _trails(each, doc)]
    if not trailing:
        return list(relations)
    near = Nearby(trailing, lambda each: () if each.cue is None else (each.cue,))
    return [_ended_before_source(each, near, doc) for each in relations]


def _trails(relation: Relation, doc: Doc) -> bool:
    token = None if relation.cue_token is None else doc[relation.cue_token]
    if (
        token is None
        or relation.cue is None
        or relation.cue.of(doc.text).lower() not in {"according to", "as reported by"}
    ):
        return False
    return token.i > 0 and doc[token.i - 1].text == "," and relation.content[-1].end <= relation.cue.start


def _ended_before_source(relation: Relation, trailing: Nearby[Relation], doc: Doc) -> Relation:
    if relation.cue is None:
        return relation
    cue, last = relation.cue, relation.content[-1]
    for each in trailing.around(last):
        around = any(piece.covers(cue) for piece in each.content)
        if each is not relation and each.cue is not None and around and last.start < each.cue.start < last.end:
            part = trimmed(Span(last.start, each.cue.start), doc.text)
            return relation if part is None else replace(relation, content=(*relation.content[:-1], part))
    return relation


def beside_cue(relation: Relation, text: str) -> Relation:
    """'killed in Afrin, says the army': of a source that runs over its cue the part behind it, else before it."""
    cue = relation.cue
    if cue is None or not any(piece.covers(cue) for piece in relation.source):
        return relation
    return replace(relation, source=tuple(each for piece in relation.source for each in _beside(piece, cue, text)))


def _beside(piece: Span, cue: Span, text: str) -> Iterator[Span]:
    if not piece.covers(cue):
        yield piece
        return
    behind = trimmed(Span(cue.end, piece.end), text) if cue.end < piece.end else None
    before = trimmed(Span(piece.start, cue.start), text) if piece.start < cue.start else None
    part = behind or before
    if part is not None:
        yield part


# A speaker without a verb --------------------------------------------------------------------------


def _without_ellipsis(relation: Relation, doc: Doc, cues: Cues) -> Iterator[Relation]:
    """'X says this, Y that …': Y says what follows."""
    cue = None if relation.cue_token is None else doc[relation.cue_token]
    if cue is None or relation.kind is None or relation.kind.name not in SAYING or cue.pos_ != "VERB":
        yield relation
        return
    last = relation.content[-1]
    found = next((each for each in cue.sent if last.start < each.idx < last.end and _takes_up(each, cue, cues)), None)
    if found is None:
        yield relation
        return
    first, name = _name_before(found)
    ended = trimmed(Span(last.start, first.idx), doc.text) if last.start < first.idx else None
    said = trimmed(span_of([each for each in cue.sent if found.i <= each.i and each.idx < last.end]), doc.text)
    if ended is None or said is None or len(name) == 0:
        yield relation
        return
    yield replace(relation, content=(*relation.content[:-1], ended))
    source = span_of(name)
    yield replace(
        relation,
        source=spans(source),
        cue=None,
        cue_token=None,
        content=(without_stop(said, doc.text),),
        source_token=name[-1].i,
    )


def _takes_up(that: Token, cue: Token, cues: Cues) -> bool:
    """Whether 'that' opens a clause of its own behind a comma and a name."""
    if that.lower_ != "that" or that.i <= cue.i or that.i + 2 >= len(that.doc):
        return False
    _, name = _name_before(that)
    following = that.doc[that.i + 1]
    if not name or name[0].lower_ in {"a", "an"} or name[-1].lemma_.lower() in cues.nouns:
        return False
    return following.pos_ in {"DET", "PRON", "NOUN", "PROPN", "ADJ", "NUM"} and _is_whole(that)


def _is_whole(that: Token) -> bool:
    """Whether the clause has an object or a place of its own: 'that' is not its object."""
    verb = next((each for each in (that, *that.ancestors) if each.pos_ in {"VERB", "AUX"}), None)
    if verb is None or verb.i < that.i or not any(child.dep_ in SUBJECTS for child in verb.children):
        return False
    return any(child.dep_ in {"dobj", "attr", "acomp", "ccomp", "xcomp", "prep", "prt"} for child in verb.rights)


def _name_before(that: Token) -> tuple[Token, list[Token]]:
    """The mark and the words of a name right before 'that': a comma or semicolon, perhaps 'and', then the name."""
    doc, at = that.doc, that.i - 1
    if at >= 0 and doc[at].text == ",":
        at -= 1  # '; the government, that …'
    name: list[Token] = []
    while at >= that.sent.start and len(name) <= LONGEST_NAME and _is_named(doc[at]):
        name.insert(0, doc[at])
        at -= 1
    if not name or name[-1].pos_ not in {"NOUN", "PROPN"} or at < that.sent.start:
        return that, []
    if doc[at].lower_ in JOINING:
        at -= 1
    return (doc[at], name) if doc[at].text in {",", ";"} else (that, [])


def _is_named(token: Token) -> bool:
    return token.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "PART"} and token.lower_ not in {"that", "not"}
