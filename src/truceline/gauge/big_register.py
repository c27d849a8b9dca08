"""A large register made up for measuring how the service answers: 100,000 incidents that a million claims tell of.

python -m truceline.gauge.big_register missions/syria-2016 --into FOLDER --claims 1000000 --per-incident 10

FOLDER/mission is the mission with ten years to it, FOLDER/register the register; with `--database` the same goes there,
too. The claims are those of `simulate`, their actors and sources exchanged for the mission's. Which of them are one
incident is told, not found: acts that follow each other at one place are put together until an incident has as many
claims as asked for, then settled, graded and judged by what a run does it with. Verdicts are drawn by lot beside that:
no agreement lasts ten years.
"""

import argparse
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from truceline.flow.derive import find_by
from truceline.flow.mission import load_mission
from truceline.flow.tools import Tools
from truceline.fuse.cards import Card
from truceline.fuse.incidents import find_firsts, prepare
from truceline.fuse.refresh import frame_of
from truceline.fuse.settle import settle
from truceline.gauge.simulate_claims import Simulated, simulate
from truceline.kit.hashing import sha256_of_text
from truceline.model.assessment import Assessment, Verdict
from truceline.model.document import Document, Form
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.place import Toponym
from truceline.model.telling import Role, Speaker, Telling
from truceline.store import postgres, sqlite
from truceline.store.address import parse_address
from truceline.store.register import Changes, Derived
from truceline.store.sql import SqlRegister

VERDICTS = (30, 25, 15, 10, 5, 10, 5)  # how often each, in the order of the enumeration
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEED = 1
AT_ONCE = 20_000  # claims: bounds memory
SINCE, UNTIL = "since = 2014-01-01", "until = 2025-01-01"
COUNTRY = "SY"
FILLER = "It was quiet elsewhere, the correspondent said. "


