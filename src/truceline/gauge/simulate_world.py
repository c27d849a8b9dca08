"""A made-up country for simulated claims: its places, who fights there and who writes about it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import cos, hypot, radians
from random import Random
from typing import Any

from truceline.kit.geo import KM_PER_DEGREE
from truceline.model.actor import Actor, ActorKind, Membership
from truceline.model.source import Reliability, Source, SourceKind

COUNTRY = "ZZ"  # the code that ISO 3166 leaves to users
SOUTH, WEST = 33.0, 36.0  # degrees


@cache
def policy() -> Any:
    """The tables of simulated.toml."""
    return tomllib.loads(files("truceline.gauge").joinpath("simulated.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """One place of the grid."""

    id: str
    name: str
    lat: float
    lon: float
    radius_km: float
    governorate: int
    district: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher. `bulletin`: all that it tells of a day is one document."""

    source: Source
    bulletin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is the same in every simulation of one seed.

    `near` are the places beside each. `heat` are running sums of how often something happens at a place, `reach` of how
    much an outlet tells. `theatres` holds for a governorate the pairs of units that fight there.
    """

    localities: tuple[Locality, ...]
    near: dict[str, tuple[Locality, ...]]
    heat: tuple[float, ...]
    actors: tuple[Actor, ...]
    theatres: tuple[tuple[tuple[str, str], ...], ...]
    air_forces: tuple[str, ...]
    outlets: tuple[Outlet, ...]
    reach: tuple[float, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(each.source for each in self.outlets)


@cache
def make_world(seed: int) -> World:
    """The world of one seed."""
    chance = Random(seed)  # noqa: S311  # a simulation, to be repeated
    grid = make_localities(chance)
    localities = rank_localities(grid, chance)
    outlets = make_outlets()
    actors, theatres = make_actors(len({each.governorate for each in localities}))
    return World(
        localities=tuple(localities),
        near=find_near(grid),
        heat=zipf(len(localities), policy()["places"]["zipf"]),
        actors=tuple(actors),
        theatres=tuple(theatres),
        air_forces=("state.air", "state.air", "foreign.air"),
        outlets=tuple(outlets),
        reach=zipf(len(outlets), policy()["publishers"]["zipf"]),
    )


def zipf(count: int, power: float) -> tuple[float, ...]:
    """Running sums of 1 / rank^power."""
    return tuple(accumulate(rank**-power for rank in range(1, count + 1)))


def make_localities(chance: Random) -> list[Locality]:
    """One place in every cell of the grid, off its middle."""
    given = policy()["places"]
    rows, columns = given["rows"], given["columns"]
    sizes = ["city"] * given["cities"] + ["town"] * given["towns"]
    sizes += ["village"] * (rows * columns - len(sizes))
    chance.shuffle(sizes)
    names = iter(make_names(chance, rows * columns))
    return [
        make_locality(row, column, next(names), sizes.pop(), chance) for row in range(rows) for column in range(columns)
    ]


def make_names(chance: Random, count: int) -> list[str]:
    """So many different names of two to four syllables, in an order that chance decides."""
    syllables = policy()["words"]["syllables"]
    names: dict[str, None] = {}
    while len(names) < count:
        names["".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4)))).capitalize()] = None
    return list(names)


def make_locality(row: int, column: int, name: str, size: str, chance: Random) -> Locality:
    given = policy()["places"]
    down, across = given["governorates"]
    lat = SOUTH + (row + chance.uniform(0.1, 0.9)) * given["cell_km"] / KM_PER_DEGREE
    lon = WEST + (column + chance.uniform(0.1, 0.9)) * given["cell_km"] / KM_PER_DEGREE / cos(radians(lat))
    governorate = row * down // given["rows"] * across + column * across // given["columns"]
    return Locality(
        id=f"sim:{row}-{column}",
        name=name,
        lat=lat,
        lon=lon,
        radius_km=given["radius_km"][size],
        governorate=governorate,
        district=row // 6 * 100 + column // 5,
    )


def find_near(grid: Sequence[Locality]) -> dict[str, tuple[Locality, ...]]:
    """For each place those beside, above and below it; along the grid's edges also one far off, as a namesake is."""
    columns = policy()["places"]["columns"]
    steps = (-columns, -1, 1, columns)
    return {
        each.id: tuple(grid[at + step] for step in steps if 0 <= at + step < len(grid)) for at, each in enumerate(grid)
    }


