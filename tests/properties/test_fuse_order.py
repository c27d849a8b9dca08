"""Incidents do not depend on the order, the number or the batches in which tellings arrive."""

from dataclasses import replace
from datetime import timedelta

from fuse_world import PLACES, START, tellings
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.fuse import Fusion, fuse, grade_by_records
from truceline.fuse.block import candidates, lay_block
from truceline.fuse.cards import lay_out
from truceline.fuse.compare import Frame
from truceline.fuse.registry import arrange
from truceline.model.incident import Stance
from truceline.model.source import Reliability, Source, SourceKind
from truceline.model.telling import Telling
from truceline.model.when import Basis, TimexType, When
from truceline.testing import telling

SOURCES = tuple(
    Source(
        id=f"family-{at}",
        name=f"Family {at}",
        kind=SourceKind.AGENCY,
        family=f"family-{at}",
        reliability=Reliability("BCD"[at]),
        reason="made for tests",
    )
    for at in range(3)
)


def run(told: list[Telling]) -> Fusion:
    return fuse(told, window_hours=36, window_km=15)


@settings(max_examples=150, deadline=None)
@given(tellings(), st.randoms(use_true_random=False))
def test_any_arrival_order_gives_the_same_incidents(told: list[Telling], chance: object) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert run(shuffled) == run(told)


@settings(max_examples=100, deadline=None)
@given(tellings(), st.randoms(use_true_random=False))
def test_grades_by_records_depend_on_no_order_and_are_settled_at_once(told: list[Telling], chance: object) -> None:
    sourced = [replace(each, source=each.family) for each in told]
    incidents = fuse(sourced, window_hours=36, window_km=15, sources=SOURCES).incidents
    graded = grade_by_records(incidents, sources=SOURCES)
    shuffled = list(graded)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = grade_by_records(shuffled, sources=SOURCES)
    assert {each.id: each for each in again} == {each.id: each for each in graded}


@settings(max_examples=60, deadline=None)
@given(tellings(), st.integers(0, 9))
def test_tellings_that_come_again_change_no_incident(told: list[Telling], again: int) -> None:
    assert run([*told, *told[:again]]).incidents == run(told).incidents


@settings(max_examples=100, deadline=None)
@given(tellings())
def test_every_telling_is_in_an_incident_or_dropped_with_a_reason(told: list[Telling]) -> None:
    fusion = run(told)
    kept = {version.claim for each in fusion.incidents for version in each.versions}
    dropped = {each.id for each in fusion.dropped}
    assert kept | dropped == {each.claim for each in told}
    assert not kept & dropped
    assert all(each.reason for each in fusion.dropped)


@settings(max_examples=100, deadline=None)
@given(tellings())
def test_an_assertion_is_in_one_incident_only_and_no_incident_is_made_of_denials(told: list[Telling]) -> None:
    fusion = run(told)
    asserted = [
        version.claim for each in fusion.incidents for version in each.versions if version.stance is not Stance.DENIES
    ]
    assert len(asserted) == len(set(asserted))
    for incident in fusion.incidents:
        assert any(version.stance is not Stance.DENIES for version in incident.versions)
    assert len({each.id for each in fusion.incidents}) == len(fusion.incidents)


@settings(max_examples=100, deadline=None)
@given(tellings())
def test_every_asserting_claim_has_exactly_one_origin(told: list[Telling]) -> None:
    for incident in run(told).incidents:
        asserting = sorted(each.claim for each in incident.versions if each.stance is not Stance.DENIES)
        assert sorted(claim for origin in incident.origins for claim in origin.claims) == asserting


def test_far_more_tellings_take_little_more_than_their_share() -> None:
    """Ten times the days with ten times the tellings compare ten times the pairs, not a hundred times."""

    def count(days: int) -> int:
        told = [
            telling(
                f"c{number}",
                document=f"d{number}",
                happened=spread(number // 5),
                agents=("army",),
                place=PLACES[number % 3],
            )
            for number in range(days * 5)
        ]
        frame = Frame(window_hours=36, window_km=15, registry=arrange((), ()))
        return sum(len(here) for here, _ in candidates(lay_block([lay_out(each) for each in told], frame)))

    assert count(200) < 11 * count(20)


def spread(day: int) -> When:
    start = START + timedelta(days=day)
    return When(
        span=None,
        type=TimexType.DATE,
        value=start.date().isoformat(),
        start=start,
        end=start + timedelta(days=1),
        basis=Basis.STATED,
    )
