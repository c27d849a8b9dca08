"""Whom a pronoun beside an act of violence stands for: the last one acting before it who can be meant."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from truceline.read.cues import load_cues
from truceline.read.lexicon import Lexicon

if TYPE_CHECKING:
    from truceline.read.table import Token

MANY = frozenset({"they", "them"})
ONE = frozenset({"he", "she", "him", "her"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FARTHEST = 70  # tokens


def meant_by(
    tokens: tuple["Token", ...], lexicon: Lexicon, *, besides: tuple["Token", ...] = ()
) -> tuple["Token", ...]:
    """The tokens with pronouns replaced by whom they stand for; a pronoun that stands for nobody found stays.

    `besides` are the others of the same clause, whom it cannot mean.
    """
    if not any(each.lower_ in MANY | ONE for each in tokens):
        return tokens
    taken = {each.i for each in besides}
    return tuple(next((noun for noun in _acting_before(each, lexicon) if noun.i not in taken), each) for each in tokens)


def _acting_before(pronoun: "Token", lexicon: Lexicon) -> Iterator["Token"]:
    if pronoun.lower_ not in MANY | ONE:
        return
    many = pronoun.lower_ in MANY
    for at in range(pronoun.i - 1, max(-1, pronoun.i - FARTHEST), -1):
        token = pronoun.doc[at]
        acts = token.dep_ in SUBJECTS or (token.dep_ == "pobj" and token.head.dep_ == "agent")
        if acts and token.head.i != pronoun.head.i and not _only_reports(token) and _can_be(token, lexicon, many=many):
            yield token


def _only_reports(token: "Token") -> bool:
    """'Police said they burned the car': who reports is hardly who did it."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in load_cues().verbs


def _can_be(token: "Token", lexicon: Lexicon, *, many: bool) -> bool:
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    lemma = token.lemma_.lower()
    if many:
        return (token.tag_ in {"NNS", "NNPS"} and lemma in lexicon.people) or bool(token.conjuncts and _named(token))
    return token.tag_ in {"NN", "NNP"} and (lemma in lexicon.people or _named(token))


def _named(token: "Token") -> bool:
    return token.ent_type_ == "PERSON"
