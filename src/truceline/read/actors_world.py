"""The actors a report from anywhere may name: every state with its main organs, and what world.toml lists."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from truceline.kit.fold import fold_name
from truceline.model.actor import Actor, ActorKind, Membership, Period
from truceline.vocab.actors import demonyms, toml_table
from truceline.vocab.places import csv_rows

SOURCE = "General reference knowledge"


@cache
def world_actors() -> tuple[Actor, ...]:
    """The registry for reading without a mission."""
    return (*_states(), *_bodies(), *_office_holders())


def merge_actors(world: Iterable[Actor], mission: Iterable[Actor]) -> tuple[Actor, ...]:
    """The mission's actors in place of the world's of the same id or name, and the world's others."""
    own = {actor.id: actor for actor in mission}
    named = {fold_name(actor.name) for actor in own.values()}
    kept = [actor for actor in world if actor.id not in own and fold_name(actor.name) not in named]
    return (*kept, *own.values())


def _states() -> Iterator[Actor]:
    adjectives = {row["country"]: _split(row["adjectives"]) for row in demonyms()}
    for row in csv_rows("countries.csv"):
        adjective = adjectives.get(row["iso"])
        if adjective:
            yield from _organs(row, adjective)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split("|") if each.strip())


def _organs(row: Mapping[str, str], adjectives: tuple[str, ...]) -> Iterator[Actor]:
    world, iso3 = toml_table("world.toml"), row["iso3"].lower()
    names = (row["name"], *_split(row["aliases"]))
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
    for row in toml_table("world.toml")["person"]:
        held = Membership(of=row["of"], period=_period(row), source="Office held, public record")
        yield Actor(
            id=row["id"],
            name=row["name"],
            kind=ActorKind.PERSON,
            aliases=tuple(row["aliases"]),
            memberships=(held,),
            source="Office held, public record",
        )


def _period(row: Mapping[str, Any]) -> Period:
    return Period(since=row.get("since"), until=row.get("until"))
