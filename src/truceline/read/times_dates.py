"""Dates and hours: the rules that name a stretch of the calendar."""

from datetime import date, datetime, time, timedelta
from typing import Any

from truceline.model.when import Basis, TimexType
from truceline.read.times_calendar import (
    PART_HOURS,
    SEASON_MONTHS,
    Grain,
    Stretch,
    add_months,
    around,
    clock_stretch,
    day_stretch,
    month_stretch,
    parse_day,
    part_stretch,
    season_stretch,
    year_stretch,
)
from truceline.read.times_grammar import Context, Draft, Found, Rule
from truceline.read.times_words import lexicon

# How much further off a coming month may lie than a past one before the past is meant after all.
FUTURE_PENALTY = 2.0
_FAR_TOKENS = 14  # how far from a date a word still decides between past and future
_TOWARDS = {"last": -1, "this": 0, "next": 1}
_THIRDS = {"early": 0, "earlier": 0, "mid": 1, "late": 2}

# --- the day itself -------------------------------------------------------------------------------------------

MOD = "(?:mod=<early|mid|late|earlier>-?<the>?)?"
DAY = """(?:
    (?:weekday1=<weekday>,?<the>?)? day1=<day|oday> <of>? month1=<month> (?:,?<of>? year1=<year|short_year>)?
  | (?:weekday2=<weekday>,?<on>?)? month2=<month> <the>? day2=<day|oday> (?:,?year2=<year|short_year>)?
  | <the>? <last|this|next>{0,2} weekday3=<weekday>
  | dayword4=<dayword>
  | iso5=<iso>
  | numeric6=<numeric>
  | <the>? <last|this|next|that> <u_day>
)"""
CLOCK = "clock8=<clock|hour|hhmm|clockword> ampm8=<ampm>? <oclock>? zone8=<zone>? local8=<local>?"


def build_day(found: Found, context: Context) -> Draft | None:
    """A day, a part of one, or an hour of one."""
    stretch, basis = _day(found, context)
    if stretch is None:
        return _unplaced(found)
    if found.has("part"):
        stretch = part_stretch(stretch.day, found.get("part"))
    if found.has("clock"):
        return _at(found, stretch.day, basis)
    return _drafted(stretch, found, basis)


def _day(found: Found, context: Context) -> tuple[Stretch | None, Basis]:
    if found.has("iso"):
        return _iso(found.get("iso")), Basis.STATED
    if found.has("numeric"):
        return _numeric(found.get("numeric"), context), Basis.STATED
    if found.has("month"):
        basis = Basis.STATED if found.has("year") else Basis.RELATIVE
        return _dated(found, context), basis
    return _relative_day(found, context), Basis.RELATIVE


def _relative_day(found: Found, context: Context) -> Stretch | None:
    today = context.today
    if today is None:
        return None
    if found.has("weekday"):
        return day_stretch(_weekday(found, today))
    if found.has("dayword"):
        days, _, code = found.get("dayword").partition(":")
        day = today + timedelta(days=int(days))
        return part_stretch(day, code) if code else day_stretch(day)
    # 'the next day', 'that day': counted from the day last spoken of; 'this day' from today.
    word = _direction_word(found)
    reference = today if context.reference is None or word == "this" else context.reference.day
    return day_stretch(reference + timedelta(days=_TOWARDS[word] if word else 0))


def _weekday(found: Found, today: date) -> date:
    """Backwards from publication, the day itself included; forwards where the words look ahead."""
    gap = found.get("weekday") - today.isoweekday()
    match _direction_word(found):
        case "last":
            return today + timedelta(days=gap % -7 or -7)
        case "next":
            return today + timedelta(days=gap % 7 or 7)
        case "this":
            return today + timedelta(days=gap % 7)
        case _:
            return today + timedelta(days=gap % 7 if looks_ahead(found) else gap % -7)


def _direction_word(found: Found) -> str | None:
    """'last', 'this' or 'next'; in 'this past Friday' and 'this coming Sunday' the second word decides."""
    said = [name for token in found.tokens[found.first : found.last] for name in _TOWARDS if name in token.meanings]
    return said[-1] if said else None


