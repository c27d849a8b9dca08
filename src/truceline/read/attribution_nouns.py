"""Attributions carried by a noun, an adjective or a preposition: 'the claim that', 'according to'."""

from functools import cache
from typing import TYPE_CHECKING

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution_clauses import (
    SUBJECTS,
    agent_of,
    can_be_cited,
    clause_span,
    is_infinitive,
    source_span,
    spans,
    speaker_of,
    trimmed,
    widened,
    without_stop,
)
from truceline.read.attribution_relation import Relation
from truceline.read.cues import CueClass, Cues
from truceline.read.sentences import span_of, text_of

if TYPE_CHECKING:
    from truceline.read.table import Token


def noun_relation(noun: "Token", cues: Cues) -> Relation | None:
    kind = cues.nouns.get(noun.lemma_.lower())
    if kind is None:
        return None
    content = next((child for child in noun.children if _noun_content(child, kind)), None)
    speaker = _noun_speaker(noun, cues)
    if content is None and speaker is not None and speaker.dep_ in SUBJECTS:
        content = next((each for each in noun.children if each.dep_ == "prep" and each.lower_ in ABOUT), None)
    part = _that_clause(noun, cues) if content is None else clause_span(content, noun)
    if part is None:
        return None
    lent = speaker is not None and speaker.i < noun.head.i and noun.dep_ == "dobj" and noun.head.lemma_ in cues.light
    cue_head = noun.head if lent else noun
    return Relation(
        source=() if speaker is None else spans(source_span(speaker)),
        cue=Span(cue_head.idx, noun.idx + len(noun.text))
        if cue_head.i <= noun.i
        else Span(noun.idx, noun.idx + len(noun.text)),
        content=(part,),
        kind=kind,
        cue_token=noun.i,
        source_token=None if speaker is None else speaker.i,
    )


def _that_clause(noun: "Token", cues: Cues) -> Span | None:
    """'the complaint of the mothers that …': the clause behind the noun, or behind who made it, wherever it hangs."""
    by = next((child for child in noun.rights if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}), None)
    told = ATTRIBUTING | cues.light
    by = by or next((child for child in noun.rights if child.tag_ == "VBN" and child.lemma_.lower() in told), None)
    last = noun if by is None else max(by.subtree, key=lambda each: each.i)
    inside = [] if by is None else [each for each in by.subtree if each.lower_ == "that" and each.dep_ != "det"]
    opens = inside[0].i if inside else last.i + 1
    owned = any(child.dep_ == "poss" for child in noun.lefts) or (by is not None and by.tag_ == "VBN")
    if owned and opens + 1 < len(noun.doc) and noun.doc[opens].text == ",":
        opens += 1
    if by is not None and opens + 1 < len(noun.doc) and noun.doc[opens].text == ":":
        rest = [each for each in noun.sent if each.i > opens]  # 'a message from the guards: "…"'
        return trimmed(span_of(rest), text_of(noun.doc))
    if opens >= len(noun.doc) or noun.doc[opens].lower_ != "that" or noun.doc[opens].dep_ == "det":
        return None
    verb = noun.doc[opens].head
    while verb.dep_ in {"aux", "auxpass"}:
        verb = verb.head
    within = [each for each in verb.subtree if each.i >= opens]
    if verb.pos_ not in {"VERB", "AUX"} or verb.i < opens or not any(each.dep_ in SUBJECTS for each in within):
        return None
    return trimmed(span_of(within), text_of(noun.doc))


ATTRIBUTING = frozenset({"attribute", "ascribe"})
ABOUT = frozenset({"about", "over", "at", "regarding", "that"})


def _noun_content(child: "Token", kind: CueClass) -> bool:
    says_that = any(each.dep_ == "mark" and each.lower_ == "that" for each in child.children)
    if child.dep_ in {"acl", "ccomp", "relcl"} and says_that:
        return True
    wanted = kind.name in {"promise", "predict", "demand", "hope", "refuse", "claim"}
    return child.dep_ in {"acl", "relcl"} and is_infinitive(child) and wanted


def _noun_speaker(noun: "Token", cues: Cues) -> "Token | None":
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    by = next((child for child in noun.children if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}), None)
    named = None if by is None else next((each for each in by.children if each.dep_ == "pobj"), None)
    return named or _attributed(noun, cues) or _lends(noun, cues) or _of_its_people(noun)


def _lends(noun: "Token", cues: Cues) -> "Token | None":
    """'raised the claim', 'the accusation is made by': who does so speaks; one who 'had orders' was told."""
    verb = noun.head
    if verb.lemma_.lower() not in cues.light or (
        verb.lemma_ == "have" and noun.lemma_ in {"order", "request", "demand"}
    ):
        return None
    return speaker_of(verb) if noun.dep_ == "dobj" else agent_of(verb) if noun.dep_ == "nsubjpass" else None


