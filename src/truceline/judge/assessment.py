"""One incident under the agreement: the facts asked, the table answered, the reasoning written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from truceline.judge.evidence import (
    Basis,
    ExceptionClaim,
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
from truceline.model.telling import Telling
from truceline.vocab.verdicts import VerdictTable, load_verdict_table

# Verdicts that say or repeat that somebody did it; the others name nobody.
NAMING = (Verdict.VIOLATION, Verdict.PREPARATORY, Verdict.ALLEGED, Verdict.CONTESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that was found about one incident before any term is applied."""

    incident: Incident
    tellings: Mapping[str, Telling]
    registry: Registry
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
) -> Assessment:
    """The verdict on one incident, with its reasoning.

    `tellings` and `actors` are looked up by id. `timezone` decides the day on which adherence is asked
    and the words for instants.
    """
    table = load_verdict_table()
    case = open_case(incident, tellings, agreement, actors, timezone=timezone, table=table)
    weighed = rank_weighed(weigh_terms(case, table), table)
    return write_assessment(case, weighed, table)


def open_case(
    incident: Incident,
    tellings: Mapping[str, Telling],
    agreement: Agreement,
    actors: Mapping[str, Actor],
    *,
    timezone: str,
    table: VerdictTable,
) -> Case:
    """What holds for the incident whatever the term."""
    day = incident.start.astimezone(ZoneInfo(timezone)).date() if incident.start is not None else None
    registry = Registry(actors=actors, agreement=agreement, day=day)
    basis = find_basis(incident, registry, table)
    delay = timedelta(hours=table.reporting_hours if is_reported(basis, tellings) else 0)
    return Case(
        incident=incident,
        tellings=tellings,
        registry=registry,
        scope=find_scope(incident, agreement, timezone=timezone, delay=delay, least_chance=table.least_chance),
        sides=find_sides(incident, registry),
        basis=basis,
    )


def weigh_terms(case: Case, table: VerdictTable) -> list[Weighed]:
    """Every term that speaks of such an act, weighed; one row without a term when none does."""
    mutual = is_mutual(case.basis, case.tellings, table)
    touches = find_touches(case.incident, case.sides, case.registry, table, mutual=mutual)
    if not touches:
        facts = gather_facts(case, None, None, table)
        return [Weighed(touch=None, facts=facts, row=weigh(facts, table))]
    weighed = []
    for touch in touches:
        exception = find_exception_claim(case.incident, case.tellings, touch.obligation, table)
        facts = gather_facts(case, touch, exception, table)
        weighed.append(Weighed(touch=touch, facts=facts, row=weigh(facts, table)))
    return weighed


def gather_facts(case: Case, touch: Touch | None, exception: ExceptionClaim | None, table: VerdictTable) -> Facts:
    """The six answers for one term."""
    scope = {
        Within.INSIDE: ScopeFact.INSIDE,
        Within.OUTSIDE: ScopeFact.OUTSIDE,
        Within.UNCLEAR: ScopeFact.UNCLEAR,
    }[case.scope.within]
    return Facts(
        act=touch.act if touch is not None else ActFact.UNTOUCHED,
        scope=scope,
        doer=touch.doer if touch is not None else DoerFact.UNNAMED,
        target=touch.target if touch is not None else TargetFact.UNNAMED,
        exception=ExceptionFact.CLAIMED if exception is not None else ExceptionFact.NOT_CLAIMED,
        evidence=find_evidence(case.basis, case.incident, touch, case.tellings, table),
    )


def write_assessment(case: Case, weighed: tuple[Weighed, ...], table: VerdictTable) -> Assessment:
    """The assessment told by the term that says most; the others that give the same verdict are cited."""
    first, incident = weighed[0], case.incident
    verdict, touched = first.row.verdict, [each.touch for each in weighed if each.touch is not None]
    exception = find_exception_claim(incident, case.tellings, first.touch.obligation, table) if first.touch else None
    finding = find_finding(case.basis, incident, case.tellings, case.registry, table)
    by = first.touch.bound if first.touch is not None and verdict in NAMING else ()
    obligations = tuple(dict.fromkeys(touch.obligation.id for touch in touched))
    evidence = first.facts.evidence
    steps = explain_steps(incident, first, case.scope, case.sides, case.basis, exception)
    would_change = explain_change(first, table)
    return Assessment(
        id=content_id(
            "as-",
            incident.id,
            case.registry.agreement.id,
            verdict,
            finding,
            *by,
            *obligations,
            *(f"{step.question} {step.answer} {step.because}" for step in steps),
        ),
        incident=incident.id,
        verdict=verdict,
        by=by,
        finding=finding,
        obligations=obligations,
        clauses=tuple(dict.fromkeys(touch.obligation.clause for touch in touched)),
        likelihood=word_likelihood(evidence, incident.grade, table.likelihood),
        confidence=word_confidence(evidence, incident.grade, case.basis.origins_count, table),
        steps=steps,
        would_change=would_change,
        local_truces=case.scope.covering,
    )
