"""Values that people decide on, as ids and in words."""

from datetime import datetime

from truceline.kit.near import fold_loosely
from truceline.model.claim import EventType
from truceline.model.place import Toponym
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import When

UNKNOWN = "cannot be determined"
NOBODY = "nobody known"
ARTICLES = ("the ", "a ", "an ")


def fold_words(words: str) -> str:
    """Words as they are compared: without case, accents and a leading article."""
    folded = fold_loosely(words)
    return next((folded.removeprefix(each) for each in ARTICLES if folded.startswith(each)), folded)


def write_place(place: Toponym | None) -> str:
    """The id of a place, "" where there is none."""
    return "" if place is None or place.id is None else place.id


def word_place(place: Toponym | None) -> str:
    if place is None:
        return "no place"
    if place.id is None:
        return f"{UNKNOWN}: {place.reason}" if place.reason else UNKNOWN
    within = ", ".join(each for each in (place.admin1, place.country) if each)
    return f"{place.name} ({within})" if within else str(place.name)


def write_event(event: EventType | None) -> str:
    """PLOVER category and mode, "ASSAULT aerial"; "" for none."""
    return "" if event is None or event.plover is None else f"{event.plover} {event.mode or ''}".strip()


def word_event(event: EventType | None) -> str:
    return write_event(event).lower().replace("-", " ") or "no event watched"


def write_time(start: datetime | None, end: datetime | None) -> str:
    """An ISO 8601 interval, "" where it is not known."""
    return "" if start is None or end is None else f"{start.isoformat()}/{end.isoformat()}"


def word_time(start: datetime | None, end: datetime | None) -> str:
    return UNKNOWN if start is None or end is None else f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC"


def bounds_of(when: When | None) -> tuple[datetime | None, datetime | None]:
    return (None, None) if when is None else (when.start, when.end)


def named_in(telling: Telling) -> tuple[Role | Speaker, ...]:
    """Everybody whom a telling speaks of or who speaks in it."""
    return (*telling.agents, *telling.recipients, *telling.instruments, *telling.chain)
