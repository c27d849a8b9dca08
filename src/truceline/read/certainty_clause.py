"""What an event's own clause or noun phrase makes of it: modals, negation, adverbs, adjectives."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.claim import Mood
from truceline.read.certainty_words import Words

if TYPE_CHECKING:
    from truceline.read.table import Token

SURE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """-3 (certainly not) over 0 (uncommitted) to +3 (certainly so); `mood` as in the contract.

    `because` are the indexes of the words that moved it away from a plain assertion.
    """

    factuality: float = SURE
    negated: bool = False
    mood: Mood = Mood.ASSERTION
    because: tuple[int, ...] = ()

    def at_most(self, score: float, by: "Token", mood: Mood | None = None) -> "Certainty":
        """No surer than `score`, for the word `by`."""
        return replace(
            self,
            factuality=min(self.factuality, score),
            mood=self.mood if mood is None else mood,
            because=(*self.because, by.i),
        )

    def turned(self, by: "Token", *, score: float = SURE, mood: Mood | None = None) -> "Certainty":
        """Negated, or what was negated affirmed, by the word `by`."""
        return replace(self.at_most(score, by, mood), negated=not self.negated)


def own_clause(verb: "Token", words: Words, *, past: "Token | None" = None) -> Certainty:
    """What the verb's modals, negation and adverbs make of it, leaving out the branch `past`."""
    certainty = Certainty()
    for child in verb.children:
        if past is None or child.i != past.i:
            certainty = _with_child(certainty, child, words)
    return certainty


def _with_child(certainty: Certainty, child: "Token", words: Words) -> Certainty:
    lower = child.lower_
    if (
        child.dep_ == "neg"
        or lower.endswith(("n't", "n’t"))
        or (child.dep_ in {"nsubj", "nsubjpass", "dobj"} and is_none(child, words))
    ):
        return certainty.turned(child)
    if child.dep_ == "aux" and lower in words.modals:
        score, mood = _modal(child, words)
        return certainty.at_most(score, child, mood)
    if child.dep_ == "advmod" and lower in words.adverbs:
        return certainty.at_most(words.adverbs[lower], child)
    return certainty


def _modal(modal: "Token", words: Words) -> tuple[float, Mood]:
    """What a modal verb makes of its clause; 'could not' says more surely that it is not so than 'could' that it is."""
    lower, beside = modal.lower_, list(modal.head.children)
    if lower in words.backshifted and _is_backshifted(modal.head):
        return words.modals["will"]
    if any(each.lower_ in {"have", "'ve", "’ve"} and each.i > modal.i for each in beside) and lower in words.perfect:
        return words.perfect[lower]
    if lower in words.negated and any(each.dep_ == "neg" for each in beside):
        return words.negated[lower]
    return words.modals[lower]


def _is_backshifted(verb: "Token") -> bool:
    """'He said that talks would resume': what he said was 'will'."""
    while verb.dep_ == "conj":
        verb = verb.head
    past = verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}
    supposed = any(mark.lower_ in {"if", "unless"} for child in verb.children for mark in child.children)
    have = any(child.lower_ in {"have", "'ve", "’ve"} and child.dep_ == "aux" for child in verb.children)
    return past and not supposed and not have and not any(token.text in {"“", '"'} for token in verb.lefts)


def is_none(noun: "Token", words: Words) -> bool:
    return noun.lower_ in words.negators or any(
        each.dep_ in {"det", "preconj", "cc"} and each.lower_ in words.negators and each.i < noun.i
        for each in noun.children
    )


def modified_noun(noun: "Token", words: Words) -> Certainty:
    certainty = Certainty().turned(noun) if is_none(noun, words) else Certainty()
    for child in noun.children:
        if child.lower_ == "called" and child.i > 1 and child.nbor(-2).lower_ == "so":
            certainty = certainty.at_most(words.adverbs["supposedly"], child)
        if child.lower_ in words.adjectives and not _is_predicate(child):
            score, mood = words.adjectives[child.lower_]
            certainty = certainty.at_most(score, child, mood)
    return certainty


def _is_predicate(child: "Token") -> bool:
    """'a set of talks', 'talks set for May': only what stands before its noun modifies it as an adjective does."""
    return child.i > child.head.i and child.pos_ != "ADJ"


def is_infinitive(node: "Token") -> bool:
    return any(child.tag_ == "TO" for child in node.children)
