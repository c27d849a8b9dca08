"""Who was harmed, and by which of a sentence's events: 'the strike killed three' is one event, not two."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from truceline.model.quantity import Harm, Quantity
from truceline.model.span import Span
from truceline.read.events import Found
from truceline.read.lexicon import load_kinds
from truceline.read.quantities import parse_harm

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs of outcome: what they tell is the end of another act, wherever one is named.
HARMING = frozenset({"kill", "wound", "injure", "die", "perish", "slay", "maim", "martyr"})
# An act that leads over a killing that it brings about, rather than standing beside it.
LINKS = frozenset({"nsubj", "nsubjpass", "agent", "pobj", "prep", "advcl", "conj", "dobj", "xcomp", "acl", "relcl", "ccomp"})


class Harms:
    """Binds each sentence's casualties to the act that caused them."""

    def __init__(self, events: Sequence[Found], quantities: Sequence[Quantity], doc: "Doc") -> None:
        self.doc = doc
        self.quantities = quantities
        self._acts: dict[int, list[Found]] = {}
        self._killings: dict[int, list[Found]] = {}
        for found in events:
            if found.kind is None or load_kinds()[found.kind].plover != "ASSAULT":
                continue
            kept = self._killings if _harms(found) else self._acts
            kept.setdefault(found.trigger.sent.start, []).append(found)
        self._cause = {
            killing.trigger.i: act
            for start, killings in self._killings.items()
            for killing in killings
            if (act := _act_behind(killing, self._acts.get(start, ()))) is not None
        }

    def tells_of_another(self, found: Found) -> bool:
        """Whether this killing is only the outcome of another event of its sentence."""
        return found.trigger.i in self._cause

    def recipients(self, found: Found) -> tuple["Token", ...]:
        """Its own recipients, else those killed in it."""
        if found.recipients:
            return found.recipients
        return next((each.recipients for each in self._outcomes(found)), ())

    def of(self, found: Found) -> Harm | None:
        """Killed and injured as the sentence tells them, for the event that leads there; None for the others."""
        sentence = found.trigger.sent
        bears = _harms(found) or bool(self._outcomes(found)) or self._alone(found)
        if found.kind is None or load_kinds()[found.kind].plover != "ASSAULT" or not bears:
            return None
        return parse_harm(self.doc, Span(sentence.start_char, sentence.end_char), self.quantities)

    def _outcomes(self, found: Found) -> list[Found]:
        killings = self._killings.get(found.trigger.sent.start, ())
        return [each for each in killings if self._cause.get(each.trigger.i) is found]

    def _alone(self, found: Found) -> bool:
        """The only act of a sentence without a killing verb ('12 dead in shelling of …')."""
        start = found.trigger.sent.start
        acts = self._acts.get(start, [])
        return not self._killings.get(start) and acts[:1] == [found]


def _harms(found: Found) -> bool:
    return found.trigger.lemma_.lower() in HARMING


def _act_behind(killing: Found, acts: Sequence[Found]) -> Found | None:
    """The nearest act that is subject, means, governor or place of the killing."""
    linked = [act for act in acts if _linked(killing.trigger, act.trigger)]
    return min(linked, key=lambda act: abs(act.trigger.i - killing.trigger.i), default=None)


def _linked(killing: "Token", act: "Token") -> bool:
    return _below(act, killing) or _below(killing, act)


def _below(lower: "Token", upper: "Token") -> bool:
    """Whether `lower` hangs on `upper` without passing another speaker's clause."""
    node = lower
    while node.head.i != node.i:
        if node.dep_ not in LINKS | {"compound", "amod"}:
            return False
        node = node.head
        if node.i == upper.i:
            return True
    return False
