"""Attributions that a verb carries: 'said that', 'vowed to', 'was quoted as saying', 'as X explains'."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution_clauses import (
    ASIDE,
    clause_span,
    is_infinitive,
    quotes_beside,
    source_span,
    spans,
    speaker_of,
    subject_of,
    trimmed,
    widened,
    without_stop,
)
from truceline.read.attribution_relation import Relation
from truceline.read.cues import CueClass, Cues
from truceline.read.sentences import span_of, subtree, text_of

if TYPE_CHECKING:
    from truceline.read.table import Token


def verb_relation(verb: "Token", cues: Cues, quotes: Nearby[Span]) -> Relation | None:
    kinds = cues.verbs.get(verb.lemma_.lower())
    if kinds is None or verb.dep_ in {"amod", "compound"}:
        return None
    if _reported_as_saying(verb):
        return _as_saying(verb, kinds[0])
    trailing = _trailing(verb, kinds[0])
    if trailing is not None:
        return trailing
    for kind in kinds:
        content = _verb_content(verb, kind, cues)
        if content:
            return _relation(verb, kind, widened(content, quotes, verb))
    beside = quotes_beside(verb, quotes, unsaid=True)
    if beside and _speaks(verb):
        return _relation(verb, kinds[0], beside)
    if "clause" in kinds[0].takes and _comments_on_sentence(verb):
        return _relation(verb, kinds[0], _rest_of_sentence(verb))
    return None


FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# A speaker's name and office fit in this many words; a longer stretch is no name.
LONGEST_NAME = 16


def _trailing(verb: "Token", kind: CueClass) -> Relation | None:
    """'…, the centre said on Saturday.': read off the commas where the parser found another subject or none."""
    if verb.tag_ not in FINITE or kind.name not in {"state", "publish", "announce"}:
        return None
    before = [token for token in verb.sent if token.i < verb.i]
    comma = max((index for index, token in enumerate(before) if token.text == ","), default=-1)
    said, name = before[:comma], before[comma + 1 :]
    after = [token for token in verb.sent if token.i > verb.i]
    if not said or not _is_name(name) or not _has_finite(said) or _has_finite(after):
        return None
    subject = subject_of(verb)
    if subject is not None and name[0].i <= subject.i:
        return None
    content, source = trimmed(span_of(said), text_of(verb.doc)), trimmed(span_of(name), text_of(verb.doc))
    if content is None or source is None:
        return None
    head = next((token for token in name if token.head.i not in {each.i for each in name}), name[-1])
    return Relation(
        source=(source,),
        cue=_cue_span(verb),
        content=(content,),
        kind=kind,
        cue_token=verb.i,
        source_token=head.i,
    )


def _is_name(tokens: Sequence["Token"]) -> bool:
    named = any(token.pos_ in {"NOUN", "PROPN", "PRON"} for token in tokens)
    return (
        named
        and len(tokens) <= LONGEST_NAME
        and not _has_finite(tokens)
        and tokens[0].pos_ not in {"ADP", "CCONJ", "SCONJ", "ADV"}
    )


def _has_finite(tokens: Sequence["Token"]) -> bool:
    return any(token.tag_ in FINITE for token in tokens)


def _speaks(verb: "Token") -> bool:
    """Whether the verb has somebody who speaks: a subject, or the verb is a participle of speaking."""
    return subject_of(verb) is not None or verb.dep_ in {"advcl", "pcomp", "acl"}


def _verb_content(verb: "Token", kind: CueClass, cues: Cues) -> tuple[Span, ...]:
    relayed = _relayed(verb, cues)
    if relayed is not None:
        return (relayed,)
    pieces: list[Span] = []
    for child in verb.children:
        if _is_content(child, verb, kind, cues) and not _past_semicolon(child, verb):
            inner = (
                next((each for each in child.children if each.dep_ == "pobj"), child) if child.dep_ == "prep" else child
            )
            part = clause_span(inner, verb)
            if part is not None:
                pieces.append(part)
    if not pieces and "clause" in kind.takes:
        pieces = [part for clause in _carried_clauses(verb) if (part := clause_span(clause, verb)) is not None]
    return _joined(pieces, verb)


def _carried_clauses(verb: "Token") -> Iterator["Token"]:
    """'said in a statement posted online that …', 'was told by a guide that …': the parser hangs it on the noun."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in {"in", "on", "at", "to", "from"}):
            for below in child.subtree:
                marked = any(
                    each.lower_ == "that" and (each.tag_ == "IN" or each.dep_ == "mark") for each in below.lefts
                )
                if below.dep_ in {"ccomp", "acl", "relcl"} and marked:
                    yield below


