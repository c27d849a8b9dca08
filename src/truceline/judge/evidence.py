"""How far the tellings of an incident carry, whom they accuse, and whether an exception is claimed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from truceline.judge.facts import EvidenceFact
from truceline.judge.parties import Registry, Stand, Standing, find_party, find_standing
from truceline.judge.rules import ADHERENT, Touch, name_civil
from truceline.judge.weapons import Told
from truceline.model.assessment import Finding
from truceline.model.attribution import SpeakerKind
from truceline.model.incident import Grade, Incident, Origin, Stance
from truceline.model.source import Source
from truceline.model.telling import Role, Telling
from truceline.model.when import Basis as TimeBasis
from truceline.vocab.verdicts import VerdictTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """One independent origin that asserts an incident: is it on a side, and on the side of those who acted?

    One that is not `reliable` tells, and confirms nobody.
    """

    origin: Origin
    partisan: bool
    own: bool
    reliable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an incident rests on: who asserts it, claim by claim and origin by origin, and who denies it.

    `denying` are the denials that count: by those accused, or by somebody who takes no side. `aside` are the others.
    """

    asserting: tuple[str, ...]
    denying: tuple[str, ...]
    aside: tuple[str, ...]
    backing: tuple[Backing, ...]
    grade: Grade

    @property
    def origins_count(self) -> int:
        return len(self.backing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How far the tellings carry for one term, and how many origins stand behind the weakest fact it needs."""

    fact: EvidenceFact
    origins: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What is asked about whoever tells or denies: the claims, the sources, the actors as of the day, the policies."""

    tellings: Mapping[str, Telling]
    sources: Mapping[str, Source]
    registry: Registry
    table: VerdictTable


def find_basis(incident: Incident, witness: Witness) -> Basis:
    """The independent origins behind an incident, before any term is applied."""
    asserting = tuple(each.claim for each in incident.versions if each.stance is Stance.ASSERTS)
    denials = tuple(each.claim for each in incident.versions if each.stance is Stance.DENIES)
    counting = tuple(claim for claim in denials if is_denial_counted(claim, incident, witness))
    behind = [origin for origin in incident.origins if set(origin.claims) & set(asserting)]
    backing = tuple(
        Backing(
            origin=origin,
            partisan=is_partisan(origin, asserting, witness),
            own=any(
                is_one_of(actor, incident.agents, witness.registry) for actor in voices_of(origin, asserting, witness)
            ),
            reliable=is_reliable(origin, asserting, witness),
        )
        for origin in find_independent(behind, witness.tellings)
    )
    return Basis(
        asserting=asserting,
        denying=counting,
        aside=tuple(claim for claim in denials if claim not in counting),
        backing=backing,
        grade=incident.grade,
    )


def is_denial_counted(claim: str, incident: Incident, witness: Witness) -> bool:
    """Does a denial come from those accused, from nobody's side, or from somebody not known?

    One by another side of the war is only another claim.
    """
    telling = witness.tellings.get(claim)
    denier = find_speaker(telling, witness.sources) if telling is not None else None
    if denier is None or not incident.agents:
        return True
    return is_one_of(denier, incident.agents, witness.registry) or not takes_side(
        denier, witness.registry, witness.table
    )


def find_speaker(telling: Telling, sources: Mapping[str, Source]) -> str | None:
    """The actor who says it: the innermost known speaker, else whom the source belongs to."""
    known = [speaker.actor for speaker in telling.chain if speaker.actor is not None]
    if known:
        return known[-1]
    source = sources.get(telling.source) if telling.source is not None else None
    return source.actor if source is not None else None


def find_independent(origins: Sequence[Origin], tellings: Mapping[str, Telling]) -> list[Origin]:
    """The origins without speakers nobody knows whom a publisher relays that tells it too: those confirm nothing."""
    publishers = [origin for origin in origins if not is_unknown_speaker(origin, tellings)]
    kept = list(publishers)
    for origin in origins:
        if origin not in publishers and not any(set(origin.families) <= set(other.families) for other in kept):
            kept.append(origin)
    return kept


def is_unknown_speaker(origin: Origin, tellings: Mapping[str, Telling]) -> bool:
    """A name in the text that the registry does not know, always at second hand."""
    told = [tellings[claim] for claim in origin.claims if claim in tellings]
    return (
        origin.actor is None
        and bool(told)
        and all(any(speaker.kind == SpeakerKind.NAMED for speaker in each.chain) for each in told)
    )


def weigh_basis(basis: Basis, claims: Collection[str], table: VerdictTable) -> EvidenceFact:
    """How far the origins of some claims carry: supported, thin, or one side only.

    What a side tells against itself counts only beside what others tell. A single claim has no second one to confirm
    it, whomever the text around it credits.
    """
    backing = [each for each in basis.backing if set(each.origin.claims) & set(claims)]
    own = [each for each in backing if each.own]
    admitted = bool(own) and len(own) < len(backing)
    if not admitted and all(each.partisan for each in backing):
        return EvidenceFact.ONE_SIDE
    reliable = [each for each in backing if each.reliable]
    owning = [each for each in reliable if each.own]
    heard = not all(each.partisan for each in reliable) or (bool(owning) and len(owning) < len(reliable))
    good = basis.grade.reliability in table.reliability and basis.grade.credibility in table.credibility
    confirmed = len(reliable) > 1 and len(set(claims)) > 1
    return EvidenceFact.SUPPORTED if good and heard and confirmed else EvidenceFact.THIN


def is_reliable(origin: Origin, asserting: Collection[str], witness: Witness) -> bool:
    """Is any source that tells it good enough to support a verdict? One without a grade is not held bad."""
    told = [
        witness.tellings[claim].source for claim in origin.claims if claim in asserting and claim in witness.tellings
    ]
    graded = [witness.sources[each].reliability for each in told if each is not None and each in witness.sources]
    return not graded or len(graded) < len(told) or any(each.value in witness.table.reliability for each in graded)


def is_partisan(origin: Origin, asserting: Collection[str], witness: Witness) -> bool:
    """Does the origin stand on a side of the war, by its actor, by whose words it amplifies, or by who says it?"""
    registry, table = witness.registry, witness.table
    if any(takes_side(actor, registry, table) for actor in actors_of(origin)):
        return True
    said = voices_of(origin, asserting, witness)
    return bool(said) and all(takes_side(actor, registry, table) for actor in said)


def voices_of(origin: Origin, asserting: Collection[str], witness: Witness) -> list[str]:
    """Who says it, claim by claim: the innermost known speaker, else the actors of the origin."""
    said: list[str] = []
    for claim in origin.claims:
        telling = witness.tellings.get(claim) if claim in asserting else None
        speaker = find_speaker(telling, {}) if telling is not None else None
        said.extend(actors_of(origin) if speaker is None else (speaker,))
    return said


def actors_of(origin: Origin) -> tuple[str, ...]:
    return tuple(actor for actor in (origin.actor, origin.amplifies) if actor is not None)


def takes_side(actor: str, registry: Registry, table: VerdictTable) -> bool:
    sides = registry.sides(actor)
    if sides:
        return not sides <= set(table.impartial_sides)
    fighting = {each.actor for each in (*registry.agreement.unknown, *registry.agreement.outsiders)}
    return bool(fighting & set(registry.lineage(actor))) or find_standing(actor, registry).stand in (
        Stand.PARTY,
        Stand.EXCLUDED,
        Stand.MIXED,
    )


def is_one_of(actor: str, agents: Collection[str], registry: Registry) -> bool:
    """Does the actor belong to those said to have acted, or to their side?"""
    theirs = {lineage for agent in agents for lineage in registry.lineage(agent)}
    sides = {side for agent in agents for side in registry.sides(agent)}
    return bool(set(registry.lineage(actor)) & theirs or registry.sides(actor) & sides)


def is_mutual(incident: Incident, basis: Basis, witness: Witness) -> bool:
    """Do all that assert it tell of a fight between both, so that nobody is said to have begun?"""
    if incident.event.plover not in (None, *witness.table.armed):
        return False
    told = [witness.tellings[claim] for claim in basis.asserting if claim in witness.tellings]
    return bool(told) and all(set(each.trigger.casefold().split()) & witness.table.mutual for each in told)


def is_reported(basis: Basis, tellings: Mapping[str, Telling]) -> bool:
    """Is it dated by publication alone?"""
    dated = [tellings[claim].happened for claim in basis.asserting if claim in tellings]
    stated = [each.basis for each in dated if each is not None]
    return bool(stated) and all(each is TimeBasis.PUBLISHED for each in stated)


def is_disputed(incident: Incident) -> bool:
    """Do tellings accuse different actors?"""
    return len(incident.agents) > 1 and any(each.what == "agent" for each in incident.contradictions)


def find_proof(basis: Basis, incident: Incident, touch: Touch | None, witness: Witness) -> Proof:
    """The evidence for one term: for the act, and as far as the term needs it for who did it, to whom and with what."""
    if not basis.asserting:
        return Proof(fact=EvidenceFact.UNTOLD)
    if basis.denying:
        return Proof(fact=EvidenceFact.DENIED)
    if not basis.backing:
        return Proof(fact=EvidenceFact.CIRCULAR)
    # Who is accused does not matter to the verdict where they are of one side and the term binds all of them.
    if touch is not None and is_disputed(incident) and not is_bound_alike(incident, touch, witness.registry):
        return Proof(fact=EvidenceFact.DISPUTED)
    needed = find_needed(basis, touch, witness)
    weights = (EvidenceFact.ONE_SIDE, EvidenceFact.THIN, EvidenceFact.SUPPORTED)
    fact = min((weigh_basis(basis, claims, witness.table) for claims in needed), key=weights.index)
    return Proof(fact=fact, origins=min(count_origins(basis, claims) for claims in needed))


def find_needed(basis: Basis, touch: Touch | None, witness: Witness) -> list[tuple[str, ...]]:
    """The asserting claims behind each fact that a term needs."""
    needed = [basis.asserting]
    if touch is not None:
        if touch.bound:
            needed.append(find_naming(basis, witness, doers=touch.bound))
        if touch.protected:
            needed.append(find_naming(basis, witness, targets=touch.protected))
        if touch.armed is not None and touch.armed.told is Told.SUCH:
            needed.append(touch.armed.claims)
    return needed


def count_origins(basis: Basis, claims: Collection[str]) -> int:
    return sum(bool(set(each.origin.claims) & set(claims)) for each in basis.backing)


def is_bound_alike(incident: Incident, touch: Touch, registry: Registry) -> bool:
    """Does the term bind all who are accused as one side, or by a list of its own that is not all parties?"""
    sides = {registry.sides(actor) or frozenset({find_party(actor, registry)}) for actor in incident.agents}
    listed = ADHERENT not in touch.obligation.binds
    return set(touch.bound) == set(incident.agents) and (len(sides) == 1 or listed)


def find_naming(
    basis: Basis, witness: Witness, *, doers: Collection[str] = (), targets: Collection[str] = ()
) -> tuple[str, ...]:
    """The asserting claims that name one of the doers as acting, or one of the targets as acted against."""
    told = (witness.tellings[claim] for claim in basis.asserting if claim in witness.tellings)
    return tuple(
        each.claim
        for each in told
        if any(role.actor in doers for role in each.agents)
        or any(name_target(role, witness) in targets for role in each.recipients)
    )


def name_target(role: Role, witness: Witness) -> str | None:
    return role.actor or name_civil(role.words, witness.registry, witness.table)


def find_finding(
    basis: Basis, incident: Incident, doers: Sequence[Standing], witness: Witness, *, harmless: bool
) -> Finding:
    """To whom the act is attributed, whatever the agreement says of it; a harmless act is believed of one origin.

    A fight that nobody is said to have begun is attributed to nobody.
    """
    if not doers or not basis.asserting or is_mutual(incident, basis, witness):
        return Finding.NONE
    if basis.denying or is_disputed(incident):
        return Finding.CONTESTED
    naming = find_naming(basis, witness, doers=incident.agents)
    believed = weigh_basis(basis, naming, witness.table) is EvidenceFact.SUPPORTED
    if not (believed or harmless) or not basis.backing:
        return Finding.NONE
    silent = [each for each in basis.backing if not set(each.origin.claims) & set(naming)]
    return attribute(doers, witness.registry, unanimous=not silent)


def is_listed_party(standing: Standing, registry: Registry) -> bool:
    """Is it, or what it belongs to, one that accepted on another day? Who did it does not hang on when it was bound."""
    listed = {each.actor for each in registry.agreement.parties}
    return standing.stand is Stand.OUTSIDER and bool(listed & set(registry.lineage(standing.actor)))


def attribute(doers: Sequence[Standing], registry: Registry, *, unanimous: bool) -> Finding:
    """To a party, or to several; largely where others took part or not every origin names it."""
    bound = [each for each in doers if each.stand is Stand.PARTY or is_listed_party(each, registry)]
    if not bound:
        return Finding.OTHER
    if len({find_party(each.actor, registry) for each in bound}) > 1:
        return Finding.SEVERAL
    return Finding.PARTY if unanimous and len(bound) == len(doers) else Finding.LARGELY
