"""What a person answered, as it stands in a form or in JSON, made into a decision."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from truceline.errors import UsageError
from truceline.kit.nearest import did_you_mean
from truceline.model.assessment import Verdict
from truceline.model.mission import Mission
from truceline.read.actors_world import world_actors
from truceline.review.decide import find_event
from truceline.review.items import Item, Needs, Option
from truceline.review.places import find_place
from truceline.vocab.mission_terms import plover_modes

NOT_KNOWN = "unknown"  # what is written where something cannot be determined
FIELDS = ("place", "actor", "verdict", "kind", "since", "until")


def given_for(option: Option, said: Mapping[str, str], mission: Mission) -> dict[str, Any]:
    """The values that an option needs. Raises UsageError where one is missing or is none."""
    match option.needs:
        case Needs.PLACE:
            return {"place": parse_place(option.value or said.get("place", ""), mission)}
        case Needs.ACTOR:
            return {"actor": parse_actor(option.value or said.get("actor", ""), mission)}
        case Needs.VERDICT:
            return {"verdict": parse_verdict(said.get("verdict", ""))}
        case Needs.EVENT:
            return {"event": parse_kind(said.get("kind", ""))}
        case Needs.TIME:
            return parse_times(said.get("since", ""), said.get("until", ""), ZoneInfo(mission.timezone))
        case _:
            return {}


def parse_place(text: str, mission: Mission) -> Any:
    """A place by its id, or by its name where the mission has one of that name; None for "unknown"."""
    asked = text.strip()
    if asked == NOT_KNOWN:
        return None
    named = [
        each.id
        for each in mission.places
        if asked.casefold() in {name.casefold() for name in (each.name, *each.aliases)}
    ]
    found = find_place(named[0] if len(named) == 1 else asked, mission) if asked else None
    if found is None:
        known = {each.name for each in mission.places}
        raise UsageError(f"no place has the name or id '{asked}'{did_you_mean(asked, known)}; or write '{NOT_KNOWN}'")
    return found


def parse_actor(text: str, mission: Mission) -> str | None:
    """An actor by id or by name; None for "unknown"."""
    asked = text.strip()
    if asked == NOT_KNOWN:
        return None
    everybody = (*mission.actors, *world_actors())
    by_name = {each.name.casefold(): each.id for each in reversed(everybody)}
    known = {each.id for each in everybody}
    found = asked if asked in known else by_name.get(asked.casefold())
    if found is None:
        raise UsageError(f"no actor has the name or id '{asked}'{did_you_mean(asked, known)}; or write '{NOT_KNOWN}'")
    return found


def parse_verdict(text: str) -> Verdict:
    try:
        return Verdict(text)
    except ValueError as error:
        raise UsageError(f"'{text}' is no verdict; there are {', '.join(each.value for each in Verdict)}") from error


def parse_kind(text: str) -> Any:
    plover, _, mode = text.strip().partition(" ")
    modes = plover_modes()
    if plover not in modes or (mode and mode not in modes[plover]):
        raise UsageError(f"'{text}' is no PLOVER category with one of its modes, as 'ASSAULT aerial'")
    return find_event(plover, mode or None)


def parse_times(since: str, until: str, zone: ZoneInfo) -> dict[str, datetime | None]:
    """Local moments or days, the last one inclusive where it is a day; "unknown" for what cannot be determined."""
    if since.strip() == NOT_KNOWN:
        return {"start": None, "end": None}
    start = parse_moment(since, zone)
    end = parse_moment(until, zone, is_last=True) if until.strip() else start + timedelta(days=1)
    if end <= start:
        raise UsageError("until: lies before since; nothing can have happened between")
    return {"start": start, "end": end}


def parse_moment(text: str, zone: ZoneInfo, *, is_last: bool = False) -> datetime:
    asked = text.strip()
    try:
        moment = datetime.fromisoformat(asked)
    except ValueError as error:
        raise UsageError(f"'{asked}' is no day or moment; write 2016-05-01 or 2016-05-01T14:00") from error
    if len(asked) <= 10 and is_last:
        moment = datetime.combine(moment.date() + timedelta(days=1), time())
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def needed_words(item: Item) -> tuple[str, ...]:
    """The names of what some option of an item needs from whoever answers."""
    return tuple(dict.fromkeys(each.needs.value for each in item.options if each.needs and not each.value))
