"""Words of acts that tell none: in sports, about books, in lessons, in laws; and weapons that are only handled."""

from typing import TYPE_CHECKING

from truceline.read.lexicon import load_grammar

if TYPE_CHECKING:
    from truceline.read.table import Token

ABOUT = frozenset({"on", "about", "of"})
GOVERNED = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "dobj", "pobj"})
SPORTING = 2  # one word of sport stands beside many an act ('a shell fell on the football match')


def tells_no_act(token: "Token") -> bool:
    """Whether what stands around the word takes the act out of it."""
    signs = (_is_name, _is_without, _is_of_work, _is_taught, _is_of_sport, _is_dud)
    return any(sign(token) for sign in signs)


def is_handled(noun: "Token") -> bool:
    """'found a bomb', 'sold rockets', 'the bombs were defused': the thing, not its use."""
    objects = noun.dep_ in {"dobj", "nsubjpass", "appos", "conj", "attr"}
    return objects and noun.head.lemma_.lower() in load_grammar().handling


def _is_name(token: "Token") -> bool:
    """'Amnesty said': an organisation's name tells nothing."""
    return token.pos_ == "PROPN" and token.ent_type_ == "ORG"


def _is_without(token: "Token") -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "without"


def _is_of_work(token: "Token") -> bool:
    """'a book on the siege of Stalingrad'."""
    about = token.dep_ == "pobj" and token.head.lower_ in ABOUT
    return about and token.head.head.lemma_.lower() in load_grammar().works


def _is_taught(token: "Token") -> bool:
    """'learns to lay mines', 'the conventions forbid attacks'."""
    if token.dep_ not in GOVERNED:
        return False
    head = token.head if token.dep_ not in {"pobj", "pcomp"} else token.head.head
    grammar = load_grammar()
    if head.lemma_.lower() in grammar.lessons:
        return token.pos_ == "VERB"
    if head.lemma_.lower() not in grammar.forbidding:
        return False
    return any(each.dep_ == "nsubj" and each.lemma_.lower() in grammar.laws for each in head.children)


def _is_dud(token: "Token") -> bool:
    """'The third has not exploded' tells of a shell that lies there."""
    return token.lemma_.lower() in load_grammar().duds and any(each.dep_ == "neg" for each in token.children)


def _is_of_sport(token: "Token") -> bool:
    sport = load_grammar().sport
    return len({each.lemma_.lower() for each in token.sent} & sport) >= SPORTING
