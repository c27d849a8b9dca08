"""Words of time in a statement about a trend, and the local days they mean.

Only what such statements are made with; the head of tests/cases/watch/trends.txt has the conventions. Days that the
words leave open are None.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from truceline.kit.numerals import parse_numeral
from truceline.model.trend import Days
from truceline.vocab.stated_times import MONTHS, NTH, WEEKDAYS, load_time_table

# What 'recent weeks', 'the past few days' mean.
FEW = {"hour": 24, "day": 3, "night": 3, "week": 3, "month": 3, "year": 3}
ONE_DAY = timedelta(days=1)


class Role(StrEnum):
    """What a stretch is to the statement: REACH goes back from the day told, CALENDAR is a named one, DAY one day."""

    SINCE = "since"
    REACH = "reach"
    CALENDAR = "calendar"
    DAY = "day"
    VAGUE = "reach, of a length that only a record or a first can have"
    ROW = "days in a row"
    PAUSE = "pause"
    BEFORE = "the equal stretch before"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """A time expression, its offsets, its role and its days.

    `boundary` is what 'since' names: all of March in 'since March', in which the one before may lie.
    """

    start: int
    end: int
    role: Role
    days: Days | None
    boundary: Days | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What words of time are counted from: the local day of publication and the truce, where there is one."""

    today: date
    truce: date | None = None


Groups = Mapping[str, str | None]


def find_times(sentence: str, clock: Clock) -> list[TimeWords]:
    """The time expressions of a sentence in order, none overlapping another."""
    found: list[TimeWords] = []
    for rule in load_time_table().past:
        for match in rule.pattern.finditer(sentence):
            if any(each.start < match.end() and match.start() < each.end for each in found):
                continue
            words = READERS[rule.read](match, clock)
            if words is not None:
                found.append(words)
    return sorted(found, key=lambda each: each.start)


def words_of(match: re.Match[str], role: Role, days: Days | None, boundary: Days | None = None) -> TimeWords:
    return TimeWords(start=match.start(), end=match.end(), role=role, days=days, boundary=boundary)


def one_day(day: date) -> Days:
    return Days(first=day, last=day)


# ---------------------------------------------------------------------------------------------------- the calendar


def last_weekday(name: str, today: date) -> date:
    """The last such day, `today` included."""
    return today - timedelta(days=(today.weekday() - WEEKDAYS.index(name.casefold())) % 7)


def month_days(name: str, today: date, year: str | None = None) -> Days:
    """The last such month that has begun, or that of a year."""
    number = MONTHS.index(name.casefold()) + 1
    first = date(int(year) if year else today.year - (number > today.month), number, 1)
    return Days(first=first, last=end_of_month(first))


def end_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - ONE_DAY


