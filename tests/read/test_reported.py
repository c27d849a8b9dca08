"""When what a report tells without any time can have happened."""

from datetime import UTC, datetime

import pytest

from truceline.model.when import Basis
from truceline.read.contract import as_contract
from truceline.read.reader import Reader
from truceline.read.reported import reported_within
from truceline.testing import doc


def test_what_states_no_time_is_of_the_day_published_or_the_one_before() -> None:
    told = reported_within(datetime(2019, 7, 10, tzinfo=UTC), timezone="UTC")
    assert told is not None
    assert (told.start, told.end) == (datetime(2019, 7, 9, tzinfo=UTC), datetime(2019, 7, 11, tzinfo=UTC))
    assert (told.value, told.basis, told.span) == ("2019-07-10", Basis.PUBLISHED, None)


def test_nothing_reported_happened_after_the_hour_of_its_publication() -> None:
    told = reported_within(datetime(2019, 7, 10, 8, 30, tzinfo=UTC), timezone="UTC")
    assert told is not None
    assert told.end == datetime(2019, 7, 10, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("moment", [datetime(2019, 7, 9, 21, tzinfo=UTC), datetime(2019, 7, 10, tzinfo=UTC)])
def test_the_days_are_those_of_the_place(moment: datetime) -> None:
    """Midnight in Damascus and midnight by UTC are both a day without an hour."""
    told = reported_within(moment, timezone="Asia/Damascus")
    assert told is not None
    assert (told.start, told.end) == (datetime(2019, 7, 8, 21, tzinfo=UTC), datetime(2019, 7, 10, 21, tzinfo=UTC))


def test_without_a_date_of_publication_nothing_is_reckoned() -> None:
    assert reported_within(None, timezone="UTC") is None


def test_a_claim_without_a_time_prints_the_stretch_and_one_with_a_time_keeps_its_own() -> None:
    text = "Shells hit the mill.\nShells hit the bridge on Sunday."
    shown = as_contract(Reader.default().read(doc(text, published_at=datetime(2019, 7, 10, tzinfo=UTC))))
    by_word = {claim["start"]: claim["happened"] for claim in shown["claims"] if claim["event"]["text"] == "hit"}
    undated, dated = by_word.values()
    assert undated == {**shown["reported"], "value": "2019-07-10", "basis": "published"}
    assert dated["from"] == "2019-07-07T00:00:00Z"
    assert shown["reported"] == {"from": "2019-07-09T00:00:00Z", "to": "2019-07-11T00:00:00Z"}