def _attributed(noun: "Token", cues: Cues) -> "Token | None":
    """'reports, attributed to the militia, that …', 'the claim, made by the daily, that …'."""
    for child in noun.children:
        if child.tag_ == "VBN" and child.lemma_.lower() in cues.light:
            return agent_of(child)
        if child.tag_ == "VBN" and child.lemma_.lower() in ATTRIBUTING:
            to = next((each for each in child.children if each.lower_ == "to"), child)
            return next((each for each in to.children if each.dep_ == "pobj"), None)
    return None


def _of_its_people(noun: "Token") -> "Token | None":
    """'the Yemeni statement that': an adjective of a people or a name before the noun."""
    return next((each for each in noun.lefts if each.dep_ in {"amod", "compound"} and each.text[0].isupper()), None)


def adjective_relation(adjective: "Token", cues: Cues) -> Relation | None:
    kind = cues.adjectives.get(adjective.lemma_.lower())
    if kind is None or adjective.dep_ not in {"acomp", "oprd", "conj"}:
        return None
    content = next((child for child in adjective.children if child.dep_ in {"ccomp", "xcomp"}), None)
    speaker = speaker_of(adjective.head)
    part = None if content is None else clause_span(content, adjective)
    if part is None or speaker is None or speaker.lower_ == "it":
        return None
    return Relation(
        source=spans(source_span(speaker)),
        cue=Span(adjective.idx, adjective.idx + len(adjective.text)),
        content=(part,),
        kind=kind,
        cue_token=adjective.i,
        source_token=speaker.i,
    )


def preposition_relation(token: "Token", cues: Cues, quotes: Nearby[Span]) -> Relation | None:
    """'According to X, …' and '…, according to X'."""
    phrases = _by_first_word(cues.prepositions).get(token.lower_)
    words = next((phrase for phrase in phrases or () if _starts(token, phrase)), None)
    if words is None:
        return None
    last = token.doc[token.i + len(words) - 1]
    speaker = next((child for child in last.children if child.dep_ in {"pobj", "dobj"}), None)
    if speaker is None:
        return None
    if words == ("per",) and speaker.pos_ != "PROPN" and speaker.lemma_.lower() not in cues.speakers:
        return None  # 'per head', 'per day'
    if words == ("citing",) and not can_be_cited(speaker):
        return None
    own = {each.i for each in speaker.subtree} | set(range(token.i, last.i + 1))
    pieces = _sides(token, own)
    if not pieces:
        return None
    return Relation(
        source=spans(
            trimmed(span_of([token.doc[index] for index in sorted(own) if index > last.i]), text_of(token.doc))
        ),
        cue=Span(token.idx, last.idx + len(last.text)),
        content=widened(pieces, quotes, token),
        kind=cues.verbs["say"][0],
        cue_token=token.i,
        source_token=speaker.i,
    )


@cache
def _by_first_word(phrases: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {first: tuple(each for each in phrases if each[0] == first) for first, *_ in phrases}


def _starts(token: "Token", phrase: tuple[str, ...]) -> bool:
    here = token.doc[token.i : token.i + len(phrase)]
    return len(here) == len(phrase) and all(each.lower_ == word for each, word in zip(here, phrase, strict=True))


def _sides(token: "Token", own: set[int]) -> tuple[Span, ...]:
    """The larger side of the sentence around a prepositional cue."""
    before, after = _up_to_semicolon(token, own)
    if before and (before[-1].lower_ == "that" or [each.lower_ for each in before[-2:]] == ["that", ","]):
        return spans(trimmed(span_of(after), text_of(token.doc)))  # '… that, according to X, …'
    side = after if len(after) > len(before) else before
    return spans(trimmed(span_of(side), text_of(token.doc))) if len(side) > 2 else ()


def _up_to_semicolon(token: "Token", own: set[int]) -> "tuple[list[Token], list[Token]]":
    """The words of the sentence before and after the phrase, as far as the next semicolon."""
    before: list[Token] = []
    after: list[Token] = []
    for each in token.sent:
        if each.i < min(own):
            before = [] if each.text == ";" else [*before, each]
        elif each.i > max(own):
            if each.text == ";":
                break
            after.append(each)
    return before, after


def adverb_relation(adverb: "Token", cues: Cues) -> Relation | None:
    """'The ferry was reportedly carrying soldiers': said by somebody who is not named."""
    if adverb.lower_ not in cues.adverbs:
        return None
    sides = ([each for each in adverb.sent if each.i < adverb.i], [each for each in adverb.sent if each.i > adverb.i])
    pieces = (trimmed(span_of(side), text_of(adverb.doc)) for side in sides)
    content = tuple(without_stop(piece, text_of(adverb.doc)) for piece in pieces if piece is not None)
    if not content:
        return None
    return Relation(
        source=(),
        cue=Span(adverb.idx, adverb.idx + len(adverb.text)),
        content=content,
        kind=cues.verbs["claim"][0],
        cue_token=adverb.i,
        formal=True,
    )
