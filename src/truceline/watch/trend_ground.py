"""The counts that a stated trend is tested on: which incidents are meant, where, and on which days anybody looked."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from truceline.kit.geo import haversine_km
from truceline.model.actor import Actor
from truceline.model.assessment import Verdict
from truceline.model.incident import Incident, Stance
from truceline.model.mission import Mission
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Range
from truceline.model.trend import Days, StatedTrend
from truceline.vocab.trends import Countable, TrendTable
from truceline.watch.counting import Counted, find_lineage
from truceline.watch.days import Exposure, Stretch

WIDE = {Precision.COUNTRY, Precision.REGION}
PROVINCE = {Precision.ADMIN1}
BREACH = {Verdict.VIOLATION.value, Verdict.ALLEGED.value, Verdict.CONTESTED.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All that tests look at: incidents by their first day, who could tell on which day, and the words' table.

    `by_countable` holds those that each countable of the table counts, in the same order; `told_only_by` the ids of
    those that nobody but one document asserts, by that document.
    """

    counted: Sequence[Counted]
    by_countable: Mapping[str, Sequence[Counted]]
    told_only_by: Mapping[str, frozenset[str]]
    exposure: Exposure
    mission: Mission
    table: TrendTable

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.mission.timezone)

    @property
    def actors(self) -> Mapping[str, Actor]:
        return {actor.id: actor for actor in self.mission.actors}

    def observed(self, days: Stretch) -> int:
        return self.exposure.count_days(days)

    def first_day(self) -> date:
        return min(self.exposure.documents, default=self.mission.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The incidents that a statement counts, by their first day.

    `credible` is the worst Admiralty credibility of what is told surely; `own` the source that makes the statement,
    which is no witness for what it says did not happen.
    """

    counted: Sequence[Counted]
    countable: Countable
    credible: int
    own: str | None = None

    def within(self, days: Stretch) -> tuple[Counted, ...]:
        start = bisect_left(self.counted, days.since, key=first_of)
        end = bisect_left(self.counted, days.until, key=first_of)
        return tuple(each for each in self.counted[start:end] if each.last < days.until)

    def bounds(self, days: Stretch) -> tuple[int, int]:
        """Least and most of what is counted: incidents told credibly and told at all, or persons as told."""
        found = self.within(days)
        if self.countable.measure == "incidents":
            return sum(is_credible(each, self.credible) for each in found), len(found)
        ranges = [persons(each.incident, self.countable.measure) for each in found]
        return sum(each.low or 0 for each in ranges), sum(_most(each) for each in ranges)

    def count(self, days: Stretch) -> int:
        """What a rate is reckoned with: incidents, or the least number of persons told."""
        return len(self.within(days)) if self.countable.measure == "incidents" else self.bounds(days)[0]

    def by_day(self, days: Stretch, exposure: Exposure) -> list[int]:
        return [
            self.count(Stretch(since=day, until=day + timedelta(days=1)))
            for day in days.days()
            if exposure.is_observed(day)
        ]


def make_ground(counted: Iterable[Counted], exposure: Exposure, mission: Mission, table: TrendTable) -> Ground:
    ordered = sorted(counted, key=lambda each: (each.first, each.incident.id))
    return Ground(
        counted=ordered,
        by_countable={
            countable.name: [each for each in ordered if is_kind(each, countable)] for countable in table.countables
        },
        told_only_by=find_lone(ordered),
        exposure=exposure,
        mission=mission,
        table=table,
    )


def find_lone(counted: Iterable[Counted]) -> Mapping[str, frozenset[str]]:
    """The incidents that one document alone asserts, by document: for what it states it is no witness."""
    lone: dict[str, set[str]] = {}
    for each in counted:
        asserting = {version.document for version in each.incident.versions if version.stance is Stance.ASSERTS}
        if len(asserting) == 1:
            lone.setdefault(next(iter(asserting)), set()).add(each.incident.id)
    return {document: frozenset(ids) for document, ids in lone.items()}


def first_of(each: Counted) -> date:
    return each.first


def stretch_of(days: Days) -> Stretch:
    assert days.last is not None
    return Stretch(since=days.first, until=days.last + timedelta(days=1))


def find_matching(trend: StatedTrend, place: Toponym | None, ground: Ground, own: str | None) -> Matching:
    """The incidents meant, without what only the statement's own document tells."""
    countable = ground.table.countable(trend.counted)
    return Matching(
        counted=choose(ground.by_countable[trend.counted], trend.by, place, trend.document, ground),
        countable=countable,
        credible=ground.table.tests.credible,
        own=own,
    )


def choose(
    candidates: Sequence[Counted], by: str | None, place: Toponym | None, document: str, ground: Ground
) -> Sequence[Counted]:
    """Those by the actor named, in the place named, that somebody else than the document asserts."""
    parts, own = find_parts(by, ground.actors), ground.told_only_by.get(document, frozenset())
    if parts is not None:
        candidates = [each for each in candidates if not parts.isdisjoint(each.incident.agents)]
    if place is not None:
        near_km = ground.table.tests.near_km
        candidates = [each for each in candidates if is_there(each.incident.place, place, near_km)]
    return [each for each in candidates if each.incident.id not in own] if own else candidates


def is_kind(each: Counted, countable: Countable) -> bool:
    if countable.measure != "incidents":
        harmed = persons(each.incident, countable.measure)
        return bool(harmed.low or harmed.high)
    if countable.name == "violations":
        return each.verdict in BREACH if each.verdict is not None else each.force
    return each.force if countable.force else countable.counts(each.incident.event)


def persons(incident: Incident, measure: str) -> Range:
    """Killed, injured, or both together."""
    nobody = Range(low=None, high=None)
    killed, injured = incident.killed or nobody, incident.injured or nobody
    if measure == "killed":
        return killed
    if measure == "injured":
        return injured
    return Range(low=(killed.low or 0) + (injured.low or 0), high=_most(killed) + _most(injured))


def _most(told: Range) -> int:
    return told.high if told.high is not None else (told.low or 0)


def is_credible(each: Counted, credible: int) -> bool:
    return each.incident.grade.credibility <= credible


def find_parts(by: str | None, actors: Mapping[str, Actor]) -> set[str] | None:
    """The actor, all that belong to it and all it belongs to; None where nobody was named."""
    if by is None:
        return None
    return {each for each in actors if by in find_lineage(each, actors)} | set(find_lineage(by, actors))


def is_there(told: Toponym | None, meant: Toponym | None, near_km: float) -> bool:
    """Whether an incident's place lies in what the statement is about; everywhere where it names no place."""
    if meant is None or meant.precision in WIDE:
        return True
    if told is None:
        return False
    if meant.id is not None and told.id == meant.id:
        return True
    if meant.precision in PROVINCE:
        return told.admin1 is not None and told.admin1 == meant.admin1
    if meant.lat is None or meant.lon is None or told.lat is None or told.lon is None:
        return False
    if told.precision in {*WIDE, *PROVINCE}:
        return False
    # The whole of it, so that a neighbouring town is not taken for a part of this one.
    reach = haversine_km(told.lat, told.lon, meant.lat, meant.lon) + (told.radius_km or 0.0)
    return reach <= near_km + (meant.radius_km or 0.0)


def find_witnesses(matching: Iterable[Counted]) -> frozenset[str]:
    """The sources that ever told such incidents."""
    return frozenset().union(*(each.sources for each in matching))
