"""What simulated tellings are put together from: reports, places as named, times as stated."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b

from truceline.gauge.simulate_world import COUNTRY, Outlet, policy
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Range
from truceline.model.span import Span
from truceline.model.when import Basis, TimexType, When

DAY = timedelta(days=1)
PARTS = ("NI", "MO", "AF", "EV")
NAMED_AT = len("In ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document under way."""

    id: str
    outlet: Outlet
    day: int
    published_at: datetime


@cache
def first_day() -> datetime:
    return datetime.fromisoformat(policy()["days"]["first"]).replace(tzinfo=UTC)


def instant(day: int, hour: float = 0.0) -> datetime:
    return first_day() + timedelta(days=day, minutes=int(hour * 60))


def identify(*parts: object) -> str:
    return blake2b("|".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def toponym(
    id: str,
    name: str,
    lat: float,
    lon: float,
    radius_km: float,
    precision: Precision,
    governorate: int | None,
    cursor: int,
) -> Toponym:
    return Toponym(
        span=Span(cursor + NAMED_AT, cursor + NAMED_AT + len(name)),
        id=id,
        name=name,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        precision=precision,
        country=COUNTRY,
        admin1=f"Province {governorate}" if governorate is not None else None,
        chance=0.95,
    )


def stated(day: int, hour: int, hours: int) -> When:
    start = instant(day, hour)
    kind = TimexType.TIME if hours < 24 else TimexType.DATE
    value = f"{start:%Y-%m-%d}"
    if hours == 1:
        value += f"T{hour:02}"
    elif hours == 6:
        value += f"T{PARTS[hour // 6]}"
    return When(
        span=Span(0, 1), type=kind, value=value, start=start, end=start + timedelta(hours=hours), basis=Basis.STATED
    )


def published(report: Report) -> When:
    """Nothing stated: the day of publication."""
    start = instant(report.day)
    value = f"{start:%Y-%m-%d}"
    return When(span=None, type=TimexType.DATE, value=value, start=start, end=start + DAY, basis=Basis.PUBLISHED)


def write_count(count: Range | None) -> str:
    if count is None:
        return "several"
    return f"at least {count.low}" if count.high is None else str(count.low)
