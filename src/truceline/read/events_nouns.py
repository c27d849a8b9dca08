"""Events that a noun tells: its kind, who did it and to whom."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from truceline.read.events_blame import doers_of
from truceline.read.events_found import Found
from truceline.read.events_idle import is_handled, tells_no_act
from truceline.read.events_match import matching
from truceline.read.events_syntax import (
    AGAINST,
    after,
    means_of,
    says_when,
    struck,
    subjects_of,
    with_conjuncts,
    with_included,
)
from truceline.read.lexicon import Lexicon, Rule, load_grammar

if TYPE_CHECKING:
    from truceline.read.table import Token

Tokens = tuple["Token", ...]


def noun_event(noun: "Token", lexicon: Lexicon) -> Found | None:
    """The event that a noun tells; None for a noun that tells none."""
    rule = noun_rule(noun, lexicon)
    kind = None if rule is None else rule.kind
    if kind is None and not _is_eventful(noun):
        return None
    if (noun.dep_ == "npadvmod" and not (rule and rule.is_bare)) or _ceased(noun) or says_when(noun):
        return None
    weapons = (*_own_instruments(noun, lexicon), *means_of(noun, lexicon))
    agents, recipients = _participants(noun)
    weapons = (*weapons, *(each for each in recipients if kind is not None and _is_weapon(each, lexicon)))
    recipients = tuple(each for each in recipients if each not in weapons)
    return Found(
        trigger=noun,
        kind=kind,
        agents=with_conjuncts(tuple(each for each in agents if each not in weapons) or _lent(noun) or doers_of(noun)),
        recipients=with_included(with_conjuncts(recipients)) or (struck(noun, lexicon) if kind is not None else ()),
        instruments=weapons,
        is_weak=rule is not None and rule.is_weak,
    )


def _lent(noun: "Token") -> Tokens:
    """The subject of the verb that carries the noun ('launched an offensive'); who only sees or suffers it is none."""
    verb = noun.head
    if verb.lemma_.lower() not in load_grammar().light or noun.dep_ not in {"dobj", "nsubjpass"}:
        return ()
    return () if verb.lemma_ in {"suffer", "see", "repel", "report"} else subjects_of(verb)


def _participants(noun: "Token") -> tuple[Tokens, Tokens]:
    of, by = after(noun, {"of"}) or _shared_of(noun) or _past_setting(noun), after(noun, {"by"})
    against = after(noun, set(AGAINST)) or tuple(
        each for one in of for part in (one, *one.conjuncts) for each in after(part, {"against"})
    )
    modifiers = tuple(child for child in noun.lefts if _names_somebody(child))
    agents, recipients = _sorted_of(noun, of, by, against, modifiers)
    return agents, tuple(whose for each in recipients for whose in _lives(each))


def _shared_of(noun: "Token") -> Tokens:
    """'the kidnapping and murder of X'."""
    return next((found for each in noun.conjuncts if each.i > noun.i and (found := after(each, {"of"}))), ())


def _past_setting(noun: "Token") -> Tokens:
    """'the murder in May of X', 'the kidnapping in Salma of X': what the parser hangs on the day or the place."""
    if noun.lemma_.lower() not in load_grammar().suffered:
        return ()
    settings = (child for child in noun.rights if child.dep_ == "prep" and child.lower_ in {"in", "on", "at", "near"})
    deep = (found for each in settings for name in each.children for found in after(name, {"of"}))
    return tuple(each for each in deep if each.ent_type_ == "PERSON")


def _lives(noun: "Token") -> Tokens:
    """'an attempt on the life of X', 'on X's life': X."""
    if noun.lemma_ != "life":
        return (noun,)
    return after(noun, {"of"}) or tuple(child for child in noun.lefts if child.dep_ == "poss")


def _ceased(noun: "Token") -> bool:
    """'cessation of hostilities', 'a freeze on fighting' name the truce, no fighting."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in {"of", "on"}
        and noun.head.head.lemma_.lower() in load_grammar().ceasing
    )


def _sorted_of(noun: "Token", of: Tokens, by: Tokens, against: Tokens, modifiers: Tokens) -> tuple[Tokens, Tokens]:
    """'attack of X against Y': X acts; 'shelling of Y', 'capture of Y by X': Y suffers; 'clashes between X and Y'."""
    facing = after(noun, {"between"}) or (after(noun.head, {"between"}) if noun.dep_ == "nsubj" else ())
    if facing:
        return facing, ()
    if against:
        return by or of or modifiers, against
    if noun.lemma_.lower() in load_grammar().suffered:
        return _of_victims(of, by, modifiers)
    if of and (by or modifiers or _transitive(noun)):
        return by or modifiers, of
    return by or of or modifiers, ()


def _of_victims(of: Tokens, by: Tokens, modifiers: Sequence["Token"]) -> tuple[Tokens, Tokens]:
    """'the murder of X', "X's murder", 'the X murder': X suffers; a people before it acts ('the Ruman killing')."""
    names = tuple(each for each in modifiers if each.dep_ == "poss" or each.ent_type_ == "PERSON")
    if of:
        return by or tuple(modifiers), of
    return by or tuple(each for each in modifiers if each not in names), names


def _transitive(noun: "Token") -> bool:
    """'-ing', '-tion', '-ure' and their like take what suffers after 'of'."""
    return noun.lemma_.endswith(("ing", "ion", "ure", "age", "al", "ege", "ade", "ease", "ange", "ery"))


def _is_eventful(noun: "Token") -> bool:
    """Whether a noun outside the lexicon tells an event by its form ('the evacuation'): a claim without a type."""
    grammar = load_grammar()
    lemma = noun.lemma_.lower()
    formed = lemma.endswith(tuple(grammar.event_endings)) and lemma not in grammar.no_events
    return formed and noun.pos_ == "NOUN" and not noun.ent_type_ and noun.dep_ not in {"compound", "nmod", "appos"}


def _own_instruments(noun: "Token", lexicon: Lexicon) -> Tokens:
    return tuple(child for child in noun.lefts if child.lemma_.lower() in lexicon.instruments and child.pos_ == "NOUN")


def _is_weapon(token: "Token", lexicon: Lexicon) -> bool:
    return token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.devices


def noun_rule(noun: "Token", lexicon: Lexicon) -> Rule | None:
    """The rule of the event that a noun tells; None where it only modifies another noun, or tells none."""
    if noun.dep_ in {"compound", "nmod"} and noun.head.pos_ in {"NOUN", "PROPN"}:
        return None
    rules = lexicon.nouns.get(noun.lemma_.lower(), ())
    if not rules or tells_no_act(noun):
        return None
    carried = noun.dep_ == "dobj" and noun.head.lemma_.lower() in load_grammar().light
    found = matching(rules, noun, subjects_of(noun.head) if carried else (), ())
    return None if found is not None and found.is_weak and is_handled(noun) else found


def _names_somebody(token: "Token") -> bool:
    if token.dep_ not in {"amod", "compound", "poss", "nmod"}:
        return False
    return token.dep_ == "poss" or token.pos_ == "PROPN" or token.ent_type_ in {"NORP", "GPE", "ORG"}