def looks_ahead(found: Found) -> bool | None:
    """Whether the nearest telling word of the sentence puts the time ahead; None where no word tells."""
    known = lexicon()
    best: tuple[int, bool] | None = None
    for step, start in ((-1, found.first - 1), (1, found.last)):
        for distance in range(_FAR_TOKENS):
            at = start + step * distance
            if not 0 <= at < len(found.tokens) or "break" in found.tokens[at].meanings:
                break
            text = found.tokens[at].text
            if text in known.future or text in known.past or (len(text) > 4 and text.endswith("ed")):
                if best is None or distance < best[0]:
                    best = (distance, text in known.future)
                break
    return None if best is None else best[1]


def _dated(found: Found, context: Context) -> Stretch | None:
    month, day = found.get("month"), found.get("day", "day", "oday")
    if found.has("year"):
        return parse_day(_full_year(found, context), month, day)
    if context.today is None:
        return None
    years = (context.today.year + offset for offset in (-1, 0, 1))
    choices = [each for year in years if (each := parse_day(year, month, day)) is not None]
    return _nearest(choices, found, context.today)


def _nearest(choices: list[Stretch], found: Found, today: date) -> Stretch | None:
    """The nearest one; a coming one has to be clearly nearer unless the words look ahead."""
    ahead = looks_ahead(found)

    def distance(choice: Stretch) -> float:
        days = (choice.day - today).days
        if days <= 0:
            return -days * (FUTURE_PENALTY if ahead else 1.0)
        return days * (1.0 if ahead else FUTURE_PENALTY if ahead is None else 2 * FUTURE_PENALTY)

    return min(choices, key=distance, default=None)


def _full_year(found: Found, context: Context) -> int:
    year = found.get("year", "year", "short_year")
    return year if isinstance(year, int) else whole_year(int(year[1:]), context)


def whole_year(two_digits: int, context: Context) -> int:
    """The year meant by two digits: the latest that is not over ten years ahead of publication."""
    latest = (context.published.year if context.published is not None else 2030) + 10
    return latest - (latest - two_digits) % 100


def _iso(written: str) -> Stretch | None:
    day = parse_day(*map(int, written[:10].split("-")))
    if day is None or len(written) == 10:
        return day
    moment = datetime.fromisoformat(written.replace(" ", "T"))
    grain = Grain.SECOND if written[16:17] == ":" else Grain.MINUTE
    return Stretch(grain=grain, start=moment.replace(tzinfo=None, microsecond=0))


def _numeric(written: str, context: Context) -> Stretch | None:
    """'13/5/2016', '5.13.16': what is possible; where both orders are, the nearer day before publication."""
    first, second, last = map(int, written.replace("-", "/").replace(".", "/").split("/"))
    year = last if last > 99 else whole_year(last, context)
    choices = [parse_day(year, second, first), parse_day(year, first, second)]
    possible = [each for each in choices if each is not None]
    if len(possible) == 2 and context.today is not None and "." not in written:
        today = context.today
        return min(possible, key=lambda each: (each.day > today, abs((each.day - today).days)))
    return possible[0] if possible else None


def _unplaced(found: Found) -> Draft | None:
    """A time that cannot be placed, the unknown parts of its value written as X."""
    if found.has("month") and not found.has("year"):
        value = f"XXXX-{found.get('month'):02}-{found.get('day', 'day', 'oday'):02}"
    elif found.has("weekday"):
        value = f"XXXX-WXX-{found.get('weekday')}"
    elif found.has("dayword"):
        value = "XXXX-XX-XX"
    else:
        return None
    code = found.get("part") or (found.get("dayword") or "").partition(":")[2]
    return Draft(type=TimexType.TIME if code else TimexType.DATE, value=f"{value}T{code}" if code else value)


def _at(found: Found, day: date, basis: Basis) -> Draft | None:
    """An hour of a day; None where a bare number is no hour."""
    read = parse_clock(found)
    if read is None:
        return None
    hour, minute = read
    stretch = clock_stretch(day, hour, minute)
    value = f"{day}T{hour:02}" + ("" if minute is None else f":{minute:02}")
    return Draft(
        type=TimexType.TIME, value=value, stretch=stretch, basis=basis, offset_hours=found.get("zone"),
    )


