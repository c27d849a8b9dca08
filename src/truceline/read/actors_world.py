"""The actors a report from anywhere may name: every state with its main organs, and what world.toml lists."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from truceline.kit.fold import fold_name
from truceline.model.actor import Actor, ActorKind, Membership
from truceline.read.actors_tables import head_titles, period_of
from truceline.vocab.actors import cells, demonyms, office_holders, toml_table
from truceline.vocab.places import csv_rows

SOURCE = "General reference knowledge"
# What a state has one of: where a mission names one by any name of the world's, it is the same.
ORGANS = frozenset({ActorKind.MILITARY, ActorKind.GOVERNMENT})


@cache
def world_actors() -> tuple[Actor, ...]:
    """The registry for reading without a mission."""
    return (*_states(), *_offices(), *_bodies(), *_office_holders())


def merge_actors(world: Iterable[Actor], mission: Iterable[Actor]) -> tuple[Actor, ...]:
    """The mission's actors in place of the world's of the same id, name or organ, and the world's others.

    What a mission calls one of its actors is that actor's alone: the world's others lose the name.
    """
    own = {actor.id: actor for actor in mission}
    taken = {name for actor in own.values() for name in _folded(actor)}
    organs: dict[tuple[str, ActorKind], set[str]] = {}
    for actor in own.values():
        if actor.country is not None and actor.kind in ORGANS:
            organs.setdefault((actor.country, actor.kind), set()).update(_folded(actor))
    kept = [
        _without(actor, taken)
        for actor in world
        if actor.id not in own
        and fold_name(actor.name) not in taken
        and organs.get((actor.country or "", actor.kind), set()).isdisjoint(_folded(actor))
    ]
    return (*kept, *own.values())


def _without(actor: Actor, taken: Collection[str]) -> Actor:
    aliases = tuple(each for each in actor.aliases if fold_name(each) not in taken)
    return actor if len(aliases) == len(actor.aliases) else replace(actor, aliases=aliases)


def _folded(actor: Actor) -> set[str]:
    return {fold_name(name) for name in (actor.name, *actor.aliases)}


def _states() -> Iterator[Actor]:
    adjectives = {row["country"]: cells(row["adjectives"]) for row in demonyms()}
    for row in csv_rows("countries.csv"):
        adjective = adjectives.get(row["iso"])
        if adjective:
            yield from _organs(row, adjective)


def _organs(row: Mapping[str, str], adjectives: tuple[str, ...]) -> Iterator[Actor]:
    world, iso3 = toml_table("world.toml"), row["iso3"].lower()
    names = (row["name"], *cells(row["aliases"]))
    for organ, form in world["templates"].items():
        id_ = f"{iso3}.{organ}"
        renamed = world["renamed"].get(id_, {})
        aliases = {
            pattern.format(name=name, adj=adjective): None
            for pattern in form["aliases"]
            for name in names
            for adjective in adjectives
        }
        yield Actor(
            id=renamed.get("id", id_),
            name=renamed.get("name", form["name"].format(name=row["name"])),
            kind=ActorKind(form["kind"]),
            country=row["iso"],
            aliases=(*aliases, *renamed.get("aliases", ()), *world["also"].get(id_, ())),
            memberships=() if organ == "gov" else (Membership(of=f"{iso3}.gov"),),
            source=SOURCE,
        )


def _offices() -> Iterator[Actor]:
    """Of every state its offices: whom a text means that names one whose holder on the day the table does not know."""
    table, renamed = toml_table("world.toml")["offices"], toml_table("world.toml")["renamed"]
    persons = {row["id"] for row in office_holders()}
    held = {row["office"] for row in office_holders()}
    for row in csv_rows("countries.csv"):
        prefix = row["iso3"].lower()
        heads = [title for title, _ in head_titles().get(prefix, ())]
        own = (office.split(".", 1)[1] for office in sorted(held) if office.startswith(f"{prefix}."))
        for office in dict.fromkeys((*heads, *table["every"], *own) if heads else ()):
            if f"{prefix}.{office}" not in persons:
                organ = f"{prefix}.{table['under'].get(office, 'gov')}"
                yield Actor(
                    id=f"{prefix}.{office}",
                    name=f"Office of the {office.replace('-', ' ')} of {row['name']}",
                    kind=ActorKind.ROLE,
                    country=row["iso"],
                    memberships=(Membership(of=renamed.get(organ, {}).get("id", organ)),),
                    source=SOURCE,
                )


def _bodies() -> Iterator[Actor]:
    for row in toml_table("world.toml")["actor"]:
        yield Actor(
            id=row["id"],
            name=row["name"],
            kind=ActorKind(row["kind"]),
            aliases=tuple(row.get("aliases", ())),
            memberships=tuple(Membership(of=each) for each in row.get("memberships", ())),
            source=SOURCE,
        )


def _office_holders() -> Iterator[Actor]:
    """Everybody in the table of offices, with one membership for each term."""
    terms: dict[str, list[Mapping[str, str]]] = {}
    for row in office_holders():
        terms.setdefault(row["id"], []).append(row)
    for holder, rows in terms.items():
        aliases = dict.fromkeys(alias for row in rows for alias in cells(row["aliases"]))
        yield Actor(
            id=holder,
            name=rows[0]["name"],
            kind=ActorKind.PERSON,
            aliases=tuple(aliases),
            memberships=tuple(Membership(of=row["of"], period=period_of(row), source=row["source"]) for row in rows),
            source=rows[0]["source"],
        )