def _relayed(verb: "Token", cues: Cues) -> Span | None:
    """'reported civilians as saying …': what is reported is somebody's saying, to the end of the sentence."""
    spoken = next((child for child in verb.children if child.dep_ == "dobj"), None)
    through = any(
        child.lower_ == "as" and any(each.dep_ == "pcomp" and each.lemma_ in cues.verbs for each in child.children)
        for child in verb.children
        if child.dep_ == "prep"
    )
    if spoken is None or not through:
        return None
    first = _source_start(spoken)
    span = trimmed(span_of([token for token in verb.sent if token.i >= first]), text_of(verb.doc))
    return None if span is None else without_stop(span, text_of(verb.doc))


def _accuses_of(child: "Token", kind: CueClass) -> bool:
    """'accused the army of shelling the village'."""
    return kind.name == "accuse" and child.dep_ == "prep" and any(each.dep_ == "pcomp" for each in child.children)


def _passive_infinitive(child: "Token", verb: "Token", kind: CueClass) -> bool:
    """'is said to have left'."""
    passive = any(each.dep_ == "auxpass" for each in verb.children)
    return passive and kind.name in IMPERSONAL and child.dep_ == "xcomp" and is_infinitive(child)


def _past_semicolon(child: "Token", verb: "Token") -> bool:
    """'Villagers say so; the army has not commented': two sentences that the parser took for one."""
    first, last = sorted((child.i, verb.i))
    return any(each.text == ";" for each in verb.doc[first:last])


def _has_own_clause(verb: "Token") -> bool:
    return any(child.dep_ in {"ccomp", "xcomp"} and not _past_semicolon(child, verb) for child in verb.children)


def _is_content(child: "Token", verb: "Token", kind: CueClass, cues: Cues) -> bool:
    if _accuses_of(child, kind) or _passive_infinitive(child, verb, kind):
        return True
    match child.dep_:
        case "ccomp":
            infinitive = is_infinitive(child) and verb.lemma_.lower() not in cues.commanding
            return ("infinitive" if infinitive else "clause") in kind.takes
        case "xcomp":
            infinitive = is_infinitive(child) and "infinitive" in kind.takes
            return infinitive or ("gerund" in kind.takes and _is_gerund(child))
        case "dobj":
            return "object" in kind.takes and not _has_own_clause(verb) and child.pos_ != "PRON"
        case "prep":
            return child.lower_ in cues.about.get(verb.lemma_.lower(), ()) and not _has_own_clause(verb)
        case _:
            return False


def _is_gerund(verb: "Token") -> bool:
    """'sending', 'having sent', 'being sent'."""
    return verb.tag_ == "VBG" or any(
        child.tag_ == "VBG" and child.dep_ in {"aux", "auxpass"} for child in verb.children
    )


