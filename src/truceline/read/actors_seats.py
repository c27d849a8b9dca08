"""Whether a city, a building or a country is meant as the government it seats, by how the sentence uses the word."""

from functools import cache
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.vocab.actors import toml_table

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
BESIDE = frozenset({"together", "along", "jointly", "alongside"})


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(toml_table("seats.toml")[name]["words"])


def acts(doc: "Doc", span: Span) -> bool:
    """Whether what is named does, says, owns or is told something, rather than lying somewhere."""
    phrase = doc.char_span(span.start, span.end)
    if phrase is None or not len(phrase):
        return False
    token = phrase.root
    while token.dep_ == "conj" and token.head is not token:
        token = token.head  # 'Moscow and Tehran want': each does what the first does
    if token.dep_ in SUBJECTS:
        return _is_deed(token)
    if token.dep_ == "poss":
        return token.head.lemma_.lower() in _listed("owned")
    if token.dep_ in {"dobj", "dative", "obj", "npadvmod"}:
        return token.head.lemma_.lower() in _listed("told")
    if token.dep_ == "pobj":
        return _is_partner(token)
    if token.dep_ == "compound":
        return False
    return token.dep_ == "ROOT" and any(each.dep_ in {"parataxis", "ccomp"} for each in token.children)


def _is_deed(token: "Token") -> bool:
    verb = token.head
    lemma = verb.lemma_.lower()
    if token.dep_ == "nsubjpass":
        return lemma not in _listed("suffered")
    if lemma == "be":
        return any(
            child.dep_ in {"acomp", "attr"} and child.lemma_.lower() in _listed("minded") for child in verb.children
        )
    if lemma in _listed("happening"):
        return False
    return not (lemma in {"see", "witness"} and any(child.dep_ == "dobj" for child in verb.children))


def _is_partner(token: "Token") -> bool:
    """'according to Baghdad', 'talks with Ankara', 'rejected by Damascus', 'between Washington and Moscow'."""
    link = token.head
    word, governor = link.lower_, link.head
    if word == "by":
        return governor.tag_ == "VBN" and governor.lemma_.lower() not in _listed("suffered")
    if word == "to" and any(each.lower_ == "according" for each in (governor, *link.lefts)):
        return True
    if word == "with" and any(each.lower_ in BESIDE for each in (governor, *link.lefts, *governor.children)):
        return True
    if word in {"with", "between", "against", "on", "from", "for", "to"}:
        return governor.lemma_.lower() in _listed(f"{word}_partner")
    return False
