"""One who brings out, passes on or disputes another's words: 'prints a letter in which', 'dismissed the claim that'."""

from collections.abc import Sequence
from dataclasses import replace

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution_clauses import source_span, speaker_of
from truceline.read.attribution_relation import Relation, said_by
from truceline.read.cues import load_relays
from truceline.read.sentences import span_of
from truceline.read.table import Doc, Token


def with_carriers(relations: Sequence[Relation], doc: Doc) -> list[Relation]:
    """The relations and, around those made in a document that somebody brings out, one for who brings it out."""
    kept = list(relations)
    found: dict[int, Relation] = {}
    for relation in relations:
        document = None if relation.cue_token is None else _document_around(doc[relation.cue_token])
        if document is None or document.head.i in found:
            continue
        carrier = _carrier(document, relation)
        if carrier is not None:
            found[document.head.i] = carrier
    kept = [each for each in kept if each.cue_token not in found]
    return [*kept, *found.values()]


def with_takers(relations: Sequence[Relation], doc: Doc) -> list[Relation]:
    """The relations and, around words that a noun tells, one for whoever passes them on or disputes them."""
    kept = list(relations)
    spoken = {each.cue_token: at for at, each in enumerate(kept) if each.cue_token is not None}
    said = said_by(relations)
    found: dict[int, Relation] = {}
    for relation in relations:
        noun = None if relation.cue_token is None else doc[relation.cue_token]
        verb = None if noun is None or noun.pos_ != "NOUN" else _taken_up_by(noun)
        if noun is None or verb is None or verb.i in found:
            continue
        if verb.i in spoken:
            kept[spoken[verb.i]] = _with_taken(kept[spoken[verb.i]], noun, relation)
            continue
        taker = _taker(verb, noun, relation)
        if taker is not None and not _is_himself(taker, said, doc):
            found[verb.i] = taker
    return [*kept, *found.values()]


def _with_taken(relation: Relation, noun: Token, inner: Relation) -> Relation:
    """'called "laughable" the general's claim that …': the claim too is what is called so."""
    if relation.cue_token is None or noun.i < relation.cue_token:
        return relation
    first = min([noun.idx, *(each.start for each in inner.source)])
    words = Span(first, max(noun.idx + len(noun.text), *(piece.end for piece in inner.content)))
    told = any(piece.overlaps(words) for piece in (*relation.content, *relation.source))
    return relation if told else replace(relation, content=(*relation.content, words))


def _is_himself(taker: Relation, said: Nearby[tuple[int, Span]], doc: Doc) -> bool:
    """'The office says it has received reports': it is in its own words."""
    assert taker.cue is not None
    assert taker.source_token is not None
    cue = taker.cue
    told = any(piece.covers(cue) for _, piece in said.around(cue))
    return told and doc[taker.source_token].pos_ == "PRON"


def _taken_up_by(noun: Token) -> Token | None:
    """The verb whose object the noun is, where it passes words on or disputes them."""
    verb = noun.head
    if noun.dep_ == "pobj":
        verb = verb.head
    elif noun.dep_ not in {"dobj", "oprd", "ccomp"}:
        return None
    following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    lemma = verb.lemma_.lower()
    return verb if {lemma, f"{lemma}_{following}"} & load_relays().taking else None


def _taker(verb: Token, noun: Token, inner: Relation) -> Relation | None:
    speaker = speaker_of(verb)
    named = None if speaker is None else source_span(speaker)
    start = noun.subtree[0].idx
    if speaker is None or named is None or any(each.overlaps(named) for each in inner.source):
        return None
    if start < verb.idx:
        return None
    return Relation(
        source=(named,),
        cue=Span(verb.idx, verb.idx + len(verb.text)),
        content=(Span(start, max(noun.idx + len(noun.text), *(piece.end for piece in inner.content))),),
        kind=None,
        cue_token=verb.i,
        source_token=speaker.i,
    )


def _document_around(cue: Token) -> Token | None:
    """The document that a clause of saying describes: 'a letter in which she says', 'a post by a man who says'."""
    clause = cue
    while (
        clause.dep_ not in {"relcl", "acl"} and clause.head is not clause and clause.dep_ in {"conj", "ccomp", "xcomp"}
    ):
        clause = clause.head
    if clause.dep_ not in {"relcl", "acl"}:
        return None
    for noun in (clause.head, *clause.head.ancestors):
        carried = noun.dep_ == "dobj" and noun.head.lemma_.lower() in load_relays().carrying
        if carried and noun.lemma_.lower() in load_relays().documents:
            return noun
        if noun.pos_ in {"VERB", "AUX"}:
            return None
    return None


def _carrier(document: Token, inner: Relation) -> Relation | None:
    verb = document.head
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    named = None if subject is None else source_span(subject)
    held = span_of(list(document.subtree))
    if subject is None or named is None or held is None:
        return None
    end = max([held.end, *(piece.end for piece in inner.content)])
    return Relation(
        source=(named,),
        cue=Span(verb.idx, verb.idx + len(verb.text)),
        content=(Span(held.start, end),),
        kind=None,
        cue_token=verb.i,
        source_token=subject.i,
    )