def parse_clock(found: Found) -> tuple[int, int | None] | None:
    """Hour and minute as on a clock of 24 hours; 24:00 stays so."""
    word, written = found.get("clock", "clockword"), found.get("clock", "clock", "hhmm")
    if word is not None:
        return word, 0
    if written is None:
        hour, minute = found.get("clock", "hour"), None
    else:
        plain = written.replace(":", "").zfill(4)
        hour, minute = int(plain[:2]), int(plain[2:4])
    if found.has("ampm"):
        return (hour % 12 + (12 if found.get("ampm")[0] in "pP" else 0), minute) if 0 < hour <= 12 else None
    if found.has("part") and hour <= 12:
        return hour % 12 + (12 if PART_HOURS[found.get("part")][0] >= 11 and hour % 12 else 0), minute
    return (hour, minute) if written is not None and hour <= 24 and (minute or 0) < 60 else None


def _drafted(stretch: Stretch, found: Found, basis: Basis) -> Draft:
    kind = TimexType.TIME if stretch.grain in {Grain.PART, Grain.HOUR, Grain.MINUTE, Grain.SECOND} else TimexType.DATE
    start, end = narrowed(stretch, found)
    iso = found.get("iso")
    offset = datetime.fromisoformat(iso.replace(" ", "T")).utcoffset() if iso else None
    value = iso.replace(" ", "T") if iso else stretch.value
    hours = None if offset is None else offset.total_seconds() / 3600
    return Draft(type=kind, value=value, stretch=stretch, start=start, end=end, basis=basis, offset_hours=hours)


def narrowed(stretch: Stretch, found: Found) -> tuple[datetime, datetime]:
    """The first, middle or last third of a stretch where 'early', 'mid' or 'late' say so."""
    name = found.get("mod", *_THIRDS) and next(each for each in _THIRDS if found.get("mod", each) is not None)
    if not name:
        return stretch.start, stretch.end
    third = (stretch.end - stretch.start) / 3
    start = stretch.start + third * _THIRDS[name]
    return start, start + third


# --- hours and parts of a day by themselves ---------------------------------------------------------------------


def build_clock(found: Found, context: Context) -> Draft | None:
    """An hour without a day: of the day last spoken of in days, else of the day of publication."""
    if parse_clock(found) is None or not _is_hour(found):
        return None
    day = _day_in_hand(context)
    return None if day is None else _at(found, day, Basis.RELATIVE)


def _is_hour(found: Found) -> bool:
    """Digits alone need a sign that they are an hour: am/pm, a zone, a word before them."""
    before = found.before()
    told = before is not None and ("in" in before.meanings or "on" in before.meanings or "about" in before.meanings)
    signed = any(found.has(sign) for sign in ("ampm", "zone", "local", "part"))
    return signed or found.get("clock", "clockword") is not None or (found.get("clock", "clock") is not None and told)


def _day_in_hand(context: Context) -> date | None:
    reference = context.reference
    if reference is not None and reference.grain in {Grain.DAY, Grain.PART, Grain.HOUR, Grain.MINUTE}:
        return reference.day
    return context.today


def build_part(found: Found, context: Context) -> Draft | None:
    """'This morning', 'last night', 'the next morning'."""
    code, word = found.get("part"), _direction_word(found)
    if found.has("the") and word in {"next", "last"}:
        day = _day_in_hand(context)
        shift = _TOWARDS[word]
    else:
        day = context.today
        shift = -1 if word == "last" else 0 if word == "this" else 1
    if day is None:
        return Draft(type=TimexType.TIME, value=f"XXXX-XX-XXT{code}")
    return _drafted(part_stretch(day + timedelta(days=shift), code), found, Basis.RELATIVE)


# --- ranges of days -----------------------------------------------------------------------------------------------


def build_range(found: Found, context: Context) -> Draft | None:
    """'5-6 May', 'the night of 6-7 May', '27 February to 3 March 2016': one interval."""
    last = _dated(found, context)
    if last is None:
        return None
    month = found.get("from_month", "month") or last.day.month
    year = last.day.year - (month > last.day.month)
    first = parse_day(year, month, found.get("from", "day", "oday"))
    if first is None or first.day >= last.day:
        return None
    basis = Basis.STATED if found.has("year") else Basis.RELATIVE
    if found.has("part"):
        return _drafted(part_stretch(first.day, found.get("part")), found, basis)
    value = f"{first.value}/{last.value}"
    return Draft(type=TimexType.DATE, value=value, stretch=last, start=first.start, end=last.end, basis=basis)


