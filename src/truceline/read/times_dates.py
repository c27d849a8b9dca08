"""Months, years, quarters, seasons, and what is told as last, this or next: the rules that name them."""

from dataclasses import replace
from datetime import date, timedelta

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
    UNPLACED,
    Grain,
    Stretch,
    add_months,
    around,
    day_stretch,
    month_stretch,
    season_stretch,
    year_stretch,
)
from truceline.read.times_grammar import Context, Draft, Found, Rule
from truceline.read.times_shapes import MOD, MONTH
from truceline.read.times_words import Token

# --- months, years, quarters, seasons, decades ----------------------------------------------------------------


def build_month(found: Found, context: Context) -> Draft | None:
    month = found.get("month")
    before = found.before()
    if not found.has("year") and (is_bare_abbreviation(found, "month") or (before and "title" in before.meanings)):
        return None  # 'Jan' and 'Ms April' are names
    if found.has("year"):
        year: int | None = full_year(found, context)
    elif context.today is None:
        return Draft(type=TimexType.DATE, value=f"XXXX-{month:02}")
    elif found.has("year_dir"):
        year = context.today.year + TOWARDS[named_direction(found, "year_dir")]
    else:
        return drafted(month_near(month, found, context.today), found, Basis.RELATIVE)
    assert year is not None
    basis = Basis.STATED if found.has("year") else Basis.RELATIVE
    return drafted(month_stretch(year, month), found, basis)


def month_near(month: int, found: Found, today: date) -> Stretch:
    choices = [month_stretch(today.year + offset, month) for offset in (-1, 0, 1)]
    match direction_word(found):
        case "last":
            return max((each for each in choices if each.end.date() <= today), key=lambda each: each.start)
        case "next":
            return min((each for each in choices if each.day > today), key=lambda each: each.start)
        case "this":
            return choices[1]
    held = [each for each in choices if each.day <= today < each.end.date()]
    near = held[0] if held else nearest(choices, found, today)
    assert near is not None
    return near


def build_year(found: Found, context: Context) -> Draft | None:
    """A year by itself, where nothing says that the number counts something."""
    year = full_year(found, context)
    before, after = found.before(), found.after()
    trusted = found.has("mod") or found.has("fiscal") or (before is not None and "dating" in before.meanings)
    number = found.groups["year"][0]
    if context.offset + number.start in context.counts or (before is not None and _counts(before)):
        return None
    if _is_reference(found):
        return None
    if not trusted and not 1900 <= year <= 2100:
        return None
    if after is not None and after.text in {"%", "percent"}:
        return None
    return drafted(year_stretch(year), found, Basis.STATED)


def _is_reference(found: Found) -> bool:
    """A number of a document or a place: 'resolution 1973', 'S/2016/60'."""
    before, farther = found.before(), found.before(2)
    if before is None or "numbered" in before.meanings:
        return before is not None
    return (
        before.text == "/"
        and before.end == found.tokens[found.first].start
        and (farther is None or not farther.text.isdecimal())
    )


def _counts(before: Token) -> bool:
    """A word or sign before a number that makes it no year: 'more than 2015', '$2015'."""
    return "about" in before.meanings or before.text in {"$", "£", "€", "no", "than"}


def build_year_range(found: Found, _: Context) -> Draft | None:
    first, last = found.get("from", "year"), found.get("year", "year", "num")
    last = int(last) if last > 99 else first // 100 * 100 + int(last)
    if not 1000 < first < last < 2200:
        return None
    stretch = year_stretch(last)
    start = year_stretch(first).start
    return Draft(
        type=TimexType.DATE, value=f"{first}/{last}", stretch=stretch, start=start, end=stretch.end, basis=Basis.STATED
    )


def build_spelled_year(found: Found, context: Context) -> Draft | None:
    """'Nineteen ninety-six', 'two thousand', where nothing says that the number counts something."""
    if context.offset + found.groups["words"][0].start in context.counts:
        return None
    words = [token.meanings["numword"] for token in found.groups["words"] if "numword" in token.meanings]
    if words[0] in {19, 20} and 10 <= sum(words[1:]) < 100:
        year = words[0] * 100 + sum(words[1:])
    elif words[:2] == [2, 1000] and sum(words[2:]) < 100:
        year = 2000 + sum(words[2:])
    else:
        return None
    return drafted(year_stretch(year), found, Basis.STATED)


