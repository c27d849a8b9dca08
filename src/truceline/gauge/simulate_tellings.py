"""How simulated sources word an act: as vaguely, as wrongly and as silently as real ones, share by share."""

from functools import cache
from random import Random
from typing import Any

from truceline.fuse.policy import find_kind_codes
from truceline.gauge.simulate_acts import Act
from truceline.gauge.simulate_records import NAMED_AT, Report, identify, published, stated, toponym, write_count
from truceline.gauge.simulate_world import COUNTRY, Locality, World, policy
from truceline.model.claim import AUTHOR, Commitment, EventType, Mood
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Harm, Range
from truceline.model.span import Span
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import When

TOLLS = ("killing", "leaving dead", "with deaths put at", "and took the lives of")
ASSERTED = (Commitment(by=AUTHOR, factuality=3.0),)
DENIED = (Commitment(by=AUTHOR, factuality=-3.0),)
WITNESS = Speaker(words="residents", kind="anonymous", actor=None)


@cache
def shares(table: str) -> tuple[tuple[str, float], ...]:
    """(form, running sum) of one table of shares."""
    found, total = [], 0.0
    for name, share in policy()["telling"][table].items():
        total += share
        found.append((name, total))
    return tuple(found)


def draw_form(table: str, chance: Random) -> str:
    """One of the table's forms, "" for the usual one."""
    drawn = chance.random()
    for name, upto in shares(table):
        if drawn < upto:
            return name
    return ""


