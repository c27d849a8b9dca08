"""`make bench-watch`: how long judging and watching simulated incidents takes.

python -m truceline.gauge.bench_watch [INCIDENTS]

Incidents are acts of the simulated country (gauge/simulate_acts.py) at a hundred a day, each told once by one of its
outlets, judged against the agreement of missions/syria-2016 with the simulated sides as its parties.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from truceline.flow.mission import load_mission
from truceline.flow.tools import assess_incidents
from truceline.gauge.bench import peak_mb
from truceline.gauge.simulate_acts import Acts
from truceline.gauge.simulate_records import Report, first_day, identify, instant
from truceline.gauge.simulate_tellings import Teller
from truceline.gauge.simulate_world import COUNTRY, World, make_world
from truceline.model.agreement import Acceptance, Agreement, Excluded
from truceline.model.document import Document, Form
from truceline.model.incident import Grade, Incident, Origin, Stance, Version
from truceline.model.mission import Mission
from truceline.model.telling import Telling
from truceline.watch import watch

SEED = 1
DAILY = 100
MISSION = Path("missions/syria-2016")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is judged and watched."""

    mission: Mission
    incidents: Sequence[Incident]
    tellings: Sequence[Telling]
    documents: Sequence[Document]


def main(arguments: Sequence[str]) -> None:
    count = int(arguments[0]) if arguments else 100_000
    given = make_given(count)
    wall, processor = perf_counter(), process_time()
    assessments = list(assess_incidents(given.incidents, given.tellings, given.mission))
    judged = (perf_counter() - wall, process_time() - processor)
    wall, processor = perf_counter(), process_time()
    found = watch(
        given.mission,
        incidents=given.incidents,
        assessments=assessments,
        tellings=given.tellings,
        documents=given.documents,
    )
    watched = (perf_counter() - wall, process_time() - processor)
    rows = (("judging", judged), ("watching", watched), ("both", (judged[0] + watched[0], judged[1] + watched[1])))
    sys.stdout.write(f"{count:,} incidents on {len(found.days):,} days, peak {peak_mb():,.0f} MB\n\n")
    sys.stdout.write("| | wall, s | processor, s |\n|---|--:|--:|\n")
    for name, (took, busy) in rows:
        sys.stdout.write(f"| {name} | {took:.1f} | {busy:.1f} |\n")
    told = (len(found.ratios), sum(len(each.changes) for each in found.levels), len(found.alerts), len(found.patterns))
    sys.stdout.write("\n{} ratios, {} changes, {} alerts, {} pairs asked about\n".format(*told))


def make_given(count: int) -> Given:
    world, chance = make_world(SEED), Random(SEED)  # noqa: S311 - simulation
    teller, acts = Teller(world, chance), Acts(world, DAILY, chance)
    days = -(-count * 2 // DAILY)
    made = [
        (act, report_of(world, day, number, chance))
        for day in range(days)
        for number, act in enumerate(acts.of_day(day))
    ]
    told = [(teller.tell(act, report, 0, 0), report) for act, report in islice(made, count)]
    tellings = [telling for telling, _ in told]
    last = max(telling.published_at for telling in tellings if telling.published_at is not None).date()
    return Given(
        mission=make_mission(world, last),
        incidents=[incident_of(each) for each in tellings],
        tellings=tellings,
        documents=[document_of(report) for _, report in told],
    )


def report_of(world: World, day: int, number: int, chance: Random) -> Report:
    outlet = world.outlets[min(int(chance.paretovariate(0.8)) - 1, len(world.outlets) - 1)]
    return Report(
        id=f"doc-{identify(day, number)}", outlet=outlet, day=day, published_at=instant(day, chance.uniform(6, 24))
    )


def document_of(report: Report) -> Document:
    return Document(
        id=report.id,
        text="",
        sha256=identify(report.id),
        form=Form.TEXT,
        publisher=report.outlet.source.id,
        published_at=report.published_at,
    )


def incident_of(telling: Telling) -> Incident:
    """The incident that one telling makes."""
    happened, harm = telling.happened, telling.harm
    start = happened.start if happened is not None else telling.published_at
    return Incident(
        id=f"i-{telling.claim}",
        event=telling.event,
        title=telling.trigger,
        start=start,
        end=happened.end if happened is not None else None,
        place=telling.place,
        agents=tuple(role.actor for role in telling.agents if role.actor is not None),
        recipients=tuple(role.actor for role in telling.recipients if role.actor is not None),
        agent_words=tuple(role.words for role in telling.agents),
        recipient_words=tuple(role.words for role in telling.recipients),
        killed=harm.killed if harm is not None else None,
        injured=harm.injured if harm is not None else None,
        versions=(Version(claim=telling.claim, document=telling.document, stance=Stance.ASSERTS, reason="simulated"),),
        origins=(
            Origin(
                id=telling.family, name=telling.family, actor=None, claims=(telling.claim,), families=(telling.family,)
            ),
        ),
        contradictions=(),
        grade=Grade(reliability="B", credibility=3, reason="simulated"),
    )


def make_mission(world: World, last: date) -> Mission:
    known = load_mission(MISSION)
    assert known.agreement is not None
    since = first_day().date()
    return replace(
        known,
        id="simulated",
        since=since,
        until=last + timedelta(days=1),
        timezone="UTC",
        cutoff=time(18),
        countries=(COUNTRY,),
        agreement=bind(known.agreement, since),
        actors=tuple(world.actors),
        sources=tuple(each.source for each in world.outlets),
        places=(),
    )


def bind(agreement: Agreement, since: date) -> Agreement:
    """The agreement between the simulated sides, from the first day on."""
    return replace(
        agreement,
        entries=tuple(replace(each, at=first_day()) for each in agreement.entries),
        ends=None,
        area=tuple(replace(each, name=COUNTRY) for each in agreement.area),
        parties=tuple(Acceptance(actor=each, accepted=since, source="simulated") for each in ("state", "front")),
        excluded=(Excluded(actor="order", since=since, source="simulated"),),
        local_truces=(),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
