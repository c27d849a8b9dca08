"""Who and what stands around a verb or a noun in the parse: subjects, objects, what follows a preposition."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.read.lexicon import Lexicon, load_grammar

if TYPE_CHECKING:
    from truceline.read.table import Token

SUBJECT = frozenset({"nsubj", "csubj"})
AGAINST = frozenset({"against", "on", "at", "upon", "targeting"})
AIMING = frozenset({"aim", "fire", "hurl", "launch", "lob", "shoot", "throw", "toss"})
BY_MEANS = frozenset({"with", "using", "by"})


def subjects_within(verb: "Token", contents: Sequence[Span]) -> tuple["Token", ...]:
    """The subjects; where the parser went past what a speaker said, the first subject inside of it."""
    found = subjects_of(verb)
    holding = [each for each in contents if each.start <= verb.idx < each.end]
    if not found or not holding or not _is_finite(verb):
        return found
    piece = min(holding, key=len)
    if any(piece.start <= each.idx < piece.end for each in found):
        return found
    inside = (each for each in verb.sent if piece.start <= each.idx < verb.idx)
    return tuple(each for each in inside if each.dep_ in SUBJECT | {"nsubjpass"})[:1]


def _is_finite(verb: "Token") -> bool:
    """Infinitives and participles have their subject by control, from outside of what is said."""
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or any(child.dep_ in {"aux", "auxpass"} for child in verb.children)


def subjects_of(verb: "Token") -> tuple["Token", ...]:
    found = [child for child in verb.children if child.dep_ in SUBJECT]
    for child in verb.children:
        if child.dep_ == "agent":
            found.extend(each for each in child.children if each.dep_ == "pobj")
        elif child.dep_ == "aux":
            found.extend(each for each in child.children if each.dep_ in SUBJECT)
    if found:
        return tuple(_antecedent(each, verb) for each in found)
    return _borrowed_subjects(verb)


def _borrowed_subjects(verb: "Token") -> tuple["Token", ...]:
    """Subjects by coordination, control, relative clause and participle, and of a verb misread as a modifier."""
    head = verb.head
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    if passive or verb.dep_ == "ROOT":
        return ()
    if verb.tag_ == "VBD" and verb.dep_ == "amod":
        return _words_before(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return (head,)
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        return _of_governor(head)
    if verb.dep_ in {"conj", "xcomp", "advcl"} and head.pos_ in {"VERB", "AUX"}:
        return _controller(verb, head)
    if verb.dep_ == "acl" and head.dep_ == "dobj" and verb.tag_ == "VB":
        return subjects_of(head.head) if head.head.pos_ == "VERB" else ()
    return ()


def _of_governor(preposition: "Token") -> tuple["Token", ...]:
    """'accused X of killing', 'X claimed responsibility for killing', 'X fled after killing': X."""
    governor = preposition.head
    if governor.dep_ == "dobj" and governor.lower_ == "responsibility":
        return subjects_of(governor.head)
    if governor.lemma_.lower() in load_grammar().accusing:
        return tuple(child for child in governor.children if child.dep_ in {"dobj", "nsubjpass"})
    if governor.lower_ in load_grammar().answering:
        return subjects_of(governor.head) if governor.dep_ in {"acomp", "oprd", "attr"} else ()
    return subjects_of(governor) if governor.pos_ == "VERB" else ()


def _controller(verb: "Token", head: "Token") -> tuple["Token", ...]:
    """'asked them to leave': the object controls; 'vowed to leave': the subject does."""
    if verb.dep_ == "xcomp":
        objects = tuple(child for child in head.children if child.dep_ in {"dobj", "nsubjpass"})
        if objects:
            return objects
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and any(child.dep_ == "nsubjpass" for child in head.children):
        return ()
    return subjects_of(head)


def _words_before(verb: "Token") -> tuple["Token", ...]:
    """The noun that a finite verb misread as a modifier has on its left, past a phrase of time."""
    for token in reversed(list(verb.sent)):
        if token.i >= verb.i or token.dep_ in {"npadvmod", "advmod", "det"} or token.ent_type_ in {"DATE", "TIME"}:
            continue
        return (token,) if token.pos_ in {"NOUN", "PROPN", "PRON"} else ()
    return ()


def objects_of(verb: "Token") -> tuple["Token", ...]:
    found = [child for child in verb.children if child.dep_ in {"dobj", "nsubjpass", "dative"} and child.pos_ != "ADP"]
    if not found and verb.tag_ == "VBD" and verb.dep_ == "amod":
        found = [verb.head]
    if not found and verb.dep_ == "acl" and verb.tag_ == "VBN":
        found = [verb.head]
    if (
        not found
        and verb.dep_ == "relcl"
        and not any(child.dep_ in SUBJECT and child.tag_ == "WDT" for child in verb.children)
    ):
        found = [verb.head] if any(child.dep_ in SUBJECT | {"nsubjpass"} for child in verb.children) else []
    return tuple(_antecedent(each, verb) for each in found or aimed_at(verb))


def lost_by(verb: "Token") -> tuple["Token", ...]:
    """'seized the villages from the army'."""
    return tuple(
        each
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ == "from"
        for each in child.children
        if each.dep_ == "pobj" and not _says_when_or_where(each)
    )


def aimed_at(verb: "Token") -> tuple["Token", ...]:
    """'fired at the village', 'clashed with rebels'."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in AGAINST | {"with", "to"}:
            found = tuple(each for each in child.children if each.dep_ == "pobj" and _may_receive(child, each))
            if found:
                return found
    return ()


