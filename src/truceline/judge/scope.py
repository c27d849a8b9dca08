"""Did the agreement hold then, and there? Three answers each: yes, no, cannot be determined."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from truceline.kit.geo import haversine_km
from truceline.model.agreement import Agreement, LocalTruce, Zone, ZoneKind
from truceline.model.incident import Incident
from truceline.model.place import Precision, Toponym

# A governorate is told from its neighbour only by a place smaller than this; wider ones may straddle the border.
ADMIN1_RADIUS_KM = 20.0
VAGUE = (Precision.COUNTRY, Precision.REGION)


class Within(StrEnum):
    """Inside a window of time or an area, outside it, or cannot be determined."""

    INSIDE = "yes"
    OUTSIDE = "no"
    UNCLEAR = "cannot be determined"


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
class Where:
    """The place of an incident, and whether it was resolved surely enough to decide on it."""

    place: Toponym | None
    sure: bool


def find_scope(
    incident: Incident,
    agreement: Agreement,
    *,
    timezone: str,
    delay: timedelta = timedelta(),
    least_chance: float = 0.0,
) -> Scope:
    """The time, the area and the local truces of one incident; instants are worded in `timezone`.

    `delay`: only the publication dates it, so it may have happened so long before. A place resolved with less than
    `least_chance` shows nothing to be outside an area, nor inside a local truce.
    """
    zone = ZoneInfo(timezone)
    happened = find_happened(incident, zone, delay)
    place = Where(place=incident.place, sure=incident.place is not None and incident.place.chance >= least_chance)
    covers = [cover_truce(happened, place, truce, zone) for truce in agreement.local_truces]
    return Scope(
        time=bear_time(happened, agreement, zone),
        area=bear_area(place, agreement.area, label="the agreement"),
        truces=tuple(cover for cover in covers if cover is not None),
    )


def both(*answers: Within) -> Within:
    """No if any is no, yes if all are yes, else cannot be determined."""
    if Within.OUTSIDE in answers:
        return Within.OUTSIDE
    return Within.UNCLEAR if Within.UNCLEAR in answers else Within.INSIDE


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


def bear_time(happened: Happened, agreement: Agreement, zone: ZoneInfo) -> Bearing:
    """Was the agreement in force when it happened?"""
    opens = [entry.at for entry in agreement.entries]
    within = place_in_window(happened.start, happened.end, opens=opens, closes=agreement.ends)
    told = word_openings([(entry.at, entry.as_told) for entry in agreement.entries], zone)
    ended = f" and ended {word_instant(agreement.ends, zone)}" if agreement.ends is not None else ""
    force = f"{agreement.name} was in force {told}{ended}."
    if happened.start is None:
        because = f"No telling says when it happened. {force}"
    elif within is not Within.UNCLEAR:
        because = f"It {happened.words}. {force}"
    elif len(set(opens)) > 1:
        because = f"It {happened.words}, and sources differ on the entry into force. {force}"
    else:
        because = f"It {happened.words}: that may fall on either side of a limit. {force}"
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
    if within is Within.INSIDE:
        return Bearing(within=within, because=f"{told} lies inside {area}.")
    if within is Within.OUTSIDE:
        return Bearing(within=within, because=f"{told} lies outside {area}.")
    if not where.sure:
        doubt = f"That {told} is meant is only {place.chance:.0%} likely, too little to place it against {area}."
        return Bearing(within=within, because=doubt)
    return Bearing(within=within, because=f"{told} is too vague a place to say whether it lies in {area}.")


def zones_hold(zones: Sequence[Zone], where: Where) -> Within:
    """Does any zone hold the place? A doubtful place is outside nothing, and inside a country at most."""
    assert where.place is not None
    holding = [zone for zone in zones if zone_holds(zone, where.place) is Within.INSIDE]
    if holding and (where.sure or any(zone.kind is ZoneKind.COUNTRY for zone in holding)):
        return Within.INSIDE
    doubtful = any(zone_holds(zone, where.place) is Within.UNCLEAR for zone in zones)
    return Within.UNCLEAR if doubtful or not where.sure else Within.OUTSIDE


def zone_holds(zone: Zone, place: Toponym) -> Within:
    """Does one zone hold the place with all its radius, none of it, or only some?"""
    test: Callable[[Zone, Toponym], Within] = {
        ZoneKind.COUNTRY: country_holds,
        ZoneKind.ADMIN1: admin1_holds,
        ZoneKind.PLACE: circle_holds,
        ZoneKind.CIRCLE: circle_holds,
    }[zone.kind]
    return test(zone, place)


def country_holds(zone: Zone, place: Toponym) -> Within:
    if place.country is None or place.precision is Precision.REGION:
        return Within.UNCLEAR
    return Within.INSIDE if place.country.casefold() == zone.name.casefold() else Within.OUTSIDE


def admin1_holds(zone: Zone, place: Toponym) -> Within:
    if place.admin1 is None or place.precision in VAGUE:
        return Within.UNCLEAR
    if place.admin1.casefold() == zone.name.casefold():
        return Within.INSIDE
    straddles = place.precision is not Precision.ADMIN1 and (place.radius_km or 0.0) > ADMIN1_RADIUS_KM
    return Within.UNCLEAR if straddles else Within.OUTSIDE


def circle_holds(zone: Zone, place: Toponym) -> Within:
    """A circle against a circle: all of the place inside, none of it, or some."""
    if zone.lat is None or zone.lon is None:
        return Within.INSIDE if place.id == zone.name else Within.UNCLEAR
    if place.lat is None or place.lon is None:
        return Within.UNCLEAR
    apart = haversine_km(zone.lat, zone.lon, place.lat, place.lon)
    reach, extent = zone.radius_km or 0.0, place.radius_km or 0.0
    # A zone drawn around a town means the town: its name reaches farther than any circle drawn by hand.
    meant = place.precision is Precision.SETTLEMENT and apart <= reach / 2
    if apart + extent <= reach or meant or place.id == zone.name:
        return Within.INSIDE
    return Within.OUTSIDE if apart - extent > reach else Within.UNCLEAR


def word_zones(zones: Iterable[Zone]) -> str:
    """The zones as a mediator would say them."""
    return " or ".join(
        f"{zone.name} ({zone.radius_km:g} km around it)"
        if zone.radius_km is not None
        else f"the country {zone.name}"
        if zone.kind is ZoneKind.COUNTRY
        else zone.name
        for zone in zones
    )


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
