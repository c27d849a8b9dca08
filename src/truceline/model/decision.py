"""What a person decided about tellings; no run of the machine overwrites it."""

from dataclasses import dataclass
from datetime import datetime

from truceline.model.assessment import Verdict
from truceline.model.claim import EventType
from truceline.model.place import Toponym
from truceline.model.ruling import GROUPING, Proposal, Ruling

__all__ = ["Decision", "Ruling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: `claims` against `others`, who took it, when (aware UTC) and why.

    `about` is what a CONFIRM or a REOPEN is about, None for all other rulings. What was decided stands in the field of
    its ruling: `place` (None: cannot be determined), `actor` (an id, None: nobody known) for `words`, `start` and `end`
    (aware UTC, half-open; None: cannot be determined), `event`, `verdict` with the `parties` it names (None: those that
    the rules find). A CONFIRM holds in that field what the machine proposed, so that it stays when the machine changes.
    `proposed` is what the machine proposed at that moment, `item` the item of the queue that was answered, if any.

    Of two decisions that contradict each other on one point of one claim the later one holds.
    """

    id: str
    ruling: Ruling
    claims: tuple[str, ...]
    others: tuple[str, ...]
    by: str
    at: datetime
    why: str
    about: Ruling | None = None
    place: Toponym | None = None
    actor: str | None = None
    words: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    event: EventType | None = None
    verdict: Verdict | None = None
    parties: tuple[str, ...] | None = None
    proposed: Proposal | None = None
    item: str = ""

    @property
    def question(self) -> Ruling:
        """The question that it answers; SAME for both answers about one act or several."""
        asked = self.about if self.about is not None else self.ruling
        return Ruling.SAME if asked in GROUPING else asked

    @property
    def holds(self) -> Ruling | None:
        """What it amounts to: of a CONFIRM what the machine was right in, None where nothing is to hold any more.

        A confirmed REJECT says that the machine is right to count the claims: it lifts a rejection.
        """
        match self.ruling:
            case Ruling.REOPEN:
                return None
            case Ruling.CONFIRM:
                return None if self.about is Ruling.REJECT else self.about
            case _:
                return self.ruling
