"""What the innermost speaker goes by: what he saw, heard, was told, read, or has from pictures and instruments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, takewhile
from typing import TYPE_CHECKING

from truceline.model.claim import Evidence
from truceline.read.attribution_relation import Relation
from truceline.vocab.load import load_toml

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The words of evidence of one language."""

    perceives: Mapping[str, Evidence]
    informs: frozenset[str]
    things: Mapping[str, Evidence]
    makers: Mapping[str, Evidence]
    witnesses: frozenset[str]
    consults: frozenset[str]
    prepositions: frozenset[str]


@cache
def load_grounds(language: str = "en") -> Grounds:
    """The [evidence] table of vocab/cues/<language>_certainty.toml."""
    table = load_toml(f"cues/{language}_certainty.toml")["evidence"]
    return Grounds(
        perceives=_by_word(table["perceives"]),
        informs=frozenset(table["informs"].split()),
        things=_by_word(table["things"]),
        makers=_by_word(table["makers"]),
        witnesses=frozenset(table["witnesses"].split()),
        consults=frozenset(table["consults"].split()),
        prepositions=frozenset(table["prepositions"].split()),
    )


def _by_word(table: Mapping[str, str]) -> dict[str, Evidence]:
    return {word: Evidence(kind) for kind, words in table.items() for word in words.split()}


def evidence_of(trigger: "Token", relation: Relation | None, doc: "Doc", grounds: Grounds) -> Evidence:
    """The basis that the innermost speaker gives for the event; the author's own where there is no relation."""
    cue = None if relation is None or relation.cue_token is None else doc[relation.cue_token]
    path = list(_path(trigger, cue))
    source = None if relation is None or relation.source_token is None else doc[relation.source_token]
    finds = chain(
        () if source is None else (_thing(source, grounds),),
        (_perceived(each, path, grounds) for each in path),
        (_consulted(each, grounds) for token in path for each in token.children),
    )
    found = next((each for each in finds if each is not Evidence.NONE), Evidence.NONE)
    if found is Evidence.NONE and source is not None and source.lemma_.lower() in grounds.witnesses:
        return Evidence.SAW
    return found


def _path(trigger: "Token", cue: "Token | None") -> "Iterator[Token]":
    """The event's word and what governs it, up to the cue; where no cue governs it, up to the sentence's root."""
    yield trigger
    above = list(trigger.ancestors)
    yield from takewhile(lambda each: cue is None or each.i != cue.i, above)
    if cue is not None:
        yield cue


def _perceived(verb: "Token", path: "list[Token]", grounds: Grounds) -> Evidence:
    """'Saw jets bomb', 'explosions were heard', 'was told that'."""
    lemma = verb.lemma_.lower()
    if verb.pos_ not in {"VERB", "AUX"} or verb.i == path[0].i or any(each.dep_ == "neg" for each in verb.children):
        return Evidence.NONE
    if lemma in grounds.perceives:
        return grounds.perceives[lemma]
    passive = any(each.dep_ == "auxpass" for each in verb.children)
    return Evidence.TOLD if lemma in grounds.informs and passive else Evidence.NONE


def _consulted(child: "Token", grounds: Grounds) -> Evidence:
    """'Based on satellite images', 'citing a leaked order', 'in a video'."""
    if child.dep_ in {"prep", "agent", "prepc"} and child.lower_ in grounds.prepositions:
        return _object(child, grounds)
    if child.dep_ in {"advcl", "prep", "acl"} and child.lemma_.lower() in grounds.consults:
        return _object(child, grounds)
    return Evidence.NONE


def _object(governor: "Token", grounds: Grounds) -> Evidence:
    for child in governor.children:
        if child.dep_ in {"pobj", "dobj"} and child.pos_ in {"NOUN", "PROPN"}:
            found = _thing(child, grounds)
            if found is not Evidence.NONE:
                return found
        elif child.dep_ == "prep":
            found = _object(child, grounds)
            if found is not Evidence.NONE:
                return found
    return Evidence.NONE


def _thing(noun: "Token", grounds: Grounds) -> Evidence:
    """'Satellite images' are the satellite's, 'intercepted calls' an intercept, a plain 'image' a photograph."""
    for child in noun.children:
        if child.dep_ in {"compound", "amod", "nmod"} and child.lemma_.lower() in grounds.makers:
            return grounds.makers[child.lemma_.lower()]
    lemma = noun.lemma_.lower()
    plural = next((child for child in noun.children if child.dep_ == "conj"), None)
    found = grounds.things.get(lemma, Evidence.NONE)
    if found is Evidence.NONE and lemma in {"number", "set", "series", "copy", "piece", "part", "hour", "minute"}:
        inner = (each for prep in noun.children if prep.dep_ == "prep" for each in prep.children)
        return next((_thing(each, grounds) for each in inner if each.dep_ == "pobj"), Evidence.NONE)
    return grounds.things.get(plural.lemma_.lower(), found) if plural is not None and found is Evidence.NONE else found
