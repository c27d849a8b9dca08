"""Whatever is told, no shipped agreement finds a violation outside itself: by whom, when, where it does not reach."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.flow.mission import load_mission
from truceline.gauge.judging_cases import make_situation, parse_case
from truceline.judge import assess
from truceline.model.assessment import Assessment, Finding, Verdict
from truceline.model.mission import Mission
from truceline.vocab.mission_terms import plover_modes

MISSIONS = Path(__file__).parents[2] / "missions"
JUDGED = tuple(sorted(each.parent.name for each in MISSIONS.glob("*/agreement.toml")))
ACCUSING = (Verdict.VIOLATION, Verdict.PREPARATORY)
TOLD = [{"source": each, "reliability": "A", "stance": "asserts"} for each in ("one", "two", "three")]
ACTS = sorted(
    f"{plover}/{mode}" if mode else plover for plover, modes in plover_modes().items() for mode in ("", *modes)
)
WEAPONS = ("", "152 mm howitzer", "Grad", "Smerch", "tanks", "mines", "drone", "rifles")
FAR = {"name": "Ushuaia", "lat": -54.8, "lon": -68.3, "radius_km": 5, "country": "AR", "admin1": "Tierra del Fuego"}


@cache
def mission_named(name: str) -> Mission:
    return load_mission(MISSIONS / name)


def judge(name: str, **raw: object) -> Assessment:
    mission = mission_named(name)
    assert mission.agreement is not None
    answers = {"verdict": "contested", "attribution": "contested", "clause": "none"}
    case = parse_case({"id": "x", "agreement": name, "told": TOLD, **answers, **raw}, "property")
    made = make_situation(case, mission)
    actors = {each.id: each for each in mission.actors}
    return assess(
        made.incident, made.tellings, mission.agreement, actors, timezone=mission.timezone, sources=made.sources
    )


@st.composite
def situations(draw: st.DrawFn, name: str) -> dict[str, object]:
    """An act of anybody against anybody, well told, on a day and in a place of the mission."""
    mission = mission_named(name)
    ids = [each.id for each in mission.actors]
    place = draw(st.sampled_from(mission.places))
    day = mission.since + timedelta(days=draw(st.integers(0, (mission.until - mission.since).days - 1)))
    return {
        "act": draw(st.sampled_from(ACTS)),
        "by": draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)),
        "against": draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)),
        "weapon": draw(st.sampled_from(WEAPONS)),
        "at": day,
        "place": {
            "name": place.name,
            "lat": place.lat,
            "lon": place.lon,
            "radius_km": place.radius_km,
            "precision": place.precision.value,
            "country": place.country or "XX",
            "admin1": place.admin1 or "nowhere",
        },
    }


@pytest.mark.parametrize("name", JUDGED)
@given(st.data())
def test_nothing_is_a_violation_before_the_agreement_or_far_from_it(name: str, data: st.DataObject) -> None:
    told = data.draw(situations(name))
    agreement = mission_named(name).agreement
    assert agreement is not None
    before = min(each.at for each in agreement.entries) - timedelta(hours=1)
    assert judge(name, **{**told, "at": before}).verdict not in ACCUSING
    assert judge(name, **{**told, "place": FAR}).verdict not in ACCUSING
    assert judge(name, **{**told, "at": datetime(1999, 1, 1, tzinfo=UTC)}).verdict not in ACCUSING


@pytest.mark.parametrize("name", JUDGED)
@given(st.data())
def test_nobody_who_is_excluded_or_an_outsider_is_ever_accused(name: str, data: st.DataObject) -> None:
    told = data.draw(situations(name))
    agreement = mission_named(name).agreement
    assert agreement is not None
    for each in (*agreement.excluded, *agreement.outsiders):
        assert judge(name, **{**told, "by": [each.actor]}).verdict not in ACCUSING
    for each in agreement.unknown:
        assert judge(name, **{**told, "by": [each.actor]}).verdict not in ACCUSING


@pytest.mark.parametrize("name", JUDGED)
@given(st.data())
def test_whoever_is_accused_is_named_and_a_denial_by_them_is_heard(name: str, data: st.DataObject) -> None:
    told = data.draw(situations(name))
    found = judge(name, **told)
    if found.verdict in ACCUSING:
        assert found.by
        assert set(found.by) <= set(told["by"])  # type: ignore[call-overload]
        assert found.obligations
        denied = [*TOLD, {"source": "spokesman", "side": found.by[0], "reliability": "D", "stance": "denies"}]
        heard = judge(name, **told, told=denied)
        assert (heard.verdict, heard.finding) == (Verdict.CONTESTED, Finding.CONTESTED)


@pytest.mark.parametrize("name", JUDGED)
@given(st.data())
def test_one_side_alone_never_makes_a_violation(name: str, data: st.DataObject) -> None:
    told = data.draw(situations(name))
    agreement = mission_named(name).agreement
    assert agreement is not None
    side = data.draw(st.sampled_from([each.actor for each in agreement.parties]))
    partisan = [{**each, "side": side} for each in TOLD]
    assert judge(name, **{**told, "told": partisan}).verdict not in ACCUSING
