"""What became of claims that a newer text withdrew or replaced, and where they are shown."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from truceline.fuse.cards import HOUR, lay_out
from truceline.fuse.corrections import Correction, find_corrections
from truceline.fuse.matching import match
from truceline.fuse.policy import limits
from truceline.fuse.versions import compare_versions
from truceline.fuse.worthy import find_bar
from truceline.kit.geo import haversine_km
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.revision import Aspect, ClaimChange, ClaimState, Outdated, Revision
from truceline.model.telling import Telling

ELSEWHERE = frozenset({Aspect.PLACE, Aspect.TIME, Aspect.KIND, Aspect.CERTAINTY})
LONGEST_DAYS = 60  # what lasts longer is looked at for every claim
BESIDE_KM = 10.0  # beyond the window and both extents: no incident there is worth comparing


def find_revisions(
    latest: Sequence[Reading],
    older: Sequence[Reading],
    told: Mapping[str, Sequence[Telling]],
    told_before: Mapping[tuple[str, int], Sequence[Telling]],
    *,
    timezone: str,
) -> Iterator[Revision]:
    """Every step from an older text to a newer one, by document and version, then the separate corrections.

    `told` are the tellings of the latest versions by document, `told_before` those of the older ones.
    """
    versions: defaultdict[str, list[Reading]] = defaultdict(list)
    for each in older:
        versions[each.document.id].append(each)
    now = {each.document.id: each for each in latest}
    for name in sorted(versions.keys() & now.keys()):
        steps = [*sorted(versions[name], key=lambda each: each.document.version), now[name]]
        for one, other in itertools.pairwise(steps):
            later = (
                told_before.get((name, other.document.version), ()) if other is not now[name] else told.get(name, ())
            )
            yield step_of(one, other, told_before.get((name, one.document.version), ()), later)
    for found in find_corrections(latest, told, revised=set(versions), timezone=timezone):
        yield separate(found, told)


def step_of(old: Reading, new: Reading, before: Sequence[Telling], after: Sequence[Telling]) -> Revision:
    changes = compare_versions(*([each for each in some if not each.in_notice] for some in (before, after)))
    return Revision(
        document=old.document.id,
        version=old.document.version,
        by_document=new.document.id,
        by_version=new.document.version,
        at=new.document.published_at,
        notices=new.notices,
        changes=changes,
        outdated=tuple(find_outdated(changes, before)),
    )


def separate(found: Correction, told: Mapping[str, Sequence[Telling]]) -> Revision:
    return Revision(
        document=found.report.id,
        version=found.report.version,
        by_document=found.by.id,
        by_version=found.by.version,
        at=found.by.published_at,
        notices=(found.notice,),
        changes=found.changes,
        outdated=tuple(find_outdated(found.changes, told.get(found.report.id, ()))),
    )


def find_outdated(changes: Iterable[ClaimChange], before: Iterable[Telling]) -> Iterator[Outdated]:
    """The claims that no longer stand as they were made and that told, or denied, an act."""
    was = {each.claim: replace(each, withdrawn=None) for each in before}
    for change in changes:
        if change.old is None or change.state is ClaimState.UNCHANGED:
            continue
        telling = was[change.old]
        if find_bar(telling) is None:
            yield Outdated(telling=telling, change=change)


def place_revisions(
    revisions: Sequence[Revision], incidents: Sequence[Incident], tellings: Sequence[Telling], mission: Mission
) -> tuple[Revision, ...]:
    """The revisions with where each outdated claim is shown, and who still makes it in its words."""
    if not revisions:
        return ()
    placer = Placer(revisions, incidents, tellings, mission)
    return tuple(replace(each, outdated=tuple(placer.place(one, each) for one in each.outdated)) for each in revisions)


class Placer:
    """The register indexed for asking where a claim belongs that it no longer holds."""

    def __init__(
        self,
        revisions: Sequence[Revision],
        incidents: Sequence[Incident],
        tellings: Sequence[Telling],
        mission: Mission,
    ) -> None:
        self.incidents, self.mission = incidents, mission
        self.by_claim = {each.claim: each for each in tellings}
        self.held_by: defaultdict[str, list[str]] = defaultdict(list)
        for incident in incidents:
            for version in incident.versions:
                self.held_by[version.claim].append(incident.id)
        self.by_day: defaultdict[int, list[Incident]] = defaultdict(list)
        self.of_no_day = [each for each in incidents if days_of(each) is None]
        for incident in incidents:
            for day in days_of(incident) or ():
                self.by_day[day].append(incident)
        self.next = {
            change.old: change.new
            for each in revisions
            for change in each.changes
            if change.old is not None and change.old != change.new
        }
        self.having: defaultdict[str, list[Telling]] = defaultdict(list)
        for each in tellings:
            first = each.copied_from or (each.taken_from.document if each.taken_from is not None else None)
            if first is not None:
                self.having[first].append(each)

    def place(self, outdated: Outdated, revision: Revision) -> Outdated:
        kept_by = tuple(self.find_kept(outdated, revision))
        shown = {one for claim in kept_by for one in self.held_by.get(claim, ())}
        successor = self.successor(outdated.telling.claim)
        if successor is not None:
            shown |= set(self.held_by.get(successor, ()))
        aspects = {each.aspect for each in outdated.change.differences}
        if not shown or aspects & ELSEWHERE:
            shown |= set(self.match(outdated.telling))
        return replace(outdated, incidents=tuple(sorted(shown)), kept_by=kept_by)

    def successor(self, claim: str) -> str | None:
        """The claim that speaks now in the place of an older one; None where it was withdrawn."""
        met, now = {claim}, self.next.get(claim)
        while now is not None and now in self.next and now not in met:
            met.add(now)
            now = self.next[now]
        return now

    def find_kept(self, outdated: Outdated, revision: Revision) -> Iterator[str]:
        """Claims of others that have their words from the document and say what it said before."""
        having = [each for each in self.having.get(revision.document, ()) if each.document != revision.by_document]
        for document in sorted({each.document for each in having}):
            told = [each for each in having if each.document == document]
            for change in compare_versions([outdated.telling], told):
                said = {each.aspect for each in change.differences} - {Aspect.ATTRIBUTION}
                if change.old is not None and change.new is not None and not said:
                    yield change.new

    def match(self, telling: Telling) -> list[str]:
        """The likeliest incident it would belong to, if any."""
        near = [each for each in self.of_days(telling) if is_near(telling, each, self.mission.window_km)]
        found = match(
            telling,
            near,
            self.by_claim,
            window_hours=self.mission.window_hours,
            window_km=self.mission.window_km,
            actors=self.mission.actors,
        )
        return [each.incident_id for each in found[:1]]

    def of_days(self, telling: Telling) -> Iterable[Incident]:
        """The incidents of the days around it, and those of no day; all of them where it tells no time."""
        card = lay_out(telling)
        if card.start is None:
            return self.incidents
        reach = self.mission.window_hours + limits()["denial"] + limits()["late"]
        days = range(day_of(card.start - reach), day_of(card.end + reach) + 1)
        if len(days) > LONGEST_DAYS:
            return self.incidents
        near = {each.id: each for day in days for each in self.by_day.get(day, ())}
        return (*self.of_no_day, *near.values())


def day_of(hours: float) -> int:
    return int(hours // 24)


def days_of(incident: Incident) -> range | None:
    """The days since 1970 that it spans; None where they are not told or very many."""
    if incident.start is None or incident.end is None:
        return None
    first, last = (day_of(each.timestamp() / HOUR) for each in (incident.start, incident.end))
    return range(first, last + 1) if last - first < LONGEST_DAYS else None


def is_near(telling: Telling, incident: Incident, window_km: float) -> bool:
    """Whether the places are near enough to be worth comparing; unknown ones are."""
    here, there = telling.place or telling.scene, incident.place
    if here is None or there is None or here.lat is None or there.lat is None or here.lon is None or there.lon is None:
        return True
    apart = haversine_km(here.lat, here.lon, there.lat, there.lon)
    return apart <= window_km + BESIDE_KM + (here.radius_km or 0.0) + (there.radius_km or 0.0)
