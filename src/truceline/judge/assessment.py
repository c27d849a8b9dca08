"""One incident under the agreement: the facts asked, the table answered, the reasoning written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from truceline.judge.evidence import (
    Basis,
    Witness,
    find_basis,
    find_evidence,
    find_exception_claim,
    find_finding,
    is_mutual,
    is_reported,
)
from truceline.judge.explain import explain_change, explain_steps
from truceline.judge.facts import ActFact, DoerFact, ExceptionFact, Facts, ScopeFact, TargetFact
from truceline.judge.parties import Registry
from truceline.judge.rules import Sides, Touch, find_sides, find_touches
from truceline.judge.scope import Scope, Within, find_scope
from truceline.judge.weigh import Weighed, rank_weighed, weigh, word_confidence, word_likelihood
from truceline.kit.hashing import content_id
from truceline.model.actor import Actor
from truceline.model.agreement import Agreement
from truceline.model.assessment import Assessment, Verdict
from truceline.model.incident import Incident
from truceline.model.source import Source
from truceline.model.telling import Telling
from truceline.vocab.verdicts import load_verdict_table

# Verdicts that say or repeat that somebody did it; the others name nobody.
NAMING = (Verdict.VIOLATION, Verdict.PREPARATORY, Verdict.ALLEGED, Verdict.CONTESTED)


# Acts that break nothing: one origin is enough to say who did them.
HARMLESS = (ActFact.UNTOUCHED, ActFact.FULFILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that was found about one incident before any term is applied."""

    incident: Incident
    witness: Witness
    scope: Scope
    sides: Sides
    basis: Basis


def assess(
    incident: Incident,
    tellings: Mapping[str, Telling],
    agreement: Agreement,
    actors: Mapping[str, Actor],
    *,
    timezone: str,
    sources: Sequence[Source] = (),
) -> Assessment:
    """The verdict on one incident, with its reasoning.

    `tellings` and `actors` are looked up by id. `timezone` decides the day on which adherence is asked
    and the words for instants. `sources` tell to whom a publisher belongs that denies in its own voice;
    without them such a denial counts as one by those accused.
    """
    day = incident.start.astimezone(ZoneInfo(timezone)).date() if incident.start is not None else None
    witness = Witness(
        tellings=tellings,
        sources={source.id: source for source in sources},
        registry=Registry(actors=actors, agreement=agreement, day=day),
        table=load_verdict_table(),
    )
    case = open_case(incident, witness, timezone=timezone)
    return write_assessment(case, rank_weighed(weigh_terms(case), witness.table))


def open_case(incident: Incident, witness: Witness, *, timezone: str) -> Case:
    """What holds for the incident whatever the term."""
    table, registry = witness.table, witness.registry
    basis = find_basis(incident, witness)
    delay = timedelta(hours=table.reporting_hours if is_reported(basis, witness.tellings) else 0)
    scope = find_scope(incident, registry.agreement, timezone=timezone, delay=delay, least_chance=table.least_chance)
    return Case(
        incident=incident, witness=witness, scope=scope, sides=find_sides(incident, registry, table), basis=basis
    )


def weigh_terms(case: Case) -> list[Weighed]:
    """Every term that speaks of such an act, weighed; one row without a term when none does."""
    witness = case.witness
    mutual = is_mutual(case.basis, witness)
    touches = find_touches(case.incident, case.sides, witness.registry, witness.table, mutual=mutual)
    weighed = []
    for touch in touches or (None,):
        facts = gather_facts(case, touch)
        weighed.append(Weighed(touch=touch, facts=facts, row=weigh(facts, witness.table)))
    return weighed


def gather_facts(case: Case, touch: Touch | None) -> Facts:
    """The six answers for one term."""
    scope = {
        Within.INSIDE: ScopeFact.INSIDE,
        Within.OUTSIDE: ScopeFact.OUTSIDE,
        Within.UNCLEAR: ScopeFact.UNCLEAR,
    }[case.scope.within]
    exception = find_exception_claim(case.incident, touch, case.witness)
    return Facts(
        act=touch.act if touch is not None else ActFact.UNTOUCHED,
        scope=scope,
        doer=touch.doer if touch is not None else DoerFact.UNNAMED,
        target=touch.target if touch is not None else TargetFact.UNNAMED,
        exception=ExceptionFact.CLAIMED if exception is not None else ExceptionFact.NOT_CLAIMED,
        evidence=find_evidence(case.basis, case.incident, touch, case.witness),
    )


def write_assessment(case: Case, weighed: tuple[Weighed, ...]) -> Assessment:
    """The assessment told by the term that says most; the others that give the same verdict are cited."""
    first, incident, witness = weighed[0], case.incident, case.witness
    verdict, touched = first.row.verdict, [each.touch for each in weighed if each.touch is not None]
    finding = find_finding(case.basis, incident, case.sides.doers, witness, harmless=first.facts.act in HARMLESS)
    by = first.touch.bound if first.touch is not None and verdict in NAMING else ()
    obligations = tuple(dict.fromkeys(touch.obligation.id for touch in touched))
    evidence = first.facts.evidence
    exception = find_exception_claim(incident, first.touch, witness)
    steps = explain_steps(incident, first, case.scope, case.sides, case.basis, exception)
    said = (f"{step.question} {step.answer} {step.because}" for step in steps)
    return Assessment(
        id=content_id("as-", incident.id, witness.registry.agreement.id, verdict, finding, *by, *obligations, *said),
        incident=incident.id,
        verdict=verdict,
        by=by,
        finding=finding,
        obligations=obligations,
        clauses=tuple(dict.fromkeys(touch.obligation.clause for touch in touched)),
        likelihood=word_likelihood(evidence, incident.grade, witness.table.likelihood),
        confidence=word_confidence(evidence, incident.grade, case.basis.origins_count, witness.table),
        steps=steps,
        would_change=explain_change(first, witness.table),
        local_truces=case.scope.covering,
    )
