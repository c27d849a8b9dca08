"""By when what lies ahead can be judged, from the times that it states; published at noon on Tuesday 2016-05-03."""

from datetime import UTC, datetime

import pytest
from passages import Passages

from truceline.model.claim import Horizon
from truceline.read.reader import Reader
from truceline.testing import doc

NOON = "2016-05-03T12"


def horizon(read: Passages, text: str, trigger: str) -> Horizon | None:
    return read(text).claim(trigger).horizon


def instant(words: str) -> datetime:
    return datetime.fromisoformat(f"{words}:00").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "trigger", "start", "end"),
    [
        ("The army will attack within 48 hours.", "attack", NOON, "2016-05-05T12"),
        ("The army will attack in three days.", "attack", NOON, "2016-05-07T00"),
        ("The army will attack by Friday.", "attack", NOON, "2016-05-07T00"),
        ("The army will attack before Friday.", "attack", NOON, "2016-05-06T00"),
        ("The army will attack before the end of the month.", "attack", NOON, "2016-06-01T00"),
        ("The army will attack next week.", "attack", "2016-05-09T00", "2016-05-16T00"),
        ("The army will attack on 20 May.", "attack", "2016-05-20T00", "2016-05-21T00"),
        ("The army will attack in the next two weeks.", "attack", NOON, "2016-05-17T12"),
        ("The army will attack within a month.", "attack", NOON, "2016-06-03T12"),
        ("The army will attack within weeks.", "attack", NOON, "2016-06-03T12"),
        ("The army vowed to attack by Friday.", "attack", NOON, "2016-05-07T00"),
        ("The envoy demanded that the army withdraw by 10 May.", "withdraw", NOON, "2016-05-11T00"),
    ],
)
def test_the_horizon_is_what_the_words_leave(read: Passages, text: str, trigger: str, start: str, end: str) -> None:
    found = horizon(read, text, trigger)
    assert found is not None
    assert (found.start, found.end) == (instant(start), instant(end))


def test_after_a_day_has_no_end(read: Passages) -> None:
    found = horizon(read, "The army will attack after Friday.", "attack")
    assert found is not None
    assert (found.start, found.end) == (instant("2016-05-07T00"), None)


def test_it_runs_from_the_day_it_was_said(read: Passages) -> None:
    found = horizon(read, "The mayor said on Monday that the army would attack within 48 hours.", "attack")
    assert found is not None
    assert (found.start, found.end) == (instant("2016-05-02T00"), instant("2016-05-05T00"))


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army will attack.", "attack"),
        ("The army attacked on Monday.", "attacked"),
        ("The army will attack as it did on 20 April.", "attack"),
    ],
)
def test_without_a_time_ahead_there_is_none(read: Passages, text: str, trigger: str) -> None:
    assert horizon(read, text, trigger) is None


def test_without_a_date_a_length_has_nowhere_to_run_from() -> None:
    reading = Reader.default().read(doc("The army will attack within 48 hours.", published_at=None))
    assert [each.horizon for each in reading.claims] == [None]


@pytest.mark.parametrize("words", ["within 9999999999999 years", "within 99999999999 days", "by the year 9999"])
def test_the_end_of_the_calendar_is_no_crash(words: str) -> None:
    assert Reader.default().read(doc(f"The army will attack {words}.")).claims
