"""Who is said to have done what a noun tells: by carrying it out, claiming it, or being blamed for it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from truceline.read.events_syntax import after, subjects_of
from truceline.read.lexicon import load_grammar

if TYPE_CHECKING:
    from truceline.read.table import Token

Tokens = tuple["Token", ...]
LAID = frozenset({"to", "on", "upon"})
CHARGED = frozenset({"for", "of", "with", "in"})


def doers_of(noun: "Token") -> Tokens:
    """The first that the words around an event's noun name as its doer; none where they name nobody."""
    return next((found for found in _ways(noun) if found), ())


def _ways(noun: "Token") -> Iterator[Tokens]:
    for clause in noun.rights:
        if clause.dep_ in {"acl", "relcl"}:
            yield _by_agent(clause)
            yield _laid_on(clause)
    if noun.dep_ in {"nsubjpass", "dobj"}:
        yield _laid_on(noun.head)
        if noun.dep_ == "nsubjpass":
            yield _by_agent(noun.head)
        elif noun.head.lemma_ == "claim":
            yield subjects_of(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ in CHARGED:
        yield _charged(noun.head.head)


def _by_agent(verb: "Token") -> Tokens:
    """'an attack carried out by X'."""
    if verb.lemma_.lower() not in load_grammar().done:
        return ()
    return tuple(
        each for child in verb.children if child.dep_ == "agent" for each in child.children if each.dep_ == "pobj"
    )


def _laid_on(verb: "Token") -> Tokens:
    """'an attack attributed to X', 'blamed the attack on X'."""
    return after(verb, set(LAID)) if verb.lemma_.lower() in load_grammar().laid else ()


def _charged(governor: "Token") -> Tokens:
    """'X claimed responsibility for', 'X is responsible for', 'accused X of' the attack."""
    grammar = load_grammar()
    if governor.lower_ == "responsibility" and governor.dep_ in {"dobj", "nsubjpass"}:
        return subjects_of(governor.head) if governor.head.lemma_.lower() in grammar.claiming else ()
    if governor.lower_ in grammar.answering:
        return subjects_of(governor.head) if governor.dep_ in {"acomp", "oprd", "attr"} else _holders(governor)
    if governor.lemma_.lower() in grammar.accusing:
        return tuple(child for child in governor.children if child.dep_ in {"dobj", "nsubjpass"})
    return ()


def _holders(adjective: "Token") -> Tokens:
    """'those responsible for the attack': the noun that the adjective stands behind."""
    return (adjective.head,) if adjective.dep_ == "amod" and adjective.head.pos_ in {"NOUN", "PROPN"} else ()
