"""Lengths of time, how often, and times told by counting from another time."""

from datetime import datetime, time, timedelta
from typing import Any

from truceline.model.when import Basis, TimexType
from truceline.read.times_anchors import direction_word
from truceline.read.times_calendar import UNPLACED, Grain, Stretch, add_months, around
from truceline.read.times_grammar import NO_TIME, Context, Draft, Found, Rule

# Letters of ISO 8601 durations; a decade and a century are written in years, as TimeBank does.
_LETTERS = {
    "second": ("T", "S", 1),
    "minute": ("T", "M", 1),
    "hour": ("T", "H", 1),
    "day": ("", "D", 1),
    "week": ("", "W", 1),
    "weekend": ("", "WE", 1),
    "month": ("", "M", 1),
    "quarter": ("", "Q", 1),
    "year": ("", "Y", 1),
    "decade": ("", "Y", 10),
    "century": ("", "Y", 100),
}
_CLOCK_UNITS = frozenset({"second", "minute", "hour"})
# 'The last days' can be as long as the next longer unit, for which the speaker would have said that word.
_AT_MOST = {"second": 60, "minute": 60, "hour": 24, "day": 7, "week": 4, "month": 12, "quarter": 4, "year": 10}

COUNT = """(?:
    count1=(<num|numword>(?:-?<numword>)*)(?:(?:<and><a>)?half1=<fraction>|<and><a>?half6=<half>)?
  | half2=<half><a>? | a3=(<a><couple>?) | a4=<couple> | few5=(<a>?<few>)
)"""


def build_duration(found: Found, context: Context) -> Draft | None:
    """'Two years', 'a 48-hour', 'several days', 'an hour and a half'; a rate ('$10 a year') is a set."""
    count = parse_count(found)
    unit = found.get("unit", "unit", "units")
    if found.has("old"):
        return NO_TIME  # an age
    if (unit == "second" and found.has("a")) or (unit == "quarter" and not found.has("direction")):
        return None  # 'a second' man, 'three quarters' of it
    before = found.before()
    if found.has("a") and before is not None and {"num", "times", "numword"} & set(before.meanings):
        return Draft(type=TimexType.SET, value=duration_value(1, unit))
    word = "last" if found.has("recent") else direction_word(found)
    interval = anchored(count, unit, word, context) if word in {"last", "next"} else (None, None)
    return Draft(type=TimexType.DURATION, value=duration_value(count, unit), start=interval[0], end=interval[1])


def parse_count(found: Found) -> float | None:
    """How many; None for 'several' and for no number at all."""
    half = 0.5 if found.has("and_half") else 0.0
    if found.has("few"):
        return None
    if found.has("half") and not found.has("count"):
        return 0.5
    if found.has("a"):
        return (2.0 if any("couple" in token.meanings for token in found.groups["a"]) else 1.0) + half
    if not found.has("count"):
        return None
    fraction = (found.get("half", "fraction") or 0.5) if found.has("half") else 0.0
    return number_of([token.meanings for token in found.groups["count"]]) + fraction + half


def number_of(meanings: list[Any]) -> float:
    """The number that a run of number words and digits makes: 'two hundred', 'twenty-four', '3,5'."""
    total = current = 0.0
    for each in meanings:
        number = each.get("num", each.get("numword"))
        if number is None:
            continue
        if number == 100:
            current = max(current, 1) * 100
        elif number == 1000 and "numword" in each:
            total, current = total + max(current, 1) * 1000, 0.0
        else:
            current += number
    return total + current


def duration_value(count: float | None, unit: str) -> str:
    """ISO 8601, X for an unknown number; a half of an hour or minute is written in the smaller unit."""
    clock, letter, times = _LETTERS[unit]
    if count is None:
        return f"P{clock}X{letter}"
    count *= times
    if count != int(count) and clock and letter != "S":
        whole, smaller = int(count), round((count - int(count)) * 60)
        lesser = {"H": "M", "M": "S"}[letter]
        return f"P{clock}" + (f"{whole}{letter}" if whole else "") + f"{smaller}{lesser}"
    return f"P{clock}{count:g}{letter}"


