"""Words of time in a statement about a trend, and the local days they mean.

Only what such statements are made with; the head of tests/cases/watch/trends.txt has the conventions. Days that the
words leave open are None.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from truceline.kit.numerals import NUMERAL, parse_numeral
from truceline.model.trend import Days

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
FEW_DAYS, FEW_WEEKS, FEW_MONTHS, FEW_YEARS = 3, 3, 3, 3


class Role(StrEnum):
    """What a stretch is to the statement: REACH goes back from the day told, CALENDAR is a named one, DAY one day."""

    SINCE = "since"
    REACH = "reach"
    CALENDAR = "calendar"
    DAY = "day"
    ROW = "days in a row"
    PAUSE = "pause"
    BEFORE = "the equal stretch before"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """A time expression, its offsets, its role and its days; `length` in days of a stretch without fixed days."""

    start: int
    end: int
    role: Role
    days: Days | None
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What words of time are counted from: the local day of publication and the truce, where there is one."""

    today: date
    truce: date | None = None


_UNIT = r"(?:hour|day|night|week|month|year)s?"
_SMALL = rf"(?:{NUMERAL}|an?(?: (?:full|whole))?|few|several|a few|(?:a )?couple(?: of)?)"
_ROUGH = r"(?:more than |over |nearly |almost |at least |about |around |some |roughly |close to |just |only |the |a full |an? )*"
_LENGTH = rf"(?P<n>{_SMALL})[ -](?:full |whole |calm |quiet )?(?P<u>{_UNIT})"
_DAY_NAME = rf"(?:{'|'.join(day.title() for day in WEEKDAYS)})"
_PART = r"(?:(?:'s|’s)?(?: (?:morning|noon|afternoon|evening|night))?)"
_MONTH_NAME = rf"(?:{'|'.join(month.title() for month in MONTHS)})"
_DATE = rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{_MONTH_NAME})|(?P<m2>{_MONTH_NAME}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))(?:,? (?P<y>\d{{4}}))?"
_TRUCE = (
    r"(?:the )?(?:truce|cease-?fire|cessation of hostilities|calm)(?: (?:took hold|took effect|began|came into (?:force|effect)"
    r"|entered into force|went into effect|started|was (?:declared|agreed|announced)))?"
)
_BOUNDARY = rf"(?P<edge>start|beginning|middle|end) of (?:(?:the|this) (?P<edge_unit>week|month|year)|(?P<edge_month>{_MONTH_NAME}))"


def find_times(sentence: str, clock: Clock) -> list[TimeWords]:
    """The time expressions of a sentence in order, none overlapping another."""
    found: list[TimeWords] = []
    for pattern, read in RULES:
        for match in pattern.finditer(sentence):
            if any(each.start < match.end() and match.start() < each.end for each in found):
                continue
            words = read(match, clock)
            if words is not None:
                found.append(words)
    return sorted(found, key=lambda each: each.start)


def last_weekday(name: str, today: date) -> date:
    """The last such day, `today` included."""
    return today - timedelta(days=(today.weekday() - WEEKDAYS.index(name.casefold())) % 7)


def month_days(name: str, today: date) -> Days:
    """The last such month that has begun."""
    number = MONTHS.index(name.casefold()) + 1
    year = today.year if number <= today.month else today.year - 1
    return Days(first=date(year, number, 1), last=end_of_month(date(year, number, 1)))


