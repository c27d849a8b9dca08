"""Stretches from one day, weekday or month to another, and days of a list: the rules that name them."""

from dataclasses import replace
from datetime import timedelta

from truceline.model.when import Basis, TimexType
from truceline.read.times_anchors import direction_word, drafted, full_year
from truceline.read.times_calendar import Stretch, day_stretch, month_stretch, parse_day, part_stretch
from truceline.read.times_dates import month_near
from truceline.read.times_days import build_day, dated, unplaced, weekday_meant
from truceline.read.times_grammar import Context, Draft, Found, Rule
from truceline.read.times_mistakes import impossible
from truceline.read.times_shapes import DAY, MONTH, YEAR_END
from truceline.read.times_words import Token


def build_range(found: Found, context: Context) -> Draft | None:
    """'5-6 May', 'the night of 6-7 May', '27 February to 3 March 2016': one interval."""
    last = dated(found, context)
    if last is None:
        return impossible(found) or (unplaced(found) if context.today is None else None)
    month = found.get("from_month", "month") or last.day.month
    year = found.get("from_year", "year") or last.day.year - (month > last.day.month)
    first = parse_day(year, month, found.get("from", "day", "oday"))
    if first is None or first.day >= last.day:
        return None
    basis = Basis.STATED if found.has("year") else Basis.RELATIVE
    if found.has("part"):
        return drafted(part_stretch(first.day, found.get("part")), found, basis)
    return _from_to(first, last, basis)


def _from_to(first: Stretch, last: Stretch, basis: Basis) -> Draft:
    return Draft(
        type=TimexType.DATE,
        value=f"{first.value}/{last.value}",
        stretch=last,
        start=first.start,
        end=last.end,
        basis=basis,
    )


def build_weekdays(found: Found, context: Context) -> Draft | None:
    """'Monday to Thursday': the last day is meant as it would be alone, the first is the nearest before it."""
    if context.today is None:
        return None
    last = weekday_meant(found, context.today)
    gap = (found.get("weekday") - found.get("from", "weekday")) % 7
    first = last - timedelta(days=gap)
    if found.has("part"):
        return drafted(part_stretch(first, found.get("part")), found, Basis.RELATIVE) if gap == 1 else None
    return _from_to(day_stretch(first), day_stretch(last), Basis.RELATIVE) if gap else None


def build_months(found: Found, context: Context) -> Draft | None:
    """'March to May 2015', 'November to January'."""
    month, first_month = found.get("month"), found.get("from_month", "month")
    if found.has("year"):
        year = full_year(found, context)
        basis = Basis.STATED
    elif context.today is not None:
        year = month_near(month, found, context.today).day.year
        basis = Basis.RELATIVE
    else:
        return None
    first_year = found.get("from_year", "year") or year - (first_month > month)
    first, last = month_stretch(first_year, first_month), month_stretch(year, month)
    return _from_to(first, last, basis) if first.start < last.start else None


def build_listed(found: Found, context: Context) -> Draft | None:
    """'The 5th' of 'the 5th and 6th of May': a day whose month is told with the last of them."""
    before = found.before()
    led = found.has("the") or (before is not None and _leads(before, found.before(2)))
    if not led or (before is not None and before.text == "between"):
        return None
    stretch = dated(found, context)
    if stretch is None:
        return impossible(found) or unplaced(found)
    return drafted(stretch, found, Basis.STATED if found.has("year") else Basis.RELATIVE)


def _leads(before: Token, farther: Token | None) -> bool:
    """A preposition, or the comma after another day."""
    if "comma" in before.meanings:
        return farther is not None and not {"day", "oday"}.isdisjoint(farther.meanings)
    return not {"on", "of", "dating"}.isdisjoint(before.meanings)


def build_listed_after(found: Found, context: Context) -> Draft | None:
    """'25' of 'April 24 and 25': a day whose month was told with the first of them."""
    month, after = _month_before(found), found.after()
    number = found.groups["day"][0]
    if month is None or context.offset + number.start in context.counts:
        return None
    if after is not None and not after.meanings and after.text.isalpha():
        return None  # 'on 5 May and 12 people'
    return build_listed(replace(found, groups={**found.groups, "month": [month], "the": [number]}), context)