def rank_localities(localities: Sequence[Locality], chance: Random) -> list[Locality]:
    """Those where most happens first: rather cities, rather in some governorates, else as chance has it."""
    fierce = [chance.gauss(0, 0.8) for _ in range(1 + max(each.governorate for each in localities))]
    score = {each.id: chance.gauss(0, 1) + 0.5 * each.radius_km + fierce[each.governorate] for each in localities}
    return sorted(localities, key=lambda each: -score[each.id])


def distance_km(one: Locality, other: Locality) -> float:
    """On the flat: near places only are asked for."""
    return KM_PER_DEGREE * hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(one.lat)))


def actor(id: str, name: str, kind: ActorKind, side: str, of: str | None = None) -> Actor:
    memberships = (Membership(of=of),) if of is not None else ()
    return Actor(id=id, name=name, kind=kind, side=side, memberships=memberships)


def make_actors(governorates: int) -> tuple[list[Actor], list[tuple[tuple[str, str], ...]]]:
    """Four sides with a unit or two in every governorate, and the pairs that fight there."""
    military, group = ActorKind.MILITARY, ActorKind.ARMED_GROUP
    actors = [
        actor("state", "the state", ActorKind.GOVERNMENT, "state"),
        actor("state.army", "the army", military, "state", "state"),
        actor("state.air", "the air force", military, "state", "state"),
        actor("foreign", "the foreign power", ActorKind.STATE, "state"),
        actor("foreign.air", "the foreign air force", military, "state", "foreign"),
        actor("front", "the Front", ActorKind.COALITION, "front"),
        actor("order", "the Order", group, "order"),
        actor("league", "the League", ActorKind.COALITION, "league"),
        actor("civilians", "civilians", ActorKind.CIVILIANS, ""),
        actor("relief", "the relief agency", ActorKind.NGO, ""),
    ]
    theatres = []
    for at in range(governorates):
        actors += [
            actor(f"state.army.{at}", f"Division {at + 1}", military, "state", "state.army"),
            actor(f"front.{at}a", f"Brigade {at + 1} of the Front", group, "front", "front"),
            actor(f"front.{at}b", f"Falcons {at + 1}", group, "front", "front"),
            actor(f"order.{at}", f"the Order in Province {at + 1}", group, "order", "order"),
            actor(f"league.{at}", f"Guards {at + 1} of the League", group, "league", "league"),
        ]
        state, first, second = f"state.army.{at}", f"front.{at}a", f"front.{at}b"
        order, league = f"order.{at}", f"league.{at}"
        pairs = ((state, first), (state, first), (state, second), (state, order), (league, order), (first, order))
        theatres.append(pairs[at % 3 :] + pairs[:2])
    return actors, theatres


def make_outlets() -> list[Outlet]:
    """Monitors and agencies first, which tell most; papers share families, one in ten belongs to a party."""
    given = policy()["publishers"]
    kinds = [SourceKind.MONITOR] * given["monitors"] + [SourceKind.AGENCY] * given["agencies"]
    kinds += [SourceKind.NEWSPAPER] * given["papers"]
    return [make_outlet(at, kind, given["families"]) for at, kind in enumerate(kinds)]


def make_outlet(at: int, kind: SourceKind, families: int) -> Outlet:
    owner = ("state", "front", "order", "league")[at // 10 % 4] if at % 10 == 9 else None
    own = kind is not SourceKind.NEWSPAPER
    source = Source(
        id=f"outlet-{at}",
        name=f"{'Monitor' if kind is SourceKind.MONITOR else 'Wire' if own else 'Paper'} {at}",
        kind=SourceKind.PARTY_MEDIA if owner is not None and not own else kind,
        family=f"own-{at}" if own else owner or f"family-{at % families}",
        reliability=list(Reliability)[1 + at % 4],
        reason="simulated",
        actor=owner if not own else None,
    )
    return Outlet(source=source, bulletin=kind is SourceKind.MONITOR)