def _joined(pieces: Sequence[Span], verb: "Token") -> tuple[Span, ...]:
    """Neighbouring pieces on one side of the cue as one."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        same_side = joined and (joined[-1].end <= verb.idx) == (piece.end <= verb.idx)
        if same_side:
            joined[-1] = Span(joined[-1].start, max(piece.end, joined[-1].end))
        else:
            joined.append(piece)
    return tuple(joined)


def _relation(verb: "Token", kind: CueClass, content: tuple[Span, ...]) -> Relation | None:
    speaker = speaker_of(verb)
    if not _can_speak(speaker, verb, kind):
        return None
    cue = _cue_span(verb)
    source = source_span(speaker) if speaker is not None else None
    if source is not None and source.covers(cue):
        source = trimmed(Span(source.start, cue.start), text_of(verb.doc))  # 'the staff saying that …'
    who = subject_of(verb)
    link = who is not None and speaker is not None and who.i > speaker.i and verb.dep_ == "relcl"
    named = (*spans(source), *((Span(who.idx, who.idx + len(who.text)),) if link and who is not None else ()))
    kept = tuple(piece for piece in content if not piece.covers(cue))
    if not kept:
        return None
    return Relation(
        source=named,
        cue=cue,
        content=kept,
        kind=kind,
        cue_token=verb.i,
        source_token=None if speaker is None else speaker.i,
    )


# Cues that stand without a speaker: 'is said to', 'is believed to', 'is expected to'.
IMPERSONAL = frozenset({"state", "publish", "announce", "claim", "believe", "predict"})


def _can_speak(speaker: "Token | None", verb: "Token", kind: CueClass) -> bool:
    """Whether the sentence leaves somebody to have said it ('it is hard to see how' does not)."""
    if speaker is None:
        return kind.name in IMPERSONAL or verb.dep_ in {"advcl", "pcomp", "acl"}
    empty = speaker.lower_ in {"it", "this", "that", "what", "there", "which"}
    return not empty or speaker.head.i == verb.i


PARTICLES = frozenset({"for", "out", "of", "about", "against", "on", "to", "at"})


def _cue_span(verb: "Token") -> Span:
    """The verb with its particle or preposition ('called for') and negation ('did not deny')."""
    first, last = verb, verb
    for child in verb.children:
        dated = any(each.ent_type_ in {"DATE", "TIME"} for each in child.children)
        if child.dep_ in {"prt", "prep"} and child.i == verb.i + 1 and child.lower_ in PARTICLES and not dated:
            last = child
        if child.dep_ == "neg" and verb.i - child.i == 1:
            first = child
    return Span(first.idx, last.idx + len(last.text))


def _reported_as_saying(verb: "Token") -> bool:
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.pos_ == "VERB"


def _as_saying(verb: "Token", kind: CueClass) -> Relation | None:
    """'reported civilians as saying …', 'was quoted as saying …'."""
    governor = verb.head.head
    speaker = next((child for child in governor.children if child.dep_ in {"dobj", "nsubjpass"}), None)
    behind = [token for token in verb.sent if token.i > verb.i]
    content = trimmed(span_of(behind), text_of(verb.doc))
    quoted = next((child for child in governor.lefts if child.dep_ == "ccomp"), None)
    if quoted is not None and not _has_finite(behind):
        content = clause_span(quoted, governor)  # '"…," the daily quoted him as telling the court'
    if content is None or speaker is None:
        return None
    source = span_of([token for token in speaker.sent if _source_start(speaker) <= token.i < verb.head.i])
    return Relation(
        source=() if source is None else (source,) if speaker.i > governor.i else spans(source_span(speaker)),
        cue=Span(verb.idx, verb.idx + len(verb.text)),
        content=spans(without_stop(content, text_of(verb.doc))),
        kind=kind,
        cue_token=verb.i,
        source_token=speaker.i,
    )


def _source_start(speaker: "Token") -> int:
    return min(token.i for token in subtree(speaker, without=ASIDE))


def _comments_on_sentence(verb: "Token") -> bool:
    """'as Lavrov explains, …' and '…, Lavrov said'."""
    has_as = any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)
    if verb.dep_ == "advcl" and has_as:
        return subject_of(verb) is not None
    return verb.dep_ == "parataxis" and subject_of(verb) is not None


def _rest_of_sentence(verb: "Token") -> tuple[Span, ...]:
    """The sentence before and after the comment."""
    own = {token.i for token in verb.subtree}
    lead = {token.i for token in verb.head.lefts if token.dep_ == "advmod" and token.i < min(own)}
    sentence = [token for token in verb.sent if token.i not in own and token.i not in lead]
    stops = [token.i for token in sentence if token.text == ";"]
    first = max((at for at in stops if at < verb.i), default=-1)
    last = min((at for at in stops if at > verb.i), default=len(verb.doc))
    sentence = [token for token in sentence if first < token.i < last]
    before = span_of([token for token in sentence if token.i < min(own)])
    after = span_of([token for token in sentence if token.i > max(own)])
    pieces = (trimmed(each, text_of(verb.doc)) for each in (before, after))
    return tuple(without_stop(piece, text_of(verb.doc)) for piece in pieces if piece is not None and len(piece) > 2)