def build_quarter(found: Found, context: Context) -> Draft | None:
    """'The third quarter of 1989', 'second-quarter', 'Q3 2015': the latest begun one where no year is said."""
    code = found.get("code", "quarter_code")
    number = int(code[1]) if code else found.get("nth", "ord")
    if number > 4:
        return None
    if found.has("year"):
        return drafted(_quarter(full_year(found, context), number), found, Basis.STATED)
    if context.today is None:
        return Draft(type=TimexType.DATE, value=f"XXXX-Q{number}")
    if found.has("year_dir"):
        year = context.today.year + TOWARDS[named_direction(found, "year_dir")]
        return drafted(_quarter(year, number), found, Basis.RELATIVE)
    ahead = looks_ahead(found)
    choices = [_quarter(context.today.year + offset, number) for offset in (-1, 0, 1)]
    begun = [each for each in choices if each.day <= context.today]
    coming = [each for each in choices if each.day > context.today]
    return drafted(
        coming[0] if ahead and coming[0].day < context.today + timedelta(days=100) else begun[-1], found, Basis.RELATIVE
    )


def _quarter(year: int, number: int) -> Stretch:
    return Stretch(grain=Grain.QUARTER, start=add_months(year_stretch(year).start, 3 * (number - 1)))


def build_that_quarter(found: Found, context: Context) -> Draft | None:
    """'The quarter', 'the latest period': the one last spoken of, else the last one that is over."""
    if found.has("year"):  # 'the 1988 period': that year's quarter of the same number
        if context.reference is None or context.reference.grain is not Grain.QUARTER:
            return None
        number = (context.reference.start.month + 2) // 3
        return replace(drafted(_quarter(found.get("year"), number), found, Basis.RELATIVE), aside=True)
    if context.reference is not None and context.reference.grain is Grain.QUARTER:
        stretch = context.reference
    elif context.published is not None and found.has("quarter") and _is_led(found):
        stretch = around(context.published, Grain.QUARTER).shift(-1)
    else:
        return None
    return drafted(stretch, found, Basis.RELATIVE)


def _is_led(found: Found) -> bool:
    """'In the quarter', 'of the quarter': a time; 'they left the quarter': a part of town."""
    before = found.before()
    return before is not None and not {"in", "of"}.isdisjoint(before.meanings)


def build_half(found: Found, context: Context) -> Draft | None:
    """'The second half of 2015', 'the last half of last year'."""
    number = 2 if found.has("last") else found.get("nth", "ord")
    if number > 2:
        return None
    if found.has("year"):
        year = full_year(found, context)
    elif context.today is not None:
        year = context.today.year + (TOWARDS[named_direction(found, "year_dir")] if found.has("year_dir") else 0)
    else:
        return Draft(type=TimexType.DATE, value=f"XXXX-H{number}")
    stretch = Stretch(grain=Grain.HALF, start=add_months(year_stretch(year).start, 6 * (number - 1)))
    return drafted(stretch, found, Basis.STATED if found.has("year") else Basis.RELATIVE)


def build_season(found: Found, context: Context) -> Draft | None:
    code = found.get("season")
    if found.has("year"):
        return drafted(season_stretch(full_year(found, context), code), found, Basis.STATED)
    if context.today is None:
        return Draft(type=TimexType.DATE, value=f"XXXX-{code}")
    choices = [season_stretch(context.today.year + offset, code) for offset in (-1, 0, 1)]
    word = direction_word(found)
    before, after = found.before(), found.after()
    if after is not None and after.text == "of" and not found.has("year"):
        return None  # 'the fall of the town'
    if word is None and not (found.has("the") or (before is not None and "in" in before.meanings)):
        return None  # 'fall' and 'spring' are verbs as often
    if word is None and (_is_spot(before, after) or (not found.has("the") and before and before.text == "to")):
        return None  # 'the spring below the mill', 'to fall silent'
    if found.has("year_dir"):
        return drafted(choices[1 + TOWARDS[named_direction(found, "year_dir")]], found, Basis.RELATIVE)
    if word == "last":
        stretch = max((each for each in choices if each.end.date() <= context.today), key=lambda each: each.start)
    elif word == "next":
        stretch = min((each for each in choices if each.day > context.today), key=lambda each: each.start)
    elif word == "this":
        stretch = choices[1]
    else:
        stretch = nearest(choices, found, context.today) or choices[1]
    return drafted(stretch, found, Basis.RELATIVE)


def _is_spot(before: Token | None, after: Token | None) -> bool:
    """Water that springs or falls lies somewhere: 'near the spring', 'the spring below the mill'."""
    return any(each is not None and "where" in each.meanings for each in (before, after))


def build_decade(found: Found, context: Context) -> Draft | None:
    digits = "".join(each for each in found.get("decades") if each.isdigit())
    year = int(digits) if len(digits) == 4 else whole_year(int(digits), context)
    stretch = around(year_stretch(year).start, Grain.DECADE)
    return drafted(stretch, found, Basis.STATED if len(digits) == 4 else Basis.RELATIVE)


def build_century(found: Found, _: Context) -> Draft | None:
    century = year_stretch(max(1, 100 * (found.get("nth", "ord") - 1))).start
    return drafted(around(century, Grain.CENTURY), found, Basis.STATED)


