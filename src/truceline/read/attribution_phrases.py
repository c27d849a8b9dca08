"""Attributions in turns of phrase: 'by X's account', 'to X it is plain that', 'what X said: …'."""

from truceline.model.span import Span
from truceline.read.attribution_clauses import (
    SUBJECTS,
    clause_span,
    source_span,
    spans,
    speaker_of,
    subject_of,
    trimmed,
    without_stop,
)
from truceline.read.attribution_relation import Relation
from truceline.read.cues import Cues
from truceline.read.sentences import span_of, text_of
from truceline.read.table import Token

FRAMING = frozenset({"by", "in", "on", "from"})


def phrase_relation(token: Token, cues: Cues) -> Relation | None:
    """The attribution that a turn of phrase around this word carries."""
    if token.pos_ == "NOUN":
        return _framed(token, cues) or _by_all_accounts(token, cues) or _equated(token, cues)
    if token.pos_ == "ADJ":
        return _plain_to(token, cues)
    if token.lower_ in {"believed", "trusted"}:
        return _to_be_believed(token, cues)
    if token.lemma_ == "put":
        return _put_at(token, cues)
    if token.lemma_ == "have":
        return _has_it(token, cues)
    return _free_relative(token, cues) if token.lemma_.lower() in cues.verbs else None


def frames(cue: Token, cues: Cues) -> bool:
    """Whether the word is the noun of a frame around its sentence: 'by the ministry's account'."""
    framed = cue.dep_ == "pobj" and cue.head.lower_ in FRAMING and {cue.lemma_.lower(), cue.lower_} & cues.framing
    return bool(framed) and any(child.dep_ == "poss" for child in cue.children)


def _framed(noun: Token, cues: Cues) -> Relation | None:
    """'By X's account, …', '…, in X's telling'."""
    if not frames(noun, cues):
        return None
    owner = next(child for child in noun.children if child.dep_ == "poss")
    own = {noun.head.i, *(each.i for each in noun.subtree)}
    before = [each for each in noun.sent if each.i < min(own)]
    after = [each for each in noun.sent if each.i > max(own)]
    opens = not before or before[-1].text in {";", ":"} or before[-1].lower_ in {"that", "but", "and"}
    if not opens and before[-1].text != ",":
        return None
    sides = (after,) if opens else (before, after)
    return _made(noun, owner, tuple(span for side in sides for span in spans(_said(side, noun))), cues)


def _by_all_accounts(noun: Token, cues: Cues) -> Relation | None:
    """'By all accounts, …': nobody in particular says so."""
    whose = next((child.lower_ for child in noun.children if child.dep_ in {"det", "amod"}), "")
    if noun.lemma_ != "account" or noun.dep_ != "pobj" or noun.head.lower_ != "by" or whose not in cues.vague:
        return None
    own = {noun.head.i, *(each.i for each in noun.subtree)}
    rest = [each for each in noun.sent if each.i > max(own)] or [each for each in noun.sent if each.i < min(own)]
    content = spans(_said(rest, noun))
    if not content:
        return None
    span = Span(noun.head.idx, noun.idx + len(noun.text))
    return Relation(source=(), cue=span, content=content, kind=cues.verbs["say"][0], cue_token=noun.i, formal=True)


def _equated(noun: Token, cues: Cues) -> Relation | None:
    """'X's version is that …'."""
    verb = noun.head
    known = noun.lemma_.lower() in cues.nouns or noun.lemma_.lower() in cues.framing
    if noun.dep_ not in SUBJECTS or verb.lemma_ != "be" or not known:
        return None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    clause = next((child for child in verb.rights if child.dep_ in {"ccomp", "xcomp"}), None)
    if owner is None or clause is None:
        return None
    return _made(noun, owner, spans(clause_span(clause, verb)), cues)


