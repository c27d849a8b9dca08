"""Words by which a text says that it corrects, takes back or brings up to date what was published."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from truceline.model.span import Span


class NoticeKind(StrEnum):
    CORRECTION = "correction"
    RETRACTION = "retraction"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice: the sentences over `span`, in `words`.

    `of_itself`: it says that it speaks of the very page it stands on ("this article", "an earlier version").
    `labelled`: a heading calls it so ("Correction:"). `day` is the day of the report that it says it is about, None
    where it names none.
    """

    kind: NoticeKind
    span: Span
    words: str
    of_itself: bool
    labelled: bool = False
    day: date | None = None
