"""One who speaks through another inside one phrase: 'the agency, citing a commander, said', 'X, quoted by Y, said'."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from truceline.model.span import Span
from truceline.read.attribution_clauses import source_span, speaker_of, trimmed
from truceline.read.attribution_relation import Relation
from truceline.read.cues import load_cues, load_relays
from truceline.read.sentences import span_of, text_of
from truceline.read.table import Doc, Token


def with_relays(relations: Sequence[Relation], doc: Doc) -> Iterator[Relation]:
    """The relations, those with a relay in them as two: who cites around who is cited."""
    relays = _nearest([_relay_of(relation, doc) for relation in relations], relations)
    split = {relay.i for relay in relays if relay is not None and _through(relay) is not None}
    for relation, relay in zip(relations, relays, strict=True):
        named = None if relay is None else _through(relay)
        if relay is None or named is None:
            # The cue 'citing' found by itself, where another relation is split at it, is that relation's.
            if relation.cue_token not in split:
                yield relation
        elif relay.tag_ == "VBN":
            yield from _carried(relation, relay, named, doc)
        else:
            yield from _cited(relation, relay, named, doc)


def _nearest(relays: Sequence[Token | None], relations: Sequence[Relation]) -> list[Token | None]:
    """A relay that several relations could have stays with the one that it stands nearest to."""
    best: dict[int, int] = {}
    for at, relay in enumerate(relays):
        if relay is not None and (relay.i not in best or _gap(relay, relations[at]) < _gap(relay, relations[best[relay.i]])):
            best[relay.i] = at
    return [relay if relay is not None and best[relay.i] == at else None for at, relay in enumerate(relays)]


def _gap(relay: Token, relation: Relation) -> int:
    spans = [*relation.source, *(() if relation.cue is None else (relation.cue,))]
    return min(abs(relay.idx - each.end) for each in spans)


def with_grounds(relations: Sequence[Relation], doc: Doc) -> list[Relation]:
    """The relations, one whose speaker rests on another ('with reference to X, Y reports') put around the other."""
    kept = list(relations)
    for at, ground in enumerate(kept):
        if ground.cue is None or ground.cue.of(doc.text).lower() not in load_cues().relying or not ground.source:
            continue
        outer = next((index for index, each in enumerate(kept) if each is not ground and _rests_on(each, ground)), None)
        if outer is not None:
            kept[outer], kept[at] = _resting(kept[outer], ground, doc)
    return kept


def _rests_on(relation: Relation, ground: Relation) -> bool:
    """Whether the ground stands in the speaker's words, or beside them over the same content."""
    assert ground.cue is not None
    if relation.cue is None:
        return False
    beside = any(piece.covers(relation.cue) for piece in ground.content)
    return beside or any(piece.covers(ground.cue) for piece in relation.source)


def _resting(relation: Relation, ground: Relation, doc: Doc) -> tuple[Relation, Relation]:
    assert ground.cue is not None
    aside = Span(ground.cue.start, max(ground.cue.end, *(piece.end for piece in ground.source)))
    said = tuple(piece for each in relation.content for piece in _outside(each, aside, doc.text))
    around = replace(relation, source=_bare(relation, aside, doc), content=tuple(sorted({*said, aside})))
    return around, replace(ground, content=said or ground.content)


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
    spoken = {each.cue_token for each in relations}
    kept = list(relations)
    found: dict[int, Relation] = {}
    for relation in relations:
        noun = None if relation.cue_token is None else doc[relation.cue_token]
        verb = None if noun is None or noun.pos_ != "NOUN" else _taken_up_by(noun)
        if verb is None or verb.i in found:
            continue
        if verb.i in spoken:
            kept = [_with_taken(each, verb, noun, relation) for each in kept]
            continue
        taker = _taker(verb, noun, relation)
        if taker is not None and not _is_himself(taker, relations, doc):
            found[verb.i] = taker
    return [*kept, *found.values()]


def _with_taken(relation: Relation, verb: Token, noun: Token, inner: Relation) -> Relation:
    """'called "laughable" the general's claim that …': the claim too is what is called so."""
    if relation.cue_token != verb.i or relation is inner or noun.i < verb.i:
        return relation
    words = Span(noun.subtree[0].idx, max(noun.idx + len(noun.text), *(piece.end for piece in inner.content)))
    told = any(piece.overlaps(words) for piece in (*relation.content, *relation.source))
    return relation if told else replace(relation, content=(*relation.content, words))


