"""How far the tellings of an incident carry, whom they accuse, and whether an exception is claimed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from truceline.judge.facts import EvidenceFact
from truceline.judge.parties import Registry, Stand, find_standing
from truceline.judge.rules import Touch
from truceline.model.agreement import Obligation
from truceline.model.assessment import Finding
from truceline.model.incident import Incident, Origin, Stance
from truceline.model.telling import Telling
from truceline.model.when import Basis as TimeBasis
from truceline.vocab.verdicts import ExceptionCues, VerdictTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an incident rests on.

    `impartial` and `partisan` are the origins that assert it; `own` the partisan ones that stand on the side of those
    who acted (what they tell against themselves). `denying` are the claims that deny it.
    """

    fact: EvidenceFact
    asserting: tuple[str, ...]
    denying: tuple[str, ...]
    impartial: tuple[Origin, ...]
    partisan: tuple[Origin, ...]
    own: tuple[Origin, ...]

    @property
    def origins(self) -> tuple[Origin, ...]:
        return self.impartial + self.partisan


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionClaim:
    """A telling that claims an exception, and the words that do."""

    cues: ExceptionCues
    claim: str
    words: str


def find_basis(incident: Incident, registry: Registry, table: VerdictTable) -> Basis:
    """The origins behind an incident and how far they carry, before any term is applied."""
    asserting = tuple(each.claim for each in incident.versions if each.stance is Stance.ASSERTS)
    denying = tuple(each.claim for each in incident.versions if each.stance is Stance.DENIES)
    behind = [origin for origin in incident.origins if set(origin.claims) & set(asserting)]
    partisan = tuple(origin for origin in behind if is_partisan(origin, registry, table))
    impartial = tuple(origin for origin in behind if origin not in partisan)
    own = tuple(origin for origin in partisan if is_own_side(origin, incident, registry))
    fact = weigh_basis(incident, impartial, partisan, own, table)
    if not asserting:
        fact = EvidenceFact.UNTOLD
    elif denying:
        fact = EvidenceFact.DENIED
    elif not behind:
        fact = EvidenceFact.CIRCULAR
    return Basis(fact=fact, asserting=asserting, denying=denying, impartial=impartial, partisan=partisan, own=own)


def weigh_basis(
    incident: Incident,
    impartial: tuple[Origin, ...],
    partisan: tuple[Origin, ...],
    own: tuple[Origin, ...],
    table: VerdictTable,
) -> EvidenceFact:
    """Supported, one side only, or thin. What a side tells against itself counts only beside what others tell."""
    grade = incident.grade
    admitted = bool(own) and len(partisan) > len(own)
    if not impartial and not admitted:
        return EvidenceFact.ONE_SIDE
    if len(impartial) + len(partisan) == 1:
        strong = grade.reliability in table.alone_reliability and grade.credibility in table.alone_credibility
    else:
        strong = grade.reliability in table.together_reliability and grade.credibility in table.together_credibility
    return EvidenceFact.SUPPORTED if strong else EvidenceFact.THIN


def is_partisan(origin: Origin, registry: Registry, table: VerdictTable) -> bool:
    """Does the origin stand on a side of the war, by its actor or by whose words it amplifies?"""
    actors = [actor for actor in (origin.actor, origin.amplifies) if actor is not None]
    return any(takes_side(actor, registry, table) for actor in actors)


def takes_side(actor: str, registry: Registry, table: VerdictTable) -> bool:
    sides = registry.sides(actor)
    if sides:
        return not sides <= set(table.impartial_sides)
    return find_standing(actor, registry).stand is not Stand.UNKNOWN


def is_own_side(origin: Origin, incident: Incident, registry: Registry) -> bool:
    """Does the origin belong to the side of those said to have acted?"""
    actors = [actor for actor in (origin.actor, origin.amplifies) if actor is not None]
    theirs = {lineage for agent in incident.agents for lineage in registry.lineage(agent)}
    sides = {side for agent in incident.agents for side in registry.sides(agent)}
    return any(set(registry.lineage(actor)) & theirs or registry.sides(actor) & sides for actor in actors)


def is_mutual(basis: Basis, tellings: Mapping[str, Telling], table: VerdictTable) -> bool:
    """Do all that assert it tell of a fight between both, so that nobody is said to have begun?"""
    told = [tellings[claim] for claim in basis.asserting if claim in tellings]
    return bool(told) and all(set(each.trigger.casefold().split()) & table.mutual for each in told)


def is_reported(basis: Basis, tellings: Mapping[str, Telling]) -> bool:
    """Is it dated by publication alone?"""
    dated = [tellings[claim].happened for claim in basis.asserting if claim in tellings]
    stated = [each.basis for each in dated if each is not None]
    return bool(stated) and all(each is TimeBasis.PUBLISHED for each in stated)


def is_disputed(incident: Incident) -> bool:
    """Do tellings accuse different actors?"""
    return len(incident.agents) > 1 and any(each.what == "agent" for each in incident.contradictions)


def find_distinct(actors: tuple[str, ...], registry: Registry) -> tuple[str, ...]:
    """The actors without those that another of them is a part of: an army and its brigade are one."""
    wider = {parent for actor in actors for parent in registry.lineage(actor)[1:]}
    return tuple(actor for actor in actors if actor not in wider)


def find_evidence(basis: Basis, incident: Incident, touch: Touch) -> EvidenceFact:
    """The evidence as far as one term is concerned: accusing different actors matters unless it binds them all."""
    if basis.fact is EvidenceFact.SUPPORTED and is_disputed(incident) and set(touch.bound) != set(incident.agents):
        return EvidenceFact.DENIED
    return basis.fact


def find_finding(basis: Basis, incident: Incident, tellings: Mapping[str, Telling], registry: Registry) -> Finding:
    """To whom the act is attributed, whatever the agreement says of it."""
    if not incident.agents:
        return Finding.NONE
    if basis.fact is EvidenceFact.DENIED or is_disputed(incident):
        return Finding.CONTESTED
    if basis.fact is not EvidenceFact.SUPPORTED:
        return Finding.NONE
    if len(find_distinct(incident.agents, registry)) > 1:
        return Finding.SEVERAL
    naming = [claim for claim in basis.asserting if names_agent(tellings.get(claim), incident.agents)]
    origins = [origin for origin in basis.origins if set(origin.claims) & set(naming)]
    return Finding.PARTY if len(origins) > 1 else Finding.LARGELY


def names_agent(telling: Telling | None, agents: tuple[str, ...]) -> bool:
    return telling is not None and any(role.actor in agents for role in telling.agents)


def find_exception_claim(
    incident: Incident, tellings: Mapping[str, Telling], obligation: Obligation, table: VerdictTable
) -> ExceptionClaim | None:
    """The first telling that claims an exception the term allows; silence claims none."""
    allowed = [cues for cues in table.exceptions if is_allowed(cues, obligation)]
    for version in incident.versions:
        telling = tellings.get(version.claim)
        if telling is None:
            continue
        for cues in allowed:
            pattern = "|".join(re.escape(cue) for cue in cues.cues)
            match = re.search(rf"\b(?:{pattern})\b", telling.quote, re.IGNORECASE)
            if match is not None:
                return ExceptionClaim(cues=cues, claim=version.claim, words=match.group())
    return None


def is_allowed(cues: ExceptionCues, obligation: Obligation) -> bool:
    return any(cues.name in words.replace("defense", "defence").casefold() for words in obligation.exceptions)
