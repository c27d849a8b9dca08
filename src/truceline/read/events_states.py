"""Events that a word of state tells: 'the pilots are free', 'a helicopter is down', 'they lay dead by the pumps'."""

from typing import TYPE_CHECKING

from truceline.read.events_found import Found
from truceline.read.events_idle import tells_no_act
from truceline.read.events_match import matching
from truceline.read.events_syntax import with_conjuncts
from truceline.read.lexicon import Lexicon

if TYPE_CHECKING:
    from truceline.read.table import Token

SAID_OF = frozenset({"acomp", "oprd", "advmod", "prt", "prep", "ROOT", "xcomp", "attr", "ccomp", "conj", "dep"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def state_event(word: "Token", lexicon: Lexicon) -> Found | None:
    """The event that an adjective, adverb or preposition tells of whom it is said; None for all other words."""
    rules = lexicon.others.get(word.lower_, ())
    head = word.head
    led = word.pos_ == "ADP" and head.pos_ not in {"AUX", "NOUN", "PROPN"} and head.i > word.sent.start  # 'shot out of'
    if not rules or word.dep_ not in SAID_OF or led or tells_no_act(word):
        return None
    whose = _said_of(word)
    rule = matching(rules, word, whose, ())
    if rule is None:
        return None
    return Found(
        trigger=word,
        kind=rule.kind,
        agents=(),
        recipients=with_conjuncts(whose),
        instruments=(),
        is_weak=rule.is_weak,
    )


def _said_of(word: "Token") -> tuple["Token", ...]:
    """The subject of its verb; in a fragment ('Plane down near the dam') the noun before it."""
    verb = word.head
    found = tuple(each for each in (*word.children, *verb.children) if each.dep_ in SUBJECTS and each.i < word.i)
    if found:
        return found
    return (verb,) if verb.i < word.i and (verb.pos_ in {"NOUN", "PROPN"} or verb.i == verb.sent.start) else ()
