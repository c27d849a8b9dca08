"""Decisions put into effect: on tellings before they are fused, on assessments after they are judged.

What a person decided stands in the place of what was read or found, and `ruled` says so beside what the machine
proposes. On each question about each claim the latest decision holds. Order does not matter and nothing is left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from truceline.kit.hashing import content_id
from truceline.model.assessment import NAMING, Assessment, Step
from truceline.model.decision import Decision
from truceline.model.incident import Incident, Stance
from truceline.model.place import Toponym
from truceline.model.ruling import Ruled, Ruling
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import Basis, TimexType, When
from truceline.review.words import (
    NOBODY,
    bounds_of,
    fold_words,
    named_in,
    word_event,
    word_place,
    word_time,
    write_event,
    write_place,
    write_time,
)

Point = tuple[Ruling, str, str]  # the question, the claim, the words where it is about an actor


@dataclass(frozen=True, slots=True)
class Standing:
    """The decision that holds on each point; a point that was reopened is not among them."""

    by_point: Mapping[Point, Decision] = field(default_factory=dict)

    def on(self, question: Ruling, claim: str, words: str = "") -> Decision | None:
        return self.by_point.get((question, claim, words))


def find_standing(decisions: Iterable[Decision]) -> Standing:
    """Of two decisions on one point the later one; of one moment, that with the greater id."""
    held: dict[Point, Decision] = {}
    for decision in sorted(decisions, key=lambda each: (each.at, each.id)):
        for point in points_of(decision):
            held.pop(point, None)
            if decision.holds is not None:
                held[point] = decision
    return Standing(held)


def points_of(decision: Decision) -> Iterable[Point]:
    """What a decision settles; none for one on acts, which fusing takes up."""
    match decision.question:
        case Ruling.SAME:
            return ()
        case Ruling.ACTOR:
            words = sorted({fold_words(each) for each in decision.words})
            return [(Ruling.ACTOR, claim, each) for claim in decision.claims for each in words]
        case question:
            return [(question, claim, "") for claim in decision.claims]


def apply_to_tellings(tellings: Iterable[Telling], decisions: Sequence[Decision]) -> tuple[Telling, ...]:
    """The tellings, in their order, as people decided they are."""
    standing = find_standing(decisions)
    touched = {claim for _question, claim, _words in standing.by_point}
    return tuple(apply_to_telling(each, standing) if each.claim in touched else each for each in tellings)


def apply_to_telling(telling: Telling, standing: Standing) -> Telling:
    for question, put in PUT:
        decision = standing.on(question, telling.claim)
        if decision is not None:
            telling = put(telling, decision)
    return put_actors(telling, standing)


def mark(decision: Decision, machine: str, words: str, *, agrees: bool, about_words: str = "") -> Ruled:
    return Ruled(
        decision=decision.id,
        about=decision.question,
        by=decision.by,
        at=decision.at,
        why=decision.why,
        machine=machine,
        machine_words=words,
        agrees=agrees,
        words=about_words,
    )


def put_rejection(telling: Telling, decision: Decision) -> Telling:
    ruled = mark(decision, "tells", "counted as telling of an act", agrees=False)
    return replace(telling, incident_worthy=False, ruled=(*telling.ruled, ruled))


def put_kind(telling: Telling, decision: Decision) -> Telling:
    if decision.event is None:
        return telling
    was = telling.event
    ruled = mark(decision, write_event(was), word_event(was), agrees=write_event(was) == write_event(decision.event))
    return replace(telling, event=decision.event, ruled=(*telling.ruled, ruled))


def put_place(telling: Telling, decision: Decision) -> Telling:
    """Where the words stand that name a place stays; so that the report's own scene does not come back, it goes."""
    was = telling.place or telling.scene
    span = telling.place.span if telling.place is not None else telling.span
    reason = "" if decision.place is not None else "a person decided that it cannot be determined"
    place = decision.place or Toponym(span=span, id=None)
    place = replace(place, span=span, chance=1.0 if place.id is not None else 0.0, runners_up=(), reason=reason)
    ruled = mark(decision, write_place(was), word_place(was), agrees=write_place(was) == write_place(place))
    return replace(telling, place=place, scene=None, ruled=(*telling.ruled, ruled))


def put_time(telling: Telling, decision: Decision) -> Telling:
    was = telling.scene_time or telling.happened
    happened = decided_time(decision.start, decision.end, telling)
    bounds = bounds_of(was)
    agrees = bounds == (decision.start, decision.end)
    ruled = mark(decision, write_time(*bounds), word_time(*bounds), agrees=agrees)
    return replace(telling, happened=happened, scene_time=None, ruled=(*telling.ruled, ruled))


def decided_time(start: datetime | None, end: datetime | None, telling: Telling) -> When | None:
    if start is None or end is None:
        return None
    told = telling.happened
    span = told.span if told is not None and told.span is not None else telling.span
    value = write_time(start, end)
    return When(span=span, type=TimexType.DATE, value=value, start=start, end=end, basis=Basis.STATED)


