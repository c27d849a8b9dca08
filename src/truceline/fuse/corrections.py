"""Which report a correction or retraction published by itself is about, and which of its claims no longer speak.

Only what is certain is linked: a notice of the same publisher, later than the report, that names its day or title, or
the act, and the place of one of its claims, where one single report of the publisher fits.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from truceline.fuse.differences import stemmed
from truceline.fuse.versions import compare_versions
from truceline.fuse.worthy import find_bar
from truceline.kit.near import fold_loosely
from truceline.model.document import Document, Form
from truceline.model.notice import Notice, NoticeKind
from truceline.model.reading import Reading
from truceline.model.revision import ClaimChange, ClaimState
from truceline.model.span import Span
from truceline.model.telling import Telling, Withdrawal

LATEST = timedelta(days=60)  # after the report: later ones are about the past, not about a report
TABLES = (Form.UCDP_GED, Form.ACLED)
UNDONE = (NoticeKind.CORRECTION, NoticeKind.RETRACTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A notice and the report that it is about; `changes` account for every claim of the report."""

    report: Document
    by: Document
    notice: Notice
    changes: tuple[ClaimChange, ...]


def tells_of_text(notice: Notice, document: Document, revised: Collection[str]) -> bool:
    """Whether what a notice says is about a text and no act: a retraction takes back all that it repeats."""
    return is_in_place(notice, document, revised) or (
        notice.kind is NoticeKind.RETRACTION and is_publishers_own(notice, document)
    )


def is_in_place(notice: Notice, document: Document, revised: Collection[str]) -> bool:
    """Whether a notice is for the page it stands on: it says so, or heads a page that has an older version."""
    if notice.of_itself or document.id not in revised:
        return notice.of_itself
    return notice.labelled or (notice.kind is NoticeKind.RETRACTION and is_publishers_own(notice, document))


OURS = re.compile(r"\b(?:we|our|us|this)\b", re.IGNORECASE)


def is_publishers_own(notice: Notice, document: Document) -> bool:
    """Whether the publisher speaks for itself: under a heading, as 'we', or by its name; others take back much."""
    if notice.labelled or notice.of_itself or OURS.search(notice.words):
        return True
    name = fold_loosely(document.publisher or "")
    return bool(name) and f" {name} " in f" {fold_loosely(notice.words)} "


def mark_notes(told: Sequence[Telling], reading: Reading, revised: Collection[str]) -> tuple[Telling, ...]:
    """The tellings of a reading; those in a note on a text tell of the text and of no act."""
    document = reading.document
    notes = [each.span for each in reading.notices if tells_of_text(each, document, revised)]
    return tuple(as_note(each) if stands_in(each, notes) else each for each in told)


def stands_in(telling: Telling, notes: Iterable[Span]) -> bool:
    return any(span.overlaps(telling.span) and span.start <= telling.span.start for span in notes)


def as_note(telling: Telling) -> Telling:
    return replace(telling, in_notice=True, incident_worthy=False)


def find_corrections(
    readings: Sequence[Reading],
    told: Mapping[str, Sequence[Telling]],
    *,
    revised: Collection[str],
    timezone: str,
) -> Iterator[Correction]:
    """The corrections that stand on a page of their own, with what each is about, by document and place in it."""
    noticed = [each for each in readings if each.notices and each.document.form not in TABLES]
    if not noticed:
        return
    shelf = by_publisher(readings)
    met = set[tuple[str, str]]()
    for reading in sorted(noticed, key=lambda each: each.document.id):
        for notice in reading.notices:
            if notice.kind in UNDONE and not is_in_place(notice, reading.document, revised):
                report = find_report(notice, reading.document, shelf, told, ZoneInfo(timezone))
                if report is not None and (report.id, reading.document.id) not in met:
                    met.add((report.id, reading.document.id))
                    yield correction_of(notice, report, reading.document, told)


def by_publisher(readings: Iterable[Reading]) -> Mapping[str, list[Document]]:
    shelf: defaultdict[str, list[Document]] = defaultdict(list)
    for each in readings:
        if each.document.publisher and each.document.form not in TABLES:
            shelf[fold_loosely(each.document.publisher)].append(each.document)
    return shelf


