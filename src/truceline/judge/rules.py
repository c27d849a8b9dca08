"""Which terms an incident touches, and how those in it stand to each term."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from truceline.judge.facts import ActFact, DoerFact, TargetFact
from truceline.judge.parties import Registry, Stand, Standing, find_standing, is_never_party
from truceline.judge.weapons import Armed, Told, find_armed
from truceline.model.agreement import Act, Agreement, Duty, LocalTruce, Obligation
from truceline.model.claim import EventType
from truceline.model.incident import Incident
from truceline.model.telling import Telling
from truceline.vocab.verdicts import VerdictTable

ANYBODY = "any"
ADHERENT = "party"
SIDE = "side:"
UNSIDED = "other"  # a side for counting those of none: it says not that they are of no side that a term names
ARMS = "weapons"  # the mode of MOBILIZE that moves weapons


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One term and what an incident is to it.

    `bound` are those said to have acted whom the term binds, or may bind; `protected` likewise those acted against.
    `armed` is what is told of the weapon, None where the term speaks of any.
    """

    obligation: Obligation
    act: ActFact
    doer: DoerFact
    target: TargetFact
    bound: tuple[str, ...]
    protected: tuple[str, ...]
    armed: Armed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The standings of those who acted and those acted against; actors named but not known are left out."""

    doers: tuple[Standing, ...]
    targets: tuple[Standing, ...]


def find_sides(incident: Incident, registry: Registry, table: VerdictTable) -> Sides:
    civil = [name_civil(words, registry, table) for words in incident.recipient_words]
    targets = dict.fromkeys([*incident.recipients, *(actor for actor in civil if actor is not None)])
    return Sides(
        doers=tuple(find_standing(actor, registry) for actor in incident.agents),
        targets=tuple(find_standing(actor, registry) for actor in targets),
    )


def name_civil(words: str, registry: Registry, table: VerdictTable) -> str | None:
    """The actor by which a term protects what is civilian by its nature: 'a hospital' counts as its medics."""
    civil = registry.known.civil
    if words not in civil:
        fitting = (each for each in table.objects if each.counts_as in registry.actors and each.pattern.search(words))
        civil[words] = next((each.counts_as for each in fitting), None)
    return civil[words]


def find_terms(agreement: Agreement) -> Iterator[Obligation]:
    """The terms of the agreement, then those of the local truces that prohibit something of their own."""
    yield from agreement.obligations
    yield from (local_term(truce) for truce in agreement.local_truces if truce.acts)


def local_term(truce: LocalTruce) -> Obligation:
    """A local truce as a term: in its window and zones, for those it binds."""
    return Obligation(
        id=truce.id,
        title=f"Local truce: {truce.name}",
        duty=Duty.PROHIBITS,
        acts=truce.acts,
        binds=truce.binds,
        protects=truce.protects,
        clause=f"Local truce, {truce.name}",
        source=truce.source,
        exceptions=truce.exceptions,
        zones=truce.zones,
        begins=(truce.start, *(other.at for other in truce.other_starts)),
        until=truce.end,
        local=True,
    )


def find_touches(
    incident: Incident,
    sides: Sides,
    registry: Registry,
    table: VerdictTable,
    *,
    mutual: bool,
    tellings: Sequence[Telling] = (),
) -> tuple[Touch, ...]:
    """The terms that speak of such an act, in the agreement's order; `mutual`: told as a fight of both.

    `tellings` are those that assert it: their weapons decide where a term speaks only of some.
    """
    found, kinds = [], {each.id: each for each in registry.agreement.weapons}
    for term, spoken in find_speaking(incident.event, registry, table):
        act, armed = spoken, None
        if term.weapons:
            armed = find_armed(tellings, term.weapons, kinds, table.vague_weapons)
            act = find_armed_act(spoken, incident.event, armed, term, table)
            if act is ActFact.UNTOUCHED:
                continue
        doer, bound = find_doer(sides.doers, term, registry)
        if doer is DoerFact.OTHER and term.duty is Duty.REQUIRES:
            continue  # what is asked of others says nothing of this act
        if mutual and doer in (DoerFact.BOUND, DoerFact.UNKNOWN, DoerFact.MIXED):
            doer = DoerFact.UNDIRECTED
        target, protected = find_target(incident.event, sides, term, registry, table)
        found.append(
            Touch(obligation=term, act=act, doer=doer, target=target, bound=bound, protected=protected, armed=armed)
        )
    return tuple(found)


def find_speaking(event: EventType, registry: Registry, table: VerdictTable) -> tuple[tuple[Obligation, ActFact], ...]:
    """The terms that speak of such an act whatever the weapon, and what each says of it."""
    asked, known = (event.plover, event.mode), registry.known.terms
    if asked not in known:
        said = ((term, find_act(event, term, table)) for term in find_terms(registry.agreement))
        known[asked] = tuple((term, act) for term, act in said if act is not ActFact.UNTOUCHED)
    return known[asked]


def find_act(event: EventType, obligation: Obligation, table: VerdictTable) -> ActFact:
    """What the term says of an act of this kind, whatever the weapon."""
    if event.plover is None:
        return ActFact.UNCLEAR
    if obligation.duty is Duty.PROHIBITS:
        return find_prohibited(event, obligation, table)
    if fits_any(event, obligation.acts) is True:
        return ActFact.FULFILLED
    match fits_any(event, find_failures(obligation, table)):
        case True:
            return ActFact.FAILED
        case None:
            return ActFact.UNCLEAR
        case _:
            return ActFact.UNTOUCHED


def find_failures(obligation: Obligation, table: VerdictTable) -> list[Act]:
    """The acts through which a duty fails."""
    return [act for failure in table.failures if shares(failure.duty, obligation.acts) for act in failure.through]


def find_prohibited(event: EventType, obligation: Obligation, table: VerdictTable) -> ActFact:
    match fits_any(event, obligation.acts):
        case True:
            return word_prohibited(event, obligation, table)
        case None:
            return ActFact.UNCLEAR
        case _:
            return ActFact.UNTOUCHED


def word_prohibited(event: EventType, obligation: Obligation, table: VerdictTable) -> ActFact:
    """Force, or what only prepares it: as the term says, else by the kind of act."""
    prepares = event.plover in table.preparatory if obligation.preparatory is None else obligation.preparatory
    return ActFact.PREPARATORY if prepares else ActFact.PROHIBITED


def find_armed_act(act: ActFact, event: EventType, armed: Armed, term: Obligation, table: VerdictTable) -> ActFact:
    """What a term on some weapons says of the act, by what is told of the weapon."""
    if act is ActFact.FULFILLED:
        return ActFact.UNTOUCHED if armed.told is Told.OTHER else act
    match armed.told:
        case Told.OTHER:
            return ActFact.UNTOUCHED
        case Told.SUCH if act is ActFact.UNCLEAR and event.plover is not None:
            # Such a weapon is told, so that the mode nobody told is that of weapons.
            return word_prohibited(event, term, table) if term.duty is Duty.PROHIBITS else ActFact.FAILED
        case Told.SUCH:
            return act
        case _:
            # Troops, of whom no weapon is told, are not weapons.
            return ActFact.UNTOUCHED if event.mode not in (None, ARMS) else ActFact.UNCLEAR


def fits_any(event: EventType, acts: Iterable[Act]) -> bool | None:
    """True or False; None when only the mode, which nobody told, could decide."""
    answers = [fits(event, act) for act in acts]
    if True in answers:
        return True
    return None if None in answers else False


def fits(event: EventType, act: Act) -> bool | None:
    if event.plover != act.plover:
        return False
    if not act.modes:
        return True
    return None if event.mode is None else event.mode in act.modes


def shares(duty: Act, acts: Iterable[Act]) -> bool:
    """Does a term that asks for `acts` ask for `duty`?"""
    return any(
        act.plover == duty.plover and (not act.modes or not duty.modes or bool(set(act.modes) & set(duty.modes)))
        for act in acts
    )


def find_doer(
    doers: Sequence[Standing], obligation: Obligation, registry: Registry
) -> tuple[DoerFact, tuple[str, ...]]:
    """How those who acted stand to the term, and which of them it binds or may bind."""
    answers = {each.actor: stand_to_doer(each, obligation, registry) for each in doers}
    bound = tuple(actor for actor, fact in answers.items() if fact is DoerFact.BOUND)
    possible = tuple(actor for actor, fact in answers.items() if fact in (DoerFact.UNKNOWN, DoerFact.MIXED))
    ranked = (
        DoerFact.BOUND,
        DoerFact.UNKNOWN,
        DoerFact.MIXED,
        DoerFact.EXCLUDED,
        DoerFact.NO_PARTY,
        DoerFact.OTHER,
    )
    fact = next((fact for fact in ranked if fact in answers.values()), DoerFact.UNNAMED)
    return fact, bound or possible


def stand_to_doer(standing: Standing, obligation: Obligation, registry: Registry) -> DoerFact:
    if obligation.local and is_named(obligation.binds, standing, registry):
        return DoerFact.BOUND
    match standing.stand:
        case Stand.EXCLUDED:
            return DoerFact.EXCLUDED
        case Stand.OUTSIDER:
            return DoerFact.NO_PARTY
        case Stand.MIXED:
            return DoerFact.MIXED
        case _:
            pass
    match names(obligation.binds, standing, registry):
        case True:
            return DoerFact.BOUND if standing.stand is Stand.PARTY else DoerFact.UNKNOWN
        case None:
            return DoerFact.UNKNOWN
        case _:
            return DoerFact.OTHER


def find_target(
    event: EventType, sides: Sides, obligation: Obligation, registry: Registry, table: VerdictTable
) -> tuple[TargetFact, tuple[str, ...]]:
    """How those acted against stand to the term, and which it protects.

    With parties and excluded groups together, nobody knows at whom it was aimed. A target nobody names is protected by
    a term that protects everybody, unless the agreement excludes a group that may be fought.
    """
    forceful = event.plover is None or event.plover in table.armed
    answers = {
        each.actor: stand_to_target(each, sides, obligation, registry, forceful=forceful) for each in sides.targets
    }
    if not answers:
        lawful = event.plover in table.armed and registry.agreement.excluded
        owed = ANYBODY in obligation.protects and not lawful
        return (TargetFact.PROTECTED if owed else TargetFact.UNNAMED), ()
    protected = tuple(actor for actor, fact in answers.items() if fact is TargetFact.PROTECTED)
    if protected:
        return (TargetFact.MIXED if TargetFact.EXCLUDED in answers.values() else TargetFact.PROTECTED), protected
    ranked = (TargetFact.MIXED, TargetFact.UNKNOWN, TargetFact.EXCLUDED, TargetFact.NO_PARTY, TargetFact.OTHER)
    return next(fact for fact in ranked if fact in answers.values()), ()


def stand_to_target(
    standing: Standing, sides: Sides, obligation: Obligation, registry: Registry, *, forceful: bool
) -> TargetFact:
    by_name = is_named(obligation.protects, standing, registry)
    if by_name and (obligation.local or standing.stand is Stand.OUTSIDER):
        return TargetFact.PROTECTED
    match standing.stand:
        case Stand.EXCLUDED:
            return TargetFact.EXCLUDED
        case Stand.OUTSIDER:
            return TargetFact.NO_PARTY
        case Stand.MIXED:
            return TargetFact.MIXED
        case _:
            pass
    if is_own_side(standing, sides, obligation, registry):
        return TargetFact.OTHER
    match names(obligation.protects, standing, registry):
        case True:
            # A side is protected where it adheres; whoever a term names, it protects.
            sure = by_name or ANYBODY in obligation.protects or standing.stand is Stand.PARTY
            return TargetFact.PROTECTED if sure else TargetFact.UNKNOWN
        case None:
            return TargetFact.UNKNOWN
        case _:
            # Force that hit people who are no party may have been aimed at one; other acts reach whom they reach.
            open_aim = forceful and is_never_party(standing.actor, registry)
            return TargetFact.UNKNOWN if open_aim else TargetFact.OTHER


def is_own_side(standing: Standing, sides: Sides, obligation: Obligation, registry: Registry) -> bool:
    """A term that protects the parties protects each side from the other, not a faction from its neighbour."""
    if set(obligation.protects) != {ADHERENT}:
        return False
    theirs = registry.sides(standing.actor)
    return bool(theirs) and bool(sides.doers) and all(registry.sides(each.actor) == theirs for each in sides.doers)


def is_named(tokens: Iterable[str], standing: Standing, registry: Registry) -> bool:
    """Does a term name this very actor, or what it belongs to, by its id?"""
    return bool(set(registry.lineage(standing.actor)) & set(tokens))


def names(tokens: Iterable[str], standing: Standing, registry: Registry) -> bool | None:
    """Do the words of a term name this actor? None when its side or its adherence, unknown, would decide."""
    answers = [name_by(token, standing, registry) for token in tokens]
    if True in answers:
        return True
    return None if None in answers else False


def name_by(token: str, standing: Standing, registry: Registry) -> bool | None:
    if token == ANYBODY:
        return True
    if token == ADHERENT:
        return True if standing.stand is Stand.PARTY else None
    if token.startswith(SIDE):
        sides = registry.sides(standing.actor) - {UNSIDED}
        return token.removeprefix(SIDE) in sides if sides else None
    return token in registry.lineage(standing.actor)
