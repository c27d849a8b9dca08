"""Plain text of at most a hundred columns: headings, labelled lines, and values in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from textwrap import wrap
from zoneinfo import ZoneInfo

from truceline.model.incident import Incident
from truceline.model.place import Toponym
from truceline.model.quantity import Range

COLUMNS = 100
LABEL = 12


def heading(words: str) -> list[str]:
    return [words, "-" * min(COLUMNS, len(words))]


def labelled(label: str, words: str, *, indent: int = 0) -> list[str]:
    """'label     words', wrapped under the words."""
    lead = " " * indent
    width = max(LABEL, len(label) + 1)
    return wrap(
        words or "-",
        COLUMNS,
        initial_indent=f"{lead}{label:<{width}}",
        subsequent_indent=lead + " " * width,
        break_on_hyphens=False,
    )


def bullets(lines: Iterable[str]) -> list[str]:
    return [
        line for each in lines for line in wrap(sentence(each), COLUMNS, initial_indent="- ", subsequent_indent="  ")
    ]


def indented(words: str) -> list[str]:
    return wrap(words, COLUMNS, initial_indent="    ", subsequent_indent="    ")


def word_when(start: datetime | None, end: datetime | None, timezone: str) -> str:
    """A day, an instant or a stretch in the mission's local time."""
    if start is None:
        return "nobody tells when"
    zone = ZoneInfo(timezone)
    first = start.astimezone(zone)
    if end is None or (end - start).total_seconds() <= 60:
        return f"{first:%Y-%m-%d %H:%M} ({timezone})"
    last = end.astimezone(zone)
    if first.hour == first.minute == last.hour == last.minute == 0:
        days = (last.date() - first.date()).days
        return f"{first:%Y-%m-%d}" if days == 1 else f"some time in the {days} days from {first:%Y-%m-%d}"
    return f"between {first:%Y-%m-%d %H:%M} and {last:%Y-%m-%d %H:%M} ({timezone})"


def word_instant(at: datetime, timezone: str) -> str:
    return f"{at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}"


def word_place(place: Toponym | None) -> str:
    if place is None or place.id is None:
        return "no telling names a place that could be found"
    parts = [place.name or place.id]
    if place.admin1 is not None and place.admin1 != place.name:
        parts.append(place.admin1)
    extent = [place.precision.value] if place.precision is not None else []
    if place.radius_km is not None:
        extent.append(f"within {place.radius_km:g} km")
    return ", ".join(parts) + (f" ({', '.join(extent)})" if extent else "")


def word_codes(incident: Incident) -> str:
    codes = [f"ACLED {incident.event.acled}"] if incident.event.acled else []
    codes += [f"CAMEO {incident.event.cameo}"] if incident.event.cameo else []
    return f" ({', '.join(codes)})" if codes else ""


def word_actors(actors: Sequence[str], words: Sequence[str], names: Mapping[str, str]) -> str:
    """The neutral names, then the words of the sources; words alone when they identify nobody."""
    known = listed([names.get(actor, actor) for actor in actors])
    told = listed([f"“{each}”" for each in words])
    if known and told:
        return f"{known}; called {told}"
    return known or (f"{told}: no known actor" if told else "nobody named")


def word_range(people: Range) -> str:
    low, high = people.low, people.high
    if low is not None and low == high:
        return str(low)
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None:
        return f"{low} or more"
    return f"at most {high}" if high is not None else "a number nobody tells"


def listed(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def sentence(words: str) -> str:
    """The words with a capital first and one full stop."""
    return words[:1].upper() + words[1:].rstrip(". ") + "."
