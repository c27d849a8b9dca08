"""What a newer version of a text, or a correction published beside it, did to what an older version said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from truceline.model.notice import Notice
from truceline.model.span import Span
from truceline.model.telling import Telling


class ClaimState(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    WITHDRAWN = "withdrawn"


class Aspect(StrEnum):
    """What of a claim can change."""

    TOLL = "toll"
    PLACE = "place"
    TIME = "time"
    ACTOR = "actor"
    TARGET = "target"
    KIND = "kind"
    CERTAINTY = "certainty"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One aspect as the older and as the newer text has it, in words; "" where that text does not say."""

    aspect: Aspect
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """What became of one claim: `old` and `new` are claim ids, None where the text has none, with where they stand."""

    state: ClaimState
    old: str | None = None
    new: str | None = None
    differences: tuple[Difference, ...] = ()
    old_span: Span | None = None
    new_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """A claim that its text no longer makes, or makes otherwise, with what is to be shown of it.

    `incidents` are those that it is shown under: where its successor stands, or where it would stand if it still
    spoke. `kept_by` are claims of other texts that have its wording and still make it.
    """

    telling: Telling
    change: ClaimChange
    incidents: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One step from an older text to a newer one.

    The newer text is the next version of the same document, or, where `by_document` is another one, a correction
    that its publisher issued separately. `at` is when the newer text was published (UTC), None where nothing says so.
    `notices` are the words of the newer text that say it corrects. `changes` account for every claim of both texts
    (of a separate correction: for every claim of the older). `outdated` are those no longer made as they were.
    """

    document: str
    version: int
    by_document: str
    by_version: int
    at: datetime | None
    notices: tuple[Notice, ...]
    changes: tuple[ClaimChange, ...]
    outdated: tuple[Outdated, ...] = ()
