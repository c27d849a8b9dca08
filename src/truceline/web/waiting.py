"""The queue of what waits for a decision, kept while neither the register nor what was decided changes."""

from collections.abc import Sequence
from threading import Lock

from truceline.model.decision import Decision
from truceline.model.view import View
from truceline.review.duplicates import Scored
from truceline.review.items import Item
from truceline.review.queue import find_items, score_view


class Waiting:
    """The queue of the view last asked for. Likeness is what costs, and no decision changes it: found once a view."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._view: View | None = None
        self._scored: Scored | None = None
        self._decided: frozenset[str] = frozenset()
        self._items: tuple[Item, ...] | None = None

    def items(self, view: View, decisions: Sequence[Decision]) -> tuple[Item, ...]:
        """What waits, the weightiest first. One caller computes it, the others wait for that."""
        with self._lock:
            if self._view is not view or self._scored is None:
                self._view, self._scored, self._items = view, score_view(view), None
            decided = frozenset(each.id for each in decisions)
            if self._items is None or decided != self._decided:
                self._items = find_items(view, decisions, scored=self._scored)
                self._decided = decided
            return self._items
