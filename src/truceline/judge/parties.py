"""Who an actor is under the agreement on a day: its standing, its side, its lineage. Nothing is guessed from a name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from truceline.judge.facts import ActFact
from truceline.model.actor import Actor, ActorKind, Period, Status
from truceline.model.agreement import Acceptance, Agreement, Obligation

# Nobody accepts or refuses a truce as these: a term protects them by name or not at all.
NEVER_PARTIES = (ActorKind.CIVILIANS, ActorKind.IGO, ActorKind.NGO, ActorKind.MEDIA)


class Stand(StrEnum):
    """Where an actor stands: as in the agreement, a coalition of parties and others, or nobody who could accept.

    An outsider is surely no party on the day: it never accepted, had not yet, or had withdrawn.
    """

    PARTY = "party"
    EXCLUDED = "excluded"
    OUTSIDER = "no party"
    UNKNOWN = "unknown"
    MIXED = "mixed"
    NOBODY = "no possible party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One actor's standing on the day of an incident, and what it rests on."""

    actor: str
    name: str
    stand: Stand
    because: str


@dataclass(slots=True, kw_only=True)
class Known:
    """Answers of a registry by actor; `members` by what they belong to, None until asked.

    `civil` is whom words for a target count as; `terms` are those that speak of an act, by its category and mode, with
    what they say of it.
    """

    lineages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] | None = None
    civil: dict[str, str | None] = field(default_factory=dict)
    terms: dict[tuple[str | None, str | None], tuple[tuple[Obligation, ActFact], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """The actors and the agreement as of one day: what standings, sides and lineages are asked of.

    `day` is None when nothing places the incident in time: then only what always holds is known. What was once asked
    is remembered in `known`, so that one registry serves all incidents of its day.
    """

    actors: Mapping[str, Actor]
    agreement: Agreement
    day: date | None
    known: Known = field(default_factory=Known, compare=False, repr=False)

    def name(self, actor: str) -> str:
        """The neutral name, as borne on the day."""
        known = self.actors.get(actor)
        if known is None:
            return actor
        if self.day is not None:
            for borne in known.names:
                if borne.period.holds(self.day):
                    return borne.name
        return known.name

    def kind(self, actor: str) -> ActorKind | None:
        known = self.actors.get(actor)
        return known.kind if known is not None else None

    def lineage(self, actor: str) -> tuple[str, ...]:
        """The actor, then all it belongs to on the day, nearest first; a circle is walked once."""
        if actor not in self.known.lineages:
            found = [actor]
            for each in found:
                found.extend(parent for parent in self.parents(each) if parent not in found)
            self.known.lineages[actor] = tuple(found)
        return self.known.lineages[actor]

    def parents(self, actor: str) -> tuple[str, ...]:
        known = self.actors.get(actor)
        if known is None:
            return ()
        return tuple(sorted({each.of for each in known.memberships if self.day is None or each.period.holds(self.day)}))

    def members(self, actor: str) -> tuple[str, ...]:
        if self.known.members is None:
            members: dict[str, list[str]] = {}
            for each in sorted(self.actors):
                for parent in self.parents(each):
                    members.setdefault(parent, []).append(each)
            self.known.members = {parent: tuple(own) for parent, own in members.items()}
        return self.known.members.get(actor, ())

    def sides(self, actor: str) -> frozenset[str]:
        """Its own side, or where it has none the sides of the nearest it belongs to."""
        for each in self.lineage(actor):
            known = self.actors.get(each)
            if known is not None and known.side is not None:
                return frozenset({known.side})
        return frozenset()


def find_standing(actor: str, registry: Registry) -> Standing:
    """Where `actor` stands: listed itself, else by what it belongs to, else by who belongs to it."""
    standings = registry.known.standings
    if actor not in standings:
        standings[actor] = settle_standing(actor, registry)
    return standings[actor]


def settle_standing(actor: str, registry: Registry) -> Standing:
    found = stand_listed(actor, registry) or stand_by_parents(actor, registry)
    if found is None or found[0] is Stand.UNKNOWN:
        # A coalition of excluded and other groups is more than unknown: part of it is surely not bound.
        found = stand_by_members(actor, registry) or found
    if found is None and is_never_party(actor, registry):
        found = Stand.NOBODY, "accepts or refuses no truce; a term protects it by name or not at all"
    stand, because = found or (Stand.UNKNOWN, "no source says whether it accepted the agreement")
    return Standing(actor=actor, name=registry.name(actor), stand=stand, because=because)


def is_never_party(actor: str, registry: Registry) -> bool:
    """Civilians, helpers, reporters: kinds that accept no truce, and people of no side taken together."""
    kind = registry.kind(actor)
    return kind in NEVER_PARTIES or (kind is ActorKind.COLLECTIVE and not registry.sides(actor))


def find_party(actor: str, registry: Registry) -> str:
    """Whom an actor's acts are laid to: the nearest party of the agreement, the widest recorded one, else itself."""
    listed = {each.actor for each in registry.agreement.parties}
    lineage = registry.lineage(actor)
    recorded = [each for each in lineage if (stand_listed(each, registry) or (None,))[0] is Stand.PARTY]
    return next((each for each in lineage if each in listed), recorded[-1] if recorded else actor)


def stand_listed(actor: str, registry: Registry) -> tuple[Stand, str] | None:
    """What the agreement or the registry says of this very actor on the day; an exclusion comes first."""
    answers = [*listed_in_agreement(actor, registry), *listed_in_registry(actor, registry)]
    for stand in (Stand.EXCLUDED, Stand.OUTSIDER, Stand.UNKNOWN, Stand.PARTY):
        for answer in answers:
            if answer[0] is stand:
                return answer
    return None


def listed_in_agreement(actor: str, registry: Registry) -> Iterator[tuple[Stand, str]]:
    day, agreement = registry.day, registry.agreement
    for each in agreement.excluded:
        if each.actor == actor and (day is None or Period(since=each.since, until=each.until).holds(day)):
            yield Stand.EXCLUDED, f"the agreement excludes it ({each.source})"
    yield from accepted_or_not([each for each in agreement.parties if each.actor == actor], day)
    for listed in agreement.unknown:
        if listed.actor == actor:
            yield Stand.UNKNOWN, f"nobody can say whether it accepted the agreement ({listed.source})"
    for listed in agreement.outsiders:
        if listed.actor == actor:
            yield Stand.OUTSIDER, f"it never accepted the agreement ({listed.source})"


def accepted_or_not(acceptances: Sequence[Acceptance], day: date | None) -> Iterator[tuple[Stand, str]]:
    """One answer from all acceptances of one actor: bound by one that holds, else surely no party on the day."""
    holding = [
        each for each in acceptances if day is None or Period(since=each.accepted, until=each.withdrew).holds(day)
    ]
    if holding:
        each = holding[-1]
        when = f" on {each.accepted}" if each.accepted is not None else ""
        yield Stand.PARTY, f"it accepted the agreement{when} ({each.source})"
    elif acceptances and day is not None:
        left = [each for each in acceptances if each.withdrew is not None and each.withdrew <= day]
        if left:
            yield Stand.OUTSIDER, f"it withdrew on {left[-1].withdrew} ({left[-1].source})"
        else:
            yield Stand.OUTSIDER, f"it accepted only on {acceptances[0].accepted} ({acceptances[0].source})"


def listed_in_registry(actor: str, registry: Registry) -> Iterator[tuple[Stand, str]]:
    known = registry.actors.get(actor)
    if known is None:
        return
    words = {
        Status.PARTY: "it is recorded as a party",
        Status.EXCLUDED: "it is recorded as excluded",
        Status.UNKNOWN: "it is recorded that nobody knows whether it accepted",
    }
    for each in known.statuses:
        if registry.day is None or each.period.holds(registry.day):
            yield Stand(each.status), f"{words[each.status]}{f' ({each.source})' if each.source else ''}"


def stand_by_parents(actor: str, registry: Registry) -> tuple[Stand, str] | None:
    """The standing of what it belongs to, when that is listed itself and all such agree."""
    answers = [
        (parent, answer)
        for parent in registry.lineage(actor)[1:]
        if (answer := stand_listed(parent, registry)) is not None
    ]
    if not answers:
        return None
    stands = {stand for _, (stand, _) in answers}
    parent, (stand, because) = answers[0]
    if len(stands) == 1:
        return stand, f"it belongs to {registry.name(parent)}, and of that: {because}"
    told = "; ".join(f"{registry.name(each)} is {stand.value}" for each, (stand, _) in answers)
    return Stand.UNKNOWN, f"it belongs to several that stand differently: {told}"


def stand_by_members(actor: str, registry: Registry) -> tuple[Stand, str] | None:
    """A coalition nobody lists stands as its members do; with excluded and other members it is mixed."""
    if registry.kind(actor) not in (ActorKind.COALITION, ActorKind.COLLECTIVE):
        return None
    members = [(each, answer[0]) for each in registry.members(actor) if (answer := stand_listed(each, registry))]
    if not members:
        return None
    told = ", ".join(f"{registry.name(each)} ({stand.value})" for each, stand in members)
    stands = {stand for _, stand in members}
    if len(stands) == 1:
        return next(iter(stands)), f"its known members all stand so: {told}"
    if stands & {Stand.EXCLUDED, Stand.OUTSIDER}:
        return Stand.MIXED, f"its members stand differently: {told}"
    return Stand.UNKNOWN, f"its members stand differently: {told}"
