from datetime import UTC, datetime

import pytest

from truceline.kit.instants import Instant, parse_instant


@pytest.mark.parametrize(
    ("words", "at", "has_offset"),
    [
        ("2016-06-04", datetime(2016, 6, 4, tzinfo=UTC), True),
        ("20160604", datetime(2016, 6, 4, tzinfo=UTC), True),
        (" 2016-06-04T10:00+03:00 ", datetime(2016, 6, 4, 7, tzinfo=UTC), True),
        ("2016-06-04 10:00", datetime(2016, 6, 4, 10, tzinfo=UTC), False),
        ("Sat, 04 Jun 2016 10:00:00 GMT", datetime(2016, 6, 4, 10, tzinfo=UTC), True),
        ("4 Jun 2016 10:00 -0500", datetime(2016, 6, 4, 15, tzinfo=UTC), True),
    ],
)
def test_a_written_instant_becomes_utc(words: str, at: datetime, has_offset: bool) -> None:
    assert parse_instant(words) == Instant(at=at, has_offset=has_offset)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2016",
        "2016-02-30",
        "2016-06-04T25:00",
        "yesterday",
        "31 Feb 2016 10:00 +0000",
        "1464998400",
        "9999-12-31T23:00-05:00",
    ],
)
def test_what_is_no_instant_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_instant(words)