# --- months, years, quarters, seasons, decades ----------------------------------------------------------------


def build_month(found: Found, context: Context) -> Draft | None:
    month = found.get("month")
    if found.has("year"):
        year: int | None = _full_year(found, context)
    elif context.today is None:
        return Draft(type=TimexType.DATE, value=f"XXXX-{month:02}")
    elif found.has("year_dir"):
        year = context.today.year + _TOWARDS[_named(found, "year_dir")]
    else:
        return _drafted(_month_near(month, found, context.today), found, Basis.RELATIVE)
    assert year is not None
    basis = Basis.STATED if found.has("year") else Basis.RELATIVE
    return _drafted(month_stretch(year, month), found, basis)


def _named(found: Found, group: str) -> str:
    return next(name for name in _TOWARDS if found.get(group, name) is not None)


def _month_near(month: int, found: Found, today: date) -> Stretch:
    choices = [month_stretch(today.year + offset, month) for offset in (-1, 0, 1)]
    match _direction_word(found):
        case "last":
            return max((each for each in choices if each.end.date() <= today), key=lambda each: each.start)
        case "next":
            return min((each for each in choices if each.day > today), key=lambda each: each.start)
        case "this":
            return choices[1]
    held = [each for each in choices if each.day <= today < each.end.date()]
    nearest = held[0] if held else _nearest(choices, found, today)
    assert nearest is not None
    return nearest


def build_year(found: Found, context: Context) -> Draft | None:
    """A year by itself, where nothing says that the number counts something."""
    year = _full_year(found, context)
    before, after = found.before(), found.after()
    trusted = found.has("mod") or found.has("fiscal") or (before is not None and {"in", "of", "on"} & set(before.meanings))
    if before is not None and before.text in {"$", "£", "€", "no", "than"}:
        return None
    if not trusted and not 1900 <= year <= 2100:
        return None
    if after is not None and after.text in {"%", "percent"}:
        return None
    return _drafted(year_stretch(year), found, Basis.STATED)


def build_year_range(found: Found, context: Context) -> Draft | None:
    first, last = found.get("from", "year"), found.get("year", "year", "num")
    last = int(last) if last > 99 else first // 100 * 100 + int(last)
    if not 1000 < first < last < 2200:
        return None
    stretch = year_stretch(last)
    start = year_stretch(first).start
    return Draft(
        type=TimexType.DATE, value=f"{first}/{last}", stretch=stretch, start=start, end=stretch.end, basis=Basis.STATED
    )


def build_spelled_year(found: Found, _: Context) -> Draft | None:
    """'Nineteen ninety-six', 'two thousand'."""
    words = [token.meanings["numword"] for token in found.groups["words"] if "numword" in token.meanings]
    if words[0] in {19, 20} and len(words) > 1 and sum(words[1:]) < 100:
        year = words[0] * 100 + sum(words[1:])
    elif words[:2] == [2, 1000] and sum(words[2:]) < 100:
        year = 2000 + sum(words[2:])
    else:
        return None
    return _drafted(year_stretch(year), found, Basis.STATED)


def build_quarter(found: Found, context: Context) -> Draft | None:
    """'The third quarter of 1989', 'second-quarter', 'Q3 2015': the latest begun one where no year is said."""
    code = found.get("code", "quarter_code")
    number = int(code[1]) if code else found.get("nth", "ord")
    if number > 4:
        return None
    if found.has("year"):
        return _drafted(_quarter(_full_year(found, context), number), found, Basis.STATED)
    if context.today is None:
        return Draft(type=TimexType.DATE, value=f"XXXX-Q{number}")
    if found.has("year_dir"):
        year = context.today.year + _TOWARDS[_named(found, "year_dir")]
        return _drafted(_quarter(year, number), found, Basis.RELATIVE)
    ahead = looks_ahead(found)
    choices = [_quarter(context.today.year + offset, number) for offset in (-1, 0, 1)]
    begun = [each for each in choices if each.day <= context.today]
    coming = [each for each in choices if each.day > context.today]
    return _drafted(coming[0] if ahead and coming[0].day < context.today + timedelta(days=100) else begun[-1], found, Basis.RELATIVE)


