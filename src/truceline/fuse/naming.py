"""How incidents are called: neutral words of ours, the place as precisely as it is known, the day."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from truceline.fuse.policy import find_group, name_means
from truceline.model.claim import EventType
from truceline.model.place import Precision, Toponym
from truceline.model.when import Basis, When
from truceline.vocab.load import load_toml

VAST = frozenset({Precision.COUNTRY, Precision.REGION})
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@cache
def titles() -> Any:
    return load_toml("events/titles.toml")


def name_kind(event: EventType) -> str:
    """What we call this kind of event, in neutral words."""
    names: dict[str, str] = titles()["kinds"].get(event.plover, {"": "Event"})
    return names.get(name_means(event) or "", names[""])


def write_title(event: EventType, place: Toponym | None, when: When | None) -> str:
    """'Air strike near Khan Tuman, 5 May 2016'; 'reported' where only the publication dates it."""
    where = ""
    # Talks about a country are held elsewhere.
    needless = place is not None and place.precision in VAST and find_group(event) != "material"
    if place is not None and place.name is not None and not needless:
        where = f" {name_where(place, place.name)}"
    return f"{name_kind(event)}{where}, {write_day(when)}"


def name_where(place: Toponym, name: str) -> str:
    """'in Khan Tuman', 'in the province of Aleppo', but 'in Aleppo Governorate', 'in Luhansk region'."""
    words: str = titles()["where"].get(place.precision or "near", "near")
    ranked = words.endswith(" of") and not set(titles()["ranks"]["words"]).isdisjoint(name.casefold().split())
    return f"in {name}" if ranked else f"{words} {name}"


def write_day(when: When | None) -> str:
    if when is None or when.start is None or when.end is None:
        return "date unknown"
    first, last = find_days(when)
    told = f"{first.day} {MONTHS[first.month - 1]} {first.year}"
    if last > first:
        same_month = (first.year, first.month) == (last.year, last.month)
        start = str(first.day) if same_month else told
        told = f"{start}–{last.day} {MONTHS[last.month - 1]} {last.year}"
    return f"reported {told}" if when.basis is Basis.PUBLISHED else told


def find_days(when: When) -> tuple[date, date]:
    """The local days a stretch covers: a local day's bounds lie elsewhere in UTC, its noon in the same UTC day."""
    assert when.start is not None
    assert when.end is not None
    if when.end - when.start < timedelta(hours=20):
        stated = read_date(when.value)
        day = stated if stated is not None else when.start.astimezone(UTC).date()
        day += timedelta(days=when.value[10:13] == "T24")  # the midnight that ends a day is the next one's
        return day, day
    half_day = timedelta(hours=12)
    return (when.start + half_day).astimezone(UTC).date(), (when.end - half_day).astimezone(UTC).date()


def read_date(value: str) -> date | None:
    """The day a TIMEX3 value begins with, None when it gives none."""
    try:
        return datetime.strptime(value[:10], "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def write_origins(*, reports: int, origins: int, deepest: str | None, circles: int = 0, flooded: int = 0) -> str:
    """'5 reports, 2 independent origins, deepest origin SOHR', and what else a reader should know of them."""
    told = f"{counted(reports, 'report')}, {counted(origins, 'independent origin')}"
    notes = [told if deepest is None else f"{told}, deepest origin {deepest}"]
    if circles:
        notes.append(f"{counted(circles, 'ring')} of reports that credit each other: nobody knows who began")
    if flooded:
        notes.append(
            f"{counted(flooded, 'report')} of outlets nobody lists in nearly the words of another: not counted"
        )
    return "; ".join(notes)


def counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
