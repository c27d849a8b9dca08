"""The stretch in which what a report tells without any time can have happened, by the habit of reporting."""

import tomllib
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from truceline.model.when import Basis, TimexType, When


def reported_within(published_at: datetime | None, *, timezone: str) -> When | None:
    """From the start of the local day before publication until publication; None where that is unknown.

    Where only the day of publication is known the stretch ends with that day. The value is the day of publication.
    """
    if published_at is None:
        return None
    zone = ZoneInfo(timezone)
    local = published_at.astimezone(zone)
    try:
        first = datetime.combine(local.date() - timedelta(days=days_before()), time(), zone)
        following = datetime.combine(local.date() + timedelta(days=1), time(), zone)
    except OverflowError:
        return None
    end = published_at if is_hour_known(published_at, zone) else following
    return When(
        span=None,
        type=TimexType.DATE,
        value=local.date().isoformat(),
        start=first.astimezone(UTC),
        end=end.astimezone(UTC),
        basis=Basis.PUBLISHED,
    )


def is_hour_known(published_at: datetime, zone: ZoneInfo) -> bool:
    """A publication at midnight, by UTC or by the local clock, is one whose day alone is known."""
    return all(published_at.astimezone(each).time() != time() for each in (UTC, zone))


@cache
def days_before() -> int:
    source = files("truceline.vocab") / "reported.toml"
    return int(tomllib.loads(source.read_text(encoding="utf-8"))["unstated"]["days_before"])
