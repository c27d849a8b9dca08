"""Times counted from what happened: from an event that the text dates, or from the truce of the mission."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from truceline.flow.mission import load_mission
from truceline.read.reader import Reader
from truceline.read.times import find_times

PUBLISHED = datetime(2016, 6, 4, 10, 30, tzinfo=UTC)
BEGAN = datetime(2016, 2, 26, 22, tzinfo=UTC)
SYRIA = Path(__file__).parents[2] / "missions" / "syria-2016"


def last_value(text: str, truce: datetime | None = None) -> str:
    *_, when = find_times(text, published_at=PUBLISHED, timezone="Asia/Damascus", truce_began=truce)
    return when.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The explosion happened on 3 May. Two days after the explosion, police came.", "2016-05-05"),
        ("The silo was shelled on 3 May; four days after the shelling it was empty.", "2016-05-07"),
        ("The hall burned on 3 May; a week after the fire it was rebuilt.", "2016-05-10"),
        ("Insurgents raided the mill on 9 May. The day before the raid they had asked for bread.", "2016-05-08"),
        ("The gate was blown up at 14:00 on 5 May; two hours after the blast it was quiet.", "2016-05-05T16:00"),
    ],
)
def test_days_are_counted_from_an_event_that_the_text_dates(text: str, value: str) -> None:
    assert last_value(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "Two days after the fire the first trucks came.",
        "He left on 3 May. Six days before the wedding it rained.",
        "He was charged on 3 May with the murder. Ten days before the murder he had bought a gun.",
        "It rose on 3 May, two days before the stock market fell.",
        "Two days after the truce began the mill was hit.",
    ],
)
def test_days_from_an_event_that_nobody_dates_stay_a_length(text: str) -> None:
    assert last_value(text).startswith("P") or last_value(text) == "2016-05-03"


def test_a_truce_that_the_text_dates_itself_comes_before_that_of_the_mission() -> None:
    text = "The local truce was declared on 1 May. Three days after the truce a shell fell."
    assert last_value(text, BEGAN) == "2016-05-04"


@pytest.mark.parametrize(
    "words",
    [
        "since the ceasefire came into force",
        "since the truce took hold",
        "since the beginning of the cessation of hostilities",
        "since the truce",
    ],
)
def test_since_the_truce_runs_from_its_entry_into_force_until_publication(words: str) -> None:
    (when,) = find_times(
        f"Nine breaches were logged {words}.", published_at=PUBLISHED, timezone="Asia/Damascus", truce_began=BEGAN
    )
    assert (when.start, when.end) == (BEGAN, PUBLISHED)


@pytest.mark.parametrize("words", ["since the ceasefire expired", "since the truce collapsed"])
def test_since_the_end_of_a_truce_is_not_since_its_start(words: str) -> None:
    assert not list(find_times(f"Nine fell {words}.", published_at=PUBLISHED, truce_began=BEGAN))


def test_before_its_start_nothing_is_since_the_truce() -> None:
    found = find_times(
        "Nine fell since the truce began.", published_at=datetime(2016, 2, 20, 9, tzinfo=UTC), truce_began=BEGAN
    )
    assert not list(found)


def test_a_mission_says_when_its_truce_began() -> None:
    reader = Reader.for_mission(load_mission(SYRIA))
    assert reader.truce_began == datetime.combine(date(2016, 2, 27), time(), ZoneInfo("Asia/Damascus"))
    assert reader.fingerprint != Reader.for_mission(load_mission(SYRIA.parent / "ucdp-syria-2017-2019")).fingerprint
