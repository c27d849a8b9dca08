"""Days, hours and years that no calendar has: told as problems, never guessed, and nothing else is lost."""

from datetime import UTC, datetime

import pytest

from truceline.errors import Problem, Severity
from truceline.model.document import Document, Form
from truceline.model.when import When
from truceline.read.contract import as_contract
from truceline.read.reader import Reader
from truceline.read.times import find_times, find_times_and_mistakes

PUBLISHED = datetime(2016, 6, 4, 10, 30, tzinfo=UTC)


def told(text: str) -> tuple[list[str], list[str]]:
    """The words that are no day of any calendar, and those that are times."""
    found = list(find_times_and_mistakes(text, published_at=PUBLISHED, timezone="Asia/Damascus"))
    mistakes = [text[each.start : each.end] for each in found if isinstance(each, Problem)]
    return mistakes, [each.span.of(text) for each in found if isinstance(each, When) and each.span is not None]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("The envoy left on 30 February.", "30 February"),
        ("The envoy left on February 30, 2016.", "February 30, 2016"),
        ("The truce ended on 31 April 2016.", "31 April 2016"),
        ("They met on 29 February 2015.", "29 February 2015"),
        ("The camp opened on 5 May 20016.", "5 May 20016"),
        ("The camp opened in May 20016.", "May 20016"),
        ("The camp has stood since 20016.", "20016"),
        ("The bulletin of 31.04.2016 counts nine.", "31.04.2016"),
        ("The bulletin of 03.05.20016 counts nine.", "03.05.20016"),
        ("The log of 2016-02-30 is lost.", "2016-02-30"),
        ("The log says 2016-05-05T25:00 there.", "2016-05-05T25:00"),
        ("A shell fell at 25:00.", "25:00"),
        ("A shell fell at 14:75 GMT.", "14:75 GMT"),
        ("Он погиб 31 апреля.", "31 апреля"),
        ("سقطت قذيفة في 31 نيسان 2016.", "31 نيسان 2016"),
    ],
)
def test_what_no_calendar_has_is_told_and_not_guessed(text: str, mistake: str) -> None:
    assert told(text) == ([mistake], [])


def test_an_hour_that_no_clock_shows_does_not_take_its_day_along() -> None:
    assert told("A shell fell at 25:00 on 5 May, and one on Friday.") == (["25:00"], ["5 May", "Friday"])


@pytest.mark.parametrize(
    "text",
    [
        "They won by a score of 75:25.",
        "On 5 May 20016 people fled.",
        "The store held 20016 rifles.",
        "The shells were 7.62.39 by label.",
        "They met on 29 February.",
        "The calm ended at 24:00 on 1 May.",
        "The log says 2016-05-05T24:00 there.",
    ],
)
def test_what_is_no_mistake_is_not_told_as_one(text: str) -> None:
    assert told(text)[0] == []


def test_29_february_without_a_year_is_the_last_there_was() -> None:
    (when,) = find_times("They met on 29 February.", published_at=datetime(2018, 6, 4, 9, tzinfo=UTC))
    assert when.value == "2016-02-29"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_mistake_is_a_warning_of_the_reading_with_its_words(language: str) -> None:
    text = "Shells fell on 30 February 2016 and on 5 May 2016." if language == "en" else "Обстрел был 30 февраля 2016."
    document = Document(id="d1", text=text, sha256="0" * 64, form=Form.TEXT, published_at=PUBLISHED, language=language)
    reading = Reader.default().read(document)
    (mistake,) = (each for each in reading.problems if each.code == "date.impossible")
    assert (mistake.severity, mistake.where) == (Severity.WARNING, "d1")
    assert text[mistake.start : mistake.end].startswith("30")
    printed = next(each for each in as_contract(reading)["problems"] if each["code"] == "date.impossible")
    assert (printed["start"], printed["end"]) == (mistake.start, mistake.end)
