"""The situations of tests/cases/judge/verdicts.toml, each judged as the mission's agreement states it.

Their 'cannot be attributed' has two meanings that we keep apart: nobody is known to have done it, and somebody did who
is not known to be a party.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from truceline.flow.mission import load_mission
from truceline.judge import assess
from truceline.model.assessment import Assessment, Finding
from truceline.model.claim import EventType, Mood
from truceline.model.incident import Contradiction, Grade, Incident, Origin, Stance, Version
from truceline.model.mission import Mission
from truceline.model.place import Precision, Toponym
from truceline.model.source import Source
from truceline.model.span import Span
from truceline.model.telling import Role, Telling

ROOT = Path(__file__).parents[2]
CASES = tomllib.loads((ROOT / "tests" / "cases" / "judge" / "verdicts.toml").read_text(encoding="utf-8"))["case"]
STANCES = {"asserts": Stance.ASSERTS, "denies": Stance.DENIES, "hedges": Stance.HEDGES}


@pytest.fixture(scope="module")
def mission() -> Mission:
    return load_mission(ROOT / "missions" / "syria-2016")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_careful_lawyer_agrees(case: dict[str, Any], mission: Mission) -> None:
    found = judge_case(case, mission)
    steps = "\n".join(f"{step.question} {step.answer} {step.because}" for step in found.steps)
    assert found.verdict.value == case["verdict"], steps
    assert fits_finding(found.finding, case), steps
    for obligation in case["obligations"]:
        assert any(each.startswith(obligation) for each in found.obligations), found.obligations
    assert list(found.local_truces) == case.get("truces", list(found.local_truces))


def fits_finding(finding: Finding, case: dict[str, Any]) -> bool:
    if finding is Finding.OTHER:
        return case["finding"] == Finding.NONE.value and bool(case["by"])
    return finding.value == case["finding"]


def judge_case(case: dict[str, Any], mission: Mission) -> Assessment:
    sources = {source.id: source for source in mission.sources}
    tellings = {f"c{at}": make_telling(f"c{at}", told, case) for at, told in enumerate(case["told"])}
    incident = make_incident(case, sources, ZoneInfo(mission.timezone))
    assert mission.agreement is not None
    actors = {actor.id: actor for actor in mission.actors}
    return assess(incident, tellings, mission.agreement, actors, timezone=mission.timezone, sources=mission.sources)


def make_incident(case: dict[str, Any], sources: Mapping[str, Source], zone: ZoneInfo) -> Incident:
    start, end = make_time(case, zone)
    versions = tuple(
        Version(claim=f"c{at}", document=told["source"], stance=STANCES[told["stance"]], reason="")
        for at, told in enumerate(case["told"])
    )
    origins = make_origins(case, sources)
    plover, _, mode = case["act"].partition("/")
    denied = any(told["stance"] == "denies" for told in case["told"])
    return Incident(
        id="i",
        event=EventType(plover=plover, mode=mode or None),
        title=case["id"],
        start=start,
        end=end,
        place=make_place(case),
        agents=tuple(case["by"]),
        recipients=tuple(case["against"]),
        agent_words=(),
        recipient_words=(),
        killed=None,
        injured=None,
        versions=versions,
        origins=origins,
        contradictions=(Contradiction(what="denial", variants=()),) if denied else (),
        grade=make_grade(case, sources, len(origins), denied=denied),
    )


def make_origins(case: dict[str, Any], sources: Mapping[str, Source]) -> tuple[Origin, ...]:
    """One origin for each family that asserts it, or for the source that its report goes back to."""
    claims, firsts = defaultdict(list), {}
    for at, told in enumerate(case["told"]):
        if told["stance"] != "denies":
            source = sources[told.get("origin", told["source"])]
            claims[source.family].append(f"c{at}")
            firsts.setdefault(source.family, source)
    return tuple(
        Origin(id=family, name=firsts[family].name, actor=firsts[family].actor, claims=tuple(each), families=(family,))
        for family, each in claims.items()
    )


def make_grade(case: dict[str, Any], sources: Mapping[str, Source], origins: int, *, denied: bool) -> Grade:
    """As the rules of grades do: two origins are probable, one or a denied one possible at most."""
    letters = sorted(
        sources[told.get("origin", told["source"])].reliability.value
        for told in case["told"]
        if told["stance"] != "denies"
    )
    credibility = 3 if denied else 2 if origins > 1 else 3 if letters[0] in "ABC" else 4
    return Grade(reliability=letters[0], credibility=credibility, reason="as graded")


def make_time(case: dict[str, Any], zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    if "from" in case:
        return case["from"], case["to"]
    at = case.get("at")
    if isinstance(at, datetime):
        return at, at + timedelta(minutes=1)
    if isinstance(at, date):
        return (
            datetime.combine(at, time(), zone),
            datetime.combine(at + timedelta(days=1), time(), zone),
        )
    return None, None


def make_place(case: dict[str, Any]) -> Toponym | None:
    where = case.get("where")
    if where is None:
        return None
    return Toponym(
        span=Span(0, 1),
        id=where["words"],
        name=where["words"],
        lat=where["lat"],
        lon=where["lon"],
        radius_km=where["radius_km"],
        precision=Precision.SETTLEMENT,
        country="TR" if "Turkey" in where["words"] else "SY",
        chance=1.0,
    )


def make_telling(claim: str, told: dict[str, Any], case: dict[str, Any]) -> Telling:
    quote = "They shelled it"
    if told["source"] in case.get("self_defence_told_by", ()):
        quote += " in response to fire"
    plover, _, mode = case["act"].partition("/")
    return Telling(
        claim=claim,
        document=told["source"],
        version=1,
        source=told["source"],
        family=told["source"],
        published_at=None,
        quote=quote,
        span=Span(0, len(quote)),
        trigger="shelled",
        chain=(),
        event=EventType(plover=plover, mode=mode or None),
        factuality=3.0,
        negated=told["stance"] == "denies",
        mood=Mood.ASSERTION,
        agents=tuple(Role(words=actor, actor=actor) for actor in case["by"]),
        recipients=tuple(Role(words=actor, actor=actor) for actor in case["against"]),
        instruments=(),
        place=None,
        happened=None,
        harm=None,
        copied_from=case.get("copied_from"),
    )