def _quarter(year: int, number: int) -> Stretch:
    return Stretch(grain=Grain.QUARTER, start=add_months(year_stretch(year).start, 3 * (number - 1)))


def build_that_quarter(found: Found, context: Context) -> Draft | None:
    """'The quarter', 'the latest period': the one last spoken of, else the last one that is over."""
    if context.reference is not None and context.reference.grain is Grain.QUARTER:
        stretch = context.reference
    elif context.published is not None and found.has("quarter"):
        stretch = around(context.published, Grain.QUARTER).shift(-1)
    else:
        return None
    return _drafted(stretch, found, Basis.RELATIVE)


def build_season(found: Found, context: Context) -> Draft | None:
    code = found.get("season")
    if found.has("year"):
        return _drafted(season_stretch(_full_year(found, context), code), found, Basis.STATED)
    if context.today is None:
        return None
    choices = [season_stretch(context.today.year + offset, code) for offset in (-1, 0, 1)]
    word = _direction_word(found)
    if found.has("year_dir"):
        return _drafted(choices[1 + _TOWARDS[_named(found, "year_dir")]], found, Basis.RELATIVE)
    if word == "last":
        stretch = max((each for each in choices if each.end.date() <= context.today), key=lambda each: each.start)
    elif word == "next":
        stretch = min((each for each in choices if each.day > context.today), key=lambda each: each.start)
    elif word == "this":
        stretch = choices[1]
    else:
        stretch = _nearest(choices, found, context.today) or choices[1]
    return _drafted(stretch, found, Basis.RELATIVE)


def build_decade(found: Found, context: Context) -> Draft | None:
    digits = "".join(each for each in found.get("decades") if each.isdigit())
    year = int(digits) if len(digits) == 4 else whole_year(int(digits), context)
    stretch = around(year_stretch(year).start, Grain.DECADE)
    return _drafted(stretch, found, Basis.STATED if len(digits) == 4 else Basis.RELATIVE)


def build_century(found: Found, _: Context) -> Draft | None:
    century = year_stretch(max(1, 100 * (found.get("nth", "ord") - 1))).start
    return _drafted(around(century, Grain.CENTURY), found, Basis.STATED)


def build_holiday(found: Found, context: Context) -> Draft | None:
    month, day = map(int, found.get("holiday").split("-"))
    if found.has("year"):
        stretch, basis = parse_day(_full_year(found, context), month, day), Basis.STATED
    elif context.today is None:
        return Draft(type=TimexType.DATE, value=f"XXXX-{month:02}-{day:02}")
    else:
        choices = [parse_day(context.today.year + offset, month, day) for offset in (-1, 0, 1)]
        stretch, basis = _nearest([each for each in choices if each], found, context.today), Basis.RELATIVE
    return None if stretch is None else _drafted(stretch, found, basis)


# --- last, this, next ----------------------------------------------------------------------------------------


def build_directed(found: Found, context: Context) -> Draft | None:
    """'Last week', 'this year', 'the end of the month'; with 'the next' and 'that' from the time last spoken of."""
    grain, word = Grain(found.get("unit")), _direction_word(found)
    if context.published is None:
        return None
    if grain in {Grain.DAY, Grain.HOUR, Grain.MINUTE, Grain.SECOND}:
        return None
    spoken = found.has("that") or (found.has("the") and word in {"next", "last"})
    origin = context.reference.start if spoken and context.reference is not None else context.published
    stretch = around(origin, grain).shift(_TOWARDS[word] if word else 0)
    if grain is Grain.WEEKEND and word is None and stretch.day > context.published.date():
        stretch = stretch.shift(0 if looks_ahead(found) else -1)
    if grain is Grain.QUARTER and word == "this":
        stretch = around(context.published, grain)
    return _drafted(stretch, found, Basis.RELATIVE)


def build_year_end(found: Found, context: Context) -> Draft | None:
    """'Year-end': the last third of the year of publication."""
    if context.published is None:
        return None
    stretch = around(context.published, Grain.YEAR)
    third = (stretch.end - stretch.start) / 3
    return Draft(
        type=TimexType.DATE, value=stretch.value, stretch=stretch, start=stretch.end - third, end=stretch.end
    )


