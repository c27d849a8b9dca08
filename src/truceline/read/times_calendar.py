"""Stretches of the calendar: their TIMEX3 value, where they begin and end, how they shift.

Local wall-clock time throughout; `times.py` turns what comes out into UTC.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Grain(StrEnum):
    """How fine a stretch is, coarsest first; the names are those of the word tables."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    SEASON = "season"
    MONTH = "month"
    WEEK = "week"
    WEEKEND = "weekend"
    DAY = "day"
    PART = "part"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


# Months that a grain spans where it is made of whole months.
MONTHS = {
    Grain.CENTURY: 1200,
    Grain.DECADE: 120,
    Grain.YEAR: 12,
    Grain.HALF: 6,
    Grain.QUARTER: 3,
    Grain.SEASON: 3,
    Grain.MONTH: 1,
}
LENGTHS = {
    Grain.WEEK: timedelta(days=7),
    Grain.WEEKEND: timedelta(days=2),
    Grain.DAY: timedelta(days=1),
    Grain.HOUR: timedelta(hours=1),
    Grain.MINUTE: timedelta(minutes=1),
    Grain.SECOND: timedelta(seconds=1),
}
# Northern, meteorological: winter 1994 begins in December 1993.
SEASON_MONTHS = {"WI": -1, "SP": 3, "SU": 6, "FA": 9}
# Local hours of the parts of a day; a night runs into the next morning. Our reading: no standard fixes them.
PART_HOURS = {
    "MO": (5, 12),
    "MI": (11, 14),
    "AF": (12, 18),
    "EV": (17, 22),
    "NI": (18, 30),
    "DT": (6, 18),
    "DA": (4, 7),
    "DU": (17, 20),
}
# Dawn and dusk have hours of their own; TIMEX3 has only morning and evening for them.
TOLD_AS = {"DA": "MO", "DU": "EV"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One stretch of `grain` beginning at `start`; `code` is its part of day ('NI') or season ('SU')."""

    grain: Grain
    start: datetime
    code: str = ""

    @property
    def end(self) -> datetime:
        if self.grain in MONTHS:
            return add_months(self.start, MONTHS[self.grain])
        if self.grain is Grain.PART:
            first, last = PART_HOURS[self.code]
            return self.start + timedelta(hours=last - first)
        return self.start + LENGTHS[self.grain]

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def value(self) -> str:
        return _VALUES[self.grain](self) if self.grain in _VALUES else self.start.strftime("%Y-%m-%d")

    def shift(self, count: int) -> "Stretch":
        """The stretch of the same grain `count` further on (or back)."""
        if self.grain is Grain.SEASON or self.grain in MONTHS:
            months = 12 if self.grain is Grain.SEASON else MONTHS[self.grain]
            start = add_months(self.start, months * count)
        else:
            weekly = self.grain is Grain.WEEKEND
            start = self.start + count * (timedelta(days=7) if weekly else LENGTHS.get(self.grain, timedelta(days=1)))
        return Stretch(grain=self.grain, start=start, code=self.code)


def _season_value(stretch: Stretch) -> str:
    year = stretch.start.year + (stretch.code == "WI")
    return f"{year:04}-{stretch.code}"


def _week_value(stretch: Stretch) -> str:
    year, week, _ = stretch.day.isocalendar()
    return f"{year:04}-W{week:02}" + ("-WE" if stretch.grain is Grain.WEEKEND else "")


_VALUES: Mapping[Grain, Callable[[Stretch], str]] = {
    Grain.CENTURY: lambda each: f"{each.start.year // 100:02}",
    Grain.DECADE: lambda each: f"{each.start.year // 10:03}",
    Grain.YEAR: lambda each: f"{each.start.year:04}",
    Grain.HALF: lambda each: f"{each.start.year:04}-H{(each.start.month + 5) // 6}",
    Grain.QUARTER: lambda each: f"{each.start.year:04}-Q{(each.start.month + 2) // 3}",
    Grain.SEASON: _season_value,
    Grain.MONTH: lambda each: each.start.strftime("%Y-%m"),
    Grain.WEEK: _week_value,
    Grain.WEEKEND: _week_value,
    Grain.PART: lambda each: f"{each.start:%Y-%m-%d}T{TOLD_AS.get(each.code, each.code)}",
    Grain.HOUR: lambda each: f"{each.start:%Y-%m-%dT%H}",
    Grain.MINUTE: lambda each: f"{each.start:%Y-%m-%dT%H:%M}",
    Grain.SECOND: lambda each: f"{each.start:%Y-%m-%dT%H:%M:%S}",
}


# Values of what cannot be placed, the unknown written as X.
UNPLACED: Mapping[Grain, str] = {
    Grain.CENTURY: "XX",
    Grain.DECADE: "XXX",
    Grain.YEAR: "XXXX",
    Grain.HALF: "XXXX-HX",
    Grain.QUARTER: "XXXX-QX",
    Grain.MONTH: "XXXX-XX",
    Grain.WEEK: "XXXX-WXX",
    Grain.WEEKEND: "XXXX-WXX-WE",
    Grain.DAY: "XXXX-XX-XX",
    Grain.MINUTE: "XXXX-XX-XXTXX:XX",
}


def add_months(moment: datetime, months: int) -> datetime:
    """The same day so many months on, or that month's last day. Clipped to the years 1 to 9999."""
    index = min(max(moment.year * 12 + moment.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def day_stretch(day: date) -> Stretch:
    return Stretch(grain=Grain.DAY, start=datetime.combine(day, time()))


def parse_day(year: int, month: int, day: int) -> Stretch | None:
    """A day of the calendar, None where there is no such day."""
    try:
        return day_stretch(date(year, month, day))
    except ValueError:
        return None


def month_stretch(year: int, month: int) -> Stretch:
    return Stretch(grain=Grain.MONTH, start=datetime(year, month, 1))  # noqa: DTZ001 -- local wall-clock


def year_stretch(year: int) -> Stretch:
    return Stretch(grain=Grain.YEAR, start=datetime(year, 1, 1))  # noqa: DTZ001 -- local wall-clock


def season_stretch(year: int, code: str) -> Stretch:
    start = add_months(year_stretch(year).start, SEASON_MONTHS[code] - (1 if SEASON_MONTHS[code] > 0 else 0))
    return Stretch(grain=Grain.SEASON, start=start, code=code)


def part_stretch(day: date, code: str) -> Stretch:
    """A part of a day by local hours; a night begins on the day that names it."""
    start = datetime.combine(day, time()) + timedelta(hours=PART_HOURS[code][0])
    return Stretch(grain=Grain.PART, start=start, code=code)


def clock_stretch(day: date, hour: int, minute: int, second: int | None = None) -> Stretch:
    """A minute of a day, or a second; hour 24 is the midnight that ends it."""
    start = datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute, seconds=second or 0)
    return Stretch(grain=Grain.MINUTE if second is None else Grain.SECOND, start=start)


def around(moment: datetime, grain: Grain) -> Stretch:
    """The stretch of a grain that holds a moment."""
    midnight = datetime.combine(moment.date(), time())
    first = midnight.replace(day=1)
    match grain:
        case Grain.CENTURY | Grain.DECADE:
            step = 100 if grain is Grain.CENTURY else 10
            return Stretch(grain=grain, start=first.replace(year=max(1, moment.year // step * step), month=1))
        case Grain.YEAR:
            return Stretch(grain=grain, start=first.replace(month=1))
        case Grain.HALF | Grain.QUARTER:
            step = MONTHS[grain]
            return Stretch(grain=grain, start=first.replace(month=(moment.month - 1) // step * step + 1))
        case Grain.MONTH:
            return Stretch(grain=grain, start=first)
        case Grain.WEEK:
            return Stretch(grain=grain, start=midnight - timedelta(days=midnight.weekday()))
        case Grain.WEEKEND:
            return Stretch(grain=grain, start=midnight + timedelta(days=5 - midnight.weekday()))
        case Grain.HOUR | Grain.MINUTE | Grain.SECOND:
            kept = {Grain.HOUR: 1, Grain.MINUTE: 2, Grain.SECOND: 3}[grain]
            hour, minute, second = (part if at < kept else 0 for at, part in enumerate(moment.timetuple()[3:6]))
            return Stretch(grain=grain, start=moment.replace(hour=hour, minute=minute, second=second, microsecond=0))
        case _:
            return Stretch(grain=Grain.DAY, start=midnight)
