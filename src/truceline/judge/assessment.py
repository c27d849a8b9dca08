"""One incident under the agreement: the facts asked, the table answered, the reasoning written down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from truceline.judge.aloud import say_aloud
from truceline.judge.evidence import Basis, Witness, find_basis, find_finding, find_proof, is_mutual, is_reported
from truceline.judge.exceptions import find_exception
from truceline.judge.explain import explain_change, explain_steps
from truceline.judge.facts import ActFact, DoerFact, ExceptionFact, Facts, ScopeFact, TargetFact
from truceline.judge.parties import Registry
from truceline.judge.rules import Sides, Touch, find_sides, find_touches
from truceline.judge.scope import Scope, Setting, find_scope, find_setting
from truceline.judge.weigh import Weighed, rank_weighed, weigh, word_confidence, word_likelihood
from truceline.judge.zones import Within
from truceline.kit.hashing import content_id
from truceline.model.actor import Actor
from truceline.model.agreement import Agreement
from truceline.model.assessment import NAMING, Assessment
from truceline.model.incident import Incident
from truceline.model.source import Source
from truceline.model.telling import Telling
from truceline.vocab.verdicts import load_verdict_table

# Acts that break nothing: one origin is enough to say who did them.
HARMLESS = (ActFact.UNTOUCHED, ActFact.FULFILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that was found about one incident before any term is applied."""

    incident: Incident
    witness: Witness
    setting: Setting
    scope: Scope
    sides: Sides
    basis: Basis


WITHIN = {Within.INSIDE: ScopeFact.INSIDE, Within.OUTSIDE: ScopeFact.OUTSIDE, Within.UNCLEAR: ScopeFact.UNCLEAR}


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
    return next(assess_all((incident,), tellings, agreement, actors, timezone=timezone, sources=sources))


def assess_all(
    incidents: Iterable[Incident],
    tellings: Mapping[str, Telling],
    agreement: Agreement,
    actors: Mapping[str, Actor],
    *,
    timezone: str,
    sources: Sequence[Source] = (),
) -> Iterator[Assessment]:
    """One assessment an incident, in their order; what holds for a day is found once."""
    table, known, zone = load_verdict_table(), {source.id: source for source in sources}, ZoneInfo(timezone)
    registries: dict[date | None, Registry] = {}
    for incident in incidents:
        day = incident.start.astimezone(zone).date() if incident.start is not None else None
        if day not in registries:
            registries[day] = Registry(actors=actors, agreement=agreement, day=day)
        witness = Witness(tellings=tellings, sources=known, registry=registries[day], table=table)
        case = open_case(incident, witness, timezone=timezone)
        yield write_assessment(case, rank_weighed(weigh_terms(case), table))


def open_case(incident: Incident, witness: Witness, *, timezone: str) -> Case:
    """What holds for the incident whatever the term."""
    table, registry = witness.table, witness.registry
    basis = find_basis(incident, witness)
    delay = timedelta(hours=table.reporting_hours if is_reported(basis, witness.tellings) else 0)
    setting = find_setting(
        incident, registry.agreement, timezone=timezone, delay=delay, least_chance=table.least_chance
    )
    return Case(
        incident=incident,
        witness=witness,
        setting=setting,
        scope=find_scope(setting, registry.agreement),
        sides=find_sides(incident, registry, table),
        basis=basis,
    )


def weigh_terms(case: Case) -> list[Weighed]:
    """Every term that speaks of such an act, weighed; one row without a term when none does."""
    witness = case.witness
    told = [witness.tellings[claim] for claim in case.basis.asserting if claim in witness.tellings]
    touches = find_touches(
        case.incident,
        case.sides,
        witness.registry,
        witness.table,
        mutual=is_mutual(case.incident, case.basis, witness),
        tellings=told,
    )
    return [weigh_term(case, touch) for touch in touches or (None,)]


def weigh_term(case: Case, touch: Touch | None) -> Weighed:
    """The six answers for one term, and the row of the table that they lead to."""
    witness = case.witness
    scope = scope_of(case, touch)
    exception = find_exception(case.incident, touch, case.basis, witness)
    proof = find_proof(case.basis, case.incident, touch, witness)
    facts = Facts(
        act=touch.act if touch is not None else ActFact.UNTOUCHED,
        scope=WITHIN[scope.within],
        doer=touch.doer if touch is not None else DoerFact.UNNAMED,
        target=touch.target if touch is not None else TargetFact.UNNAMED,
        exception=exception.fact if exception is not None else ExceptionFact.NOT_CLAIMED,
        evidence=proof.fact,
    )
    row = weigh(facts, witness.table)
    return Weighed(touch=touch, facts=facts, row=row, scope=scope, proof=proof, exception=exception)


def scope_of(case: Case, touch: Touch | None) -> Scope:
    """The scope of the agreement, or of a term with a time or an area of its own."""
    if touch is None:
        return case.scope
    term, failed = touch.obligation, touch.act in (ActFact.FAILED, ActFact.UNCLEAR)
    if not (term.begins or term.until or term.zones or (failed and term.due)):
        return case.scope
    return find_scope(case.setting, case.witness.registry.agreement, term, failed=failed)


def write_assessment(case: Case, weighed: tuple[Weighed, ...]) -> Assessment:
    """The assessment told by the term that says most; the others that give the same verdict are cited."""
    first, incident, witness = weighed[0], case.incident, case.witness
    verdict, touched = first.row.verdict, [each.touch for each in weighed if each.touch is not None]
    finding = find_finding(case.basis, incident, case.sides.doers, witness, harmless=first.facts.act in HARMLESS)
    by = first.touch.bound if first.touch is not None and verdict in NAMING else ()
    obligations = tuple(dict.fromkeys(touch.obligation.id for touch in touched))
    steps = explain_steps(incident, first, case.sides, case.basis, witness)
    said = (f"{step.question} {step.answer} {step.because}" for step in steps)
    proof, table, agreement = first.proof, witness.table, witness.registry.agreement
    likelihood = word_likelihood(proof, incident.grade, incident.place, table, origins=case.basis.origins_count)
    confidence, would_change = word_confidence(proof, incident.grade, table), explain_change(first, table, agreement)
    return Assessment(
        id=content_id("as-", incident.id, agreement.id, verdict, finding, *by, *obligations, *said),
        incident=incident.id,
        verdict=verdict,
        by=by,
        finding=finding,
        obligations=obligations,
        clauses=tuple(dict.fromkeys(touch.obligation.clause for touch in touched)),
        likelihood=likelihood,
        confidence=confidence,
        steps=steps,
        would_change=would_change,
        local_truces=case.scope.covering,
        aloud=say_aloud(
            incident,
            first,
            case.basis,
            witness.registry,
            by=by,
            likelihood=likelihood,
            confidence=confidence,
            would_change=would_change,
        ),
    )
