"""Readings to incidents, assessments and the watch: everything that can be dropped and recomputed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from truceline.errors import Dropped
from truceline.flow.progress import Progress
from truceline.flow.tally import StageTally, count_stage
from truceline.flow.tools import Tools
from truceline.model.actor import Actor
from truceline.model.assessment import Assessment
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.store.register import Derived, Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """What was derived, and the account of each stage that derived it."""

    derived: Derived
    tallies: tuple[StageTally, ...]


def derive(readings: Iterable[Reading], mission: Mission, tools: Tools, progress: Progress) -> Derivation:
    """Everything that follows from the readings; the same readings give the same ids."""
    with progress.stage("telling"):
        held = list(readings)
        tellings = tools.tell(held, mission)
    with progress.stage("fusing"):
        fused = tools.fuse(tellings, mission)
    incidents = tuple(fused.incidents)
    with progress.stage("judging"):
        assessments = tuple(tools.assess(incidents, tellings, mission))
    documents = tuple(reading.document for reading in held)
    with progress.stage("watching"):
        watch = tools.watch(bare_view(mission, documents, tellings, incidents, assessments))
    derived = Derived(
        tellings=tellings,
        incidents=incidents,
        assessments=assessments,
        watch=watch,
        found=tuple(find_by(incidents, assessments, tellings, mission)),
    )
    return Derivation(derived=derived, tallies=tuple(accounts(held, derived, fused.dropped)))


def accounts(readings: list[Reading], derived: Derived, dropped: Sequence[Dropped]) -> Iterator[StageTally]:
    claims_count = sum(len(reading.claims) for reading in readings)
    yield count_stage("tell", given=claims_count, kept=len(derived.tellings))
    yield count_stage("fuse", given=claims_count, kept=claims_count - len(dropped), dropped=dropped)
    yield count_stage("judge", given=len(derived.incidents), kept=len(derived.assessments))


def bare_view(
    mission: Mission,
    documents: tuple[Document, ...],
    tellings: tuple[Telling, ...],
    incidents: tuple[Incident, ...],
    assessments: tuple[Assessment, ...],
) -> View:
    """A view for those who watch: not yet held, so it has no fingerprint."""
    return View(
        mission=mission,
        documents=documents,
        superseded=(),
        tellings=tellings,
        incidents=incidents,
        assessments=assessments,
        watch=None,
        problems=(),
        fingerprint="",
        as_of=max((each.published_at for each in documents if each.published_at is not None), default=None),
    )


def find_by(
    incidents: Iterable[Incident],
    assessments: Iterable[Assessment],
    tellings: Iterable[Telling],
    mission: Mission,
) -> Iterator[Found]:
    """What each incident can be found by."""
    by_claim = {each.claim: each for each in tellings}
    by_incident = {each.incident: each for each in assessments}
    actors = {actor.id: actor for actor in mission.actors}
    for incident in incidents:
        told = [by_claim[each.claim] for each in incident.versions if each.claim in by_claim]
        yield found_by(incident, by_incident.get(incident.id), told, actors)


def found_by(
    incident: Incident, assessment: Assessment | None, told: list[Telling], actors: Mapping[str, Actor]
) -> Found:
    parties = {*incident.agents, *(assessment.by if assessment is not None else ())}
    event, place = incident.event, incident.place
    named = () if place is None else (place.id, place.name, place.admin1, place.country)
    return Found(
        kinds=tuple(name for name in (event.plover, event.mode, event.acled, event.cameo) if name is not None),
        parties=tuple(lineage(parties, actors)),
        actors=tuple(lineage({*parties, *incident.recipients}, actors)),
        places=tuple(name for name in named if name is not None),
        sources=tuple(sorted({each.source for each in told if each.source is not None})),
        words=" \n".join((incident.title, *(each.quote for each in told))),
    )


def lineage(ids: Iterable[str], actors: Mapping[str, Actor]) -> list[str]:
    """The actors, what they are or were part of, and their sides: whoever asks for a side finds its members."""
    waiting, seen, sides = list(ids), set[str](), set[str]()
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        actor = actors.get(each)
        if actor is not None:
            waiting += [membership.of for membership in actor.memberships]
            sides |= {f"side:{actor.side}"} if actor.side else set()
    return sorted(seen | sides)
