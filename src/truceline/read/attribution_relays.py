"""One who speaks through another inside one phrase: 'the agency, citing a commander, said', 'X, quoted by Y, said'."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution_clauses import can_be_cited, source_span, trimmed
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
        if relay is None:
            continue
        rival = best.setdefault(relay.i, at)
        if _gap(relay, relations[at]) < _gap(relay, relations[rival]):
            best[relay.i] = at
    return [relay if relay is not None and best[relay.i] == at else None for at, relay in enumerate(relays)]


def _gap(relay: Token, relation: Relation) -> int:
    spans = [*relation.source, *(() if relation.cue is None else (relation.cue,))]
    return min((abs(int(relay.idx) - each.end) for each in spans), default=0)


def with_grounds(relations: Sequence[Relation], doc: Doc) -> list[Relation]:
    """The relations, one whose speaker rests on another ('with reference to X, Y reports') put around the other."""
    kept = list(relations)
    near = Nearby(list(enumerate(kept)), lambda each: () if each[1].cue is None else (each[1].cue,))
    for at, ground in enumerate(kept):
        phrase = "" if ground.cue is None else ground.cue.of(doc.text).lower()
        if ground.cue is None or phrase not in RESTING | load_cues().relying or not ground.source:
            continue
        around = near.around(hull((ground.cue, *ground.content)))
        if phrase in RESTING and any(_tells_of(each, ground.cue) for _, each in around):
            continue  # who cites is found already
        resting = [index for index, each in around if index != at and _rests_on(each, ground)]
        outer = max(resting, key=lambda index: sum(map(len, kept[index].content)), default=None)
        if outer is not None:
            kept[outer], kept[at] = _resting(kept[outer], ground, doc)
    return kept


RESTING = frozenset({"citing", "quoting"})


def hull(pieces: Sequence[Span]) -> Span:
    return Span(min(each.start for each in pieces), max(each.end for each in pieces))


def _tells_of(relation: Relation, cue: Span) -> bool:
    return any(piece.covers(cue) for piece in relation.content)


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


def _relay_of(relation: Relation, doc: Doc) -> Token | None:
    """The participle or verb of citing that hangs on the speaker or on the cue."""
    if relation.source_token is None or relation.cue_token is None:
        return None
    speaker, cue = doc[relation.source_token], doc[relation.cue_token]
    picture = speaker.lemma_.lower() in load_relays().pictures
    for child in (*speaker.children, *cue.children, *_aside_behind(cue), *_on_its_document(cue)):
        lemma = child.lemma_.lower()
        active = child.tag_ != "VBN" and lemma in load_relays().citing and child.dep_ in CITING
        passive = child.tag_ == "VBN" and lemma in load_relays().carried and child.dep_ in CARRIED
        if (active or (passive and not picture)) and child.i != cue.i:
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
    cited = next((child for child in source.children if child.dep_ in {"dobj", "pobj"}), None)
    return cited if cited is not None and can_be_cited(cited) else None


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
