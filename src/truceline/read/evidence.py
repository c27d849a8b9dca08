"""What the innermost speaker goes by: what he saw, heard, was told, read, or has from pictures and instruments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from truceline.model.claim import Evidence
from truceline.read.attribution_relation import Relation
from truceline.read.relation_words import cue_word, source_word
from truceline.vocab.load import load_toml

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The words of evidence of one language; `phrases` give a verb the words beside it that make it a perception."""

    perceives: Mapping[str, Evidence]
    phrases: Mapping[str, Mapping[str, Evidence]]
    informs: frozenset[str]
    himself: frozenset[str]
    things: Mapping[str, Evidence]
    makers: Mapping[str, Evidence]
    shows: frozenset[str]
    witnesses: frozenset[str]
    consults: frozenset[str]
    prepositions: frozenset[str]


@cache
def load_grounds(language: str = "en") -> Grounds:
    """The [evidence] table of vocab/cues/<language>_certainty.toml."""
    table = load_toml(f"cues/{language}_certainty.toml")["evidence"]
    sets = ("informs", "himself", "shows", "witnesses", "consults", "prepositions")
    return Grounds(
        perceives=_by_word(table["perceives"]),
        phrases={verb: _by_word(words) for verb, words in table["phrases"].items()},
        things=_by_word(table["things"]),
        makers=_by_word(table["makers"]),
        **{name: frozenset(table[name].split()) for name in sets},
    )


def _by_word(table: Mapping[str, str]) -> dict[str, Evidence]:
    return {word: Evidence(kind) for kind, words in table.items() for word in words.split()}


def evidence_of(
    trigger: "Token", relation: Relation | None, doc: "Doc", grounds: Grounds, *, nested: bool = False
) -> Evidence:
    """The basis that the innermost speaker gives for the event; the author's own where there is no relation.

    `nested`: another speaker passes his words on ('residents had told it').
    """
    cue = None if relation is None else cue_word(relation, doc)
    path = list(_path(trigger, cue))
    source = None if relation is None else source_word(relation, doc)
    finds = chain(
        () if source is None else (_thing(source, grounds),),
        (_perceived(each, path, grounds) for each in path[1:]),
        () if cue is None or not nested else (_told_him(cue, grounds),),
        (_shown(below, each, grounds) for below, each in pairwise(path)),
        (_consulted(each, cue, grounds) for token in path for each in token.children),
    )
    found = next((each for each in finds if each is not Evidence.NONE), Evidence.NONE)
    if found is Evidence.NONE and source is not None and source.lemma_.lower() in grounds.witnesses:
        return Evidence.SAW
    return found


def _path(trigger: "Token", cue: "Token | None") -> "Iterator[Token]":
    """The event's word and what governs it, up to the cue; where no cue governs it, up to the sentence's root.

    A conjunct is governed by what governs its neighbour, and a relative clause by nothing outside of it.
    """
    yield trigger
    below = trigger
    for each in trigger.ancestors:
        if (cue is not None and each.i == cue.i) or _is_relative(below):
            break
        if below.dep_ != "conj" or any(child.dep_ == "mark" for child in below.children):
            yield each
        below = each
    if cue is not None:
        yield cue
        if cue.dep_ == "dobj":
            yield cue.head  # 'leave no doubt that'


def _is_relative(verb: "Token") -> bool:
    relative = (child for child in verb.lefts if child.tag_ in {"WDT", "WP", "WP$", "WRB"} and child.dep_ != "mark")
    return verb.dep_ == "relcl" and next(relative, None) is not None