class Teller:
    """Turns acts into tellings for one world."""

    def __init__(self, world: World, chance: Random) -> None:
        self._world, self._chance = world, chance
        self._words = policy()["words"]
        self._names = {each.id: each.name for each in world.actors}
        self._above = {each.id: each.memberships[0].of for each in world.actors if each.memberships}
        self._units = [unit for pairs in world.theatres for pair in pairs for unit in pair]
        self._events = [find_kind_codes(name) for name in policy()["kinds"]]
        self._unstated = find_kind_codes("strike")
        self._statements = [find_kind_codes(name) for name in self._words["statements"]]
        self._monitors = [
            Speaker(words=each.source.name, kind="named", actor=None) for each in world.outlets if each.bulletin
        ]

    def tell(self, act: Act, report: Report, position: int, cursor: int) -> Telling:
        """One plain telling of an act."""
        event, trigger = self._event(act)
        agents, targets = self._agents(act), self._targets(act)
        place, killed = self._place(act, cursor), self._figure(act.killed)
        quote = self._write(act, trigger, agents, targets, place, killed)
        return self._put(
            report,
            position,
            cursor,
            quote=quote,
            trigger=trigger,
            event=event,
            agents=agents,
            recipients=targets,
            place=place,
            happened=self._when(act, report),
            harm=Harm(killed=killed, injured=self._figure(act.injured)) if act.killed else None,
            chain=self._chain(act),
        )

    def go_on(self, act: Act, report: Report, position: int, cursor: int) -> Telling:
        """A sentence more of the same act that names no place: 'Three people were killed in it.'"""
        killed = self._figure(max(act.killed, 1))
        struck = self._chance.choice(self._words["civilians"])
        quote = f"{write_count(killed)} {struck} were killed, with {' and '.join(act.details[:2])} seen."
        return self._put(
            report,
            position,
            cursor,
            quote=quote,
            trigger="killed",
            event=self._unstated,
            recipients=(Role(words=struck, actor="civilians"),),
            happened=published(report),
            harm=Harm(killed=killed),
        )

    def add(self, act: Act, first: Telling, report: Report, position: int) -> Telling:
        """A second claim in the sentence of the first, of whom it hurt."""
        injured = self._figure(act.injured)
        return self._put(
            report,
            position,
            first.span.start,
            quote=first.quote,
            trigger="wounded",
            event=self._unstated,
            agents=first.agents,
            recipients=first.recipients,
            place=first.place,
            happened=first.happened,
            harm=Harm(injured=injured),
            chain=first.chain,
        )

    def deny(self, act: Act, report: Report, position: int, cursor: int) -> Telling:
        """Whoever acted says that he did not."""
        assert act.agent is not None
        name = self._names[act.agent]
        place = self._precise(act.at, cursor) if self._chance.random() < 0.8 else None
        where = f"In {act.at.name}, " if place is not None else ""
        quote = f"{where}{name} denied the attack on {act.object}."
        return self._put(
            report,
            position,
            cursor,
            quote=quote,
            trigger="attack",
            event=act.kind.event,
            agents=(Role(words="it", actor=act.agent),),
            recipients=(Role(words=act.object, actor=act.target),),
            place=place,
            happened=published(report),
            chain=(Speaker(words=name, kind="named", actor=act.agent),),
            mood=Mood.DENIAL,
        )

    def opine(self, act: Act, report: Report, position: int, cursor: int) -> Telling:
        """A demand, prediction or accusation beside an act; it tells of none."""
        chance = self._chance
        stated = chance.random() < 0.5
        place = self._precise(act.at, cursor)
        return self._put(
            report,
            position,
            cursor,
            quote=f"In {act.at.name}, officials spoke of {act.object} and {chance.choice(self._words['details'])}.",
            trigger="spoke",
            event=chance.choice(self._statements) if stated else act.kind.event,
            place=place,
            happened=published(report),
            mood=Mood.ASSERTION if stated else Mood(chance.choice(self._words["moods"])),
        )

    def copy(self, told: Telling, report: Report, position: int) -> Telling:
        """The same words in another outlet's document."""
        return self._put(
            report,
            position,
            told.span.start,
            quote=told.quote,
            trigger=told.trigger,
            event=told.event,
            agents=told.agents,
            recipients=told.recipients,
            place=told.place,
            happened=told.happened,
            harm=told.harm,
            chain=told.chain,
            mood=told.mood,
            copied_from=told.copied_from or told.document,
        )

    def _put(self, report: Report, position: int, cursor: int, *, quote: str, **given: Any) -> Telling:
        """The record; what is not given is not told."""
        denied = given.get("mood") is Mood.DENIAL
        fields: dict[str, Any] = {
            "agents": (),
            "recipients": (),
            "place": None,
            "harm": None,
            "chain": (),
            "mood": Mood.ASSERTION,
            **given,
        }
        return Telling(
            claim=identify(report.id, position),
            document=report.id,
            version=1,
            source=report.outlet.source.id,
            family=report.outlet.source.family,
            published_at=report.published_at,
            quote=quote,
            span=Span(cursor, cursor + len(quote)),
            factuality=-3.0 if denied else 3.0,
            negated=False,
            instruments=(),
            stances=DENIED if denied else ASSERTED,
            incident_worthy=True,
            **fields,
        )

    def _event(self, act: Act) -> tuple[EventType, str]:
        kind, chance = act.kind, self._chance
        drawn = draw_form("kind", chance)
        if drawn == "unstated" and kind.event.plover == "ASSAULT":
            return self._unstated, chance.choice(self._words["unstated"])
        trigger = chance.choice(kind.words)
        if drawn == "mistaken":
            return kind.mistaken, trigger
        return (chance.choice(self._events) if drawn == "wrong" else kind.event), trigger

    def _agents(self, act: Act) -> tuple[Role, ...]:
        chance, drawn = self._chance, draw_form("agent", self._chance)
        if drawn == "none" or act.agent is None:
            return ()
        if drawn == "words" or act.kind.by == "hidden":
            return (Role(words=chance.choice(self._words.get(act.kind.by, self._words["ground"])), actor=None),)
        return (self._role(chance.choice(self._units) if drawn == "other" else self._raise(act.agent, drawn)),)

    def _raise(self, actor: str, drawn: str) -> str:
        """The unit, the body above it or the topmost."""
        if drawn in {"above", "top"}:
            actor = self._above.get(actor, actor)
        return self._above.get(actor, actor) if drawn == "top" else actor

    def _role(self, actor: str) -> Role:
        return Role(words=self._names[actor], actor=actor)

    def _targets(self, act: Act) -> tuple[Role, ...]:
        drawn = draw_form("target", self._chance)
        if drawn == "none" or act.kind.on == "none":
            return ()
        if act.target is None:
            return (Role(words=act.object, actor=None),)
        if act.target == "civilians":
            return (Role(words=self._chance.choice(self._words["civilians"]), actor="civilians"),)
        if drawn == "words":
            return (Role(words=self._chance.choice(self._words["ground"]), actor=None),)
        return (self._role(self._raise(act.target, drawn)),)

    def _place(self, act: Act, cursor: int) -> Toponym | None:
        chance, at = self._chance, act.at
        match draw_form("place", chance):
            case "":
                return self._precise(at, cursor)
            case "near":
                lat, lon = at.lat + chance.uniform(-0.04, 0.04), at.lon + chance.uniform(-0.04, 0.04)
                return toponym(at.id, at.name, lat, lon, 8.0, Precision.NEAR, at.governorate, cursor)
            case "district":
                name = f"District {at.district}"
                return toponym(name, name, at.lat, at.lon, 30.0, Precision.ADMIN2, at.governorate, cursor)
            case "governorate":
                name = f"Province {at.governorate}"
                return toponym(name, name, at.lat, at.lon, 60.0, Precision.ADMIN1, at.governorate, cursor)
            case "country":
                return toponym(COUNTRY, "the country", 35.0, 38.0, 350.0, Precision.COUNTRY, None, cursor)
            case "neighbour":
                return self._precise(chance.choice(self._world.near[at.id]), cursor)
            case "unknown":
                span = Span(cursor + NAMED_AT, cursor + NAMED_AT + len(at.name))
                return Toponym(span=span, id=None, reason="in no gazetteer")
            case _:
                return None

    def _precise(self, at: Locality, cursor: int) -> Toponym:
        return toponym(at.id, at.name, at.lat, at.lon, at.radius_km, Precision.SETTLEMENT, at.governorate, cursor)

    def _figure(self, count: int) -> Range | None:
        if not count:
            return None
        match draw_form("figures", self._chance):
            case "none":
                return None
            case "low":
                return Range(low=max(1, count - self._chance.randint(0, 2)), high=None)
            case "higher":
                count += self._chance.randint(1, 1 + count // 3)
            case "lower":
                count = max(1, count - self._chance.randint(1, 1 + count // 4))
            case _:
                pass
        return Range(low=count, high=count)

    def _when(self, act: Act, report: Report) -> When | None:
        drawn = draw_form("time", self._chance)
        if drawn == "" and report.day > act.day + 1:
            drawn = "day"  # what is older than yesterday is dated
        match drawn:
            case "none":
                return None
            case "hour":
                return stated(act.day, int(act.hour), 1)
            case "part":
                return stated(act.day, int(act.hour) // 6 * 6, 6)
            case "day":
                return stated(act.day, 0, 24)
            case "day_off":
                return stated(act.day + self._chance.choice((-1, 1)), 0, 24)
            case "vague":
                return stated(act.day - self._chance.randrange(7), 0, 24 * 7)
            case _:
                return published(report)

    def _chain(self, act: Act) -> tuple[Speaker, ...]:
        match draw_form("chain", self._chance):
            case "monitor":
                return (self._chance.choice(self._monitors),)
            case "witness":
                return (WITNESS,)
            case "official" if act.agent is not None:
                party = self._raise(self._chance.choice((act.agent, act.target or act.agent)), "above")
                return (Speaker(words=self._names[party], kind="named", actor=party),)
            case _:
                return ()

    def _write(
        self,
        act: Act,
        trigger: str,
        agents: tuple[Role, ...],
        targets: tuple[Role, ...],
        place: Toponym | None,
        killed: Range | None,
    ) -> str:
        """A sentence with some of the words of those who were there, and one of its writer's own."""
        chance = self._chance
        where = f"In {place.name or act.at.name}, " if place is not None else ""
        who = agents[0].words if agents else "there were"
        whom = f" {targets[0].words}" if targets else ""
        known = " ".join(chance.sample(act.details, chance.choice((1, 2, 3, 4))))
        toll = f", {chance.choice(TOLLS)} {write_count(killed)}" if killed is not None else ""
        return f"{where}{who} {trigger}{whom} by the {known}{toll}; {chance.choice(self._words['details'])}."
