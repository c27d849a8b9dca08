"""Simulated claims of which it is known what each tells of, with the skew that real ones have.

A made-up country of 3,000 places 8 km apart, in which a few places, days, actors and outlets have most of everything:

places      events fall off with a place's rank as 1 / rank^0.87; offensives move three in ten of them near each other
days        a log-normal burst that lasts for days; the period grows with the number of claims, from two months for ten
            thousand to ten years for a million, so that a day has 170 claims there and 270 here
acts        kinds by their shares; sides, units and coalitions by governorate; tolls of a heavy tail
tellings    1 to 50 of an act, as 1 / k², over five days and at times much later; outlets by 1 / rank^0.8, in families;
            monitors tell all of a day in one bulletin of dozens of claims
wordings    the kind unstated or mistaken; a village, near it, its district, its governorate, the country, nothing, or
            the next village; an hour, a part of the day, the day, a week, or the day of publication; the unit, the body
            above it, the side, mere words or another actor; tolls lower, higher, open or left out
beside      sentences that go on without a place, second claims in one sentence, copied documents, denials, and
            opinions and demands that are no act

All shares stand in simulated.toml, with those that were measured on real events marked. The same seed and count give
the same claims.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count as counting
from itertools import islice
from math import exp, log
from random import Random

from truceline.gauge.simulate_acts import Act, Acts, power_sums
from truceline.gauge.simulate_records import Report, identify, instant
from truceline.gauge.simulate_tellings import Teller, draw_form
from truceline.gauge.simulate_world import World, make_world, policy
from truceline.model.telling import Telling

FEW, FEW_DAYS = 10_000, 60
MANY, MANY_DAYS = 1_000_000, 3_650
CLAIMS_PER_ACT = 4.06  # what an act comes to, all told: measured, to keep the period as stated
COPIES_MOST = 12
GAP = 40  # characters of other text between two claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """A telling and the number of the act it tells of; None: of no act."""

    telling: Telling
    act: int | None


def days_of(claims: int) -> float:
    """The period that so many claims cover: two months for 10,000, ten years for 1,000,000."""
    return FEW_DAYS * exp(log(MANY_DAYS / FEW_DAYS) * log(claims / FEW) / log(MANY / FEW))


def simulate(claims: int, *, seed: int = 1) -> Iterator[Simulated]:
    """So many claims in the order of their days; sources and actors are those of `make_world(seed)`."""
    return islice(Simulation(make_world(seed), claims / days_of(claims), Random(seed)).stream(), claims)  # noqa: S311


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A telling to come: of which act, or its denial."""

    act: Act
    denies: bool = False


class Simulation:
    """One run through the days, `daily` claims on an average one."""

    def __init__(self, world: World, daily: float, chance: Random) -> None:
        self._world, self._chance = world, chance
        self._acts = Acts(world, daily / CLAIMS_PER_ACT, chance)
        self._teller = Teller(world, chance)
        self._planned: defaultdict[int, defaultdict[int, list[Planned]]] = defaultdict(lambda: defaultdict(list))
        self._copies = power_sums(2.0, COPIES_MOST)
        self._documents = counting()

    def stream(self) -> Iterator[Simulated]:
        for day in counting():
            for act in self._acts.of_day(day):
                self._plan(act)
            for outlet, planned in self._planned.pop(day, {}).items():
                yield from self._publish(day, outlet, planned)

    def _plan(self, act: Act) -> None:
        """Who tells of it, on which day."""
        chance = self._chance
        for _ in range(act.tellings):
            self._planned[act.day + self._delay()][self._outlet()].append(Planned(act=act))
        if act.tellings > 1 and act.agent is not None and chance.random() < policy()["telling"]["denied"]:
            self._planned[act.day + chance.choice((0, 1, 1, 2))][self._outlet()].append(Planned(act=act, denies=True))

    def _outlet(self) -> int:
        reach = self._world.reach
        return bisect_left(reach, self._chance.random() * reach[-1])

    def _delay(self) -> int:
        match draw_form("delay", self._chance):
            case "next" | "night":
                return 1
            case "days":
                return self._chance.randint(2, 5)
            case "old":
                return self._chance.randint(10, 400)
            case _:
                return 0

    def _publish(self, day: int, outlet: int, planned: list[Planned]) -> Iterator[Simulated]:
        """One outlet's documents of a day."""
        most = len(planned) if self._world.outlets[outlet].bulletin else policy()["publishers"]["claims_most"]
        while planned:
            size = most if most > 4 else self._chance.randint(1, most)
            written, planned = planned[:size], planned[size:]
            told = list(self._write(self._report(day, outlet), written))
            yield from told
            if self._chance.random() < policy()["telling"]["copied"]:
                yield from self._copy(told, day)

    def _report(self, day: int, outlet: int) -> Report:
        hour = self._chance.uniform(6, 24)
        name = f"doc-{identify('document', next(self._documents))}"
        return Report(id=name, outlet=self._world.outlets[outlet], day=day, published_at=instant(day, hour))

    def _write(self, report: Report, planned: list[Planned]) -> Iterator[Simulated]:
        """The claims of one document, one after the other."""
        position, cursor = 0, 0
        for each in planned:
            for told in self._sentences(each, report, position, cursor):
                yield told
                position += 1
                cursor = told.telling.span.end + GAP

    def _sentences(self, planned: Planned, report: Report, position: int, cursor: int) -> Iterator[Simulated]:
        given, chance, act = policy()["telling"], self._chance, planned.act
        if planned.denies:
            yield Simulated(telling=self._teller.deny(act, report, position, cursor), act=act.id)
            return
        first = self._teller.tell(act, report, position, cursor)
        yield Simulated(telling=first, act=act.id)
        cursor = first.span.end + GAP
        if act.killed and chance.random() < given["within"] / policy()["acts"]["deadly"]:
            position += 1
            yield Simulated(telling=self._teller.add(act, first, report, position), act=act.id)
        if act.killed and chance.random() < given["follows"] / policy()["acts"]["deadly"]:
            position += 1
            more = self._teller.go_on(act, report, position, cursor)
            cursor = more.span.end + GAP
            yield Simulated(telling=more, act=act.id)
        if chance.random() < given["opinion"]:
            yield Simulated(telling=self._teller.opine(act, report, position + 1, cursor), act=None)

    def _copy(self, told: list[Simulated], day: int) -> Iterator[Simulated]:
        """The document again in other outlets, a day later at the most."""
        for _ in range(1 + bisect_left(self._copies, self._chance.random() * self._copies[-1])):
            report = self._report(day, self._outlet())
            for position, each in enumerate(told):
                yield Simulated(telling=self._teller.copy(each.telling, report, position), act=each.act)
