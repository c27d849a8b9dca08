"""Copies and passages where older versions of texts are known."""

from datetime import timedelta

from truceline.fuse.earlier import find_copies_of_all, find_reuse_of_all
from truceline.model.document import Document
from truceline.model.span import Span
from truceline.testing import NOON, doc

FIRST = (
    "Two rockets struck the grain depot beside the railway late on Monday and a third fell into the yard of the "
    "school, where the caretaker and his two sons were killed while they mended the gate before the morning."
)
AMENDED = FIRST.replace("two sons", "three sons").replace("two rockets", "four rockets")


def version(text: str, number: int, *, id: str = "wire", after: float = 0) -> Document:
    return doc(text, id=id, version=number, published_at=NOON + timedelta(hours=after))


OLDER, LATEST = version(FIRST, 1), version(AMENDED, 2, after=20)
COPY = version(FIRST, 1, id="daily", after=3)


def test_a_copy_of_an_older_version_goes_back_to_its_document() -> None:
    assert find_copies_of_all([LATEST, COPY], [OLDER]) == {"daily": "wire"}


def test_a_corrected_text_is_no_copy_of_those_who_copied_it() -> None:
    assert "wire" not in find_copies_of_all([LATEST, COPY], [OLDER])
    assert find_copies_of_all([LATEST, COPY], [])["wire"] == "daily"  # as it looks when the older one is not known


def test_a_passage_of_an_older_version_is_told_with_that_version() -> None:
    taken = find_reuse_of_all([LATEST, COPY], [OLDER]).taken_from("daily", Span(0, len(FIRST)))
    assert taken is not None
    assert (taken.document, taken.version) == ("wire", 1)


def test_what_a_text_keeps_of_its_own_older_version_is_its_own() -> None:
    assert find_reuse_of_all([LATEST, COPY], [OLDER]).taken_from("wire", Span(0, 100)) is None


def test_what_every_version_has_from_another_text_it_still_has_from_there() -> None:
    agency = version(FIRST, 1, id="agency", after=-5)
    reuse = find_reuse_of_all([LATEST, agency], [OLDER]).taken_from("wire", Span(0, 100))
    assert reuse is not None
    assert (reuse.document, reuse.version) == ("agency", None)
    assert find_copies_of_all([LATEST, agency], [OLDER]) == {"wire": "agency"}
