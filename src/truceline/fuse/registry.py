"""What the mission knows of actors and sources, arranged for asking."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from truceline.kit.graph import find_ancestors
from truceline.kit.memo import Same
from truceline.kit.near import fold_loosely
from truceline.model.actor import Actor, ActorKind
from truceline.model.source import Source, SourceKind

# Such a body speaks for the state or government it is part of; an armed group does not speak for its coalition.
SPEAKS_FOR_PARENT = frozenset(
    {ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.ROLE, ActorKind.PERSON, ActorKind.MEDIA}
)
BYSTANDERS = frozenset({ActorKind.NGO, ActorKind.MEDIA, ActorKind.IGO})
NOBODY_IN_PARTICULAR = frozenset({ActorKind.CIVILIANS, ActorKind.COLLECTIVE})


@dataclass(frozen=True, slots=True)
class Registry:
    """Actors and sources by id, with who belongs to whom. An unknown id belongs to nobody."""

    actors: dict[str, Actor] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    ancestors: dict[str, frozenset[str]] = field(default_factory=dict)
    by_name: dict[str, Source] = field(default_factory=dict)
    by_actor: dict[str, Source] = field(default_factory=dict)
    family_of_party: dict[str, str] = field(default_factory=dict)
    names_by_first: dict[str, list[str]] = field(default_factory=dict)
    within: dict[str, Source | None] = field(default_factory=dict)
    actor_by_name: dict[str, str] = field(default_factory=dict)
    family_keys: set[str] = field(default_factory=set)

    def related(self, first: str, second: str) -> bool:
        """One of the two belongs to the other."""
        return second in self.ancestors.get(first, ()) or first in self.ancestors.get(second, ())

    def allied(self, first: str, second: str) -> bool:
        """Both are of one side, or have a body above them in common."""
        one, two = self.side(first), self.side(second)
        if one is not None and one == two:
            return True
        return bool(self.ancestors.get(first, frozenset()) & self.ancestors.get(second, frozenset()))

    def side(self, actor: str) -> str | None:
        known = self.actors.get(actor)
        return known.side if known is not None else None

    def vague(self, actor: str) -> bool:
        """Civilians and collectives: their name fits many different people."""
        known = self.actors.get(actor)
        return known is not None and known.kind in NOBODY_IN_PARTICULAR

    def party(self, actor: str) -> str:
        """The topmost body this actor speaks for: a ministry's is its government, an armed group's itself."""
        if actor not in self.actors:
            # The world's offices, which a mission need not list, carry their state before the point.
            government = f"{actor.partition('.')[0]}.gov"
            actor = government if government in self.actors else actor
        seen: set[str] = set()
        while (above := self.find_voice_above(actor)) is not None and above not in seen:
            actor = above
            seen.add(actor)
        return actor

    def family(self, actor: str | None, source: Source | None) -> str | None:
        """The family an actor or a source speaks with: all that speaks for one party is one family."""
        owner = actor if actor is not None else source.actor if source is not None else None
        if owner is not None and (family := self.family_of_party.get(self.party(owner))) is not None:
            return family
        return source.family if source is not None else None

    def find_voice_above(self, actor: str) -> str | None:
        """For whom it speaks: a person for any body, a role only for a single one, an army for no coalition."""
        known = self.actors.get(actor)
        if known is None or known.kind not in SPEAKS_FOR_PARENT:
            return None
        above = [each.of for each in known.memberships]
        if known.kind in {ActorKind.PERSON, ActorKind.MEDIA}:
            return above[0] if above else None
        above = [each for each in above if self.is_authority(each)]
        return None if not above or (known.kind is ActorKind.ROLE and len(above) > 1) else above[0]

    def is_bystander(self, actor: str) -> bool:
        """An organisation that reports, aids or mediates and is no side of the war."""
        known = self.actors.get(actor)
        return known is not None and known.kind in BYSTANDERS

    def is_authority(self, actor: str) -> bool:
        known = self.actors.get(actor)
        return known is None or known.kind not in {ActorKind.COALITION, ActorKind.COLLECTIVE, ActorKind.CIVILIANS}

    def name(self, actor: str) -> str:
        known = self.actors.get(actor)
        return known.name if known is not None else actor

    def names(self, actor: str) -> tuple[str, ...]:
        """Its name and all others it goes by."""
        known = self.actors.get(actor)
        return () if known is None else (known.name, *known.aliases)

    def source_named(self, words: str) -> Source | None:
        return self.by_name.get(fold_loosely(words))

    def source_within(self, words: str) -> Source | None:
        """The source named in a wording ('the Britain-based Syrian Observatory …'), the longest name winning."""
        folded = fold_loosely(words)
        if folded in self.within:
            return self.within[folded]
        found = self.by_name.get(folded)
        if found is None:
            listed = folded.split()
            inside = {
                name
                for at, word in enumerate(listed)
                for name in self.names_by_first.get(word, ())
                if listed[at : at + name.count(" ") + 1] == name.split()
            }
            found = self.by_name[max(inside, key=lambda name: (len(name), name))] if inside else None
        if len(self.within) < REMEMBERED:
            self.within[folded] = found
        return found

    def branch_of(self, publisher: str) -> Source | None:
        """The source whose name of two words or more begins a publisher's folded name."""
        first = publisher.partition(" ")[0]
        names = [each for each in self.names_by_first.get(first, ()) if publisher.startswith(f"{each} ")]
        names = [each for each in names if " " in each or self.by_name[each].kind in BRANCHING]
        return self.by_name[max(names, key=len)] if names else None

    def actor_called(self, publisher: str) -> str | None:
        """The actor whose name a publisher bears: 'Jaish al-Islam', 'YPG press office'."""
        words = publisher.split()
        for length in range(len(words), 0, -1):
            found = self.actor_by_name.get(" ".join(words[:length]))
            if found is not None:
                return found if length == len(words) or set(words[length:]) <= OFFICES else None
        return None


