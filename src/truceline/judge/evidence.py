"""How far the tellings of an incident carry, whom they accuse, and whether an exception is claimed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from truceline.judge.facts import EvidenceFact
from truceline.judge.parties import Registry, Stand, find_standing
from truceline.judge.rules import Touch
from truceline.model.agreement import Obligation
from truceline.model.assessment import Finding
from truceline.model.incident import Grade, Incident, Origin, Stance
from truceline.model.telling import Telling
from truceline.model.when import Basis as TimeBasis
from truceline.vocab.verdicts import ExceptionCues, VerdictTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """One independent origin that asserts an incident: is it on a side, and on the side of those who acted?"""

    origin: Origin
    partisan: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an incident rests on: who asserts it, claim by claim and origin by origin, and which claims deny it."""

    asserting: tuple[str, ...]
    denying: tuple[str, ...]
    backing: tuple[Backing, ...]
    grade: Grade

    @property
    def origins_count(self) -> int:
        return len(self.backing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionClaim:
    """A telling that claims an exception, and the words that do."""

    cues: ExceptionCues
    claim: str
    words: str


def find_basis(incident: Incident, registry: Registry, table: VerdictTable) -> Basis:
    """The independent origins behind an incident, before any term is applied."""
    asserting = tuple(each.claim for each in incident.versions if each.stance is Stance.ASSERTS)
    denying = tuple(each.claim for each in incident.versions if each.stance is Stance.DENIES)
    behind = [origin for origin in incident.origins if set(origin.claims) & set(asserting)]
    backing = tuple(
        Backing(
            origin=origin,
            partisan=is_partisan(origin, registry, table),
            own=is_own_side(origin, incident, registry),
        )
        for origin in find_independent(behind)
    )
    return Basis(asserting=asserting, denying=denying, backing=backing, grade=incident.grade)


def find_independent(origins: Sequence[Origin]) -> list[Origin]:
    """The origins without unknown speakers that only a publisher heard of already relays: those confirm nothing."""
    kept: list[Origin] = []
    for origin in sorted(origins, key=lambda each: (each.actor is None, each.name)):
        heard = any(set(origin.families) <= set(other.families) for other in kept)
        if origin.actor is not None or not heard:
            kept.append(origin)
    return kept


def weigh_basis(basis: Basis, claims: Collection[str], table: VerdictTable) -> EvidenceFact:
    """How far the origins of some claims carry: supported, thin, or one side only.

    What a side tells against itself counts only beside what others tell.
    """
    backing = [each for each in basis.backing if set(each.origin.claims) & set(claims)]
    own = [each for each in backing if each.own]
    admitted = bool(own) and len(own) < len(backing)
    if not admitted and all(each.partisan for each in backing):
        return EvidenceFact.ONE_SIDE
    good = basis.grade.reliability in table.reliability and basis.grade.credibility in table.credibility
    return EvidenceFact.SUPPORTED if good and len(backing) > 1 else EvidenceFact.THIN


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


def find_evidence(
    basis: Basis, incident: Incident, touch: Touch | None, tellings: Mapping[str, Telling], table: VerdictTable
) -> EvidenceFact:
    """The evidence for one term: for the act, for who did it where the term binds them, for whom it protects."""
    if not basis.asserting:
        return EvidenceFact.UNTOLD
    if basis.denying:
        return EvidenceFact.DENIED
    if not basis.backing:
        return EvidenceFact.CIRCULAR
    needed = [basis.asserting]
    if touch is not None:
        # Who is accused does not matter to the verdict where the term binds all of them.
        if is_disputed(incident) and set(touch.bound) != set(incident.agents):
            return EvidenceFact.DENIED
        if touch.bound:
            needed.append(find_naming(basis, tellings, doers=touch.bound))
        if touch.protected:
            needed.append(find_naming(basis, tellings, targets=touch.protected))
    weights = (EvidenceFact.ONE_SIDE, EvidenceFact.THIN, EvidenceFact.SUPPORTED)
    return min((weigh_basis(basis, claims, table) for claims in needed), key=weights.index)


def find_naming(
    basis: Basis, tellings: Mapping[str, Telling], *, doers: Collection[str] = (), targets: Collection[str] = ()
) -> tuple[str, ...]:
    """The asserting claims that name one of the doers as acting, or one of the targets as acted against."""
    told = (tellings[claim] for claim in basis.asserting if claim in tellings)
    return tuple(
        each.claim
        for each in told
        if any(role.actor in doers for role in each.agents) or any(role.actor in targets for role in each.recipients)
    )


def find_finding(
    basis: Basis, incident: Incident, tellings: Mapping[str, Telling], registry: Registry, table: VerdictTable
) -> Finding:
    """To whom the act is attributed, whatever the agreement says of it."""
    if not incident.agents or not basis.asserting:
        return Finding.NONE
    if basis.denying or is_disputed(incident):
        return Finding.CONTESTED
    naming = find_naming(basis, tellings, doers=incident.agents)
    if not basis.backing or weigh_basis(basis, naming, table) is not EvidenceFact.SUPPORTED:
        return Finding.NONE
    if len(find_distinct(incident.agents, registry)) > 1:
        return Finding.SEVERAL
    silent = [each for each in basis.backing if not set(each.origin.claims) & set(naming)]
    return Finding.LARGELY if silent else Finding.PARTY


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