def build_holiday(found: Found, context: Context) -> Draft | None:
    rule = found.get("holiday")
    if found.has("year"):
        return drafted(_holiday(rule, full_year(found, context)), found, Basis.STATED)
    if context.today is None:
        return None
    choices = [_holiday(rule, context.today.year + offset) for offset in (-1, 0, 1)]
    if direction_word(found) == "last":
        choices = [each for each in choices if each.day < context.today]
    near = nearest(choices, found, context.today)
    return None if near is None else drafted(near, found, Basis.RELATIVE)


def _holiday(rule: str, year: int) -> Stretch:
    """'12-25', or '11:4:4': the fourth Thursday of November."""
    if ":" not in rule:
        return day_stretch(date.fromisoformat(f"{year:04}-{rule}"))
    month, weekday, nth = map(int, rule.split(":"))
    first = date(year, month, 1)
    return day_stretch(first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1)))


# --- last, this, next ----------------------------------------------------------------------------------------


def build_directed(found: Found, context: Context) -> Draft | None:
    """'Last week', 'this year', 'the end of the month'; with 'the next' and 'that' from the time last spoken of."""
    grain, word = Grain(found.get("unit")), direction_word(found)
    if grain in {Grain.DAY, Grain.HOUR, Grain.MINUTE, Grain.SECOND}:
        return None
    if context.published is None:
        return Draft(type=TimexType.DATE, value=UNPLACED[grain])
    spoken = found.has("that") or (found.has("the") and word in {"next", "last"})
    origin = context.reference.start if spoken and context.reference is not None else context.published
    stretch = around(origin, grain).shift(TOWARDS[word] if word else 0)
    if grain is Grain.WEEKEND and word is None and stretch.day > context.published.date():
        stretch = stretch.shift(0 if looks_ahead(found) else -1)
    if grain is Grain.QUARTER and word == "this":
        stretch = around(context.published, grain)
    return drafted(stretch, found, Basis.RELATIVE)


def build_year_end(_: Found, context: Context) -> Draft | None:
    """'Year-end': the last third of the year of publication."""
    if context.published is None:
        return None
    stretch = around(context.published, Grain.YEAR)
    third = (stretch.end - stretch.start) / 3
    return Draft(type=TimexType.DATE, value=stretch.value, stretch=stretch, start=stretch.end - third, end=stretch.end)


_YEAR_AFTER = "(?:,?<in|of>?<the>?(?:year=<year|short_year>|year_dir=<last|this|next><u_year>))?"

RULES = (
    Rule(
        name="month",
        shape=f"<about>? {MOD} <this>?<last|this|next>? {MONTH.format(1)} (?:{_YEAR_AFTER}|<after_dir>)",
        build=build_month,
    ),
    Rule(name="year", shape=f"{MOD} fiscal=<fiscal>?-? year=<year|short_year> <year_word>?", build=build_year),
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
    Rule(
        name="half",
        shape="<the>? (?:nth=<ord>|last=<last>) -? <half> <of> <the>?"
        "(?:year=<year|short_year>|year_dir=<last|this|next><u_year>|<u_year>)",
        build=build_half,
    ),
    Rule(name="quarter code", shape="code=<quarter_code> (?:<of>?year=<year|short_year>)?", build=build_quarter),
    Rule(name="that quarter", shape="<the><latest|this>?quarter=<u_quarter>", build=build_that_quarter),
    Rule(name="that period", shape="<the><latest><period>", build=build_that_quarter),
    Rule(name="that year's period", shape="<the> year=<year> (?:<period>|<u_quarter>)", build=build_that_quarter),
    Rule(name="decade", shape=f"<the>? {MOD} decades=<decades>", build=build_decade),
    Rule(name="century", shape=f"<the>? {MOD} nth=<ord>-?<u_century>", build=build_century),
    Rule(name="season", shape=f"<the>? {MOD} <last|this|next>{{1,2}} season=<season>", build=build_season),
    Rule(name="season of a year", shape=f"the=<the>? {MOD} season=<season> {_YEAR_AFTER}", build=build_season),
    Rule(name="holiday", shape="<last|this|next>? holiday=<holiday> (?:,?year=<year>)?", build=build_holiday),
    Rule(
        name="directed",
        shape=f"the=<the>? {MOD} (?:<last|this|next>{{1,2}}|that=<that>) <fiscal>? unit=<unit>",
        build=build_directed,
    ),
    Rule(name="directed after", shape="<that>? <the>? unit=<unit> <after_dir>", build=build_directed),
    Rule(name="weekend", shape=f"<the>? {MOD} unit=<u_weekend>", build=build_directed),
    Rule(name="bounded", shape="mod=<early|mid|late|earlier> <the> <fiscal>? unit=<unit>", build=build_directed),
    Rule(name="since the start", shape="<since> mod=<early> unit=<unit>", build=build_directed, trim=1),
    Rule(name="year end", shape="<about>? <u_year> (?:-|<possessive>)? <end>", build=build_year_end),
)
