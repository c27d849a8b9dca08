"""Words for days to come, and the local days within which what is foretold should come."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from truceline.model.trend import Days
from truceline.vocab.stated_times import MONTHS, WEEKDAYS, load_time_table
from truceline.watch.stated_days import ONE_DAY, end_of_month, months_off, parse_count, this_calendar

# 'Within days' is a week, 'in the coming weeks' a month of 30 days.
FEW_AHEAD = {"hours": 1, "days": 7, "weeks": 30, "months": 90}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Words for days to come: offsets and days; `last` of the days None where the words set no end."""

    start: int
    end: int
    days: Days


def find_ahead(sentence: str, today: date) -> list[Ahead]:
    """The times to come that a sentence names, in order, none overlapping another."""
    found: list[Ahead] = []
    for rule in load_time_table().ahead:
        for match in rule.pattern.finditer(sentence):
            if any(each.start < match.end() and match.start() < each.end for each in found):
                continue
            days = READERS[rule.read](match, today)
            if days is not None:
                found.append(Ahead(start=match.start(), end=match.end(), days=days))
    return sorted(found, key=lambda each: each.start)


def on_day(match: re.Match[str], today: date) -> Days | None:
    """'On Friday' is that day, 'by Friday' ends with it, 'before Friday' on its eve."""
    groups = match.groupdict()
    day = next_weekday(groups["weekday"], today) if groups.get("weekday") else next_date(groups, today)
    if day is None:
        return None
    match (groups.get("by") or "").strip().casefold():
        case "by":
            return Days(first=today, last=day)
        case "before" | "until":
            return Days(first=today, last=max(today, day - ONE_DAY))
        case _:
            return Days(first=day, last=day)


def next_weekday(name: str, today: date) -> date:
    """The next such day after `today`."""
    ahead = (WEEKDAYS.index(name.casefold()) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def next_date(groups: Mapping[str, str | None], today: date) -> date | None:
    day, month, year = groups["d"] or groups["d2"], groups["m"] or groups["m2"], groups["y"]
    assert day is not None
    assert month is not None
    number = MONTHS.index(month.casefold()) + 1
    try:
        found = date(int(year) if year else today.year, number, int(day))
        return found if year or found >= today else found.replace(year=found.year + 1)
    except ValueError:
        return None


def next_unit(match: re.Match[str], today: date) -> Days:
    unit = match["u"].casefold()
    if unit == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(days=7)
        return Days(first=first, last=first + timedelta(days=6))
    first = months_off(today.replace(day=1), 1) if unit == "month" else date(today.year + 1, 1, 1)
    return Days(first=first, last=end_of(unit, first))


def end_of_unit(match: re.Match[str], today: date) -> Days:
    return Days(first=today, last=end_of(match["u"].casefold(), today))


def end_of(unit: str, day: date) -> date:
    if unit == "week":
        return this_calendar("week", day).first + timedelta(days=6)
    return end_of_month(day) if unit == "month" else date(day.year, 12, 31)


def weekend(_match: re.Match[str], today: date) -> Days:
    return Days(first=today, last=end_of("week", today))


def within(match: re.Match[str], today: date) -> Days:
    unit = match["u"].casefold()
    number = match.groupdict().get("n")
    if number is None:
        return Days(first=today, last=today + timedelta(days=FEW_AHEAD[unit]))
    kind = unit.removesuffix("s")
    if number.casefold() in {"few", "a few", "several"}:
        return Days(first=today, last=today + timedelta(days=FEW_AHEAD.get(f"{kind}s", 7)))
    count = parse_count(number, kind)
    match kind:
        case "hour":
            last = today + timedelta(days=ceil(count / 24))
        case "week":
            last = today + timedelta(days=7 * count)
        case "month" | "year":
            last = months_off(today, count if kind == "month" else 12 * count)
        case _:
            last = today + timedelta(days=count)
    return Days(first=today, last=last)


def tomorrow(match: re.Match[str], today: date) -> Days:
    day = today + ONE_DAY if match["day"].casefold() == "tomorrow" else today
    return Days(first=day, last=day)


def open_end(_match: re.Match[str], today: date) -> Days:
    return Days(first=today, last=None)


READERS: Mapping[str, Callable[[re.Match[str], date], Days | None]] = {
    "on_day": on_day,
    "next_unit": next_unit,
    "end_of_unit": end_of_unit,
    "weekend": weekend,
    "within": within,
    "tomorrow": tomorrow,
    "open": open_end,
}
