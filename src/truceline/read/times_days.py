"""Days, parts of days and hours: the rules that name them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import MAXYEAR, date, timedelta
from zoneinfo import ZoneInfo

from truceline.model.when import Basis, TimexType
from truceline.read.times_anchors import (
    TOWARDS,
    direction_word,
    drafted,
    full_year,
    is_bare_abbreviation,
    looks_ahead,
    named_direction,
    nearest,
    whole_year,
)
from truceline.read.times_calendar import (
    PART_HOURS,
    TOLD_AS,
    Grain,
    Stretch,
    clock_stretch,
    day_stretch,
    parse_day,
    part_stretch,
)
from truceline.read.times_grammar import Context, Draft, Found, Rule
from truceline.read.times_mistakes import impossible, mistaken
from truceline.read.times_shapes import CLOCK, DAY, MOD

NIGHT_IS_OVER = 6  # at night the hours up to here are those after midnight

# --- the day itself -------------------------------------------------------------------------------------------


def build_day(found: Found, context: Context) -> Draft | None:
    """A day, a part of one, or an hour of one."""
    if found.has("weekday") and not found.has("month") and is_bare_abbreviation(found, "weekday"):
        return None
    told = found.has("clock") or found.has("spoken")
    if told and (parse_clock(found) is None or not _is_hour(found)):
        return None
    stretch, basis = _day(found, context)
    if stretch is None:
        return impossible(found) or unplaced(found)
    if found.has("part"):
        stretch = part_stretch(stretch.day, found.get("part"))
    if told:
        return _at(found, stretch.day, basis, context)
    return drafted(stretch, found, basis)


def _day(found: Found, context: Context) -> tuple[Stretch | None, Basis]:
    if found.has("iso"):
        return _iso(found.get("iso")), Basis.STATED
    if found.has("numeric"):
        return _numeric(found.get("numeric"), context), Basis.STATED
    if found.has("month"):
        basis = Basis.STATED if found.has("year") else Basis.RELATIVE
        return dated(found, context), basis
    return _relative_day(found, context), Basis.RELATIVE


def _relative_day(found: Found, context: Context) -> Stretch | None:
    today = context.today
    if today is None:
        return None
    if found.has("week_dir"):
        monday = today - timedelta(days=today.isoweekday() - 1)
        week = TOWARDS[named_direction(found, "week_dir")]
        return day_stretch(monday + timedelta(days=7 * week + found.get("weekday") - 1))
    if found.has("weekday"):
        return day_stretch(weekday_meant(found, today))
    if found.has("dayword"):
        days, _, code = found.get("dayword").partition(":")
        day = today + timedelta(days=int(days))
        return part_stretch(day, code) if code else day_stretch(day)
    # 'the next day', 'that day': counted from the day last spoken of; 'this day' from today.
    word = direction_word(found)
    reference = today if context.reference is None or word == "this" else context.reference.day
    return day_stretch(reference + timedelta(days=TOWARDS[word] if word else 0))


def weekday_meant(found: Found, today: date) -> date:
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


def dated(found: Found, context: Context) -> Stretch | None:
    """The day that a day and a month name, with a year or without; None where there is no such day."""
    month, day = found.get("month"), found.get("day", "day", "oday")
    if found.has("year"):
        return parse_day(full_year(found, context), month, day)
    if context.today is None:
        return None
    if found.has("year_dir"):
        return parse_day(context.today.year + TOWARDS[named_direction(found, "year_dir")], month, day)
    near = _days_of_years(context.today, month, day, range(-1, 2))
    # Once in four years, and twice a century not even then: '29 February'.
    choices = near or _days_of_years(context.today, month, day, range(-8, 9))
    if direction_word(found) == "last":
        choices = [each for each in choices if each.day < context.today]
    return nearest(choices, found, context.today)


def _days_of_years(today: date, month: int, day: int, offsets: Iterable[int]) -> list[Stretch]:
    found = (parse_day(today.year + offset, month, day) for offset in offsets)
    return [each for each in found if each is not None]


def _iso(written: str) -> Stretch | None:
    day = parse_day(*map(int, written[:10].split("-")))
    if day is None or len(written) == 10:
        return day
    hour, minute = int(written[11:13]), int(written[14:16])
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    second = int(written[17:19]) if written[16:17] == ":" else None
    return None if (second or 0) > 59 else clock_stretch(day.day, hour, minute, second)


def _numeric(written: str, context: Context) -> Stretch | None:
    """'13/5/2016', '5.13.16': what is possible; where both orders are, the nearer day before publication."""
    first, second, last = map(int, written.replace("-", "/").replace(".", "/").split("/"))
    if last > MAXYEAR:
        return None
    year = last if last > 99 else whole_year(last, context)
    choices = [parse_day(year, second, first), parse_day(year, first, second)]
    possible = [each for each in choices if each is not None]
    if len(possible) == 2 and context.today is not None and "." not in written:
        today = context.today
        return min(possible, key=lambda each: (each.day > today, abs((each.day - today).days)))
    return possible[0] if possible else None


def unplaced(found: Found) -> Draft | None:
    """A time that cannot be placed, the unknown parts of its value written as X."""
    if found.has("month") and not found.has("year") and not found.has("year_dir"):
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
    told = f"{value}T{TOLD_AS.get(code, code)}" if code else value
    return Draft(type=TimexType.TIME if code else TimexType.DATE, value=told)


def _at(found: Found, day: date, basis: Basis, context: Context) -> Draft | None:
    """An hour of a day; None where a bare number is no hour."""
    read = parse_clock(found)
    if read is None:
        return None
    hour, minute = read
    zone = found.get("zone", "zone", "zone_name")
    named = zone if isinstance(zone, str) and zone != context.zone else None
    stretch = clock_stretch(day, hour, minute)
    return Draft(
        type=TimexType.TIME,
        value=f"{day}T{hour:02}:{minute:02}" + ("Z" if zone == 0 else "" if named is None else _offset(named, stretch)),
        stretch=stretch,
        basis=basis,
        offset_hours=None if isinstance(zone, str) else zone,
        zone=named,
    )


def _offset(zone: str, stretch: Stretch) -> str:
    """How far the clocks of a zone are from UTC at that hour: '+03:00'."""
    return stretch.start.replace(tzinfo=ZoneInfo(zone)).isoformat()[-6:]


def parse_clock(found: Found) -> tuple[int, int] | None:
    """Hour and minute as on a clock of 24 hours; 24:00 stays so."""
    if found.has("spoken"):
        return _spoken_clock(found)
    word, written = found.get("clock", "clockword"), found.get("clock", "clock", "hhmm")
    if word is not None:
        return word, 0
    if written is None:
        hour, minute = found.get("clock", "hour", "numword"), 0
    else:
        plain = written.replace(":", "").replace(".", "").zfill(4)
        hour, minute = int(plain[:2]), int(plain[2:4])
    if hour is None or hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if found.has("ampm"):
        return (hour % 12 + (12 if found.get("ampm")[0] in "pP" else 0), minute) if 0 < hour <= 12 else None
    if (part := _part_said(found)) and hour <= 12:
        return _hour_of_part(hour, part), minute
    before = found.before()
    by_24 = hour > 12 and found.has("hours") and before is not None and "on" in before.meanings
    return (hour, minute) if written is not None or by_24 else None


def _spoken_clock(found: Found) -> tuple[int, int] | None:
    """'Half past four', 'ten to six', where am, pm or a part of the day says which; 'from ten to six' is a range."""
    before, part = found.before(), _part_said(found)
    hour = found.get("spoken", "hour", "numword")
    half_of_day = found.has("ampm") or part
    if not half_of_day or not 1 <= hour <= 12 or (before is not None and before.text in {"from", "between"}):
        return None
    minutes = 30 if found.has("half") else 15 if found.has("quarter") else found.get("minutes", "numword")
    afternoon = found.has("ampm") and found.get("ampm")[0] in "pP"
    hour = hour % 12 + 12 * afternoon if found.has("ampm") else _hour_of_part(hour, part)
    moment = 60 * hour + (minutes if found.has("past") else -minutes)
    return divmod(moment, 60) if moment >= 0 and minutes < 60 else None


def _part_said(found: Found) -> str:
    """The part of the day that goes with an hour: 'in the morning', 'tonight'."""
    return found.get("part") or (found.get("dayword") or "").partition(":")[2]


def _hour_of_part(hour: int, part: str) -> int:
    """Which of the two such hours of a day: 9 at night is 21, 2 at night is 2, 12 in the afternoon is 12."""
    if part == "NI" and hour < NIGHT_IS_OVER:
        return hour
    after_noon = PART_HOURS[part][0] >= 11
    if hour == 12:
        return 12 if after_noon and part != "NI" else 0
    return hour + 12 if after_noon else hour


# --- hours and parts of a day by themselves ---------------------------------------------------------------------


def build_clock(found: Found, context: Context) -> Draft | None:
    """An hour without a day: of the day last spoken of in days, else of the day of publication."""
    read = parse_clock(found)
    if read is None and _is_clock_alone(found):
        return mistaken(f"no clock shows {found.get('clock', 'clock')}")
    if read is None or not _is_hour(found):
        return None
    day = _part_day(found, context) if found.has("dir") else _day_in_hand(context)
    if day is None:
        return Draft(type=TimexType.TIME, value=f"XXXX-XX-XXT{read[0]:02}:{read[1]:02}")
    draft = _at(found, day, Basis.RELATIVE, context)
    earlier = not found.has("dir") and _is_still_to_come(draft, found, context)
    return _at(found, day - timedelta(days=1), Basis.RELATIVE, context) if earlier else draft


def _is_clock_alone(found: Found) -> bool:
    """Whether figures like those of a clock can be nothing else: 'at 25:00', not 'a score of 75:25'."""
    before = found.before()
    at = before is not None and "on" in before.meanings
    return found.get("clock", "clock") is not None and (at or any(found.has(each) for each in ("zone", "local")))


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
    if any(found.has(sign) for sign in ("ampm", "zone", "local", "spoken")) or found.get("clock", "clockword"):
        return True
    day = any(found.has(sign) for sign in ("weekday", "month", "dayword", "numeric", "iso"))
    if found.get("clock", "clock") is not None:
        return told or day or found.has("part")
    at = before is not None and "on" in before.meanings
    if found.get("clock", "hhmm") is not None:
        return day or (at and (found.has("oclock") or found.has("hours")))
    # 'Killed 9 on Friday night' counts; 'at 9 on Friday night', 'around four in the afternoon' do not.
    return at or found.has("oclock") or (found.has("part") and _is_loose(found))


def _is_loose(found: Found) -> bool:
    """'Around four', 'shortly after eleven': the words before a number that make an hour of it in a part of the day."""
    before = found.before()
    about = "about" in found.tokens[found.first].meanings
    return about or (before is not None and before.text in {"after", "before", "since", "towards", "toward", "until"})


def _day_in_hand(context: Context) -> date | None:
    reference = context.reference
    if reference is not None and reference.grain in {Grain.DAY, Grain.PART, Grain.HOUR, Grain.MINUTE}:
        return reference.day
    return context.today


def build_hours(found: Found, context: Context) -> Draft | None:
    """'Between 10:15 and 11:40', 'from 09:00 to 16:30 on 1 May': from the one hour to the other."""
    last = _last_hour(found, context)
    begun = parse_clock(replace(found, groups={"clock": found.groups["from"]}))
    if last is None or last.stretch is None or begun is None:
        return last if last is None or begun is None else replace(last, value=f"XXXX-XX-XXT{begun[0]:02}:{begun[1]:02}")
    day = last.stretch.day
    if clock_stretch(day, *begun).start >= last.stretch.start:
        day -= timedelta(days=1)  # 'between 22:30 and 05:30'
    first = clock_stretch(day, *begun)
    value = f"{day}T{begun[0]:02}:{begun[1]:02}/{last.value}"
    return replace(last, value=value, start=first.start, end=last.stretch.start)


def _last_hour(found: Found, context: Context) -> Draft | None:
    before = found.before()
    between = "between" in found.tokens[found.first].meanings
    if any(found.has(sign) for sign in ("weekday", "month", "dayword", "numeric", "iso")):
        return build_day(found, context)
    if not between and (before is None or "in" not in before.meanings):
        return None  # a score of '10:15 to 11:40'
    day, read = _day_in_hand(context), parse_clock(found)
    if read is None:
        return None
    if day is None:
        return Draft(type=TimexType.TIME, value=f"XXXX-XX-XXT{read[0]:02}:{read[1]:02}")
    draft = _at(found, day, Basis.RELATIVE, context)
    earlier = _is_still_to_come(draft, found, context)
    return _at(found, day - timedelta(days=1), Basis.RELATIVE, context) if earlier else draft


def build_part(found: Found, context: Context) -> Draft | None:
    """'This morning', 'last night', 'the next morning', 'that evening'."""
    code = found.get("part")
    day = _part_day(found, context)
    if day is None:
        return Draft(type=TimexType.TIME, value=f"XXXX-XX-XXT{TOLD_AS.get(code, code)}")
    return drafted(part_stretch(day, code), found, Basis.RELATIVE)


def _part_day(found: Found, context: Context) -> date | None:
    word = direction_word(found)
    if found.get("dir", "that") is not None:
        return _day_in_hand(context)
    if found.has("the") and word in {"next", "last"}:
        day, shift = _day_in_hand(context), TOWARDS[word]
    else:
        day, shift = context.today, -1 if word == "last" else 0 if word == "this" else 1
    return None if day is None else day + timedelta(days=shift)


HOUR = "clock8=<clock|clockword> zone8=<zone|zone_name>? local8=<local>?"
RULES = (
    Rule(name="day", shape=f"<about>? {MOD} {DAY} (?:,?<on|in>?<the>?part9=<part>)?", build=build_day),
    Rule(name="part of day", shape=f"<the>? {MOD} part9=<part> ,?(?:<of>|<on>)? {DAY}", build=build_day),
    Rule(
        name="day and hour",
        shape=f"{DAY} ,?<on|about|in>{{0,2}} {CLOCK} (?:<in|on>?<the>?part8=<part>)?",
        build=build_day,
    ),
    Rule(
        name="hour and day",
        shape=f"<about>? {CLOCK} (?:<in|on>?<the>?part8=<part>)? ,?<on|of>? {DAY} part9=<part>?",
        build=build_day,
    ),
    Rule(
        name="between hours",
        shape=f"<between> from=<clock|clockword> <both> {HOUR} (?:,?<on|of>?{DAY})?",
        build=build_hours,
        trim=1,
        tells_day=False,
    ),
    Rule(
        name="hour to hour",
        shape=f"from=<clock|clockword> (?:-|<upto>) {HOUR} (?:,?<on|of>?{DAY})?",
        build=build_hours,
        tells_day=False,
    ),
    Rule(name="hour", shape=f"<about>? {CLOCK}", build=build_clock, tells_day=False),
    Rule(
        name="hour of a part",
        shape=f"<about>? {CLOCK} <in|on>? <the>? part=<part>",
        build=build_clock,
        tells_day=False,
    ),
    Rule(name="hour of this part", shape=f"<about>? {CLOCK} ,?dir=<last|this|that> part=<part>", build=build_clock),
    Rule(name="part", shape=f"the=<the>? {MOD} <this>?dir=<last|this|next|that> part=<part>", build=build_part),
)
