"""Chance tellings of a small world: three places, three actors, four reports, a few days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from truceline.fuse.compare import Frame
from truceline.fuse.registry import arrange
from truceline.model.actor import Actor, ActorKind, Membership
from truceline.model.claim import EventType, Mood
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Harm, Range, Status, StatusCount
from truceline.model.span import Span
from truceline.model.telling import Role, Speaker, TakenFrom, Telling
from truceline.model.when import Basis, TimexType, When
from truceline.testing import roles, telling, toponym

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


WORDS = (
    "shells",
    "hit",
    "market",
    "village",
    "hospital",
    "fell",
    "soldiers",
    "bakery",
    "night",
    "near",
    "road",
    "school",
)
PEOPLE = ("the army", "20 militants", "rebels", "warplanes", "it", "Midan residents", "a hospital", "the Faisal market")
WIDE_PLACES = (
    *PLACES,
    toponym("Province", lat=36.1, lon=37.0, radius_km=80.0, precision=Precision.ADMIN1, admin1="Province"),
    toponym("Delta", lat=36.06, lon=37.02, radius_km=3.0, admin1="Province"),
    toponym("Country", lat=35.0, lon=38.0, radius_km=400.0, precision=Precision.COUNTRY),
    toponym("South of Alpha", id="test:alpha", lat=35.9, lon=37.0, radius_km=10.0, precision=Precision.NEAR),
    Toponym(span=Span(0, 6), id=None, name="Nowhere", lat=None, lon=None, radius_km=None, precision=None),
)
REGISTRY = (
    Actor(id="army", name="the army", kind=ActorKind.MILITARY, side="state", memberships=(Membership(of="state"),)),
    Actor(id="state", name="the state", kind=ActorKind.GOVERNMENT, side="state"),
    Actor(id="rebels", name="rebels", kind=ActorKind.COLLECTIVE, side="opposition"),
    Actor(id="russia", name="Russia", kind=ActorKind.GOVERNMENT, side="state"),
)


@st.composite
def harms(draw: st.DrawFn) -> Harm | None:
    low, more = draw(st.integers(0, 7)), draw(st.sampled_from((0, 0, 4, None)))
    killed = Range(low=low, high=None if more is None else low + more)
    status = draw(st.sampled_from((None, None, Status.SOLDIER, Status.FIGHTER, Status.CIVILIAN)))
    by = () if status is None else (StatusCount(status=status, count=killed),)
    return draw(st.sampled_from((None, Harm(killed=killed, killed_by=by))))


@st.composite
def varied_tellings(draw: st.DrawFn) -> list[Telling]:
    """Tellings that reach every level of comparison: words, targets, copies, rows, vague places and times."""
    return [make_varied(draw, number) for number in range(draw(st.integers(2, 7)))]


def make_varied(draw: st.DrawFn, number: int) -> Telling:
    actors = st.lists(st.sampled_from(("army", "state", "rebels", "russia")), max_size=2, unique=True)
    people = st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True)
    quote = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14)))
    told = make(draw, number)
    document = told.document
    row = draw(st.integers(0, 5)) == 0
    start = draw(st.integers(0, 300))
    return replace(
        told,
        quote=quote,
        trigger=draw(st.sampled_from(("shelled", "clashes", "hit"))),
        span=Span(start, start + len(quote)),
        place=draw(st.sampled_from(WIDE_PLACES)),
        agents=roles(draw(actors)) + tuple(Role(words=each, actor=None) for each in draw(people)),
        recipients=roles(draw(actors)) + tuple(Role(words=each, actor=None) for each in draw(people)),
        harm=draw(harms()),
        chain=(Speaker(words="the data set", kind="document", actor=None),) if row else told.chain,
        copied_from=draw(st.sampled_from((None, None, "doc-1"))),
        taken_from=draw(st.sampled_from((None, None, TakenFrom(document=document, span=Span(0, 90))))),
    )


FRAME = Frame(window_hours=36, window_km=15, registry=arrange((), REGISTRY))
