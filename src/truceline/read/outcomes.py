"""Who was harmed, and by which of a sentence's events: 'the strike killed three' is one event, not two."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from truceline.model.place import Toponym
from truceline.model.quantity import Harm, Quantity
from truceline.model.span import Span
from truceline.read.events import Found
from truceline.read.harm import parse_harm
from truceline.read.lexicon import load_kinds
from truceline.read.sentences import text_of

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

# Verbs of outcome: what they tell is the end of another act, wherever one is named.
HARMING = frozenset({"kill", "wound", "injure", "die", "perish", "slay", "maim", "martyr"})
# An act that leads over a killing that it brings about, rather than standing beside it.
LINKS = frozenset(
    {"nsubj", "nsubjpass", "agent", "pobj", "prep", "advcl", "conj", "dobj", "xcomp", "acl", "relcl", "ccomp"}
)


class Harms:
    """Binds casualties to the act that caused them.

    `voices` tells who speaks at an event; a killing in the next sentence belongs to an act only in the same voice.
    """

    def __init__(
        self,
        events: Sequence[Found],
        quantities: Sequence[Quantity],
        doc: "Doc",
        *,
        voices: Callable[[Found], tuple[str, ...]],
        places: Sequence[Toponym],
    ) -> None:
        self.doc = doc
        self.quantities = quantities
        self.voices = voices
        self.places = places
        triggers = {found.trigger.i for found in events if found.kind is not None}
        self._acts: dict[int, list[Found]] = {}
        self._killings: dict[int, list[Found]] = {}
        for found in events:
            if found.kind is None or load_kinds()[found.kind].plover != "ASSAULT":
                continue
            kept = self._killings if _harms(found) or _carries(found, triggers) else self._acts
            kept.setdefault(found.trigger.sent.start, []).append(found)
        self._outcomes: dict[int, list[Found]] = {}
        self._cause = {
            killing.trigger.i: act
            for start, killings in self._killings.items()
            for killing in killings
            if (act := self._act_of(killing, start)) is not None
        }
        for killings in self._killings.values():
            for killing in killings:
                if killing.trigger.i in self._cause:
                    self._outcomes.setdefault(self._cause[killing.trigger.i].trigger.i, []).append(killing)

    def _act_of(self, killing: Found, start: int) -> Found | None:
        own = self._acts.get(start, ())
        act = _act_behind(killing, own) if own else self._act_before(killing, start)
        return act or self._row_of(killing, start)

    def _row_of(self, killing: Found, start: int) -> Found | None:
        """'killed three and wounded seven': the first of the row tells both."""
        row = [each for each in self._killings.get(start, ()) if _heads_row(each.trigger, killing.trigger)]
        return (self._act_of(row[0], start) or row[0]) if row else None

    def _act_before(self, killing: Found, start: int) -> Found | None:
        """'Four were killed.' after the sentence that told the act, in the same voice and at no other place."""
        if start == 0 or "\n\n" in self.doc[start - 1].text or self.doc[start - 1].text.startswith("\n"):
            return None
        sentence = killing.trigger.sent
        if any(sentence.start_char <= place.span.start < sentence.end_char for place in self.places):
            return None
        earlier = self._acts.get(self.doc[start - 1].sent.start, ())
        same = [act for act in earlier if self.voices(act) == self.voices(killing)]
        return same[0] if same and not killing.agents else None

    def tells_of_another(self, found: Found) -> bool:
        """Whether this killing is only the outcome of another event of its sentence."""
        return found.trigger.i in self._cause

    def recipients(self, found: Found) -> tuple["Token", ...]:
        """Its own recipients, else those killed in it."""
        if found.recipients:
            return found.recipients
        return next((each.recipients for each in self.outcomes(found)), ())

    def of(self, found: Found) -> Harm | None:
        """Killed and injured as the sentence tells them, for the event that leads there; None for the others."""
        sentence = found.trigger.sent
        bears = _harms(found) or bool(self.outcomes(found)) or self._alone(found)
        if found.kind is None or load_kinds()[found.kind].plover != "ASSAULT" or not bears:
            return None
        sentences = [sentence, *(each.trigger.sent for each in self.outcomes(found))]
        told = (
            parse_harm(text_of(self.doc), self.quantities, within=Span(each.start_char, each.end_char))
            for each in sentences
        )
        return next((harm for harm in told if harm is not None), None)

    def outcomes(self, found: Found) -> list[Found]:
        """The killings that this act brought about."""
        return self._outcomes.get(found.trigger.i, [])

    def _alone(self, found: Found) -> bool:
        """The only act of a sentence without a killing verb ('12 dead in shelling of …')."""
        start = found.trigger.sent.start
        acts = self._acts.get(start, [])
        return not self._killings.get(start) and acts[:1] == [found]


def _harms(found: Found) -> bool:
    return found.trigger.lemma_.lower() in HARMING


def _carries(found: Found, triggers: set[int]) -> bool:
    """'The strikes hit the army': the verb says what the strikes did, it is no act of its own."""
    return any(each.i in triggers for each in (*found.agents, *found.instruments))


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


def _heads_row(first: "Token", later: "Token") -> bool:
    return later.dep_ == "conj" and (later.head.i == first.i or _heads_row(first, later.head))
