"""A day that no calendar has dates nothing: what is told of it happened nobody knows when, and never 'today'."""

import pytest

from truceline.model.when import Basis
from truceline.read.reader import Reader
from truceline.testing import NOON, doc


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.default()


@pytest.mark.parametrize(
    "day", ["on 30 February 2016", "on 31 April", "on 12 March 20016", "on 2016-13-45", "on February 30th, 2016"]
)
def test_what_is_told_of_a_day_of_no_calendar_has_no_time(reader: Reader, day: str) -> None:
    reading = reader.read(doc(f"Two shells hit the mill of Dunmore {day}, residents said.", published_at=NOON))
    hit = next(each for each in reading.claims if each.trigger.lemma in {"hit", "shell"})
    assert (hit.time, hit.happened) == (None, None)
    assert [each.code for each in reading.problems] == ["date.impossible"]
    assert reading.times == ()


def test_the_next_sentence_and_the_saying_keep_their_days(reader: Reader) -> None:
    text = (
        "Two shells hit the mill on 30 February 2016. A mine killed two people on 3 May 2016. Troops shelled the town."
    )
    reading = reader.read(doc(text, published_at=NOON))
    when = {text[each.trigger.span.start : each.trigger.span.end]: each.happened for each in reading.claims}
    killed, shelled = when["killed"], when["shelled"]
    assert killed is not None
    assert killed.value == "2016-05-03"
    assert shelled is not None
    assert shelled.basis is Basis.PUBLISHED


def test_a_real_day_beside_an_impossible_one_dates_its_own_event(reader: Reader) -> None:
    text = "A mine killed two people on 3 May 2016, and shells hit the mill on 31 June 2016."
    reading = reader.read(doc(text, published_at=NOON))
    when = {text[each.trigger.span.start : each.trigger.span.end]: each.happened for each in reading.claims}
    assert when["killed"] is not None
    assert when["killed"].value == "2016-05-03"
    assert when["hit"] is None
