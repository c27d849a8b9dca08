"""Values in words: days, hours, ranges, counts, grades, places. One wording for every page."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from anyascii import anyascii

from truceline.model.incident import Grade
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Range, Status
from truceline.model.release import ReleaseProfile
from truceline.vocab.load import load_toml

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

PRECISION_WORDS = {
    Precision.POINT: "exact point",
    Precision.SETTLEMENT: "settlement",
    Precision.NEAR: "within a radius",
    Precision.AREA: "area",
    Precision.ADMIN2: "district",
    Precision.ADMIN1: "province or region",
    Precision.COUNTRY: "country",
    Precision.REGION: "region",
}

DRAWN_WORDS = {
    Precision.POINT: "Drawn where it is said to have happened.",
    Precision.SETTLEMENT: "Drawn in the middle of the settlement; nothing more exact is told.",
    Precision.NEAR: "Drawn as a circle: it can have been anywhere inside.",
    Precision.AREA: "Drawn as a circle: it can have been anywhere inside.",
    Precision.ADMIN2: "Drawn as a circle around the district: it can have been anywhere inside.",
    Precision.ADMIN1: "Drawn as a shade: only the province or region is known.",
    Precision.COUNTRY: "Only the country is known.",
    Precision.REGION: "Only the region is known.",
}

ADMIRALTY = load_toml("admiralty.toml")
RELIABILITY_WORDS: dict[str, str] = {each["sign"]: each["words"] for each in ADMIRALTY["letter"]}

# What tellings differ in, as a reader is asked.
DISPUTE_WORDS = {
    "agent": "who did it",
    "count": "how many were counted",
    "day": "on which day",
    "denial": "whether it happened",
    "hour": "at what hour",
    "injured": "how many were hurt",
    "killed": "how many were killed",
    "means": "by what means",
    "place": "where",
    "recipient": "what was hit",
    "status": "how it ended",
    "sum": "whether the parts make the total",
}

CREDIBILITY_WORDS: dict[int, str] = {each["sign"]: each["words"] for each in ADMIRALTY["number"]}


def day_words(day: date) -> str:
    """'4 June 2016'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_short(day: date) -> str:
    """'4 Jun'."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def period_words(since: date, until: date) -> str:
    """The days since..until (exclusive) as a reader says them: '28 May to 3 June 2016'."""
    last = until - timedelta(days=1)
    if last <= since:
        return day_words(since)
    if (since.year, since.month) == (last.year, last.month):
        return f"{since.day} to {day_words(last)}"
    first = f"{since.day} {MONTHS[since.month - 1]}" if since.year == last.year else day_words(since)
    return f"{first} to {day_words(last)}"


def instant_words(at: datetime, zone: tzinfo) -> str:
    """'4 June 2016, 14:30 (UTC+3)'."""
    local = at.astimezone(zone)
    return f"{day_words(local.date())}, {local:%H:%M} ({offset_words(local)})"


def offset_words(local: datetime) -> str:
    """'UTC+3', 'UTC-3:30'."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def when_words(start: datetime | None, end: datetime | None, zone: tzinfo) -> str:
    """A stretch of time in local words, as vague as it is; 'not stated' where nothing places it."""
    if start is None or end is None:
        return "not stated"
    first, last = start.astimezone(zone), end.astimezone(zone)
    length, last_day = last - first, (last - timedelta(seconds=1)).date()
    # A day of another time zone is still told as one day: the one on which it begins.
    if timedelta(hours=23) <= length <= timedelta(hours=25):
        return day_words(first.date())
    if length > timedelta(hours=25):
        return period_words(first.date(), last_day + timedelta(days=1))
    if length <= timedelta(minutes=1):
        return f"{day_words(first.date())}, {first:%H:%M}"
    if last_day > first.date():
        return f"{day_words(first.date())}, {first:%H:%M} to {day_words(last.date())}, {last:%H:%M}"
    until = "24:00" if last_day < last.date() and f"{last:%H:%M}" == "00:00" else f"{last:%H:%M}"
    return f"{day_words(first.date())}, {first:%H:%M}–{until}"


# Civilians have their own line, with the women, children and helpers that the words do not call so.
STATUSES = {
    Status.CHILD: "children",
    Status.WOMAN: "women",
    Status.MEDIC: "medics",
    Status.JOURNALIST: "journalists",
    Status.AID_WORKER: "aid workers",
    Status.POLICE: "police",
    Status.SOLDIER: "soldiers",
    Status.FIGHTER: "fighters",
}


def range_words(told: Range | None) -> str:
    """'12', '3–5', 'at least 24', 'at most 3'; '' where nothing is told."""
    if told is None or (told.low is None and told.high is None):
        return ""
    if told.high is None:
        return f"at least {number_words(told.low or 0)}"
    if told.low is None:
        return f"at most {number_words(told.high)}"
    return number_words(told.low) if told.low == told.high else f"{number_words(told.low)}–{number_words(told.high)}"


def bounds_words(low: float | None, high: float | None) -> str:
    """Like `range_words`, for numbers that need not be whole."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{number_words(low or 0)} or more"
    if low is None:
        return f"up to {number_words(high)}"
    return number_words(low) if low == high else f"{number_words(low)}–{number_words(high)}"


def number_words(number: float) -> str:
    """'1,001', '2.5'."""
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,.1f}"


def count_words(count: int, one: str, many: str | None = None) -> str:
    """'1 incident', '2 incidents'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def list_words(names: Sequence[str], *, none: str = "") -> str:
    """'a', 'a and b', 'a, b and c'."""
    if not names:
        return none
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def grade_words(grade: Grade) -> str:
    """A grade spelled out, its two scales apart."""
    reliability = RELIABILITY_WORDS.get(grade.reliability, "reliability not graded")
    credibility = CREDIBILITY_WORDS.get(grade.credibility, "credibility not graded")
    return f"best source {reliability}; {credibility}"


def place_words(place: Toponym | None, text: str = "") -> str:
    """The place as held, its vagueness said; `text` is the document the name was written in, if at hand."""
    if place is None:
        return "place not stated"
    name = place.name or (place.span.of(text) if text else "")
    if place.id is None:
        return f"{name} (not located)" if name else "place not located"
    if place.precision is Precision.NEAR and place.radius_km is not None:
        return f"near {name} (within {number_words(round(place.radius_km, 1))} km)"
    return name or "place not named"


def quoted(words: str) -> str:
    """The words in quotation marks, those they already stand in left out."""
    return f"“{words.strip(QUOTES) or words}”"


QUOTES = "\"'“”„‟‘’‚‛«»‹› "


NON_LATIN = re.compile(r"[\u0370-\u1cff\u2c00-\ufaff\ufb1d-\ufeff]")


def transliteration(text: str) -> str:
    """The text in Latin letters where it is written in another script, else ''."""
    return anyascii(text).strip() if NON_LATIN.search(text) else ""


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    directions = (unicodedata.bidirectional(mark) for mark in text)
    return next((direction for direction in directions if direction in ("L", "R", "AL")), "L") != "L"


def release_words(profile: ReleaseProfile) -> str:
    """'public: …', as it stands after 'Released as'."""
    return f"{profile.name}: {profile.says}"