BRANCHING = frozenset({SourceKind.AGENCY, SourceKind.MONITOR, SourceKind.UN, SourceKind.NGO})
# What an actor's publishing arm adds to its name.
OFFICES = frozenset(
    (
        *("press", "media", "information", "office", "center", "centre"),
        *("spokesman", "spokesmans", "spokesperson", "page", "channel"),
    )
)
SHORT_NAME = 3  # letters: so short a name is looked for whole only
REMEMBERED = 100_000  # wordings whose source is kept in memory


def arrange(sources: Sequence[Source], actors: Sequence[Actor]) -> Registry:
    """A registry; where two sources share a name or an owner, the one with the smallest id answers.

    The last few are remembered by identity: a mission's sequences are asked for with every document.
    """
    return _arrange(Same(sources), Same(actors))


@lru_cache(maxsize=8)
def _arrange(given_sources: Same[Sequence[Source]], given_actors: Same[Sequence[Actor]]) -> Registry:
    sources, actors = given_sources.held, given_actors.held
    ordered = sorted(sources, key=lambda each: each.id)
    by_name: dict[str, Source] = {}
    by_actor: dict[str, Source] = {}
    for source in ordered:
        for name in (source.name, *source.aliases):
            by_name.setdefault(fold_loosely(name), source)
        if source.actor is not None:
            by_actor.setdefault(source.actor, source)
    registry = Registry(
        actors={each.id: each for each in actors},
        sources={each.id: each for each in ordered},
        ancestors=find_ancestors({each.id: [belongs.of for belongs in each.memberships] for each in actors}),
        by_name=by_name,
        by_actor=by_actor,
    )
    for actor in sorted(actors, key=lambda each: each.id):
        for name in (actor.name, *actor.aliases):
            registry.actor_by_name.setdefault(fold_loosely(name), actor.id)
    for name in by_name:
        if len(name) > SHORT_NAME:
            registry.names_by_first.setdefault(name.partition(" ")[0], []).append(name)
    for source in ordered:
        registry.family_keys.add(f"family:{source.family}")
        if source.actor is not None:
            registry.family_of_party.setdefault(registry.party(source.actor), source.family)
    return registry
