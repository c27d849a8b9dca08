"""Who was harmed, and by which of a sentence's events: 'the strike killed three' is one event, not two."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import TYPE_CHECKING

from truceline.model.place import Toponym
from truceline.model.quantity import Harm, Quantity
from truceline.model.span import Span
from truceline.read.events import Found
from truceline.read.harm import find_told
from truceline.read.harm_settled import Told, settle
from truceline.read.harm_words import Kind
from truceline.read.harm_words import words as telling_words
from truceline.read.lexicon import load_kinds
from truceline.read.quantities_counted import token_at
from truceline.read.sentences import text_of

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token
    from truceline.read.table import Phrase as Sentence

# Verbs of outcome: what they tell is the end of another act, wherever one is named.
HARMING = frozenset({"kill", "wound", "injure", "die", "perish", "slay", "maim", "martyr"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INJURING = frozenset({"wound", "injure", "maim"})
# A sentence that goes on about those told in the one before: 'Three of the dead were children.'
_GOES_ON = re.compile(
    r"(?i)\b(?:of|among|amongst|between)\s+(?:them|whom|these|those|the\s+(?:dead|killed|wounded|injured|victims))\b"
    r"|\bthe\s+(?:rest|others|dead\s+include|victims\s+include)"
)
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
        publisher: str | None = None,
    ) -> None:
        self.doc = doc
        self.publisher = publisher
        self.quantities = sorted(quantities, key=lambda each: each.span.start)
        self.voices = voices
        self.places = places
        self._events = {each.trigger.i: each for each in events}
        triggers = {found.trigger.i for found in events if found.kind is not None}
        self._acts: dict[int, list[Found]] = {}
        self._killings: dict[int, list[Found]] = {}
        for found in events:
            if not (_is_assault(found) or _harms(found)):
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
        self._part_anew()
        for killings in self._killings.values():
            for killing in killings:
                if killing.trigger.i in self._cause:
                    self._outcomes.setdefault(self._cause[killing.trigger.i].trigger.i, []).append(killing)
        self._alone: list[Found] = []
        self._told: dict[int, list[Told]] = {}
        for sentence, told in self._all_told():
            self._give(told, sentence)

    def _part_anew(self) -> None:
        """'2 were killed in Homs, and 3 were killed in clashes': the act brought about the nearer of the two only."""
        for killings in self._killings.values():
            for first, later in permutations(killings, 2):
                act = self._cause.get(later.trigger.i)
                if act is None or act is not self._cause.get(first.trigger.i):
                    continue
                if _heads_row(first.trigger, later.trigger) and _is_told_anew(first.trigger, later.trigger):
                    apart = {abs(each.trigger.i - act.trigger.i): each for each in (first, later)}
                    del self._cause[apart[max(apart)].trigger.i]
                elif _is_later(later.trigger, act.trigger):
                    del self._cause[later.trigger.i]

    def _act_of(self, killing: Found, start: int) -> Found | None:
        own = self._acts.get(start, ())
        behind = self._act_carried(killing) or _act_behind(killing, own) or _act_hinted(killing, own)
        act = behind if own else self._act_before(killing, start)
        return act or self._row_of(killing, start)

    def _act_carried(self, killing: Found) -> Found | None:
        """'The strike hit a hospital, killing 27': the act whose verb leads on to the killing."""
        node = killing.trigger
        while node.dep_ in {"advcl", "conj", "xcomp"} and not any(each.dep_ in _SUBJECTS for each in node.children):
            node = node.head
            verb = self._events.get(node.i)
            doers = () if verb is None else (*verb.agents, *verb.instruments)
            for doer in doers:
                act = self._events.get(doer.i)
                if act is not None and _is_assault(act) and not _harms(act):
                    return act
        return None

    def _row_of(self, killing: Found, start: int) -> Found | None:
        """'killed three and wounded seven': the first of the row tells both."""
        row = [
            each
            for each in self._killings.get(start, ())
            if _heads_row(each.trigger, killing.trigger) and not _is_told_anew(each.trigger, killing.trigger)
        ]
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
        """Killed and injured as the text tells them of this event; None where it tells nothing of them."""
        told = self._told.get(found.trigger.i)
        if told is None:
            return None
        own = [each for each in told if self._is_beside(each, found)]
        kinds = {each.kind for each in own}
        return settle([*own, *(each for each in told if each not in own and each.kind not in kinds)])

    def deaths(self) -> tuple[Found, ...]:
        """Killed and injured told without an event to have led to them ('12 dead in Homs'): events of their own."""
        return tuple(self._alone)

    def _is_beside(self, told: Told, found: Found) -> bool:
        sentence = found.trigger.sent
        return bool(sentence.start_char <= told.word.start < sentence.end_char)

    def _all_told(self) -> Iterator[tuple["Sentence", list[Told]]]:
        """The numbers of killed and injured of every sentence that tells any."""
        text = text_of(self.doc)
        sentences = list(self.doc.sents)
        for sentence, after in zip(sentences, [*sentences, None][1:], strict=False):
            within = Span(sentence.start_char, sentence.end_char)
            told = find_told(text, self._within(within), within=within, publisher=self.publisher)
            if told and after is not None and _GOES_ON.search(text, after.start_char, after.end_char):
                both = Span(within.start, after.end_char)
                longer = find_told(text, self._within(both), within=both, publisher=self.publisher)
                told = [each for each in longer if within.covers(each.word)] or told
            if told:
                yield sentence, told

    def _give(self, told: Sequence[Told], sentence: "Sentence") -> None:
        """Every number to its event; first to those whose own word tells it."""
        later: list[Told] = []
        for each in told:
            owner = self._named(each)
            if owner is None:
                later.append(each)
            else:
                self._told.setdefault(owner.trigger.i, []).append(each)
        for each in later:
            self._told.setdefault(self._owner(each, sentence).trigger.i, []).append(each)

    def _within(self, span: Span) -> Sequence[Quantity]:
        first = bisect_left(self.quantities, span.start, key=lambda each: each.span.start)
        last = bisect_left(self.quantities, span.end, key=lambda each: each.span.start)
        return self.quantities[first:last]

    def _named(self, told: Told) -> Found | None:
        """The act of violence that the word itself tells, or that brought it about."""
        named = next((self._events[each] for each in self._tokens(told) if each in self._events), None)
        if named is None or named.trigger.i in self._cause:
            return None if named is None else self._cause[named.trigger.i]
        return named if _is_assault(named) else None

    def _tokens(self, told: Told) -> range:
        return range(token_at(self.doc, told.word.start), token_at(self.doc, told.word.end - 1) + 1)

    def _owner(self, told: Told, sentence: "Sentence") -> Found:
        """For a word that tells no act itself: the act that it hangs on, else one of its sentence, else its own."""
        tokens = self._tokens(told)
        named = next((self._events[each] for each in tokens if each in self._events), None)
        head = self.doc[tokens.start : tokens.stop].root if named is None else named.trigger
        acts, killings = self._acts.get(sentence.start, []), self._killings.get(sentence.start, [])
        linked = _nearest_linked(head, acts)
        if linked is not None and not (self._is_verb(told) and self._has(linked, told.kind)):
            return linked
        free = [each for each in acts if not killings or named is not None]
        free += [self._cause.get(each.trigger.i, each) for each in killings if _is_assault(each) and named is None]
        free = [each for each in free if not self._has(each, told.kind)]
        if free:
            return min(free, key=lambda each: abs(each.trigger.i - head.i)) if killings else free[0]
        return named or self._own_event(told, head, sentence)

    def _is_verb(self, told: Told) -> bool:
        return told.word.of(text_of(self.doc)).lower() in telling_words().verbs

    def _has(self, found: Found, kind: Kind) -> bool:
        return any(each.kind is kind for each in self._told.get(found.trigger.i, ()))

    def _own_event(self, told: Told, head: "Token", sentence: "Sentence") -> Found:
        """The word itself as an event, unless the sentence before told the act."""
        known = next((each for each in self._alone if each.trigger.i == head.i), None)
        if known is not None:
            return known
        ends = (token_at(self.doc, each.span.end - 1) for each in told.people if each.of)
        hurt = tuple(self.doc[each] for each in ends if each != head.i)
        own = Found(trigger=head, kind=None, agents=(), recipients=hurt, instruments=())
        act = self._act_before(own, sentence.start)
        if act is not None:
            return act
        self._alone.append(own)
        return own

    def outcomes(self, found: Found) -> list[Found]:
        """The killings that this act brought about."""
        return self._outcomes.get(found.trigger.i, [])


def _harms(found: Found) -> bool:
    return found.trigger.lemma_.lower() in HARMING


def _is_later(killing: "Token", act: "Token") -> bool:
    """'kills 3 after the attack which killed 6': where the act killed others, these came after it."""
    after = act.head
    return act.dep_ == "pobj" and after.lower_ in {"after", "following"} and after.head.i == killing.i


def _is_assault(found: Found) -> bool:
    return found.kind is not None and load_kinds()[found.kind].plover == "ASSAULT"


def _is_told_anew(first: "Token", later: "Token") -> bool:
    """'35 people were killed, and 8 were killed in the south': the same told of others is another event."""
    same = (first.lemma_.lower() in _INJURING) == (later.lemma_.lower() in _INJURING)
    return same and any(each.dep_ in _SUBJECTS for each in later.children)


def _carries(found: Found, triggers: set[int]) -> bool:
    """'The strikes hit the army': the verb says what the strikes did, it is no act of its own."""
    return any(each.i in triggers for each in (*found.agents, *found.instruments))


def _act_behind(killing: Found, acts: Sequence[Found]) -> Found | None:
    """The nearest act that is subject, means, governor or place of the killing."""
    return _nearest_linked(killing.trigger, [act for act in acts if not _is_killing_before(act)])


def _act_hinted(killing: Found, acts: Sequence[Found]) -> Found | None:
    """'Shell on the market, three wounded': the act of a fragment beside the killing, where nobody else kills."""
    if any(each.pos_ != "NUM" for each in killing.agents):
        return None
    return next((act for act in acts if act.is_weak and act.kind != "killing"), None)


def _is_killing_before(act: Found) -> bool:
    """'killed 8 a day after the killing of 23': the earlier killing did not bring about the later one."""
    word = act.trigger
    return act.kind in {"killing", "execution"} and word.dep_ == "pobj" and word.head.lower_ in {"after", "following"}


def _nearest_linked(token: "Token", acts: Sequence[Found]) -> Found | None:
    linked = [act for act in acts if _linked(token, act.trigger)]
    return min(linked, key=lambda act: abs(act.trigger.i - token.i), default=None)


def _linked(killing: "Token", act: "Token") -> bool:
    return _below(act, killing, rows=False) or _below(killing, act, rows=True)


def _below(lower: "Token", upper: "Token", *, rows: bool) -> bool:
    """Whether `lower` hangs on `upper` without passing another speaker's clause.

    `rows`: also as the later of two verbs in a row. 'Attacked and killed': the first leads to the second, not back.
    """
    node = lower
    while node.head.i != node.i:
        if node.dep_ not in LINKS | {"compound", "amod"}:
            return False
        if node.dep_ == "conj" and node.head.i == upper.i and node.pos_ == "VERB" and not rows:
            return False
        node = node.head
        if node.i == upper.i:
            return True
    return False


def _heads_row(first: "Token", later: "Token") -> bool:
    while later.dep_ == "conj":
        later = later.head
        if later.i == first.i:
            return True
    return False