def _is_himself(taker: Relation, relations: Sequence[Relation], doc: Doc) -> bool:
    """'The office says it has received reports': it is in its own words."""
    assert taker.cue is not None
    assert taker.source_token is not None
    cue = taker.cue
    told = any(piece.covers(cue) for each in relations for piece in each.content)
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


def _relay_of(relation: Relation, doc: Doc) -> Token | None:
    """The participle or verb of citing that hangs on the speaker or on the cue."""
    if relation.source_token is None or relation.cue_token is None:
        return None
    speaker, cue = doc[relation.source_token], doc[relation.cue_token]
    for child in (*speaker.children, *cue.children, *_aside_behind(cue), *_on_its_document(cue)):
        lemma = child.lemma_.lower()
        active = child.tag_ != "VBN" and lemma in load_relays().citing and child.dep_ in CITING
        passive = child.tag_ == "VBN" and lemma in load_relays().carried and child.dep_ in CARRIED
        if (active or passive) and child.i != cue.i:
            return child
    return None


CITING = frozenset({"acl", "advcl", "relcl", "prep", "pcomp"})
CARRIED = frozenset({"acl", "relcl", "advcl"})


def _on_its_document(cue: Token) -> Iterator[Token]:
    """'said in a statement carried by the agency', 'in an interview published by the daily she is quoted as saying'."""
    top = cue.head.head if cue.dep_ == "pcomp" else cue
    for child in top.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "on", "through", "via"}:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in load_relays().documents:
                    yield from (each for each in noun.children if each.tag_ == "VBN")


def _aside_behind(cue: Token) -> Iterator[Token]:
    """', citing …,' directly behind the cue, wherever the parser hangs it."""
    behind = cue.doc[cue.i + 1 : cue.i + 3]
    if len(behind) == 2 and behind[0].text == ",":
        yield behind[1]


def _through(relay: Token) -> Token | None:
    """Who is cited, or by whom it is carried."""
    if relay.tag_ == "VBN":
        by = next((child for child in relay.children if child.dep_ == "agent"), None)
        return None if by is None else next((each for each in by.children if each.dep_ == "pobj"), None)
    source = next((child for child in relay.children if child.dep_ == "prep" and child.lower_ == "from"), relay)
    return next((child for child in source.children if child.dep_ in {"dobj", "pobj"}), None)


def _cited(relation: Relation, relay: Token, cited: Token, doc: Doc) -> Iterator[Relation]:
    """'X, citing Y, said Z': X conveys that Y is cited and Z; Z is Y's."""
    text = text_of(doc)
    named = source_span(cited)
    aside = None if named is None else Span(_opens(relay).idx, named.end)
    if aside is None or named is None:
        yield relation
        return
    said = tuple(piece for each in relation.content for piece in _outside(each, aside, text))
    if not said:
        yield relation
        return
    yield replace(
        relation, source=_bare(relation, aside, doc), content=tuple(sorted({*said, Span(relay.idx, named.end)}))
    )
    yield replace(
        relation,
        source=(named,),
        cue=Span(relay.idx, relay.idx + len(relay.text)),
        content=said,
        cue_token=relay.i,
        source_token=cited.i,
    )


def _opens(relay: Token) -> Token:
    """'which cited' opens with its 'which'."""
    return min(
        (child for child in relay.lefts if child.lower_ in {"which", "who"}), key=lambda each: each.i, default=relay
    )


def _carried(relation: Relation, relay: Token, carrier: Token, doc: Doc) -> Iterator[Relation]:
    """'Y, quoted by X, said Z': X conveys that Y said Z."""
    aside, named = span_of(list(relay.subtree)), source_span(carrier)
    if aside is None or named is None or relation.cue is None:
        yield relation
        return
    speaker = _bare(relation, aside, doc)
    yield replace(
        relation,
        source=(named,),
        cue=Span(relay.idx, relay.idx + len(relay.text)),
        content=tuple(sorted({*speaker, relation.cue, *relation.content})),
        cue_token=relay.i,
        source_token=carrier.i,
    )
    yield replace(relation, source=speaker)


def _bare(relation: Relation, aside: Span, doc: Doc) -> tuple[Span, ...]:
    """The speaker without the aside."""
    text = text_of(doc)
    return tuple(piece for each in relation.source for piece in _outside(each, aside, text)) or relation.source


def _outside(span: Span, hole: Span, text: str) -> Iterator[Span]:
    if not span.overlaps(hole):
        yield span
        return
    for start, end in ((span.start, hole.start), (hole.end, span.end)):
        part = trimmed(Span(start, end), text) if start < end else None
        if part is not None and any(letter.isalnum() for letter in part.of(text)):
            yield part