def anchored(
    count: float | None, unit: str, word: str | None, context: Context
) -> tuple[datetime | None, datetime | None]:
    """The interval of 'the past 48 hours' or 'the next few days': it ends, or begins, with publication.

    Of a publication whose hour is unknown, hours count from every hour of its day.
    """
    if context.published is None:
        return None, None
    now = context.published
    step = (count or _AT_MOST.get(unit, 10)) * (-1 if word == "last" else 1)
    if context.has_hour:
        first = last = now
    else:
        first = datetime.combine(now.date(), time())
        last = first + timedelta(days=1)
        if unit not in _CLOCK_UNITS:
            first, last = (last, last) if word == "last" else (first, first)
    return (move(first, step, unit), last) if word == "last" else (first, move(last, step, unit))


def move(moment: datetime, count: float, unit: str) -> datetime:
    """So many units on from a moment, or back."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    if unit in months:
        return add_months(moment, round(count * months[unit]))
    days = {"weekend": 7.0, "week": 7.0, "day": 1.0, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}[unit]
    try:
        return moment + timedelta(days=count * days)
    except OverflowError:
        return moment


def build_vague(found: Found, context: Context) -> Draft | None:
    """'Recent weeks', 'the last days', 'for years': a length without a number."""
    unit = found.get("unit", "unit", "units")
    word = "last" if found.has("recent") else direction_word(found)
    interval = anchored(None, unit, word, context) if word in {"last", "next"} else (None, None)
    return Draft(type=TimexType.DURATION, value=duration_value(None, unit), start=interval[0], end=interval[1])


def build_past_unit(found: Found, context: Context) -> Draft | None:
    """'The past week', 'the last year': a length that ends now, unlike 'last week'."""
    unit = found.get("unit")
    start, end = anchored(1, unit, direction_word(found), context)
    return Draft(type=TimexType.DURATION, value=duration_value(1, unit), start=start, end=end)


def build_ago(found: Found, context: Context) -> Draft | None:
    """'Three days ago', 'a year ago': counted back from publication, as coarse as its unit."""
    count, unit = parse_count(found), found.get("unit", "unit", "units")
    if count is None:
        return Draft(type=TimexType.DATE, value="PAST_REF")
    if context.published is None:
        return Draft(type=TimexType.DATE, value=UNPLACED[_grain(unit)])
    if unit == "year" and count == 1 and context.reference is not None and context.reference.grain is Grain.QUARTER:
        return _told(context.reference.shift(-4), aside=True)  # figures compared: the same quarter a year before
    return _told(around(move(context.published, -count, unit), _grain(unit)), aside=unit == "year")


def build_shifted(found: Found, context: Context) -> Draft | None:
    """'Two weeks later', 'a year earlier': counted from the time last spoken of."""
    count, unit = parse_count(found), found.get("unit", "unit", "units")
    origin = context.reference
    if count is None:
        return None
    if context.published is None:
        return Draft(type=TimexType.DATE, value=UNPLACED[_grain(unit)])
    step = -count if found.has("back") else count
    if origin is None or (step < 0 and unit == "year" and origin.grain is Grain.DAY):
        origin = around(context.published, Grain.YEAR if unit == "year" else Grain.DAY)
    if unit == "year" and origin.grain in {Grain.QUARTER, Grain.MONTH}:
        return _told(origin.shift(round(step) * (4 if origin.grain is Grain.QUARTER else 12)), aside=True)
    grain = Grain.DAY if unit == "week" and origin.grain is Grain.DAY else _grain(unit)
    return _told(around(move(origin.start, step, unit), grain), aside=unit == "year")


def _grain(unit: str) -> Grain:
    return Grain.MINUTE if unit in {"hour", "minute"} else Grain(unit)


def _told(stretch: Stretch, *, aside: bool = False) -> Draft:
    kind = TimexType.TIME if stretch.grain is Grain.MINUTE else TimexType.DATE
    return Draft(type=kind, value=stretch.value, stretch=stretch, start=stretch.start, end=stretch.end, aside=aside)


def build_year_ago(found: Found, context: Context) -> Draft | None:
    """'The year-earlier quarter', 'year-ago': the time last spoken of, a year before."""
    if context.published is None:
        return None
    origin = context.reference
    if found.has("nth"):
        start = add_months(around(context.published, Grain.YEAR).start, 3 * (found.get("nth", "ord") - 1))
        origin = around(start, Grain.QUARTER)
    if origin is None or origin.grain not in {Grain.QUARTER, Grain.MONTH}:
        origin = around(context.published, Grain.QUARTER if found.has("quarter") else Grain.YEAR)
        origin = origin.shift(-1) if found.has("quarter") else origin
    return _told(origin.shift({Grain.QUARTER: -4, Grain.MONTH: -12}.get(origin.grain, -1)), aside=True)


def build_set(found: Found, _: Context) -> Draft | None:
    """'Daily', 'every Friday', 'each July', 'every two weeks', 'Tuesday nights'."""
    if found.has("set"):
        value = found.get("set")
    elif found.has("weekday"):
        code = found.get("part", "part", "parts")
        value = f"XXXX-WXX-{found.get('weekday', 'weekday', 'weekdays')}" + (f"T{code}" if code else "")
    elif found.has("month"):
        value = f"XXXX-{found.get('month'):02}"
    elif found.has("season"):
        value = f"XXXX-{found.get('season', 'season', 'seasons')}"
    elif found.has("part"):
        value = f"XXXX-XX-XXT{found.get('part', 'part', 'parts')}"
    else:
        count = 2.0 if found.has("other") else parse_count(found) or 1.0
        value = duration_value(count, found.get("unit", "unit", "units"))
    return Draft(type=TimexType.SET, value=value, basis=Basis.STATED)


def build_ref(found: Found, _: Context) -> Draft | None:
    after = found.after()
    if found.tokens[found.last - 1].text.endswith("future") and after is not None and after.text == "of":
        return None  # 'the future of Syria' is no time
    return Draft(type=TimexType.DATE, value=found.get("ref"))


def build_the_past(found: Found, _: Context) -> Draft | None:
    """'In the past', where nothing follows that the past is counted in."""
    after = found.after()
    if found.tokens[found.last - 1].text != "past" or (after is not None and after.text.isalpha()):
        return None
    return Draft(type=TimexType.DATE, value="PAST_REF")


def build_bare_unit(found: Found, _: Context) -> Draft | None:
    """'For the year', 'the fiscal year': a year as a length."""
    return Draft(type=TimexType.DURATION, value=duration_value(1, found.get("unit")))


ABOUT = "<about>{0,2}"
RULES = (
    Rule(
        name="duration",
        shape=f"(?:{ABOUT}|<about>?<the>?<ord>?direction=<last|next>?) {COUNT} -? <more|fiscal>? unit=<unit|units>"
        "old=(-?<old>)? and_half=(<and><a><half>)?",
        build=build_duration,
    ),
    Rule(
        name="duration of a direction",
        shape=f"{ABOUT}<the>?(?:direction=<last|next>|recent=<recent|latest>) {COUNT} unit=<unit|units>",
        build=build_duration,
    ),
    Rule(name="ago", shape=f"{ABOUT}{COUNT} -? unit=<unit|units> <ago>", build=build_ago),
    Rule(
        name="counted",
        shape=f"{ABOUT}{COUNT} <more>? unit=<unit|units> (?:back=<shift_back>|<shift_on>)",
        build=build_shifted,
    ),
    Rule(name="vague", shape="<the>?(?:recent=<recent|latest>|<last|next>) unit=<units>", build=build_vague),
    Rule(name="for years", shape="<for> unit=<units>", build=build_vague, trim=1),
    Rule(
        name="the past week",
        shape="<the><last>unit=<u_hour|u_day|u_week|u_month|u_year|u_decade|u_century>",
        build=build_past_unit,
    ),
    Rule(
        name="year ago",
        shape="<the>?<year_ago>-?(?:<period>|<fiscal>?nth=<ord>?-?quarter=<u_quarter>)?",
        build=build_year_ago,
    ),
    Rule(name="set", shape="set=<set>", build=build_set),
    Rule(
        name="every",
        shape="<each> (?:weekday=<weekday> part1=<part>? | month=<month> | season=<season> | part2=<part>"
        f" | other=<other>? unit3=<unit> | {COUNT} unit=<units>)",
        build=build_set,
    ),
    Rule(name="per", shape="<per>unit=<unit>", build=build_set),
    Rule(
        name="weekdays", shape="weekday=<weekdays> part=<part|parts>?|weekday2=<weekday>part2=<parts>", build=build_set
    ),
    Rule(name="reference", shape="ref=<ref>", build=build_ref),
    Rule(name="the past", shape="<the><last>", build=build_the_past),
    Rule(name="fiscal year", shape="<the><fiscal>unit=<u_year>", build=build_bare_unit),
)
