"""Did the agreement hold then, and there? Three answers each: yes, no, cannot be determined."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.judge.zones import Where, Within, both, word_zones, zones_hold
from truceline.model.agreement import Agreement, LocalTruce, Obligation, Zone
from truceline.model.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """One answer on time or on place, with the reason in words."""

    within: Within
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TruceCover:
    """What one local truce has to do with an incident."""

    truce: LocalTruce
    within: Within
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where an incident stands under the agreement in time and place, and which local truces touch it.

    `truces` leaves out those that surely do not cover the incident.
    """

    time: Bearing
    area: Bearing
    truces: tuple[TruceCover, ...]

    @property
    def within(self) -> Within:
        return both(self.time.within, self.area.within)

    @property
    def covering(self) -> tuple[str, ...]:
        return tuple(cover.truce.id for cover in self.truces if cover.within is Within.INSIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """When an incident happened, as it is asked and as it is worded; `start` None: nobody tells."""

    start: datetime | None
    end: datetime | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """When and where an incident happened, and the local truces that touch it: the same for every term."""

    happened: Happened
    where: Where
    zone: ZoneInfo
    truces: tuple[TruceCover, ...]


def find_setting(
    incident: Incident,
    agreement: Agreement,
    *,
    timezone: str,
    delay: timedelta = timedelta(),
    least_chance: float = 0.0,
) -> Setting:
    """The time, the place and the local truces of one incident; instants are worded in `timezone`.

    `delay`: only the publication dates it, so it may have happened so long before. A place resolved with less than
    `least_chance` shows nothing to be outside an area, nor inside a local truce.
    """
    zone = ZoneInfo(timezone)
    happened = find_happened(incident, zone, delay)
    where = Where(place=incident.place, sure=incident.place is not None and incident.place.chance >= least_chance)
    covers = [cover_truce(happened, where, truce, zone) for truce in agreement.local_truces]
    return Setting(
        happened=happened, where=where, zone=zone, truces=tuple(cover for cover in covers if cover is not None)
    )


def find_scope(
    setting: Setting, agreement: Agreement, term: Obligation | None = None, *, failed: bool = False
) -> Scope:
    """Whether the agreement, or one term of it with a time and an area of its own, held then and there.

    `failed`: the act is the failure of a duty, which there can be only from the day on which it was due.
    """
    force = find_force(agreement, term, failed=failed)
    if term is not None and term.zones:
        area = bear_area(setting.where, term.zones, label=f"term {term.id}")
    else:
        area = bear_area(setting.where, agreement.area, label="the agreement")
    return Scope(time=bear_time(setting.happened, force, setting.zone), area=area, truces=setting.truces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """From which told instants something held, until when, and what it is called."""

    name: str
    openings: tuple[tuple[datetime, str], ...]
    closes: datetime | None
    overdue: bool = False


def find_force(agreement: Agreement, term: Obligation | None, *, failed: bool) -> Force:
    entries = tuple((entry.at, entry.as_told) for entry in agreement.entries)
    if term is None:
        return Force(name=agreement.name, openings=entries, closes=agreement.ends)
    own = tuple((at, "") for at in term.begins)
    ends = [at for at in (term.until, None if term.local else agreement.ends) if at is not None]
    closes = min(ends, default=None)
    if failed and term.due is not None:
        return Force(name=f"Term {term.id}", openings=((term.due, ""),), closes=closes, overdue=True)
    named = own or term.until is not None
    return Force(name=f"Term {term.id}" if named else agreement.name, openings=own or entries, closes=closes)


def place_in_window(
    start: datetime | None, end: datetime | None, *, opens: Sequence[datetime], closes: datetime | None
) -> Within:
    """Is the stretch from `start` to `end` inside a window whose opening is told in one or more ways?

    What lies between the earliest and the latest told opening cannot be determined; nor can a stretch
    that begins outside and ends inside.
    """
    if start is None:
        return Within.UNCLEAR
    last = max(start, end) if end is not None else start
    before = last <= min(opens) and start < min(opens)
    after = closes is not None and start >= closes
    if before or after:
        return Within.OUTSIDE
    whole = start >= max(opens) and (closes is None or last <= closes)
    return Within.INSIDE if whole else Within.UNCLEAR


def find_happened(incident: Incident, zone: ZoneInfo, delay: timedelta) -> Happened:
    words = word_stretch(incident.start, incident.end, zone)
    if incident.start is None or not delay:
        return Happened(start=incident.start, end=incident.end, words=f"is said to have happened {words}")
    return Happened(
        start=incident.start - delay,
        end=incident.end,
        words=f"was published {words} without its own date, and may have happened {word_hours(delay)} before",
    )


def bear_time(happened: Happened, force: Force, zone: ZoneInfo) -> Bearing:
    """Was it in force when it happened?"""
    opens = [at for at, _ in force.openings]
    within = place_in_window(happened.start, happened.end, opens=opens, closes=force.closes)
    told = word_openings(force.openings, zone)
    ended = f" and ended {word_instant(force.closes, zone)}" if force.closes is not None else ""
    held = f"was overdue {told}{ended}" if force.overdue else f"was in force {told}{ended}"
    if happened.start is None:
        because = f"No telling says when it happened. {force.name} {held}."
    elif within is not Within.UNCLEAR:
        because = f"It {happened.words}. {force.name} {held}."
    elif len(set(opens)) > 1:
        because = f"It {happened.words}, and sources differ on the entry into force. {force.name} {held}."
    else:
        because = f"It {happened.words}: that may fall on either side of a limit. {force.name} {held}."
    return Bearing(within=within, because=because)


def cover_truce(happened: Happened, place: Where, truce: LocalTruce, zone: ZoneInfo) -> TruceCover | None:
    """How this local truce covers the incident in time and place; None when it surely does not."""
    openings = [(truce.start, "")] + [(other.at, other.as_told) for other in truce.other_starts]
    time = place_in_window(happened.start, happened.end, opens=[at for at, _ in openings], closes=truce.end)
    if time is Within.OUTSIDE:
        return None
    area = bear_area(place, truce.zones, label=f"‘{truce.name}’")
    if area.within is Within.OUTSIDE:
        return None
    because = (
        f"It {happened.words}. The truce ran {word_openings(openings, zone)} until {word_instant(truce.end, zone)}. "
        f"{area.because}"
    )
    return TruceCover(truce=truce, within=both(time, area.within), because=because)


def bear_area(where: Where, zones: Sequence[Zone], *, label: str) -> Bearing:
    """Is the place inside one of the zones of `label`?"""
    place = where.place
    if not zones:
        return Bearing(within=Within.INSIDE, because=f"The text of {label} limits it to no area.")
    if place is None or place.id is None:
        return Bearing(within=Within.UNCLEAR, because="No telling names a place that could be found.")
    within = zones_hold(zones, where)
    told = f"{place.name or place.id}{f', within {place.radius_km:g} km,' if place.radius_km else ''}"
    area = f"{word_zones(zones)}, the area of {label}"
    if any(zone.illustrative for zone in zones):
        area += ", whose edge is drawn for illustration,"
    if within is Within.INSIDE:
        return Bearing(within=within, because=f"{told} lies inside {area}.")
    if within is Within.OUTSIDE:
        return Bearing(within=within, because=f"{told} lies outside {area}.")
    if not where.sure:
        doubt = f"That {told} is meant is only {place.chance:.0%} likely, too little to place it against {area}."
        return Bearing(within=within, because=doubt)
    return Bearing(within=within, because=f"{told} is too vague a place to say whether it lies in {area}.")


def word_openings(openings: Sequence[tuple[datetime, str]], zone: ZoneInfo) -> str:
    """'from 2016-02-27 00:00 local time', or every told opening when they differ."""
    if len({at for at, _ in openings}) == 1:
        return f"from {word_instant(openings[0][0], zone)}"
    told = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}{f' (“{words}”)' if words else ''}" for at, words in sorted(openings))
    return f"from {' or, as others tell it, '.join(told)} local time"


def word_hours(delay: timedelta) -> str:
    return f"up to {delay.total_seconds() / 3600:g} hours"


def word_instant(at: datetime, zone: ZoneInfo) -> str:
    """An instant in the mission's local time, to the minute."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M local time")


def word_stretch(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> str:
    """'on 2016-05-05', 'at 2016-05-05 01:30 local time' or 'between … and …'."""
    if start is None:
        return "at a time nobody tells"
    first = start.astimezone(zone)
    if end is None or (end - start).total_seconds() <= 60:
        return f"at {word_instant(start, zone)}"
    last = end.astimezone(zone)
    whole_days = first.hour == first.minute == last.hour == last.minute == 0
    if whole_days and (last.date() - first.date()).days == 1:
        return f"on {first:%Y-%m-%d}"
    return f"between {first:%Y-%m-%d %H:%M} and {last:%Y-%m-%d %H:%M local time}"
