"""Incidents counted the way event data sets count: one place, one day, the same sides are one event.

An incident is one act; UCDP GED (codebook 19.1) and ACLED (codebook of 2023) code a day of fighting between two sides
at one place once, however many acts it had. Both counts are right, each for its question; they must not be mixed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from truceline.fuse.policy import kinds
from truceline.fuse.registry import Registry, arrange
from truceline.model.actor import Actor
from truceline.model.coded_event import CodedEvent
from truceline.model.incident import Incident, Stance
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Range
from truceline.model.source import Source

ONE_DAY = timedelta(days=1)
SPOTS = frozenset({Precision.POINT, Precision.SETTLEMENT, Precision.NEAR})


def find_coded_events(
    incidents: Sequence[Incident], *, sources: Sequence[Source], actors: Sequence[Actor], timezone: str
) -> tuple[CodedEvent, ...]:
    """The events that a coder would make of these incidents, in the order of day and place.

    Left out is what no coder could code: no force used, nobody asserts it, no settlement or site, no single day.
    """
    registry, zone = arrange(sources, actors), ZoneInfo(timezone)
    met: defaultdict[tuple[date, str], list[Incident]] = defaultdict(list)
    for each in incidents:
        day = find_day(each, zone)
        if day is not None and is_force(each) and is_asserted(each) and is_spot(each.place):
            assert each.place is not None
            met[day, each.place.id or ""].append(each)
    return tuple(
        sum_up(group, day)
        for (day, _), here in sorted(met.items(), key=lambda each: each[0])
        for group in by_sides(here, registry)
    )


def find_day(incident: Incident, zone: ZoneInfo) -> date | None:
    """The local day on which it fell; of a night over two days the first. None where more than two days are told."""
    if incident.start is None or incident.end is None or incident.end - incident.start > 2 * ONE_DAY:
        return None
    return incident.start.astimezone(zone).date()


def is_force(incident: Incident) -> bool:
    return incident.event.plover in kinds().coded_force


def is_asserted(incident: Incident) -> bool:
    return any(each.stance is Stance.ASSERTS for each in incident.versions)


def is_spot(place: Toponym | None) -> bool:
    return place is not None and place.id is not None and place.precision in SPOTS


def by_sides(incidents: Sequence[Incident], registry: Registry) -> Iterator[list[Incident]]:
    """Those between the same sides; what names nobody goes with the only sides named there, else with its like."""
    groups: list[tuple[set[str], list[Incident]]] = []
    unnamed: list[Incident] = []
    for each in sorted(incidents, key=lambda one: one.id):
        sides = name_sides(each, registry)
        if not sides:
            unnamed.append(each)
            continue
        fitting = [group for group in groups if sides <= group[0] or group[0] <= sides]
        if fitting:
            fitting[0][0].update(sides)
            fitting[0][1].append(each)
        else:
            groups.append((sides, [each]))
    if len(groups) == 1:
        groups[0][1].extend(unnamed)
    elif unnamed:
        groups.append((set(), unnamed))
    yield from (group for _, group in groups)


def name_sides(incident: Incident, registry: Registry) -> set[str]:
    """The side of the war each party stands on, else the party itself; civilians are no side."""
    known = [each for each in (*incident.agents, *incident.recipients) if not registry.vague(each)]
    return {registry.side(party) or party for party in map(registry.party, known)}


def sum_up(group: Iterable[Incident], day: date) -> CodedEvent:
    ordered = sorted(group, key=lambda each: each.id)
    place = ordered[0].place
    assert place is not None
    tolls = [each.killed for each in ordered if each.killed is not None]
    return CodedEvent(
        id=ordered[0].id,
        day=day,
        place=place,
        sides=tuple(sorted({actor for each in ordered for actor in (*each.agents, *each.recipients)})),
        incidents=tuple(each.id for each in ordered),
        killed=add_up(tolls) if tolls else None,
    )


def add_up(tolls: Sequence[Range]) -> Range:
    """Lowest with lowest, highest with highest; open upwards where one is."""
    highs = [each.high for each in tolls]
    return Range(
        low=sum(each.low or 0 for each in tolls),
        high=None if None in highs else sum(high for high in highs if high is not None),
    )