def months_off(day: date, count: int) -> date:
    """The same day so many months later, earlier below zero; the last of the month where that has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, end_of_month(first).day))


def this_calendar(unit: str, today: date) -> Days:
    match unit:
        case "week":
            return Days(first=today - timedelta(days=today.weekday()), last=today)
        case "month":
            return Days(first=today.replace(day=1), last=today)
        case _:
            return Days(first=today.replace(month=1, day=1), last=today)


def last_calendar(unit: str, today: date) -> Days:
    """The calendar week, month or year before this one; "night" is yesterday."""
    if unit == "night":
        return one_day(today - ONE_DAY)
    last = this_calendar(unit, today).first - ONE_DAY
    return Days(first=this_calendar(unit, last).first, last=last)


def reach_back(number: str, unit: str, last: date) -> Days:
    """So many units that end with `last`."""
    kind = unit.casefold().removesuffix("s")
    count = parse_count(number, kind)
    match kind:
        case "hour":
            first = last - timedelta(days=ceil(count / 24))
        case "week":
            first = last - timedelta(days=7 * count - 1)
        case "month":
            first = months_off(last, -count)
        case "year":
            first = months_off(last, -12 * count)
        case _:
            first = last - timedelta(days=count - 1)
    return Days(first=first, last=last)


def parse_count(number: str, kind: str) -> int:
    folded = number.casefold().strip()
    if "couple" in folded:
        return 2
    if folded in {"few", "several", "a few", ""}:
        return FEW[kind]
    if folded == "a" or folded.startswith(("a ", "an")):
        return 1
    return parse_numeral(folded) or 1


def parse_nth(words: str) -> int:
    folded = words.casefold()
    return NTH.index(folded) + 1 if folded in NTH else int(re.sub(r"\D", "", folded))


def read_date(groups: Groups, today: date) -> date | None:
    """A day and month, of the last year in which they have come; None where no such day is."""
    day, month, year = groups["d"] or groups["d2"], groups["m"] or groups["m2"], groups["y"]
    assert day is not None
    assert month is not None
    number = MONTHS.index(month.casefold()) + 1
    try:
        found = date(int(year) if year else today.year, number, int(day))
        return found if year or found <= today else found.replace(year=found.year - 1)
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------ what the words mean


def since(match: re.Match[str], clock: Clock) -> TimeWords | None:
    """Since a day, a month, the truce: up to the day of publication."""
    boundary = since_boundary(match.groupdict(), clock)
    if boundary is None:
        return words_of(match, Role.SINCE, None)
    if boundary.first > clock.today:
        return None
    return words_of(match, Role.SINCE, Days(first=boundary.first, last=clock.today), boundary)


def since_boundary(groups: Groups, clock: Clock) -> Days | None:
    """All that the words after 'since' name: a month, a year, a day; None where that is open."""
    named = {name: words for name, words in groups.items() if words is not None}
    today = clock.today
    match named:
        case {"weekday": weekday}:
            return one_day(last_weekday(weekday, today))
        case {"d": _} | {"d2": _}:
            return one_day(read_date(groups, today) or today + ONE_DAY)
        case {"edge": edge}:
            return one_day(edge_day(edge, groups, today))
        case {"last": unit}:
            return last_calendar(unit, today)
        case {"month": month}:
            return month_days(month, today, groups.get("month_year"))
        case {"year": year}:
            return Days(first=date(int(year), 1, 1), last=date(int(year), 12, 31))
        case {"yesterday": _}:
            return one_day(today - ONE_DAY)
        case _:
            return one_day(clock.truce) if groups.get("truce") and clock.truce is not None else None


def edge_day(edge: str, groups: Groups, today: date) -> date:
    named = groups["edge_month"]
    stretch = month_days(named, today) if named else this_calendar(str(groups["edge_unit"]), today)
    assert stretch.last is not None
    match edge:
        case "end":
            return stretch.last
        case "middle":
            return stretch.first + (stretch.last - stretch.first) // 2
        case _:
            return stretch.first


def row(match: re.Match[str], clock: Clock) -> TimeWords:
    """Days in a row, that end with the day of publication unless another is told."""
    return words_of(match, Role.ROW, reach_back(match["n"], match["u"], clock.today))


def nth_row(match: re.Match[str], clock: Clock) -> TimeWords:
    return words_of(match, Role.ROW, reach_back(str(parse_nth(match["nth"])), match["u"], clock.today))


def nth_day(match: re.Match[str], clock: Clock) -> TimeWords:
    return words_of(match, Role.REACH, reach_back(str(parse_nth(match["nth"])), match["u"], clock.today))


def pause(match: re.Match[str], clock: Clock) -> TimeWords:
    """A pause that ended on the day before publication, unless another day is told."""
    eve, kind = clock.today - ONE_DAY, match["u"].casefold().removesuffix("s")
    if kind == "hour":
        first = clock.today - timedelta(days=1 + ceil(parse_count(match["n"], kind) / 24))
        return words_of(match, Role.PAUSE, Days(first=first, last=eve))
    return words_of(match, Role.PAUSE, reach_back(match["n"], kind, eve))


def reach(match: re.Match[str], clock: Clock) -> TimeWords:
    return words_of(match, Role.REACH, reach_back(match["n"], match["u"], clock.today))


def reach_unit(match: re.Match[str], clock: Clock) -> TimeWords:
    """'The past week' is one, 'the last days' are a few."""
    number = "few" if match["u"].casefold().endswith("s") else "1"
    return words_of(match, Role.REACH, reach_back(number, match["u"], clock.today))


def reach_vague(match: re.Match[str], clock: Clock) -> TimeWords:
    """'The fiercest in months': no stretch to count in."""
    return words_of(match, Role.VAGUE, reach_back("few", match["u"], clock.today))


def before(match: re.Match[str], _clock: Clock) -> TimeWords:
    return words_of(match, Role.BEFORE, None)


def this_unit(match: re.Match[str], clock: Clock) -> TimeWords:
    return words_of(match, Role.CALENDAR, this_calendar(match["u"].casefold(), clock.today))


def last_unit(match: re.Match[str], clock: Clock) -> TimeWords:
    unit = match["u"].casefold()
    return words_of(match, Role.DAY if unit == "night" else Role.CALENDAR, last_calendar(unit, clock.today))


def between(match: re.Match[str], clock: Clock) -> TimeWords:
    last = last_weekday(match["to"], clock.today)
    return words_of(match, Role.CALENDAR, Days(first=last_weekday(match["from"], last), last=last))


def weekday(match: re.Match[str], clock: Clock) -> TimeWords:
    return words_of(match, Role.DAY, one_day(last_weekday(match["weekday"], clock.today)))


def named_day(match: re.Match[str], clock: Clock) -> TimeWords | None:
    day = read_date(match.groupdict(), clock.today)
    return None if day is None else words_of(match, Role.DAY, one_day(day))


def relative_day(match: re.Match[str], clock: Clock) -> TimeWords:
    words = match[0].casefold()
    first = clock.today - (ONE_DAY if words in {"yesterday", "overnight"} else timedelta())
    return words_of(match, Role.DAY, Days(first=first, last=first if words == "yesterday" else clock.today))


def month(match: re.Match[str], clock: Clock) -> TimeWords:
    days = month_days(match["month"], clock.today, match["month_year"])
    assert days.last is not None
    return words_of(match, Role.CALENDAR, Days(first=days.first, last=max(days.first, min(days.last, clock.today))))


READERS: Mapping[str, Callable[[re.Match[str], Clock], TimeWords | None]] = {
    "since": since,
    "row": row,
    "nth_row": nth_row,
    "nth_day": nth_day,
    "pause": pause,
    "reach": reach,
    "reach_unit": reach_unit,
    "reach_vague": reach_vague,
    "before": before,
    "this_unit": this_unit,
    "last_unit": last_unit,
    "between": between,
    "weekday": weekday,
    "named_day": named_day,
    "relative_day": relative_day,
    "month": month,
}
