"""Words by which a text says that it corrects, takes back or brings up to date."""

from datetime import date

import pytest

from truceline.model.notice import NoticeKind
from truceline.read.notices import find_notices


def kinds_of(text: str) -> list[NoticeKind]:
    return [each.kind for each in find_notices(text, published=date(2016, 5, 4))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Correction: the shells fell on Ariha.", NoticeKind.CORRECTION),
        ("CORRECTION:\n\nThe shells fell on Ariha.", NoticeKind.CORRECTION),
        ("This story has been amended to remove a name.", NoticeKind.CORRECTION),
        ("An earlier version of this report gave a wrong date.", NoticeKind.CORRECTION),
        ("The article was incorrectly reported as a siege. It was corrected.", NoticeKind.CORRECTION),
        ("Four were killed, not six as we reported on Monday.", NoticeKind.CORRECTION),
        ("RETRACTION: Plain News takes back its report.", NoticeKind.RETRACTION),
        ("We retract our story of 3 May on the prisoners.", NoticeKind.RETRACTION),
        ("This article has been removed at the family's request.", NoticeKind.RETRACTION),
        ("Update 2: adds the ministry's answer.", NoticeKind.UPDATE),
        ("This post has been updated with a comment.", NoticeKind.UPDATE),
        ("Editor's note: This article has been withdrawn.", NoticeKind.RETRACTION),
    ],
)
def test_a_notice_is_read_for_what_it_is(text: str, kind: NoticeKind) -> None:
    assert kinds_of(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The army withdrew from the town and corrected its front line.",
        "The ministry said the monitors had retracted their report.",
        "Editor's note: Names have been left out for safety.",
        "Rebels withdrew, and corrections officers fled the prison.",
        "The first report from the town said that nine were killed.",
        "He demanded that the paper correct its story.",
    ],
)
def test_what_only_sounds_like_a_notice_is_none(text: str) -> None:
    assert kinds_of(text) == []


def test_a_notice_reads_back_and_says_whether_it_is_about_its_own_page() -> None:
    text = "Shells fell.\n\nCorrection: An earlier version of this article named another town."
    (found,) = find_notices(text)
    assert found.span.of(text) == found.words
    assert (found.of_itself, found.labelled, found.day) == (True, True, None)


def test_the_day_of_the_report_is_read_with_the_year_that_publication_gives() -> None:
    (found,) = find_notices("Correction: Our report of 30 December misstated the toll.", published=date(2016, 1, 2))
    assert (found.of_itself, found.day) == (False, date(2015, 12, 30))