def end_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def months_back(day: date, count: int) -> date:
    """The same day so many months earlier, the last of the month where that has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, end_of_month(first).day))


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
            first = months_back(last, count)
        case "year":
            first = months_back(last, 12 * count)
        case _:
            first = last - timedelta(days=count - 1)
    return Days(first=first, last=last)


def parse_count(number: str, kind: str) -> int:
    folded = number.casefold().strip()
    if "couple" in folded:
        return 2
    if folded in {"few", "several", "a few", ""}:
        return {"week": FEW_WEEKS, "month": FEW_MONTHS, "year": FEW_YEARS}.get(kind, FEW_DAYS)
    if folded == "a" or folded.startswith(("a ", "an")):
        return 1
    return parse_numeral(folded) or 1


def read_date(match: re.Match[str], today: date) -> date | None:
    """A day and month, of the last year in which they have come; None where no such day is."""
    day, month = match["d"] or match["d2"], match["m"] or match["m2"]
    number = MONTHS.index(month.casefold()) + 1
    year = int(match["y"]) if match["y"] else today.year
    try:
        found = date(year, number, int(day))
        return found if match["y"] or found <= today else found.replace(year=year - 1)
    except ValueError:
        return None


def words_of(match: re.Match[str], role: Role, days: Days | None, length: int | None = None) -> TimeWords:
    return TimeWords(start=match.start(), end=match.end(), role=role, days=days, length=length)


def since(match: re.Match[str], clock: Clock) -> TimeWords | None:
    """Since a day, a month, the truce: up to the day of publication."""
    first = since_first(match, clock)
    if first is not None and first > clock.today:
        return None
    return words_of(match, Role.SINCE, None if first is None else Days(first=first, last=clock.today))


def since_first(match: re.Match[str], clock: Clock) -> date | None:
    today, groups = clock.today, match.groupdict()
    if groups["weekday"]:
        day = last_weekday(groups["weekday"], today)
        return day
    if groups["d"] or groups["d2"]:
        return read_date(match, today)
    if groups["edge"]:
        return edge_day(groups, today)
    if groups["last"]:
        return last_calendar(groups["last"], today).first
    if groups["month"]:
        first = month_days(groups["month"], today).first
        return first.replace(year=int(groups["month_year"])) if groups["month_year"] else first
    if groups["year"]:
        return date(int(groups["year"]), 1, 1)
    if groups["yesterday"]:
        return today - timedelta(days=1)
    return clock.truce if groups["truce"] else None


def edge_day(groups: dict[str, str | None], today: date) -> date:
    stretch = (
        month_days(groups["edge_month"], today)
        if groups["edge_month"]
        else this_calendar(str(groups["edge_unit"]), today)
    )
    assert stretch.last is not None
    match groups["edge"]:
        case "end":
            return stretch.last
        case "middle":
            return stretch.first + (stretch.last - stretch.first) // 2
        case _:
            return stretch.first


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
        return Days(first=today - timedelta(days=1), last=today - timedelta(days=1))
    last = this_calendar(unit, today).first - timedelta(days=1)
    return Days(first=this_calendar(unit, last).first, last=last)


def row(match: re.Match[str], clock: Clock) -> TimeWords:
    """Days in a row, that end with the day of publication unless another is told."""
    days = reach_back(match["n"], match["u"], clock.today)
    return words_of(match, Role.ROW, days, length(days))


def pause(match: re.Match[str], clock: Clock) -> TimeWords:
    """A pause that ended on the day before publication, unless another day is told."""
    kind = match["u"].casefold().removesuffix("s")
    eve = clock.today - timedelta(days=1)
    count = parse_count(match["n"], kind)
    days = (
        Days(first=clock.today - timedelta(days=1 + ceil(count / 24)), last=eve)
        if kind == "hour"
        else reach_back(match["n"], kind, eve)
    )
    return words_of(match, Role.PAUSE, days, length(days))


def reach(match: re.Match[str], clock: Clock) -> TimeWords:
    return words_of(match, Role.REACH, reach_back(match.groupdict().get("n") or "few", match["u"], clock.today))


def before(match: re.Match[str], _clock: Clock) -> TimeWords:
    return words_of(match, Role.BEFORE, None)


def this_unit(match: re.Match[str], clock: Clock) -> TimeWords:
    return words_of(match, Role.CALENDAR, this_calendar(match["u"].casefold(), clock.today))


def last_unit(match: re.Match[str], clock: Clock) -> TimeWords:
    role = Role.DAY if match["u"].casefold() == "night" else Role.CALENDAR
    return words_of(match, role, last_calendar(match["u"].casefold(), clock.today))


def between(match: re.Match[str], clock: Clock) -> TimeWords:
    last = last_weekday(match["to"], clock.today)
    return words_of(match, Role.CALENDAR, Days(first=last_weekday(match["from"], last), last=last))


def weekday(match: re.Match[str], clock: Clock) -> TimeWords:
    day = last_weekday(match["weekday"], clock.today)
    return words_of(match, Role.DAY, Days(first=day, last=day))


def named_day(match: re.Match[str], clock: Clock) -> TimeWords | None:
    day = read_date(match, clock.today)
    return None if day is None else words_of(match, Role.DAY, Days(first=day, last=day))


def relative_day(match: re.Match[str], clock: Clock) -> TimeWords:
    words = match[0].casefold()
    first = clock.today - timedelta(days=1 if words in {"yesterday", "overnight"} else 0)
    last = first if words == "yesterday" else clock.today
    return words_of(match, Role.DAY, Days(first=first, last=last))


def month(match: re.Match[str], clock: Clock) -> TimeWords:
    days = month_days(match["month"], clock.today)
    if match["month_year"]:
        first = days.first.replace(year=int(match["month_year"]))
        days = Days(first=first, last=end_of_month(first))
    assert days.last is not None
    return words_of(match, Role.CALENDAR, Days(first=days.first, last=min(days.last, clock.today)))


def length(days: Days) -> int:
    assert days.last is not None
    return (days.last - days.first).days + 1


def _rule(
    words: str, read: Callable[[re.Match[str], Clock], TimeWords | None], *, cased: bool = False
) -> tuple[re.Pattern[str], Callable[[re.Match[str], Clock], TimeWords | None]]:
    return re.compile(words, 0 if cased else re.IGNORECASE), read


def _rules() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], Clock], TimeWords | None]]]:
    """Time expressions, the longer before those that may stand in them."""
    yield _rule(
        rf"\b[Ss]ince (?:(?:late|early|mid-?|last|on|around|the (?:night|morning|evening) of|this past) ?)?(?:(?P<weekday>{_DAY_NAME}){_PART}|{_DATE}"
        rf"|(?:the )?{_BOUNDARY}|(?:last )?(?P<last>week|month|year|night)\b|(?P<month>{_MONTH_NAME})(?: (?P<month_year>\d{{4}}))?"
        rf"|(?P<year>(?:19|20)\d\d)\b|(?P<yesterday>yesterday)|(?P<truce>{_TRUCE})"
        r"|the (?:start|beginning|outbreak) of the (?:war|conflict|crisis|uprising)|the (?:summer|winter|spring|autumn))",
        since,
        cased=True,
    )
    yield _rule(rf"\b(?:for )?(?:the |an? )?(?P<nth>{'|'.join(NTH)}|\d+(?:st|nd|rd|th)) (?:(?:consecutive|straight|successive) (?P<u>day|night|week)|(?P<u2>day|night|week) (?:in a row|running))\b", _nth_row)
    yield _rule(rf"\b(?:for )?(?P<n>{NUMERAL}) (?:consecutive |straight |successive )?(?P<u>days|nights|weeks) (?:in a row|running|straight)\b", row)
    yield _rule(rf"\b(?:for )?(?P<n>{NUMERAL}) (?:consecutive|straight|successive) (?P<u>days|nights|weeks)\b", row)
    yield _rule(rf"\b(?:after|following|ending|broke|breaking|ended) {_ROUGH}(?:(?:brief |short )?(?:break|pause|lull|calm|truce|halt|respite|quiet|suspension) of {_ROUGH})?{_LENGTH}(?: of)?\b", pause)
    yield _rule(rf"\b(?:for|in) (?:its |the |an? )(?P<nth>{'|'.join(NTH)}) (?P<u>day|night|week)(?! of)\b", _running_day)
    yield _rule(rf"\b(?:the )?(?:previous {_UNIT}|{NUMERAL} {_UNIT} (?:before|earlier)|previous {NUMERAL} {_UNIT}|(?:week|month|day|year)s? before(?! yesterday))\b", before)
    yield _rule(rf"\b(?:(?:over|in|during|within|for) )?(?:the )?(?:last|past) {_LENGTH}\b", reach)
    yield _rule(rf"\b(?:over|in|during|within|for) (?:the )(?:last|past) (?P<u>{_UNIT})\b", reach_one)
    yield _rule(rf"\b(?:the )?past (?P<u>{_UNIT})\b|\bthe last (?P<u2>days|weeks|months)\b", reach_one)
    yield _rule(r"\b(?:in |over |during |of )?(?:the )?recent (?P<u>days|weeks|months|years)\b", reach)
    yield _rule(r"\b(?:so far )?(?:this|of the|(?<=for )the whole of this) (?P<u>week|month|year)\b", this_unit)
    yield _rule(r"(?<!the )\b(?:the whole of |all of |all )?last (?P<u>week|month|year|night)\b(?:'s|’s)?", last_unit)
    yield _rule(rf"\b(?:between|from) (?P<from>{_DAY_NAME}) (?:and|to|through) (?P<to>{_DAY_NAME})\b", between)
    yield _rule(rf"\b(?:for|in|over|within|during) {_ROUGH}{_LENGTH}(?: now)?\b", reach)
    yield _rule(rf"\b{_LENGTH} (?:have|has|had) (?:now )?(?:passed|gone by)\b|\b(?:went|gone|spent|enjoyed|saw|seen) {_ROUGH}(?P<n2>{_SMALL}) (?:full |whole )?(?P<u2>{_UNIT})(?= without)", _passed)
    yield _rule(r"(?<!\w)in (?P<u>days|weeks|months|years)\b", reach)
    yield _rule(rf"\b(?:on )?{_DATE}", named_day, cased=True)
    yield _rule(rf"\b(?:[Oo]n |[Ll]ast )*(?P<weekday>{_DAY_NAME}){_PART}", weekday, cased=True)
    yield _rule(r"\b(?:yesterday|today|overnight|(?:since )?(?:last )?midnight|since (?:the )?(?:dawn|noon|morning))\b", relative_day)
    yield _rule(rf"(?<![Ss]ince )\b(?:[Ii]n |[Dd]uring )?(?P<month>{_MONTH_NAME})\b(?: (?P<month_year>(?:19|20)\d\d)\b)?", month, cased=True)


def reach_one(match: re.Match[str], clock: Clock) -> TimeWords:
    unit = match["u"] or match.groupdict().get("u2") or "day"
    number = "few" if unit.endswith("s") else "1"
    return words_of(match, Role.REACH, reach_back(number, unit, clock.today))


def _nth_row(match: re.Match[str], clock: Clock) -> TimeWords:
    nth = match["nth"].casefold()
    number = NTH.index(nth) + 1 if nth in NTH else int(re.sub(r"\D", "", nth))
    days = reach_back(str(number), match["u"] or match["u2"], clock.today)
    return words_of(match, Role.ROW, days, length(days))


def _running_day(match: re.Match[str], clock: Clock) -> TimeWords:
    """'For a third day': three days up to now, of what goes on."""
    return words_of(match, Role.REACH, reach_back(str(NTH.index(match["nth"].casefold()) + 1), match["u"], clock.today))


def _passed(match: re.Match[str], clock: Clock) -> TimeWords:
    return words_of(match, Role.REACH, reach_back(match["n"] or match["n2"], match["u"] or match["u2"], clock.today))


RULES = tuple(_rules())