_YEAR_AFTER = "(?:,?<in|of>?<the>?(?:year=<year|short_year>|year_dir=<last|this|next><u_year>))?"

RULES = (
    Rule(name="day", shape=f"{MOD} {DAY} part9=<part>?", build=build_day),
    Rule(name="part of day", shape=f"<the>? {MOD} part9=<part> ,?(?:<of>|<on>)? {DAY}", build=build_day),
    Rule(name="day and hour", shape=f"{DAY} ,?<on|about|in>? {CLOCK}", build=build_day),
    Rule(name="hour and day", shape=f"<about>? {CLOCK} ,?<on|of>? {DAY}", build=build_day),
    Rule(name="hour", shape=f"<about>? {CLOCK}", build=build_clock),
    Rule(name="hour of a part", shape=f"<about>? {CLOCK} <in|on> <the>? part=<part>", build=build_clock),
    Rule(name="part", shape=f"the=<the>? {MOD} <this>?dir=<last|this|next> part=<part>", build=build_part),
    Rule(
        name="days of a month",
        shape="(?:<the>?part=<part><of>)? from=<day|oday> (?:-|<and>) day=<day|oday> <of>? month=<month>"
        " (?:,?year=<year|short_year>)?",
        build=build_range,
    ),
    Rule(
        name="month and days",
        shape="(?:<the>?part=<part><of>)? month=<month> from=<day|oday> (?:-|<and>) day=<day|oday>"
        " (?:,?year=<year|short_year>)?",
        build=build_range,
    ),
    Rule(
        name="days of two months",
        shape="from=<day|oday> from_month=<month> (?:-|<and>) day=<day|oday> month=<month> (?:,?year=<year>)?",
        build=build_range,
    ),
    Rule(
        name="month",
        shape=f"<about>? {MOD} <this>?<last|this|next>? month=<month> {_YEAR_AFTER}",
        build=build_month,
    ),
    Rule(name="year", shape=f"<about>? {MOD} fiscal=<fiscal>?-? year=<year|short_year>", build=build_year),
    Rule(name="years", shape="from=<year> - year=<year|num>", build=build_year_range),
    Rule(name="year in words", shape=f"{MOD} words=(<numword>(?:-?<numword>){{1,3}})", build=build_spelled_year),
    Rule(
        name="quarter",
        shape=f"<the>?<fiscal>?{MOD}<fiscal>?-? nth=<ord>-?<fiscal>?-? <u_quarter> {_YEAR_AFTER}",
        build=build_quarter,
    ),
    Rule(
        name="quarter of a year",
        shape="<the>? (?:year=<year>|year_dir=<last|this|next><u_year><possessive>) <fiscal>? nth=<ord>-?<u_quarter>",
        build=build_quarter,
    ),
    Rule(name="quarter code", shape="code=<quarter_code> (?:<of>?year=<year|short_year>)?", build=build_quarter),
    Rule(name="that quarter", shape="<the><latest|this>?quarter=<u_quarter>", build=build_that_quarter),
    Rule(name="that period", shape="<the><latest><period>", build=build_that_quarter),
    Rule(name="decade", shape=f"<the>? {MOD} decades=<decades>", build=build_decade),
    Rule(name="century", shape=f"<the>? {MOD} nth=<ord>-?<u_century>", build=build_century),
    Rule(name="season", shape=f"<the>? {MOD} <last|this|next>{{1,2}} season=<season>", build=build_season),
    Rule(name="season of a year", shape=f"<the>? {MOD} season=<season> {_YEAR_AFTER}", build=build_season),
    Rule(name="holiday", shape="<last|this|next>? holiday=<holiday> (?:,?year=<year>)?", build=build_holiday),
    Rule(
        name="directed",
        shape=f"the=<the>? {MOD} (?:<last|this|next>{{1,2}}|that=<that>) <fiscal>? unit=<unit>",
        build=build_directed,
    ),
    Rule(name="weekend", shape=f"<the>? {MOD} unit=<u_weekend>", build=build_directed),
    Rule(name="bounded", shape="mod=<early|mid|late|earlier> <the> <fiscal>? unit=<unit>", build=build_directed),
    Rule(name="year end", shape="<about>? <u_year> (?:-|<possessive>)? <end>", build=build_year_end),
)
