"""Incidents made ready for counting, and counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from truceline.model.actor import Actor
from truceline.model.agreement import Agreement
from truceline.model.assessment import Assessment
from truceline.model.incident import Incident, Stance
from truceline.model.mission import Mission
from truceline.model.place import Precision
from truceline.model.series import DayCount, HeadingDays, PartyKind, Tally
from truceline.model.telling import Telling
from truceline.vocab.rates import RateTable
from truceline.watch.days import Exposure, Stretch, incident_days

NOT_NAMED = "not named"
ELSEWHERE = "outside the watched countries"
WITH_FORCES = "with its forces"
NOT_TOLD = "not told closely enough"
WIDE = (Precision.COUNTRY, Precision.REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One incident as counted: its days and its headings, with the origins and sources behind it."""

    incident: Incident
    first: date
    last: date
    kind: str
    force: bool
    parties: tuple[str, ...]
    area: str
    verdict: str | None
    origins: frozenset[str]
    sources: frozenset[str]


def count_ready(
    mission: Mission,
    incidents: Iterable[Incident],
    assessments: Iterable[Assessment],
    tellings: Iterable[Telling],
    table: RateTable,
) -> list[Counted]:
    """The incidents that somebody asserts and that fall on known days, each with its headings."""
    zone = ZoneInfo(mission.timezone)
    verdicts = {assessment.incident: assessment.verdict.value for assessment in assessments}
    by_claim = {telling.claim: telling for telling in tellings}
    actors = {actor.id: actor for actor in mission.actors}
    # Few kinds of act and sets of agents make up many incidents.
    kind_of, is_force = cache(table.kind), cache(table.is_force)
    parties_of = cache(lambda agents: name_parties(agents, actors, mission.agreement))
    ready = []
    for incident in incidents:
        days = incident_days(incident, zone)
        if days is None or all(version.stance is not Stance.ASSERTS for version in incident.versions):
            continue
        told = [by_claim[version.claim] for version in incident.versions if version.claim in by_claim]
        ready.append(
            Counted(
                incident=incident,
                first=days[0],
                last=days[1],
                kind=kind_of(incident.event),
                force=is_force(incident.event),
                parties=parties_of(incident.agents) if is_alleged(incident, table) else (),
                area=name_area(incident, mission.countries),
                verdict=verdicts.get(incident.id),
                origins=frozenset(origin.id for origin in incident.origins),
                sources=frozenset(telling.source or telling.family for telling in told),
            )
        )
    return ready


def name_parties(agents: tuple[str, ...], actors: Mapping[str, Actor], agreement: Agreement | None) -> tuple[str, ...]:
    """Neutral names of those said to have acted, each also under the party of the agreement that it is a force of."""
    listed: set[str] = set()
    if agreement is not None:
        listed = {each.actor for each in agreement.parties} | {each.actor for each in agreement.excluded}
    found = []
    for agent in agents:
        found.append(name_actor(agent, actors))
        party = next((each for each in find_lineage(agent, actors) if each in listed), None)
        if party is not None and has_forces(party, actors):
            found.append(f"{name_actor(party, actors)} {WITH_FORCES}")
    return tuple(dict.fromkeys(found)) or (NOT_NAMED,)


def has_forces(party: str, actors: Mapping[str, Actor]) -> bool:
    return any(parent.of == party for actor in actors.values() for parent in actor.memberships)


def name_actor(actor: str, actors: Mapping[str, Actor]) -> str:
    return actors[actor].name if actor in actors else actor


def find_lineage(actor: str, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """The actor and all it ever belonged to, nearest first."""
    found = [actor]
    for each in found:
        known = actors.get(each)
        if known is not None:
            found.extend(parent.of for parent in known.memberships if parent.of not in found)
    return tuple(found)


def is_alleged(incident: Incident, table: RateTable) -> bool:
    return incident.event.plover in table.alleged


def name_area(incident: Incident, countries: Sequence[str]) -> str:
    """The governorate; another name for places outside the watched countries and for places told too vaguely."""
    place = incident.place
    if place is not None and place.country is not None and place.country not in countries:
        return ELSEWHERE
    if place is None or place.admin1 is None or place.precision in WIDE:
        return NOT_TOLD
    return place.admin1


def count_days(counted: Sequence[Counted], exposure: Exposure, stretch: Stretch) -> tuple[DayCount, ...]:
    """One count for every day; an incident told only for several days together falls on none."""
    by_day: dict[date, int] = defaultdict(int)
    for each in counted:
        if each.first == each.last:
            by_day[each.first] += 1
    return tuple(
        DayCount(
            day=day,
            incidents=by_day.get(day, 0),
            documents=exposure.documents.get(day, 0),
            sources=len(exposure.sources.get(day, ())),
        )
        for day in stretch.days()
    )


def count_headings(counted: Sequence[Counted], stretch: Stretch) -> tuple[HeadingDays, ...]:
    """Incidents of every day by party, kind and area; days without documents are known from `count_days` alone."""
    places = {day: at for at, day in enumerate(stretch.days())}
    found: dict[tuple[str, str], list[int]] = {}
    for each in counted:
        at = places.get(each.first)
        if each.first != each.last or at is None:
            continue
        for heading in headings(each):
            if heading[0] != "verdict":
                found.setdefault(heading, [0] * len(places))[at] += 1
    return tuple(HeadingDays(by=by, name=name, counts=tuple(counts)) for (by, name), counts in sorted(found.items()))


def count_party_kinds(counted: Sequence[Counted], stretch: Stretch) -> tuple[PartyKind, ...]:
    """Incidents of a stretch by party and kind, what is told for several days together too."""
    found = Counter(
        (party, each.kind) for each in counted if stretch.holds(each.first, each.last) for party in each.parties
    )
    return tuple(PartyKind(party=party, kind=kind, incidents=found[party, kind]) for party, kind in sorted(found))


def tally(counted: Sequence[Counted], stretch: Stretch) -> tuple[Tally, ...]:
    """Incidents of a stretch by party, kind, area and verdict, the most frequent heading first."""
    groups: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for each in counted:
        if stretch.holds(each.first, each.last):
            for heading in headings(each):
                groups[heading].append(each)
    order = ("party", "kind", "area", "verdict")
    return tuple(
        Tally(
            by=by,
            name=name,
            incidents=len(group),
            origins=len(frozenset().union(*(each.origins for each in group))),
            sources=len(frozenset().union(*(each.sources for each in group))),
        )
        for (by, name), group in sorted(
            groups.items(), key=lambda each: (order.index(each[0][0]), -len(each[1]), each[0][1])
        )
    )


def headings(counted: Counted) -> list[tuple[str, str]]:
    found = [("party", party) for party in counted.parties]
    found += [("kind", counted.kind), ("area", counted.area)]
    if counted.verdict is not None:
        found.append(("verdict", counted.verdict))
    return found
