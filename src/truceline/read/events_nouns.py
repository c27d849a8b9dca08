"""Events that a noun tells: its kind, who did it and to whom."""

from typing import TYPE_CHECKING

from truceline.read.events_found import Found
from truceline.read.events_match import matching
from truceline.read.events_syntax import AGAINST, after, says_when, subjects_of, with_conjuncts
from truceline.read.lexicon import Lexicon, load_grammar

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_event(noun: "Token", lexicon: Lexicon) -> Found | None:
    kind = noun_kind(noun, lexicon)
    if (kind is None and not _is_eventful(noun)) or noun.dep_ == "npadvmod" or _ceased(noun) or says_when(noun):
        return None
    verb = (
        noun.head if noun.head.lemma_.lower() in load_grammar().light and noun.dep_ in {"dobj", "nsubjpass"} else None
    )
    lent = () if verb is None or verb.lemma_ in {"suffer", "see", "repel", "report"} else subjects_of(verb)
    lent = lent or _claimants(noun)
    of, by = after(noun, {"of"}), after(noun, {"by"})
    against = after(noun, set(AGAINST)) or tuple(
        each for one in of for part in (one, *one.conjuncts) for each in after(part, {"against"})
    )
    modifiers = tuple(child for child in noun.lefts if _names_somebody(child))
    agents, recipients = _sorted_of(noun, of, by, against, modifiers)
    return Found(
        trigger=noun,
        kind=kind,
        agents=with_conjuncts(agents or lent),
        recipients=with_conjuncts(recipients),
        instruments=_own_instruments(noun, lexicon),
    )


def _claimants(noun: "Token") -> tuple["Token", ...]:
    """Who claimed the attack, or responsibility for it, says that he acted."""
    carrier = noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "for" and noun.head.head.lemma_ == "responsibility":
        carrier = noun.head.head
    claims = carrier.dep_ == "dobj" and carrier.head.lemma_ == "claim"
    return subjects_of(carrier.head) if claims else ()


def _ceased(noun: "Token") -> bool:
    """'cessation of hostilities' names the truce, no fighting."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lemma_.lower() in {"cessation", "end", "halt"}
    )


def _sorted_of(
    noun: "Token",
    of: tuple["Token", ...],
    by: tuple["Token", ...],
    against: tuple["Token", ...],
    modifiers: tuple["Token", ...],
) -> tuple[tuple["Token", ...], tuple["Token", ...]]:
    """'attack of X against Y': X acts; 'shelling of Y', 'capture of Y by X': Y suffers; 'clashes between X and Y'."""
    facing = after(noun, {"between"}) or (after(noun.head, {"between"}) if noun.dep_ == "nsubj" else ())
    if facing:
        return facing, ()
    if against:
        return by or of or modifiers, against
    if of and (by or modifiers or _transitive(noun)):
        return by or modifiers, of
    return by or of or modifiers, ()


def _transitive(noun: "Token") -> bool:
    """'-ing', '-tion', '-ure' and their like take what suffers after 'of'."""
    return noun.lemma_.endswith(
        ("ing", "ion", "ure", "age", "al", "ege", "ade", "ease", "ange", "ery")
    ) or noun.lemma_ in {"arrest"}


def _is_eventful(noun: "Token") -> bool:
    """Whether a noun outside the lexicon tells an event by its form ('the evacuation'): a claim without a type."""
    grammar = load_grammar()
    lemma = noun.lemma_.lower()
    formed = lemma.endswith(tuple(grammar.event_endings)) and lemma not in grammar.no_events
    return formed and noun.pos_ == "NOUN" and not noun.ent_type_ and noun.dep_ not in {"compound", "nmod", "appos"}


def _own_instruments(noun: "Token", lexicon: Lexicon) -> tuple["Token", ...]:
    return tuple(child for child in noun.lefts if child.lemma_.lower() in lexicon.instruments and child.pos_ == "NOUN")


def noun_kind(noun: "Token", lexicon: Lexicon) -> str | None:
    if noun.dep_ in {"compound", "nmod"} and noun.head.pos_ in {"NOUN", "PROPN"}:
        return None
    carried = noun.dep_ == "dobj" and noun.head.lemma_.lower() in load_grammar().light
    return matching(lexicon.nouns.get(noun.lemma_.lower(), ()), noun, subjects_of(noun.head) if carried else (), ())


def _names_somebody(token: "Token") -> bool:
    if token.dep_ not in {"amod", "compound", "poss", "nmod"}:
        return False
    return token.dep_ == "poss" or token.pos_ == "PROPN" or token.ent_type_ in {"NORP", "GPE", "ORG"}