def _plain_to(adjective: Token, cues: Cues) -> Relation | None:
    """'To X it is plain that …', 'it is clear to X that …'."""
    verb = adjective.head
    if adjective.lower_ not in cues.evident or adjective.dep_ != "acomp" or verb.lemma_ not in {"be", "seem", "look"}:
        return None
    to = (child for word in (adjective, verb) for child in word.children if child.dep_ == "prep")
    named = next((each for child in to if child.lower_ in {"to", "for"} for each in child.children), None)
    clause = next((each for word in (verb, adjective) for each in word.rights if each.dep_ == "ccomp"), None)
    if named is None or clause is None:
        return None
    return _made(adjective, named, spans(clause_span(clause, adjective)), cues)


def _to_be_believed(verb: Token, cues: Cues) -> Relation | None:
    """'If X is to be believed, …'."""
    top = next((each for each in (verb, *verb.ancestors) if each.dep_ == "advcl"), None)
    if top is None or not any(child.lower_ == "if" for child in top.subtree) or verb.doc[verb.i - 1].lower_ != "be":
        return None
    named = subject_of(top) or subject_of(verb)
    own = {each.i for each in top.subtree}
    rest = [each for each in verb.sent if each.i > max(own)] or [each for each in verb.sent if each.i < min(own)]
    return None if named is None else _made(verb, named, spans(_said(rest, verb)), cues)


def _put_at(verb: Token, cues: Cues) -> Relation | None:
    """'X put the toll at forty'."""
    toll = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    at = next((each for each in verb.subtree if each.i > verb.i and each.lower_ == "at"), None)
    speaker = speaker_of(verb)
    if toll is None or at is None or speaker is None or toll.lemma_.lower() not in cues.tolls:
        return None
    words = [each for each in verb.sent if toll.subtree[0].i <= each.i <= at.subtree[-1].i]
    return _made(verb, speaker, spans(_said(words, verb)), cues)


def _has_it(verb: Token, cues: Cues) -> Relation | None:
    """'X has it that …'."""
    following = verb.doc[verb.i + 1 : verb.i + 3]
    if [each.lower_ for each in following] != ["it", "that"]:
        return None
    speaker = speaker_of(verb)
    rest = [each for each in verb.sent if each.i > verb.i + 1]
    return None if speaker is None else _made(verb, speaker, spans(_said(rest, verb)), cues)


def _free_relative(verb: Token, cues: Cues) -> Relation | None:
    """'confirmed what X had told her: that …': what stands behind the colon, or the clause behind the comma, is X's."""
    if not any(child.lower_ == "what" and child.i < verb.i for child in verb.children):
        return None
    speaker = speaker_of(verb)
    if speaker is None or speaker.i > verb.i or any(child.dep_ == "ccomp" for child in verb.rights):
        return None
    behind = [each for each in verb.sent if each.i > verb.i]
    opens = next((at for at, each in enumerate(behind[:-2]) if _opens(each, behind[at + 1])), None)
    return None if opens is None else _made(verb, speaker, spans(_said(behind[opens + 1 :], verb)), cues)


def _opens(mark: Token, following: Token) -> bool:
    return mark.text == ":" or (mark.text == "," and following.lower_ == "that" and following.dep_ == "mark")


def _said(tokens: list[Token], cue: Token) -> Span | None:
    span = trimmed(span_of(tokens), text_of(cue.doc))
    said = None if span is None else without_stop(span, text_of(cue.doc))
    return said if said is not None and any(letter.isalnum() for letter in said.of(text_of(cue.doc))) else None


def _made(cue: Token, speaker: Token, content: tuple[Span, ...], cues: Cues) -> Relation | None:
    source = source_span(speaker)
    if source is None or not content:
        return None
    lemma = cue.lemma_.lower()
    kind = cues.verbs[lemma][0] if lemma in cues.verbs else cues.nouns.get(lemma) or cues.verbs["say"][0]
    return Relation(
        source=(source,),
        cue=Span(cue.idx, cue.idx + len(cue.text)),
        content=content,
        kind=kind,
        cue_token=cue.i,
        source_token=speaker.i,
        formal=True,
    )
