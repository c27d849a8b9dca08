"""Where and when a report is set is taken for what it tells without saying so again."""

from datetime import UTC, datetime

import pytest

from truceline.fuse import tell
from truceline.gauge.case import gold_document
from truceline.gauge.passages import MISSION
from truceline.model.telling import Telling


@pytest.fixture(scope="module")
def reader():  # type: ignore[no-untyped-def]
    from truceline.flow.tools import reader_of

    return reader_of(MISSION)


def told(reader, text: str, trigger: str) -> Telling:  # type: ignore[no-untyped-def]
    document = gold_document("d", text, datetime(2016, 5, 10, 12, tzinfo=UTC), "Reuters")
    return next(each for each in tell(reader.read(document), sources=(), copies={}) if each.trigger == trigger)


def test_the_place_of_a_dateline_is_where_it_was(reader) -> None:  # type: ignore[no-untyped-def]
    found = told(reader, "Kafr Hamra, Tuesday. A warplane dropped two bombs on a market.", "dropped")
    place = found.place or found.scene
    assert place is not None
    assert place.name == "Kafr Hamra"


def test_two_villages_leave_a_choice(reader) -> None:  # type: ignore[no-untyped-def]
    found = told(reader, "Kafr Nabl and Talbiseh were calm. A warplane dropped two bombs on a market.", "dropped")
    assert found.scene is None


def test_the_hour_at_which_it_happened_is_its_hour(reader) -> None:  # type: ignore[no-untyped-def]
    found = told(reader, "Shells hit Kafr Nabl on Tuesday. It happened at 7 in the morning.", "hit")
    assert found.scene_time is not None
    assert found.scene_time.value == "2016-05-10T07:00"
