"""Days, parts of days and hours: the rules that name them."""

from datetime import date, datetime, timedelta

from truceline.model.when import Basis, TimexType
from truceline.read.times_anchors import (
    TOWARDS,
    direction_word,
    drafted,
    full_year,
    is_bare_abbreviation,
    looks_ahead,
    nearest,
    whole_year,
)
from truceline.read.times_calendar import (
    PART_HOURS,
    Grain,
    Stretch,
    clock_stretch,
    day_stretch,
    parse_day,
    part_stretch,
)
from truceline.read.times_grammar import Context, Draft, Found, Rule

# --- the day itself -------------------------------------------------------------------------------------------

MOD = "(?:mod=<early|mid|late|earlier>-?<the>?)?"
DAY = """(?:
    (?:weekday1=<weekday>,?)? (?:<the>?day1=<oday>|day7=<day>) <of>? month1=<month> (?:,?<of>? year1=<year|short_year>)?
  | (?:weekday2=<weekday>,?<on>?)? month2=<month> <the>? day2=<day|oday> (?:,?year2=<year|short_year>)?
  | (?:<the>?<last|this|next>{1,2})? weekday3=<weekday>
  | dayword4=<dayword>
  | iso5=<iso>
  | numeric6=<numeric>
  | <the>? <last|this|next|that> <u_day>
)"""
CLOCK = "clock8=<clock|hour|hhmm|clockword> ampm8=<ampm>? <oclock>? zone8=<zone>? local8=<local>?"


def build_day(found: Found, context: Context) -> Draft | None:
    """A day, a part of one, or an hour of one."""
    if found.has("weekday") and not found.has("month") and is_bare_abbreviation(found, "weekday"):
        return None
    if found.has("clock") and parse_clock(found) is None:
        return None
    stretch, basis = _day(found, context)
    if stretch is None:
        return _unplaced(found)
    if found.has("part"):
        stretch = part_stretch(stretch.day, found.get("part"))
    if found.has("clock"):
        return _at(found, stretch.day, basis)
    return drafted(stretch, found, basis)


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
    word = direction_word(found)
    reference = today if context.reference is None or word == "this" else context.reference.day
    return day_stretch(reference + timedelta(days=TOWARDS[word] if word else 0))


def _weekday(found: Found, today: date) -> date:
    """Backwards from publication, the day itself included; forwards where the words look ahead."""
    gap = found.get("weekday") - today.isoweekday()
    match direction_word(found):
        case "last":
            return today + timedelta(days=gap % -7 or -7)
        case "next":
            return today + timedelta(days=gap % 7 or 7)
        case "this":
            return today + timedelta(days=gap % 7)
        case _:
            return today + timedelta(days=gap % 7 if looks_ahead(found) else gap % -7)


def _dated(found: Found, context: Context) -> Stretch | None:
    month, day = found.get("month"), found.get("day", "day", "oday")
    if found.has("year"):
        return parse_day(full_year(found, context), month, day)
    if context.today is None:
        return None
    years = (context.today.year + offset for offset in (-1, 0, 1))
    choices = [each for year in years if (each := parse_day(year, month, day)) is not None]
    return nearest(choices, found, context.today)


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
        if found.has("from"):
            month = found.get("from_month", "month") or found.get("month")
            value = f"XXXX-{month:02}-{found.get('from', 'day', 'oday'):02}/{value}"
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
    value = f"{day}T{hour:02}:{minute or 0:02}" + ("Z" if found.get("zone") == 0 else "")
    return Draft(
        type=TimexType.TIME,
        value=value,
        stretch=stretch,
        basis=basis,
        offset_hours=found.get("zone"),
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


# --- hours and parts of a day by themselves ---------------------------------------------------------------------


def build_clock(found: Found, context: Context) -> Draft | None:
    """An hour without a day: of the day last spoken of in days, else of the day of publication."""
    if parse_clock(found) is None or not _is_hour(found):
        return None
    day = _day_in_hand(context)
    if day is None:
        hour, minute = parse_clock(found) or (0, 0)
        return Draft(type=TimexType.TIME, value=f"XXXX-XX-XXT{hour:02}:{minute or 0:02}")
    draft = _at(found, day, Basis.RELATIVE)
    return _at(found, day - timedelta(days=1), Basis.RELATIVE) if _is_still_to_come(draft, found, context) else draft


def _is_still_to_come(draft: Draft | None, found: Found, context: Context) -> bool:
    """An hour that a report from before it tells as past ('at midnight', told at noon) was the day before's."""
    now = context.published
    if draft is None or draft.stretch is None or now is None or looks_ahead(found):
        return False
    if _day_in_hand(context) != context.today:
        return False
    # Of a publication at an unknown hour every hour of its day may be past, the midnight that ends it is not.
    return draft.stretch.start > now if context.has_hour else draft.stretch.day > now.date()


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
    code, word = found.get("part"), direction_word(found)
    if found.has("the") and word in {"next", "last"}:
        day = _day_in_hand(context)
        shift = TOWARDS[word]
    else:
        day = context.today
        shift = -1 if word == "last" else 0 if word == "this" else 1
    if day is None:
        return Draft(type=TimexType.TIME, value=f"XXXX-XX-XXT{code}")
    return drafted(part_stretch(day + timedelta(days=shift), code), found, Basis.RELATIVE)


# --- ranges of days -----------------------------------------------------------------------------------------------


def build_range(found: Found, context: Context) -> Draft | None:
    """'5-6 May', 'the night of 6-7 May', '27 February to 3 March 2016': one interval."""
    last = _dated(found, context)
    if last is None and context.today is None:
        return _unplaced(found)
    if last is None:
        return None
    month = found.get("from_month", "month") or last.day.month
    year = last.day.year - (month > last.day.month)
    first = parse_day(year, month, found.get("from", "day", "oday"))
    if first is None or first.day >= last.day:
        return None
    basis = Basis.STATED if found.has("year") else Basis.RELATIVE
    if found.has("part"):
        return drafted(part_stretch(first.day, found.get("part")), found, basis)
    value = f"{first.value}/{last.value}"
    return Draft(type=TimexType.DATE, value=value, stretch=last, start=first.start, end=last.end, basis=basis)


RULES = (
    Rule(name="day", shape=f"<about>? {MOD} {DAY} part9=<part>?", build=build_day),
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
)
