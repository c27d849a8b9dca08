"""Words of time in statements: which local days they mean, and which words are none."""

from datetime import date

import pytest

from truceline.watch.stated_ahead import find_ahead
from truceline.watch.stated_days import Clock, find_times

THURSDAY = Clock(today=date(2016, 9, 15), truce=date(2016, 2, 27))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("since Monday evening", "2016-09-12", "2016-09-15"),
        ("since last year", "2015-01-01", "2016-09-15"),
        ("since 20 October", "2015-10-20", "2016-09-15"),
        ("since October 20, 2014", "2014-10-20", "2016-09-15"),
        ("since the middle of August", "2016-08-16", "2016-09-15"),
        ("since the cessation of hostilities took effect", "2016-02-27", "2016-09-15"),
        ("over the past 36 hours", "2016-09-13", "2016-09-15"),
        ("for a couple of weeks", "2016-09-02", "2016-09-15"),
        ("in six months", "2016-03-15", "2016-09-15"),
        ("last month", "2016-08-01", "2016-08-31"),
        ("between Saturday and Tuesday", "2016-09-10", "2016-09-13"),
        ("on a fifth consecutive night", "2016-09-11", "2016-09-15"),
        ("after two weeks of quiet", "2016-09-01", "2016-09-14"),
        ("in February", "2016-02-01", "2016-02-29"),
        ("in November 2014", "2014-11-01", "2014-11-30"),
        ("yesterday", "2016-09-14", "2016-09-14"),
    ],
)
def test_words_mean_these_days(words: str, first: str, last: str) -> None:
    (found,) = find_times(f"It was so {words}.", THURSDAY)
    assert found.days is not None
    assert (str(found.days.first), str(found.days.last)) == (first, last)


@pytest.mark.parametrize("words", ["It may rain", "a march to the square", "the second brigade", "a daily paper"])
def test_words_that_are_no_time(words: str) -> None:
    assert find_times(words, THURSDAY) == []


def test_a_date_that_no_calendar_has_is_no_time() -> None:
    assert find_times("since 31 June", THURSDAY) == []


def test_the_last_day_of_a_short_month_stands_for_the_31st() -> None:
    (found,) = find_times("for one month", Clock(today=date(2016, 3, 31)))
    assert found.days is not None
    assert found.days.first == date(2016, 2, 29)


def test_since_the_truce_fixes_nothing_before_it_or_without_one() -> None:
    (found,) = find_times("since the truce began", Clock(today=date(2016, 9, 15)))
    assert found.days is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("by Friday", "2016-09-15", "2016-09-16"),
        ("on Thursday", "2016-09-22", "2016-09-22"),
        ("before 1 October", "2016-09-15", "2016-09-30"),
        ("by the end of the year", "2016-09-15", "2016-12-31"),
        ("next month", "2016-10-01", "2016-10-31"),
        ("within 36 hours", "2016-09-15", "2016-09-17"),
        ("in the weeks ahead", "2016-09-15", "2016-10-15"),
        ("on 3 March", "2017-03-03", "2017-03-03"),
        ("tonight", "2016-09-15", "2016-09-15"),
    ],
)
def test_days_to_come(words: str, first: str, last: str) -> None:
    (found,) = find_ahead(f"It will come {words}.", date(2016, 9, 15))
    assert (str(found.days.first), str(found.days.last)) == (first, last)


def test_soon_sets_no_end() -> None:
    (found,) = find_ahead("It will come soon.", date(2016, 9, 15))
    assert found.days.last is None