def _may_receive(preposition: "Token", noun: "Token") -> bool:
    """'clashed with rebels', not 'arrived on Monday'."""
    if noun.ent_type_ in {"DATE", "TIME"}:
        return False
    if preposition.lower_ == "at" and preposition.head.lemma_ not in AIMING:
        return False
    if preposition.head.lemma_ == "set":  # fire to a house
        return True
    return preposition.lower_ != "to" or noun.ent_type_ in {"PERSON", "ORG", "NORP"} or noun.pos_ == "PROPN"


def _antecedent(token: "Token", verb: "Token") -> "Token":
    if token.lower_ in {"who", "which", "that", "whom"} and verb.dep_ == "relcl":
        return verb.head
    return token


def with_conjuncts(tokens: Sequence["Token"]) -> tuple["Token", ...]:
    found: list[Token] = []
    for token in tokens:
        found.extend(each for each in (token, *token.conjuncts) if each not in found and _is_participant(each))
    return tuple(found)


def _is_participant(token: "Token") -> bool:
    return token.pos_ not in {"VERB", "ADV", "AUX"} and not _says_when_or_where(token)


def after(noun: "Token", prepositions: set[str]) -> tuple["Token", ...]:
    found: list[Token] = []
    for child in noun.rights:
        if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions:
            found.extend(each for each in child.children if each.dep_ == "pobj" and not _says_when_or_where(each))
        elif child.dep_ == "acl" and child.lower_ in prepositions:
            found.extend(each for each in child.children if each.dep_ == "dobj")
    return tuple(found)


def says_when(token: "Token") -> bool:
    return token.ent_type_ in {"DATE", "TIME"}


def _says_when_or_where(token: "Token") -> bool:
    return says_when(token) or token.lower_ in load_grammar().directions


def with_included(tokens: Sequence["Token"]) -> tuple["Token", ...]:
    """The participants with the persons named among them: 'six priests, including the rector X'."""
    named = (
        person
        for token in tokens
        for child in token.children
        if child.dep_ == "prep" and child.lower_ == "including"
        for each in child.children
        for person in (each, *each.conjuncts)
        if person.ent_type_ == "PERSON"
    )
    return (*tokens, *(each for each in named if each not in tokens))


def means_of(word: "Token", lexicon: Lexicon) -> tuple["Token", ...]:
    """Weapons that the word's act was done with: 'hit with rockets', 'an attack using drones'."""
    found: list[Token] = []
    for child in word.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in BY_MEANS:
            for each in child.children:
                if each.dep_ == "pobj":
                    found.extend(one for one in (each, *each.conjuncts) if one.lemma_.lower() in lexicon.instruments)
        if child.dep_ in {"advcl", "acl"} and child.lower_ == "using":
            found.extend(each for each in child.children if each.dep_ == "dobj")
    return tuple(found)


def struck(word: "Token", lexicon: Lexicon) -> tuple["Token", ...]:
    """What stood where a blast went off: 'exploded in front of the bank'."""
    for child in word.children:
        if child.dep_ in {"prep", "advmod"} and child.lower_ in load_grammar().striking:
            found = tuple(_built(child, lexicon))
            if found:
                return found
    return ()


def _built(preposition: "Token", lexicon: Lexicon) -> "list[Token]":
    """Buildings and vehicles behind a preposition or a chain of them ('in front of')."""
    found: list[Token] = []
    for each in preposition.children:
        if each.dep_ == "pobj" and each.lemma_.lower() in lexicon.structures:
            found.append(each)
        elif each.dep_ == "prep" or (each.dep_ == "pobj" and each.lower_ in {"front", "side"}):
            found.extend(_built(each, lexicon))
    return found
