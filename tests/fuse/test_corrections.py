"""Which report a separate correction is about: only one that is certain."""

from dataclasses import replace
from datetime import date, timedelta

from truceline.fuse.corrections import find_corrections, mark_notes, settle_corrections
from truceline.model.document import Document
from truceline.model.notice import Notice, NoticeKind
from truceline.model.quantity import Harm, Range
from truceline.model.reading import Reading
from truceline.model.revision import ClaimState
from truceline.model.span import Span
from truceline.model.telling import Telling
from truceline.testing import NOON, doc, telling, toponym

REPORT = "Shells fell on Aleppo, killing six."
NOTICE = "Correction: Our report of 3 May on Aleppo was wrong."
REPLACED = "Shells fell on Aleppo, killing four."


def dead(count: int) -> Harm:
    return Harm(killed=Range(low=count, high=count))


def report(id: str = "old", *, publisher: str = "Plain News", **given: object) -> tuple[Reading, Telling]:
    document = doc(REPORT, id=id, publisher=publisher, **given)
    told = telling(
        f"c-{id}", document=id, quote=REPORT, span=Span(0, len(REPORT)), harm=dead(6),
        place=toponym(span=Span(15, 21)), published_at=document.published_at,
    )  # fmt: skip
    return Reading(document=document), told


def correction(words: str = NOTICE, *, publisher: str = "Plain News", **given: object) -> tuple[Reading, Telling]:
    text = f"{words} {REPLACED}"
    notice = Notice(
        kind=NoticeKind.CORRECTION, span=Span(0, len(words)), words=words, of_itself=False, labelled=True,
        day=date(2016, 5, 3),
    )  # fmt: skip
    document = doc(text, id="new", publisher=publisher, published_at=NOON + timedelta(hours=20))
    start = len(words) + 1
    told = telling(
        "c-new", document="new", quote=REPLACED, span=Span(start, len(text)), harm=dead(4),
        place=toponym(span=Span(start + 15, start + 21)), published_at=document.published_at,
    )  # fmt: skip
    return Reading(document=document, notices=(replace(notice, **given),)), told  # type: ignore[arg-type]


def link(*held: tuple[Reading, Telling]) -> dict[str, str]:
    told = {reading.document.id: (each,) for reading, each in held}
    found = find_corrections([each for each, _ in held], told, revised=(), timezone="Asia/Damascus")
    return {each.by.id: each.report.id for each in found}


def test_a_correction_is_linked_to_the_report_of_its_day_and_place() -> None:
    assert link(report(), correction()) == {"new": "old"}


def test_another_publishers_report_is_left_alone() -> None:
    assert link(report(publisher="Harbour Daily"), correction()) == {}


def test_where_two_reports_could_be_meant_neither_is() -> None:
    assert link(report(), report("twin"), correction()) == {}


def test_a_correction_that_names_no_place_of_the_report_is_left_alone() -> None:
    assert link(report(), correction("Correction: Our report of 3 May on Homs was wrong.")) == {}


def test_a_report_of_another_day_or_published_later_is_not_meant() -> None:
    assert link(report(published_at=NOON - timedelta(days=2)), correction()) == {}
    assert link(report(published_at=NOON + timedelta(days=2)), correction(day=None)) == {}


def test_others_who_take_back_their_report_take_back_none_of_the_publishers() -> None:
    words = "The ministry retracts its report of 3 May on Aleppo."
    assert link(report(), correction(words, kind=NoticeKind.RETRACTION, labelled=False)) == {}


def test_what_is_corrected_no_longer_speaks_and_what_takes_its_place_does() -> None:
    (old, first), (new, second) = report(), correction()
    told = {"old": (first,), "new": (second,)}
    (found,) = find_corrections([old, new], told, revised=(), timezone="Asia/Damascus")
    assert [(each.state, each.old, each.new) for each in found.changes] == [(ClaimState.CHANGED, "c-old", "c-new")]
    settled = settle_corrections(told, [found])
    (silent,), (speaking,) = settled["old"], settled["new"]
    assert silent.withdrawn is not None
    assert (silent.incident_worthy, silent.withdrawn.by, silent.withdrawn.retracted) == (False, "c-new", False)
    assert (speaking.withdrawn, speaking.in_notice) == (None, False)


def test_a_note_on_the_page_itself_tells_of_no_act() -> None:
    text: Document = doc(NOTICE)
    note = Notice(kind=NoticeKind.CORRECTION, span=Span(0, len(NOTICE)), words=NOTICE, of_itself=True)
    (marked,) = mark_notes([telling(span=Span(0, 20))], Reading(document=text, notices=(note,)), ())
    assert (marked.in_notice, marked.incident_worthy) == (True, False)
