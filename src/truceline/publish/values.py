"""What is agreed on an incident, value by value, and numbers that do not go together, in words for every page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from truceline.model.incident import AgreedValue, Incident, SumNote
from truceline.model.quantity import Range, Status
from truceline.publish.words import STATUSES, range_words

WHAT_WORDS = {
    "killed": "Killed",
    "injured": "Injured",
    "place": "Place",
    "hour": "Hour",
    "actor": "Who acted",
    "weapon": "Weapon",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One value as shown: the agreed one ("none agreed"), the rule in words, and every value told with who tells it."""

    what: str
    agreed: str
    rule: str
    told: tuple[tuple[str, str], ...]
    replaced: str


def value_rows(incident: Incident, tellers: Mapping[str, str], zone: tzinfo) -> tuple[ValueRow, ...]:
    """The values of an incident; `tellers` names who tells each claim."""
    return tuple(
        ValueRow(
            what=what_words(each.what),
            agreed=agreed_words(each, zone),
            rule=each.words,
            told=tuple((told_words(each, one.value, zone), name_tellers(one.claims, tellers)) for one in each.told),
            replaced=name_tellers(each.superseded, tellers),
        )
        for each in incident.agreed
    )


def name_tellers(claims: Sequence[str], tellers: Mapping[str, str]) -> str:
    return ", ".join(sorted({tellers[each] for each in claims if each in tellers}))


def what_words(what: str) -> str:
    """'Killed', 'Killed (soldiers)'."""
    name, _, status = what.partition(" ")
    return f"{WHAT_WORDS.get(name, name)} ({STATUSES[Status(status)]})" if status else WHAT_WORDS.get(name, name)


def agreed_words(value: AgreedValue, zone: tzinfo) -> str:
    """'28', '4–5, best 5', '06:00', 'none agreed'."""
    if value.low is None and value.best is None and value.high is None:
        return "none agreed"
    if value.what == "hour":
        return hours_words(value, zone)
    if value.what in {"place", "actor", "weapon"}:
        return value.best or "none agreed"
    told = Range(low=number_of(value.low), high=number_of(value.high))
    best = f", best {value.best}" if value.best is not None and value.low != value.high else ""
    return f"{range_words(told)}{best}"


def number_of(written: str | None) -> int | None:
    return None if written is None else int(written)


def hours_words(value: AgreedValue, zone: tzinfo) -> str:
    if value.best is not None:
        return hour_words(value.best, zone)
    first, last = (hour_words(each, zone) for each in (value.low or "", value.high or ""))
    return f"between {first} and {last[-5:] if last[:10] == first[:10] else last}"


def hour_words(written: str, zone: tzinfo) -> str:
    """An instant in UTC as local day and hour; as it is where it is none."""
    try:
        at = datetime.strptime(written, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return written
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def told_words(value: AgreedValue, told: str, zone: tzinfo) -> str:
    return hour_words(told, zone) if value.what == "hour" else told


def sum_lines(incident: Incident, tellers: Mapping[str, str]) -> Iterator[str]:
    """'15 stated as the total, 14 by adding up its parts (11 in Aleppo province + one in Hama (1) + …): SANA'."""
    for each in incident.sums:
        yield f"{each.words} ({parts_words(each)}): {name_tellers(each.claims, tellers)}"


def parts_words(note: SumNote) -> str:
    return " + ".join(words if str(part) in words else f"{words} ({part})" for part, words in note.parts)