def _perceived(verb: "Token", path: "list[Token]", grounds: Grounds) -> Evidence:
    """'Saw jets bomb', 'explosions were heard', 'was told that', 'heard from two priests that'."""
    lemma = verb.lemma_.lower()
    tells = lemma in grounds.perceives or lemma in grounds.phrases or lemma in grounds.informs
    if not tells or verb.pos_ not in {"VERB", "AUX"} or _is_unreal(verb):
        return Evidence.NONE
    found = grounds.perceives.get(lemma, Evidence.NONE)
    if found is Evidence.HEARD and _is_hearsay(verb, path):
        return Evidence.TOLD
    if found is Evidence.NONE and lemma in grounds.phrases:
        beside = (grounds.phrases[lemma].get(child.lower_) for child in verb.children)
        found = next((each for each in beside if each is not None), Evidence.NONE)
    return Evidence.TOLD if lemma in grounds.informs and _is_told(verb) else found


def _is_unreal(verb: "Token") -> bool:
    """'Did not see', 'will count', 'watch over': nobody has perceived anything."""
    return any(
        child.dep_ == "neg"
        or (child.tag_ == "MD" and child.lemma_.lower() not in {"can", "could"})
        or (child.lower_ == "over" and child.dep_ in {"prt", "prep"})
        for child in verb.children
    )


def _is_told(verb: "Token") -> bool:
    """'He had been told that': not 'the groups were told to leave'."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    ordered = any(
        child.dep_ == "xcomp" and any(each.tag_ == "TO" for each in child.children) for child in verb.children
    )
    return passive and not ordered


def _is_hearsay(verb: "Token", path: "list[Token]") -> bool:
    """Whether what is heard is a report: 'heard from', 'heard that'."""
    if any(child.dep_ == "prep" and child.lower_ in {"from", "of", "about"} for child in verb.rights):
        return True
    return any(each.head.i == verb.i and any(child.dep_ == "mark" for child in each.children) for each in path)


def _told_him(cue: "Token", grounds: Grounds) -> Evidence:
    """'Residents had told it': the one who passes it on was told."""
    told = cue.lemma_.lower() in grounds.informs and any(child.lower_ in grounds.himself for child in cue.children)
    return Evidence.TOLD if told else Evidence.NONE


def _shown(below: "Token", above: "Token", grounds: Grounds) -> Evidence:
    """'Footage shows', 'the register lists', 'a clip purporting to show'."""
    if below.dep_ in {"acl", "relcl"} and below.lemma_.lower() in grounds.shows:
        return _thing(above, grounds)
    if above.lemma_.lower() not in grounds.shows:
        return Evidence.NONE
    shown_by = (child for child in above.children if child.dep_ in {"nsubj", "agent"} and child.i != below.i)
    return next((_thing(each, grounds) for each in shown_by), Evidence.NONE)


def _consulted(child: "Token", cue: "Token | None", grounds: Grounds) -> Evidence:
    """'Based on satellite images', 'citing a leaked order', 'in a video'; what is said in a letter is not."""
    lower = child.lower_
    if child.dep_ in {"prep", "agent"} and lower in grounds.prepositions:
        found = _object(child, grounds)
        medium = lower in {"in", "by"} and (found is Evidence.DOCUMENT or (cue is not None and child.head.i == cue.i))
        return Evidence.NONE if medium else found
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
        if child.dep_ in {"compound", "amod", "nmod"} and child.lower_ in grounds.makers:
            return grounds.makers[child.lower_]
    inner = [each for prep in noun.children if prep.dep_ == "prep" for each in prep.children if each.dep_ == "pobj"]
    thing = grounds.things.get(noun.lemma_.lower()) or grounds.things.get(noun.lower_.removesuffix("s"))
    if thing is not None:
        made = (grounds.makers[each.lemma_.lower()] for each in inner if each.lemma_.lower() in grounds.makers)
        return next(made, thing)
    if noun.lemma_.lower() in {"number", "set", "series", "copy", "piece", "part", "hour", "basis", "dozen"}:
        return next((_thing(each, grounds) for each in inner), Evidence.NONE)
    return next((_thing(each, grounds) for each in noun.children if each.dep_ == "conj"), Evidence.NONE)
