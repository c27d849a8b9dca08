"""Statements narrower than any count: what a count of all can still say of a part of it."""

from dataclasses import replace

from truceline.model.place import Toponym
from truceline.model.series import Answer
from truceline.model.trend import TrendKind
from truceline.vocab.trends import TrendTable
from truceline.watch.trend_finding import Finding

OF_NONE = {TrendKind.ABSENCE, TrendKind.FIRST_SINCE}


def find_narrowing(words: str, counted: str, place: Toponym | None, table: TrendTable) -> str | None:
    """The words that narrow what is counted beyond what the counts follow; None where nothing does."""
    patterns = [table.narrows]
    if table.countable(counted).measure != "incidents":
        patterns.append(table.narrows_persons)
    if place is None:
        patterns.append(table.narrows_unplaced)
    return next((found[0] for pattern in patterns if (found := pattern.search(words)) is not None), None)


def narrow(found: Finding, kind: TrendKind, words: str) -> Finding:
    """The answer for a part of what was counted: none of all is none of the part, and nothing else carries over."""
    if found.answer is Answer.CANNOT_TELL or (kind in OF_NONE and found.answer is Answer.SUPPORTED):
        return found
    because = f"Narrower than what can be counted (“{words}”). Of all: {found.because}"
    return replace(found, answer=Answer.CANNOT_TELL, because=because)
