"""Entries of a numbered catalogue: a day, a number and a place, and no story."""

from datetime import UTC, datetime

import pytest

from truceline.model.document import Document
from truceline.model.reading import Reading
from truceline.read.reader import Reader
from truceline.testing import doc

PUBLISHED = datetime(2017, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.default()


def read(reader: Reader, text: str) -> Reading:
    document: Document = doc(text, published_at=PUBLISHED)
    return reader.read(document)


def entries(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    """Number, place and first day of every entry."""
    return [
        (
            each.trigger.span.of(reading.document.text),
            None if each.place is None else reading.places[each.place].name,
            None if each.happened is None or each.happened.start is None else f"{each.happened.start:%Y-%m-%d}",
        )
        for each in reading.claims
        if each.trigger.lemma == "entry"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("August 3rd 2017: (S212) Homs city, Homs governorate, Syria", ("S212", "Homs", "2017-08-03")),
        ("August 3rd-4th 2017: (S213b) a farm near Latakia, Syria", ("S213b", None, "2017-08-03")),
        ("Around August 3rd 2017 (day unclear): (R77) Homs, Homs governorate", ("R77", "Homs", "2017-08-03")),
        ("August 3rd 2017: (S214) Homs and Hama, Syria", ("S214", None, "2017-08-03")),
        ("August 3rd 2017: (S215) unknown village, Homs governorate, Syria", ("S215", None, "2017-08-03")),
    ],
)
def test_an_entry_is_one_claim(reader: Reader, text: str, told: tuple[str, str | None, str]) -> None:
    assert entries(read(reader, text)) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "On August 3rd 2017 a car bomb (S212) killed five people in Homs.",
        "August 3rd 2017: Homs city, Homs governorate, Syria",
        "Homs (S212): the city in August 2017",
        "The minister (PM12) visited Homs on August 3rd 2017.",
    ],
)
def test_other_texts_are_no_entries(reader: Reader, text: str) -> None:
    assert entries(read(reader, text)) == []