def make_mission(source: Path, folder: Path) -> Path:
    """A copy of a mission whose days are those of the simulation."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("documents", "register"))
    (folder / "documents").mkdir()
    path = folder / "mission.toml"
    lines = path.read_text("utf-8").splitlines()
    kept = [SINCE if each.startswith("since =") else UNTIL if each.startswith("until =") else each for each in lines]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    return folder


class Exchange:
    """Simulated ids for those of a mission, the same ones each time, by turns."""

    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self._actors: dict[str, str] = {}
        self._sources: dict[str, int] = {}

    def actor(self, id: str | None) -> str | None:
        if id is None:
            return None
        known = self.mission.actors
        return self._actors.setdefault(id, known[len(self._actors) % len(known)].id)

    def place(self, place: Toponym | None) -> Toponym | None:
        return None if place is None else replace(place, country=COUNTRY)

    def telling(self, told: Telling) -> Telling:
        number = self._sources.setdefault(told.source or "", len(self._sources))
        source = self.mission.sources[number % len(self.mission.sources)]
        return replace(
            told,
            source=source.id,
            family=source.family,
            agents=self.roles(told.agents),
            recipients=self.roles(told.recipients),
            chain=tuple(Speaker(words=each.words, kind=each.kind, actor=self.actor(each.actor)) for each in told.chain),
            place=self.place(told.place),
            scene=self.place(told.scene),
        )

    def roles(self, roles: Iterable[Role]) -> tuple[Role, ...]:
        return tuple(replace(each, actor=self.actor(each.actor)) for each in roles)


def in_chunks(stream: Iterable[Simulated]) -> Iterator[list[Simulated]]:
    """Some at a time, whole documents only."""
    some: list[Simulated] = []
    for each in stream:
        if len(some) >= AT_ONCE and each.telling.document != some[-1].telling.document:
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def group_cards(cards: Sequence[Card], act_of: dict[str, int | None], incidents_count: int) -> Iterator[list[Card]]:
    """So many groups of cards: acts at one place that follow each other."""
    acts: defaultdict[int, list[Card]] = defaultdict(list)
    for card in cards:
        act = act_of[card.telling.claim]
        if act is not None:
            acts[act].append(card)
    told = [each for each in acts.values() if any(one.stance.value != "denies" for one in each)]
    told.sort(key=lambda each: (each[0].place_name, min(one.telling.claim for one in each)))
    each_has, taken = sum(map(len, told)) / max(1, incidents_count), 0.0
    group: list[Card] = []
    for act_cards in told:
        group += act_cards
        taken += len(act_cards)
        if taken >= each_has:
            yield group
            group, taken = [], taken - each_has
    if group:
        yield group


def settle_all(some: Sequence[Simulated], tellings: Sequence[Telling], mission: Mission, per: float) -> list[Incident]:
    frame, firsts = frame_of(mission), find_firsts(tellings)
    act_of = {each.telling.claim: each.act for each in some}
    groups = group_cards(prepare(tellings, frame).cards, act_of, round(len(some) / per))
    found = (settle(each, {one.telling.claim: "same place and days" for one in each}, frame, firsts) for each in groups)
    return list({each.id: each for each in found}.values())


def document_of(name: str, told: Sequence[Telling], mission: Mission) -> Document:
    """The document that tells these claims, each where its span says."""
    names = {each.id: each.name for each in mission.sources}
    end = max(each.span.end for each in told)
    text = (FILLER * (end // len(FILLER) + 2))[: end + len(FILLER)]
    for each in told:
        text = text[: each.span.start] + each.quote + text[each.span.start + len(each.quote) :]
    return Document(
        id=name,
        text=text,
        sha256=sha256_of_text(text),
        form=Form.TEXT,
        title=told[0].quote[:80],
        publisher=names[told[0].source or ""],
        published_at=told[0].published_at,
        language="en",
    )


def draw_verdict(assessment: Assessment) -> Assessment:
    drawn = Random(assessment.incident).choices(list(Verdict), VERDICTS)  # noqa: S311
    return replace(assessment, verdict=drawn[0])


def make_changes(
    some: Sequence[Simulated], exchange: Exchange, tools: Tools, per: float
) -> tuple[list[Document], Changes]:
    mission = exchange.mission
    tellings = [exchange.telling(each.telling) for each in some]
    incidents = settle_all(some, tellings, mission, per)
    assessments = tuple(draw_verdict(each) for each in tools.assess(incidents, tellings, mission))
    derived = Derived(
        tellings=tuple(tellings),
        incidents=tuple(incidents),
        assessments=assessments,
        watch=None,
        found=tuple(find_by(incidents, assessments, tellings, mission)),
    )
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    for each in tellings:
        told[each.document].append(each)
    documents = [document_of(name, each, mission) for name, each in told.items()]
    return documents, Changes(documents=frozenset(told), claims=frozenset(), derived=derived)


def fill(registers: Sequence[SqlRegister], mission: Mission, claims: int, per: float) -> int:
    """How many incidents were written."""
    exchange, tools = Exchange(mission), Tools.for_mission(mission, now=NOW)
    count = 0
    for some in in_chunks(simulate(claims, seed=SEED)):
        documents, changes = make_changes(some, exchange, tools, per)
        for register in registers:
            with register.writing() as writer:
                writer.add_documents(documents, gathered_at=NOW)
                writer.change_derived(changes)
        count += len(changes.derived.incidents)
        sys.stderr.write(f"{count:,} incidents\n")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description="A large register made up for measuring the service.")
    parser.add_argument("mission", type=Path)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--database", help="a PostgreSQL database that gets the same")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--per-incident", type=float, default=10.0)
    given = parser.parse_args()
    mission = load_mission(make_mission(given.mission, given.into / "mission"))
    folder = given.into / "register"
    with ExitStack() as opened:
        registers: list[SqlRegister] = [opened.enter_context(sqlite.open_register(folder, now=NOW, writing=True))]
        if given.database is not None:
            address = parse_address(given.database)
            registers.append(opened.enter_context(postgres.open_register(address, folder, now=NOW, writing=True)))
        sys.stdout.write(f"{fill(registers, mission, given.claims, given.per_incident):,} incidents\n")


if __name__ == "__main__":
    main()