def find_report(
    notice: Notice,
    by: Document,
    shelf: Mapping[str, Sequence[Document]],
    told: Mapping[str, Sequence[Telling]],
    zone: ZoneInfo,
) -> Document | None:
    """The one report of the publisher that a notice is about; None where none or several could be meant."""
    if not by.publisher or by.published_at is None or not is_publishers_own(notice, by):
        return None
    earlier = [
        each
        for each in shelf.get(fold_loosely(by.publisher), ())
        if each.id != by.id
        and each.published_at is not None
        and timedelta() <= by.published_at - each.published_at <= LATEST
    ]
    fitting = [each for each in earlier if fits(notice, each, told.get(each.id, ()), zone)]
    return fitting[0] if len(fitting) == 1 else None


def fits(notice: Notice, report: Document, told: Sequence[Telling], zone: ZoneInfo) -> bool:
    """Whether the notice names this report: its title, or its day or act beside the place of a claim."""
    assert report.published_at is not None
    if notice.day is not None and notice.day != report.published_at.astimezone(zone).date():
        return False
    words = f" {fold_loosely(notice.words)} "
    if report.title and f" {fold_loosely(report.title)} " in words:
        return True
    acts = [each for each in told if find_bar(replace(each, withdrawn=None)) is None]
    named = [each for each in acts if names_place(words, each, report.text)]
    if not named:
        return False
    return notice.day is not None or any(stemmed(each.trigger) & stemmed(notice.words) for each in named)


def names_place(words: str, telling: Telling, text: str) -> bool:
    place = telling.place or telling.scene
    if place is None:
        return False
    names = {fold_loosely(each) for each in (place.name or "", place.span.of(text)) if each}
    return any(name and f" {name} " in words for name in names)


def correction_of(notice: Notice, report: Document, by: Document, told: Mapping[str, Sequence[Telling]]) -> Correction:
    old, new = told.get(report.id, ()), told.get(by.id, ())
    if notice.kind is NoticeKind.RETRACTION:
        changes = tuple(ClaimChange(state=ClaimState.WITHDRAWN, old=each.claim, old_span=each.span) for each in old)
        return Correction(report=report, by=by, notice=notice, changes=changes)
    beside = [each for each in new if not notice.span.overlaps(each.span)]
    replaced = find_replaced(old, beside) or find_replaced(old, new)
    changes = tuple(
        replaced.get(each.claim)
        or ClaimChange(
            state=ClaimState.UNCHANGED, old=each.claim, new=each.claim, old_span=each.span, new_span=each.span
        )
        for each in old
    )
    return Correction(report=report, by=by, notice=notice, changes=changes)


def find_replaced(old: Sequence[Telling], new: Sequence[Telling]) -> dict[str, ClaimChange]:
    """The claims of the report that the correction makes otherwise; what it does not speak of stands."""
    changed = (each for each in compare_versions(old, new) if each.state is ClaimState.CHANGED)
    return {each.old: each for each in changed if each.old is not None}


def settle_corrections(
    told: Mapping[str, Sequence[Telling]], corrections: Iterable[Correction]
) -> dict[str, tuple[Telling, ...]]:
    """The tellings by document; those that a correction undoes neither assert nor corroborate any more.

    What the notice itself repeats of the report it is about tells of no act, but for what it puts in its place.
    """
    undone: dict[str, Withdrawal] = {}
    notes: set[str] = set()
    for each in corrections:
        said = {change.new for change in each.changes if change.state is not ClaimState.UNCHANGED}
        within = (one for one in told[each.by.id] if stands_in(one, (each.notice.span,)))
        notes |= {one.claim for one in within if one.claim not in said}
        for change in each.changes:
            if change.old is not None and change.state is not ClaimState.UNCHANGED:
                undone.setdefault(change.old, withdrawal_of(each, change))
    return {document: tuple(settle(each, undone, notes) for each in some) for document, some in told.items()}


def settle(telling: Telling, undone: Mapping[str, Withdrawal], notes: Collection[str]) -> Telling:
    if telling.claim in undone:
        return replace(telling, withdrawn=undone[telling.claim], incident_worthy=False)
    return as_note(telling) if telling.claim in notes else telling


def withdrawal_of(correction: Correction, change: ClaimChange) -> Withdrawal:
    by = correction.by
    return Withdrawal(
        document=by.id, at=by.published_at, words=correction.notice.words, retracted=change.new is None, by=change.new
    )
