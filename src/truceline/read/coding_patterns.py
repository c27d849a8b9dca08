"""Does a pattern of the verbs dictionary fit around a verb, and which phrases fill its slots?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.read.coding_sentence import CodingSentence, Unit
from truceline.vocab.dictionaries.records import Element, Pattern, Slot

if TYPE_CHECKING:
    from truceline.read.table import Token

# Words that may stand between two words a dictionary glues together ("raised the hope" for RAISE_HOPE).
PASSED_OVER = frozenset({"THE", "A", "AN"})


@dataclass(frozen=True, slots=True)
class Fit:
    """The phrases that a pattern names, by their heads; None where it leaves them open."""

    source: "Token | None" = None
    target: "Token | None" = None


class Side:
    """The words on one side of a verb in the order of reading away from it, with the units among them."""

    def __init__(self, sentence: CodingSentence, positions: Sequence[int], *, backwards: bool) -> None:
        self.backwards = backwards
        self.words = [sentence.words[at].text for at in positions]
        index = {at: number for number, at in enumerate(positions)}
        self.units = sorted(
            (
                (min(index[unit.first], index[unit.last]), max(index[unit.first], index[unit.last]), unit)
                for unit in sentence.units
                if unit.first in index and unit.last in index
            ),
            key=lambda each: each[:2],
        )

    def phrase_end(self, phrase: Sequence[str], at: int) -> int | None:
        """Where reading goes on after the phrase at `at`; None where it does not stand there."""
        wanted = list(reversed(phrase)) if self.backwards else list(phrase)
        return at + len(wanted) if self.words[at : at + len(wanted)] == wanted else None


class Matcher:
    """Fits patterns; `codes` tells whom a phrase stands for."""

    def __init__(self, codes: "Callable[[Token], tuple[str, ...]]") -> None:
        self._codes = codes

    def fit(self, pattern: Pattern, before: Side, after: Side) -> Fit | None:
        """The first way in which all steps fit; None where there is none."""
        fitted = self._steps(pattern.before, before, 0, Fit(), set())
        return None if fitted is None else self._steps(pattern.after, after, 0, fitted, set())

    def _steps(self, steps: Sequence[Element], side: Side, at: int, fit: Fit, dead: set[tuple[int, int]]) -> Fit | None:
        """The steps fitted from `at` on; `dead` keeps from where they are known not to, so that none is tried twice."""
        if not steps:
            return fit
        if (len(steps), at) in dead:
            return None
        for following, filled in self._places(steps[0], side, at, fit):
            fitted = self._steps(steps[1:], side, following, filled, dead)
            if fitted is not None:
                return fitted
        dead.add((len(steps), at))
        return None

    def _places(self, step: Element, side: Side, at: int, fit: Fit) -> Iterator[tuple[int, Fit]]:
        """Where reading can go on after the step, with what it fills."""
        if step.slot is Slot.WORDS:
            for start in _starts(step, side, at):
                for phrase in step.choices:
                    end = side.phrase_end(phrase, start)
                    if end is not None:
                        yield end, fit
            return
        for _, last, unit in self._units(step, side, at):
            yield last + 1, _filled(step.slot, unit, fit, before=side.backwards)

    def _units(self, step: Element, side: Side, at: int) -> list[tuple[int, int, Unit]]:
        """The unit that a slot takes: the next one to be passed over, else the next that is known, else the next."""
        ahead = [each for each in side.units if each[1] >= at]
        if step.glued:
            ahead = [each for each in ahead if each[0] <= at]
        if step.slot is Slot.COMPOUND:
            return [each for each in ahead if len(self._codes(each[2].head)) > 1][:1]
        known = [] if step.slot is Slot.SKIP else [each for each in ahead if self._codes(each[2].head)]
        return (known or ahead)[:1]


def _starts(step: Element, side: Side, at: int) -> Iterator[int]:
    """Positions at which a step may begin: the next one when glued, articles passed over, else any."""
    if not step.glued:
        yield from range(at, len(side.words))
        return
    yield at
    while at < len(side.words) and side.words[at] in PASSED_OVER:
        at += 1
        yield at


def _filled(slot: Slot, unit: Unit, fit: Fit, *, before: bool) -> Fit:
    match slot:
        case Slot.SOURCE:
            return replace(fit, source=unit.head)
        case Slot.TARGET:
            return replace(fit, target=unit.head)
        case Slot.COMPOUND if before:
            return replace(fit, source=unit.head, target=unit.head)  # a compound before the verb acts on itself
        case Slot.COMPOUND:
            return replace(fit, target=unit.head)
        case _:
            return fit
