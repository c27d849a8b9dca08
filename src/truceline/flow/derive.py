"""Readings to incidents, assessments and the watch: everything that can be dropped and recomputed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from truceline.flow.progress import Progress
from truceline.flow.tally import StageTally, count_stage
from truceline.flow.tools import Refreshed, Tools
from truceline.model.actor import Actor
from truceline.model.assessment import Assessment
from truceline.model.decision import Decision
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.revision import Revision
from truceline.model.shelved import Shelf
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.review.agree import settle_reviews
from truceline.review.apply import apply_to_assessments, apply_to_tellings, claims_judged, keep_told
from truceline.review.carried import carry_decisions
from truceline.store.register import Changes, Derived, Found, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """What was derived, as a whole or for what changed, and the account of each stage that derived it.

    `revisions` are always those of the whole register, not yet placed under incidents.
    """

    derived: Derived
    tallies: tuple[StageTally, ...]
    changes: Changes | None = None
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a register holds from an earlier run: tellings by document, how claims lay, the incidents."""

    told: Iterable[tuple[str, tuple[Telling, ...]]]
    shelf: Shelf
    incidents: Iterable[Incident]


def derive(
    readings: Iterable[Reading],
    mission: Mission,
    tools: Tools,
    progress: Progress,
    decisions: Sequence[Decision] = (),
    *,
    older: Iterable[Reading] = (),
    before: Before | None = None,
) -> Derivation:
    """Everything that follows from the readings but the watch; the same readings give the same ids.

    `older` are the readings of versions that a later one has replaced: they speak no more, and are accounted for.
    With what was derived `before` the same way from some of them, only what changed. What people decided is put into
    effect on what was read, then in fusing, then on what was judged.
    """
    with progress.stage("telling"):
        held, replaced = list(readings), list(older)
        tellings = tools.tell(held, mission, replaced)
        revisions = tools.revise(held, replaced, tellings, mission)
        decisions = settle_reviews(carry_decisions(decisions, revisions), mission.review)
        tellings = apply_to_tellings(tellings, decisions)
        told_of = {each.claim for each in tellings if tools.find_bar(each) is None} if decisions else set()
        ruled = keep_told(decisions, told_of)
    changed = None if before is None else find_changed(tellings, before.told)
    with progress.stage("fusing"):
        if before is None or changed is None or tools.refresh is None or len(changed) > MOST_CHANGED * len(held):
            changed, told = None, tellings
            fused = tools.fuse(tellings, mission, ruled)
        else:
            told = tuple(each for each in tellings if each.document in changed)
            fused = tools.refresh(before.shelf, told, changed, mission, ruled)
    with progress.stage("grading"):
        left = () if before is None or changed is None else find_left(before.incidents, changed, fused.claims)
        judged = claims_judged(decisions)
        incidents, regraded = grade_all(fused.fusion.incidents, left, mission, tools, again=judged)
    with progress.stage("judging"):
        assessed = tools.assess(incidents, tellings, mission)
        assessments = apply_to_assessments(assessed, (*left, *incidents), decisions)
    derived = Derived(
        tellings=told,
        incidents=incidents,
        assessments=assessments,
        watch=None,
        found=tuple(find_by(incidents, assessments, tellings, mission)),
        shelved=fused.shelved,
    )
    changes = None
    if changed is not None:
        changes = Changes(documents=changed, claims=fused.claims, incidents=regraded, derived=derived)
    tallies = tuple(accounts(held, tellings, fused, derived))
    return Derivation(derived=derived, tallies=tallies, changes=changes, revisions=revisions)


MOST_CHANGED = 0.2  # of the documents: beyond it everything is fused again, which is quicker


def find_changed(tellings: Sequence[Telling], told_before: Iterable[tuple[str, tuple[Telling, ...]]]) -> frozenset[str]:
    """Documents that now tell something else than before, also those that tell nothing any more."""
    now: defaultdict[str, list[Telling]] = defaultdict(list)
    for each in tellings:
        now[each.document].append(each)
    changed = {name for name, told in told_before if tuple(now.pop(name, ())) != told}
    return frozenset(changed | now.keys())


def find_left(held: Iterable[Incident], changed: Collection[str], claims: Collection[str]) -> tuple[Incident, ...]:
    """The incidents that rest on nothing that was fused again."""
    return tuple(
        each for each in held if not any(one.document in changed or one.claim in claims for one in each.versions)
    )


def grade_all(
    fused: Sequence[Incident],
    left: Sequence[Incident],
    mission: Mission,
    tools: Tools,
    *,
    again: Collection[str] = (),
) -> tuple[tuple[Incident, ...], frozenset[str]]:
    """The fused incidents graded beside all that were left, those of the latter whose grade changed, and their ids.

    What becomes of one claim counts in the record of its source, and so in grades of incidents that it never touched.
    Of those left, the ones that hold a claim to be judged `again` come along: what a person said of an act follows
    most of its claims, which may have left for another incident.
    """
    graded = tools.grade((*fused, *left), mission)
    changed = tuple(
        now for was, now in zip(left, graded[len(fused) :], strict=True) if now != was or holds_any(now, again)
    )
    return (*graded[: len(fused)], *changed), frozenset(each.id for each in changed)


def holds_any(incident: Incident, claims: Collection[str]) -> bool:
    return bool(claims) and any(each.claim in claims for each in incident.versions)


def accounts(
    readings: Sequence[Reading], tellings: Sequence[Telling], fused: Refreshed, derived: Derived
) -> Iterator[StageTally]:
    yield count_stage("tell", given=sum(len(reading.claims) for reading in readings), kept=len(tellings))
    dropped = fused.fusion.dropped
    kept = {version.claim for incident in fused.fusion.incidents for version in incident.versions}
    yield count_stage("fuse", given=len(kept) + len(dropped), kept=len(kept), dropped=dropped)
    yield count_stage("judge", given=len(derived.incidents), kept=len(derived.assessments))


def standing_view(register: Register, mission: Mission) -> View:
    """The register as it stands, for what looks at it as a whole: the watch, and where outdated claims are shown."""
    documents = tuple(register.documents())
    return bare_view(mission, documents, register.tellings(), register.incidents(), register.assessments())


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
