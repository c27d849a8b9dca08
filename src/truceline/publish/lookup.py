"""The view, indexed once for every page: who, where, when and what by id."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.model.actor import Actor
from truceline.model.assessment import Assessment
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.place import Toponym
from truceline.model.source import Source
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.publish.redact import publishable
from truceline.publish.site import FOLDER, Site
from truceline.publish.versions import Gone, find_kept
from truceline.publish.words import instant_words

NO_AREA = "Area not determined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A view with its indexes. `since` and `until` (exclusive) are the local days of the bulletin's period.

    `kept` holds, for claims of others, what their origin no longer says; `site` says where the pages lie.
    """

    view: View
    zone: ZoneInfo
    since: date
    until: date
    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]
    documents: Mapping[str, Document]
    tellings: Mapping[str, Telling]
    told_in: Mapping[str, tuple[Telling, ...]]
    incidents: Mapping[str, Incident]
    assessments: Mapping[str, Assessment]
    held_by: Mapping[str, tuple[str, ...]]
    place_kinds: Mapping[str, str]
    kept: Mapping[str, Gone]
    site: Site = FOLDER

    @property
    def as_of(self) -> str:
        """The moment the register stands at, in words."""
        if self.view.as_of is not None:
            return instant_words(self.view.as_of, self.zone)
        return "documents without a date of publication" if self.view.documents else "no document yet"

    def actor_name(self, id: str) -> str:
        """The neutral name; the id itself where the mission does not know the actor."""
        return self.actors[id].name if id in self.actors else id

    def actor_names(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.actor_name(each) for each in ids)

    def publisher(self, telling: Telling) -> str:
        """Who published a telling, by the mission's name for it."""
        if telling.source is not None and telling.source in self.sources:
            return self.sources[telling.source].name
        document = self.documents.get(telling.document)
        return (document.publisher if document else None) or "Unknown publisher"

    def version(self, document: str, number: int) -> Document | None:
        """One version of a document, the latest or a superseded one; None where it is not held."""
        held = self.documents.get(document)
        if held is not None and held.version == number:
            return held
        return next((each for each in self.view.superseded if (each.id, each.version) == (document, number)), None)

    def place(self, place: Toponym | None) -> Toponym | None:
        """The place as it may be published."""
        if place is None:
            return None
        return publishable(place, kind=self.place_kinds.get(place.id or ""), release=self.view.release)

    def day(self, incident: Incident) -> date | None:
        """The local day on which an incident starts."""
        return None if incident.start is None else incident.start.astimezone(self.zone).date()

    def in_period(self, incident: Incident) -> bool:
        """Whether any of the incident's time falls into the bulletin's period."""
        day = self.day(incident)
        if day is None or incident.start is None:
            return False
        last = day
        if incident.end is not None and incident.end - incident.start > timedelta(days=1):
            last = (incident.end - timedelta(seconds=1)).astimezone(self.zone).date()
        return day < self.until and last >= self.since

    def cited(self, incident: Incident) -> tuple[Telling, ...]:
        """The tellings of an incident that are at hand, in the order of its versions."""
        return tuple(self.tellings[each.claim] for each in incident.versions if each.claim in self.tellings)

    def sources_count(self, incident: Incident) -> int:
        return len({telling.family for telling in self.cited(incident)}) or len(incident.origins)


def look_up(view: View, *, site: Site = FOLDER) -> Lookup:
    """The view with its indexes."""
    zone = ZoneInfo(view.mission.timezone)
    since, until = _period(view, zone)
    told_in = defaultdict(list)
    for telling in view.tellings:
        told_in[telling.document].append(telling)
    held_by = defaultdict(list)
    for incident in view.incidents:
        for version in incident.versions:
            held_by[version.claim].append(incident.id)
    return Lookup(
        view=view,
        zone=zone,
        since=since,
        until=until,
        actors={each.id: each for each in view.mission.actors},
        sources={each.id: each for each in view.mission.sources},
        documents={each.id: each for each in view.documents},
        tellings={each.claim: each for each in view.tellings},
        told_in={name: tuple(sorted(each, key=lambda one: (one.span, one.claim))) for name, each in told_in.items()},
        incidents={each.id: each for each in view.incidents},
        assessments={each.incident: each for each in view.assessments},
        held_by={claim: tuple(ids) for claim, ids in held_by.items()},
        place_kinds={each.id: each.kind for each in view.mission.places},
        kept=find_kept(view.revisions),
        site=site,
    )


def _period(view: View, zone: ZoneInfo) -> tuple[date, date]:
    if view.watch is not None:
        return view.watch.since, view.watch.until
    last = view.mission.until if view.as_of is None else view.as_of.astimezone(zone).date() + timedelta(days=1)
    until = min(last, view.mission.until)
    return until - timedelta(days=view.mission.bulletin_days), until


SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}(?:\.[a-z0-9_-]+)*")
RESERVED = {"con", "prn", "aux", "nul", "index", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


def safe_name(id: str) -> str:
    """A file name for an id: itself where every file system takes it, else a readable stem and a hash."""
    if len(id) <= 80 and SAFE_NAME.fullmatch(id) and id.split(".", maxsplit=1)[0] not in RESERVED:
        return id
    last = re.split(r"[/\\]", id.rstrip("/\\"))[-1]
    stem = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\.[a-z0-9]{1,5}$", "", last.lower())).strip("-")[:60].strip("-")
    return f"{stem or 'document'}-{hashlib.sha256(id.encode()).hexdigest()[:8]}"


def safe_href(uri: str | None) -> str | None:
    """The address where it may be linked (http, https), else None."""
    return uri if uri is not None and re.match(r"https?://[^\s\"'<>\\]+$", uri, re.IGNORECASE) else None


def by_area(incidents: Iterable[Incident]) -> tuple[tuple[str, tuple[Incident, ...]], ...]:
    """Incidents grouped by governorate, the fullest first, those without a place last."""
    groups: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        groups[area_of(incident)].append(incident)
    order = sorted(groups, key=lambda name: (name == NO_AREA, -len(groups[name]), name))
    return tuple((name, in_order(groups[name])) for name in order)


def area_of(incident: Incident) -> str:
    place = incident.place
    return (place.admin1 if place is not None and place.id is not None else None) or NO_AREA


def in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Incidents by time, those without a time last."""
    latest = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(incidents, key=lambda each: (each.start or latest, each.id)))


def most_common(names: Sequence[str]) -> list[tuple[str, int]]:
    return sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
