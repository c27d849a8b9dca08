"""What happens in a simulated country, day by day: the truth that simulated claims tell of."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, sqrt
from random import Random
from typing import TypeVar

from truceline.fuse.policy import find_kind_codes
from truceline.gauge.simulate_world import Locality, World, distance_km, policy
from truceline.model.claim import EventType

NEAREST = 25  # places that an offensive goes for


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of act with the words that tell it and what it is told as by mistake."""

    event: EventType
    mistaken: EventType
    words: tuple[str, ...]
    by: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that happened. `hour` is of the day; `object` what was struck, where no actor was; `details` are words
    that those who were there would use of it."""

    id: int
    day: int
    hour: float
    at: Locality
    kind: Kind
    agent: str | None
    target: str | None
    object: str
    killed: int
    injured: int
    details: tuple[str, ...]
    tellings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offensive:
    """A stretch of days in which more happens around one place."""

    until: int
    places: tuple[Locality, ...]
    heat: tuple[float, ...]


Drawn = TypeVar("Drawn")


def draw(among: Sequence[Drawn], sums: Sequence[float], chance: Random) -> Drawn:
    """One of them, as likely as its step in the running sums."""
    return among[bisect_left(sums, chance.random() * sums[-1])]


def power_sums(power: float, most: int) -> tuple[float, ...]:
    return tuple(accumulate(count**-power for count in range(1, most + 1)))


class Acts:
    """Acts of one day after the other, `daily` of them on an average day."""

    def __init__(self, world: World, daily: float, chance: Random) -> None:
        self._world, self._daily, self._chance = world, daily, chance
        given = policy()
        self._kinds, shares = make_kinds(), [each["share"] for each in given["kinds"].values()]
        self._shares = tuple(accumulate(shares))
        self._tellings = power_sums(given["acts"]["tellings_power"], given["acts"]["tellings_most"])
        self._tolls = power_sums(given["acts"]["toll_power"], given["acts"]["toll_most"])
        self._tellings_range = range(1, len(self._tellings) + 1)
        self._tolls_range = range(1, len(self._tolls) + 1)
        self._mood = 0.0
        self._offensives: list[Offensive] = []
        self._made = 0

    def of_day(self, day: int) -> Iterator[Act]:
        """What happens on a day, in no order."""
        self._move_front(day)
        expected = self._daily * self._burst()
        count = max(0, round(self._chance.gauss(expected, sqrt(expected))))
        return (self._make(day) for _ in range(count))

    def _burst(self) -> float:
        """How much more than on an average day: like the day before, and 1 in the long run."""
        given = policy()["days"]
        width, memory = given["burst"], given["memory"]
        self._mood = memory * self._mood + sqrt(1 - memory**2) * self._chance.gauss(0, width)
        return exp(self._mood - width**2 / 2)

    def _move_front(self, day: int) -> None:
        given = policy()["days"]
        self._offensives = [each for each in self._offensives if each.until > day]
        if self._chance.random() < given["offensive_starts"]:
            centre = draw(self._world.localities, self._world.heat, self._chance)
            near = sorted((distance_km(centre, each), each.id, each) for each in self._world.localities)[:NEAREST]
            places = tuple(each for distance, _, each in near if distance < given["offensive_km"])
            until = day + self._chance.randint(*given["offensive_days"])
            heat = tuple(accumulate(each.radius_km for each in places))
            self._offensives.append(Offensive(until=until, places=places, heat=heat))

    def _where(self) -> Locality:
        if self._offensives and self._chance.random() < policy()["days"]["offensive_share"]:
            offensive = self._chance.choice(self._offensives)
            return draw(offensive.places, offensive.heat, self._chance)
        return draw(self._world.localities, self._world.heat, self._chance)

    def _make(self, day: int) -> Act:
        chance, given = self._chance, policy()
        at, kind = self._where(), draw(self._kinds, self._shares, chance)
        agent, target = self._sides(kind, at)
        harms = kind.on != "none" and kind.event.plover == "ASSAULT"
        killed = (
            draw(self._tolls_range, self._tolls, chance) if harms and chance.random() < given["acts"]["deadly"] else 0
        )
        self._made += 1
        words = given["words"]
        return Act(
            id=self._made,
            day=day,
            hour=chance.random() * 24,
            at=at,
            kind=kind,
            agent=agent,
            target=target,
            object=chance.choice(words["objects"] if chance.random() < 0.3 else words["sites"]),
            killed=killed,
            injured=int(killed * chance.random() * 4) if harms else 0,
            details=tuple(chance.sample(words["details"], 5)),
            tellings=draw(self._tellings_range, self._tellings, chance),
        )

    def _sides(self, kind: Kind, at: Locality) -> tuple[str | None, str | None]:
        """Who acts and who suffers; a target of None is a thing."""
        chance = self._chance
        pair = chance.choice(self._world.theatres[at.governorate])
        agent, enemy = pair if chance.random() < 0.6 else pair[::-1]
        match kind.by:
            case "air":
                agent = chance.choice(self._world.air_forces)
                enemy = pair[1]
            case "aid":
                agent = "relief"
            case "civilians":
                agent = "civilians"
            case _:
                pass
        return agent, self._struck(kind, enemy)

    def _struck(self, kind: Kind, enemy: str) -> str | None:
        match kind.on:
            case "fighters":
                return enemy
            case "civilians":
                return "civilians"
            case "any":
                return self._chance.choice((enemy, "civilians", None))
            case _:
                return None


def make_kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            event=find_kind_codes(name),
            mistaken=find_kind_codes(each["mistaken"]),
            words=tuple(each["words"]),
            by=each["by"],
            on=each["on"],
        )
        for name, each in policy()["kinds"].items()
    )