def _month_before(found: Found) -> Token | None:
    """The month of 'April 24' or 'April 24, 25' that goes before."""
    at, days = found.first - 1, 0
    while at >= 0 and not {"day", "oday", "comma"}.isdisjoint(found.tokens[at].meanings):
        days += "comma" not in found.tokens[at].meanings
        at -= 1
    return found.tokens[at] if days and at >= 0 and "month" in found.tokens[at].meanings else None


def build_night_before(found: Found, context: Context) -> Draft | None:
    """'В ночь на 7 мая': the night that leads to that day."""
    draft = build_day(found, context)
    if draft is None or draft.stretch is None or direction_word(found) is not None:
        return draft
    night = part_stretch(draft.stretch.day - timedelta(days=1), found.get("part"))
    return drafted(night, found, draft.basis)


TO = "(?:-|<upto>)"
OR = "(?:-|<upto>|<either>)"  # '5 or 6 May' is a stretch within which it was
PART = "(?:<the>?part=<part>(?:<of>|<in>)?)?"
RULES = (
    Rule(
        name="days of a month",
        shape=f"{PART} <the>?from=<day|oday> {OR} <the>?day=<day|oday> <of>? {MONTH.format(1)} {YEAR_END.format(1)}",
        build=build_range,
    ),
    Rule(
        name="between days of a month",
        shape=f"<between> <the>?from=<day|oday> <both> <the>?day=<day|oday> <of>?"
        f"{MONTH.format(1)} {YEAR_END.format(1)}",
        build=build_range,
        trim=1,
    ),
    Rule(
        name="month and days",
        shape=f"{PART} {MONTH.format(1)} from=<day|oday> {OR} day=<day|oday> {YEAR_END.format(1)}",
        build=build_range,
    ),
    Rule(
        name="days of two months",
        shape=f"{PART} <the>?from=<day|oday> <of>?from_month=<month> (?:,?from_year=<year>)? {TO} <the>?day=<day|oday>"
        f" <of>?{MONTH.format(1)} {YEAR_END.format(1)}",
        build=build_range,
    ),
    Rule(
        name="between days of two months",
        shape=f"<between> <the>?from=<day|oday> <of>?from_month=<month> <both> <the>?day=<day|oday> <of>?"
        f"{MONTH.format(1)} {YEAR_END.format(1)}",
        build=build_range,
        trim=1,
    ),
    Rule(
        name="two months with days",
        shape=f"{PART} from_month=<month> from=<day|oday> (?:,?from_year=<year>)? {TO} {MONTH.format(1)} day=<day|oday>"
        f" {YEAR_END.format(1)}",
        build=build_range,
    ),
    Rule(name="weekdays to", shape=f"{PART} from=<weekday> {TO} weekday=<weekday>", build=build_weekdays),
    Rule(
        name="night between two days",
        shape="<the>? part=<part> <between> from=<weekday> <both> weekday=<weekday>",
        build=build_weekdays,
    ),
    Rule(
        name="night before a weekday",
        shape="part=<part> <since> from=<weekday> <onto> weekday=<weekday>",
        build=build_weekdays,
    ),
    Rule(
        name="night between two days of a month",
        shape="<the>? part=<part> <between> <the>?from=<day|oday> <both> <the>?day=<day|oday> <of>?"
        f"{MONTH.format(1)} {YEAR_END.format(1)}",
        build=build_range,
    ),
    Rule(
        name="months to",
        shape=f"from_month=<month> (?:<of>?from_year=<year>)? {TO} month=<month> (?:,?<of>?year=<year|short_year>)?",
        build=build_months,
    ),
    Rule(
        name="day of a list",
        shape="the=<the>? day=<day|oday>"
        f"(?=(?:,<the>?<day|oday>)*,?<both><the>?<day|oday><of>?{MONTH.format(1)}{YEAR_END.format(1)})",
        build=build_listed,
    ),
    Rule(
        name="next day of a list",
        shape=f"(?:<both>|,(?=<day|oday>(?:,<day|oday>)*,?<both><day|oday>)) day=<day|oday> {YEAR_END.format(1)}",
        build=build_listed_after,
        trim=1,
    ),
    Rule(name="night before", shape=f"<the>? part=<part> <onto> {DAY}", build=build_night_before),
    Rule(
        name="night between days",
        shape=f"part=<part> <since> from=<day|oday> <onto> day=<day|oday> {MONTH.format(1)} {YEAR_END.format(1)}",
        build=build_range,
    ),
)
