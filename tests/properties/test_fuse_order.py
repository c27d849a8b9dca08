"""Incidents do not depend on the order, the number or the batches in which tellings arrive."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.fuse import Fusion, fuse
from truceline.fuse.block import find_pairs, lay_block
from truceline.fuse.cards import lay_out
from truceline.fuse.compare import Frame
from truceline.fuse.registry import arrange
from truceline.model.claim import EventType, Mood
from truceline.model.incident import Stance
from truceline.model.quantity import Harm, Range
from truceline.model.span import Span
from truceline.model.telling import Telling
from truceline.model.when import Basis, TimexType, When
from truceline.testing import telling, toponym

KINDS = (
    EventType(plover="ASSAULT", mode="heavy-weapons", cameo="194"),
    EventType(plover="ASSAULT", mode="aerial", cameo="195"),
    EventType(plover="ASSAULT", cameo="190"),
    EventType(plover="MOBILIZE", mode="troops", cameo="154"),
    EventType(plover="ACCUSE"),
)
PLACES = (
    toponym("Alpha", lat=36.0, lon=37.0, radius_km=2.0),
    toponym("Beta", lat=36.05, lon=37.05, radius_km=2.0),
    toponym("Gamma", lat=35.0, lon=36.5, radius_km=8.0),
    None,
)
START = datetime(2016, 5, 5, tzinfo=UTC)


@st.composite
def times(draw: st.DrawFn) -> When | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    start = START + timedelta(hours=draw(st.integers(0, 72)))
    hours = draw(st.sampled_from((1, 6, 24, 24, 24, 100)))
    basis = draw(st.sampled_from((Basis.STATED, Basis.STATED, Basis.PUBLISHED)))
    end = start + timedelta(hours=hours)
    value = start.date().isoformat()
    return When(span=None, type=TimexType.DATE, value=value, start=start, end=end, basis=basis)


@st.composite
def tellings(draw: st.DrawFn) -> list[Telling]:
    return [make(draw, number) for number in range(draw(st.integers(0, 9)))]


def make(draw: st.DrawFn, number: int) -> Telling:
    actors = st.lists(st.sampled_from(("army", "rebels", "russia")), max_size=2, unique=True)
    killed = draw(st.none() | st.integers(0, 20))
    denies = draw(st.integers(0, 5)) == 0
    return telling(
        f"claim-{number}",
        document=f"doc-{draw(st.integers(0, 3))}",
        family=f"family-{draw(st.integers(0, 2))}",
        event=draw(st.sampled_from(KINDS)),
        place=draw(st.sampled_from(PLACES)),
        happened=draw(times()),
        agents=draw(actors),
        recipients=draw(actors),
        chain=draw(actors),
        span=Span(number * 100, number * 100 + 50),
        harm=Harm(killed=Range(low=killed, high=killed)) if killed is not None else None,
        mood=Mood.DENIAL if denies else draw(st.sampled_from((Mood.ASSERTION, Mood.ASSERTION, Mood.QUESTION))),
        factuality=-3.0 if denies else draw(st.sampled_from((3.0, 1.0))),
        copied_from=draw(st.sampled_from((None, None, "doc-0"))),
    )


def run(told: list[Telling]) -> Fusion:
    return fuse(told, window_hours=36, window_km=15)


@settings(max_examples=150, deadline=None)
@given(tellings(), st.randoms(use_true_random=False))
def test_any_arrival_order_gives_the_same_incidents(told: list[Telling], chance: object) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert run(shuffled) == run(told)


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
        return sum(1 for _ in find_pairs(lay_block([lay_out(each) for each in told], frame)))

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
