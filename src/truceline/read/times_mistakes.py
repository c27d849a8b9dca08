"""Days, hours and years that no calendar has: set aside and told, never guessed."""

from truceline.model.when import TimexType
from truceline.read.times_calendar import parse_day
from truceline.read.times_grammar import Context, Draft, Found, Rule
from truceline.read.times_shapes import MONTH

_SINCE = frozenset({"in", "since", "until"})
_SOME_LEAP_YEAR = 2000


def mistaken(problem: str) -> Draft:
    """Words that are read as no time, with what is wrong about them."""
    return Draft(type=TimexType.DATE, value="", problem=problem)


def impossible(found: Found) -> Draft | None:
    """A day that was found in no calendar, set aside; None where another reason kept it from being placed."""
    if found.has("iso"):
        return mistaken("no such day or hour")
    if found.has("numeric"):
        return mistaken("no such day") if found.get("numeric")[-3:].isdecimal() else None
    if not found.has("month") or not found.has("day"):
        return None
    month, day = found.get("month"), found.get("day", "day", "oday")
    if parse_day(_SOME_LEAP_YEAR, month, day) is None:
        return mistaken("that month has no such day")
    if found.has("year") or found.has("year_dir"):
        return mistaken("that month had no such day in that year")
    return None


def build_long_year(found: Found, context: Context) -> Draft | None:
    """'5 May 20016', 'in 20016': a slip of the keyboard, unless the number counts what follows."""
    number, before, after = found.groups["long"][0], found.before(), found.after()
    if context.offset + number.start in context.counts:
        return None
    if after is not None and not after.meanings and after.text.isalpha():
        return None  # '20016 people'
    if not found.has("month") and (before is None or before.text not in _SINCE):
        return None
    return mistaken("a year of five digits")


RULES = (
    Rule(
        name="long year",
        shape=f"(?:(?:<the>?day1=<day|oday><of>?)?{MONTH.format(1)}(?:<the>?day2=<day|oday>)?,?)? long=<long_year>"
        "(?:-<num>-<num>)?",
        build=build_long_year,
    ),
)
