"""What an incident is called: where and when, in the words of any country."""

from datetime import UTC, datetime, timedelta

import pytest

from truceline.fuse.naming import name_where, write_day
from truceline.model.place import Precision
from truceline.model.span import Span
from truceline.model.when import Basis, TimexType, When
from truceline.testing import toponym


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Luhansk region", "in Luhansk region"),
        ("Aleppo Governorate", "in Aleppo Governorate"),
        ("Kharkiv Oblast", "in Kharkiv Oblast"),
        ("Idlib", "in the province of Idlib"),
    ],
)
def test_a_division_is_called_by_its_rank_once(name: str, where: str) -> None:
    assert name_where(toponym(name, precision=Precision.ADMIN1), name) == where


def test_the_midnight_that_ends_a_day_is_the_next_days() -> None:
    start = datetime(2015, 2, 14, 22, tzinfo=UTC)
    midnight = When(
        span=Span(0, 8),
        type=TimexType.TIME,
        value="2015-02-14T24:00",
        start=start,
        end=start + timedelta(minutes=1),
        basis=Basis.RELATIVE,
    )
    assert write_day(midnight) == "15 February 2015"