PUT = (
    (Ruling.REJECT, put_rejection),
    (Ruling.KIND, put_kind),
    (Ruling.PLACE, put_place),
    (Ruling.TIME, put_time),
)


def put_actors(telling: Telling, standing: Standing) -> Telling:
    """Every mention whose words were decided, wherever they stand in the telling."""
    ruled = []
    for words in dict.fromkeys(fold_words(each.words) for each in named_in(telling)):
        decision = standing.on(Ruling.ACTOR, telling.claim, words)
        if decision is not None:
            was = next(each for each in named_in(telling) if fold_words(each.words) == words)
            agrees = was.actor == decision.actor
            ruled.append(mark(decision, was.actor or "", was.actor or NOBODY, agrees=agrees, about_words=was.words))
    if not ruled:
        return telling

    def settle_role(role: Role) -> Role:
        decision = standing.on(Ruling.ACTOR, telling.claim, fold_words(role.words))
        return role if decision is None else replace(role, actor=decision.actor)

    def settle_speaker(speaker: Speaker) -> Speaker:
        decision = standing.on(Ruling.ACTOR, telling.claim, fold_words(speaker.words))
        return speaker if decision is None else replace(speaker, actor=decision.actor)

    return replace(
        telling,
        agents=tuple(map(settle_role, telling.agents)),
        recipients=tuple(map(settle_role, telling.recipients)),
        instruments=tuple(map(settle_role, telling.instruments)),
        chain=tuple(map(settle_speaker, telling.chain)),
        ruled=(*telling.ruled, *ruled),
    )


# ---- what fusing is given


def keep_told(decisions: Iterable[Decision], claims: Collection[str]) -> tuple[Decision, ...]:
    """The decisions on those of the claims that can be in an incident.

    What was called one act stays one when one of its claims is rejected or told no more.
    """
    return tuple(
        replace(
            each,
            claims=tuple(claim for claim in each.claims if claim in claims),
            others=tuple(claim for claim in each.others if claim in claims),
        )
        for each in decisions
    )


# ---- verdicts


def apply_to_assessments(
    assessments: Iterable[Assessment], incidents: Iterable[Incident], decisions: Sequence[Decision]
) -> tuple[Assessment, ...]:
    """The assessments, in their order, with the verdicts that people gave; `incidents` are all of the register."""
    ruled = find_verdicts(incidents, decisions)
    return tuple(put_verdict(each, ruled[each.incident]) if each.incident in ruled else each for each in assessments)


def find_verdicts(incidents: Iterable[Incident], decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The verdict that holds for an incident, by its id: the latest of those whose act it is."""
    given = [each for each in decisions if each.question is Ruling.VERDICT]
    if not given:
        return {}
    wanted = claims_judged(given)
    homes = {
        version.claim: incident.id
        for incident in incidents
        for version in incident.versions
        if version.claim in wanted and version.stance is not Stance.DENIES
    }
    held: dict[str, Decision] = {}
    for decision in sorted(given, key=lambda each: (each.at, each.id)):
        home = find_home(decision, homes)
        if home is not None:
            held.pop(home, None)
            if decision.holds is not None and decision.verdict is not None:
                held[home] = decision
    return held


def find_home(decision: Decision, homes: Mapping[str, str]) -> str | None:
    """The incident in which most of the claims decided on are now; of equal ones that of the smallest claim."""
    counts: Counter[str] = Counter()
    for claim in sorted(decision.claims):
        if claim in homes:
            counts[homes[claim]] += 1
    return max(counts, key=counts.__getitem__) if counts else None


def claims_judged(decisions: Iterable[Decision]) -> frozenset[str]:
    """The claims of every act on which people gave a verdict."""
    return frozenset(claim for each in decisions if each.question is Ruling.VERDICT for claim in each.claims)


def put_verdict(assessment: Assessment, decision: Decision) -> Assessment:
    """The person's verdict, the rules' own beside it. A verdict that accuses nobody names nobody."""
    verdict = decision.verdict
    assert verdict is not None
    found = assessment.by if decision.parties is None else decision.parties
    told = f"A person decided on {decision.at:%d %B %Y} that this is: {verdict.value}. Grounds: {decision.why}"
    beside = f"The rules alone give: {assessment.verdict.value}."
    step = Step(question="What did a person decide?", answer=verdict.value, because=f"{told} {beside}")
    ruled = mark(decision, assessment.verdict.value, assessment.verdict.value, agrees=assessment.verdict is verdict)
    return replace(
        assessment,
        id=content_id("as-", assessment.id, decision.id),
        verdict=verdict,
        by=found if verdict in NAMING else (),
        steps=(*assessment.steps, step),
        aloud=f"{told} {beside} By the rules: {assessment.aloud}" if assessment.aloud else f"{told} {beside}",
        ruled=ruled,
    )
