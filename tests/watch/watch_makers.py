"""A mission that only counts, and incidents and documents made in one line."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from truceline.model.actor import Actor, ActorKind, Membership
from truceline.model.agreement import Agreement
from truceline.model.claim import EventType, Mood
from truceline.model.document import Document, Form
from truceline.model.incident import Grade, Incident, Origin, Stance, Version
from truceline.model.mission import Mission
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Quantity, Unit
from truceline.model.source import Reliability, Source, SourceKind
from truceline.model.span import Span
from truceline.model.telling import Role, Telling

LOCAL = timedelta(hours=3)  # Damascus in spring and summer
ACTORS = (
    Actor(id="rus", name="Russia", kind=ActorKind.STATE),
    Actor(id="rus.air", name="Russian air force", kind=ActorKind.MILITARY, memberships=(Membership(of="rus"),)),
    Actor(id="rebels", name="Rebels", kind=ActorKind.ARMED_GROUP),
)
SOURCES = tuple(
    Source(
        id=name, name=name.upper(), kind=SourceKind.AGENCY, family=name, reliability=Reliability.B, reason="long record"
    )
    for name in ("afp", "sana", "tass")
)
EMPTY_AGREEMENT = Agreement(
    id="truce",
    name="The truce",
    entries=(),
    ends=None,
    area=(),
    parties=(),
    excluded=(),
    obligations=(),
    local_truces=(),
    source="",
)
MISSION = Mission(
    id="m",
    name="A mission",
    since=date(2016, 5, 1),
    until=date(2016, 7, 1),
    timezone="Asia/Damascus",
    cutoff=time(18),
    languages=("en",),
    countries=("SY",),
    window_hours=36,
    window_km=15,
    bulletin_days=7,
    folder=Path("m"),
    agreement=None,
    actors=ACTORS,
    sources=SOURCES,
    places=(),
)


def at(day: int, hour: float = 12, month: int = 6) -> datetime:
    """An instant of 2016 given in Damascus time."""
    return datetime(2016, month, day, tzinfo=UTC) - LOCAL + timedelta(hours=hour)


def incident(
    name: str,
    start: datetime | None,
    *,
    hours: float = 1,
    mode: str | None = "aerial",
    plover: str = "ASSAULT",
    agents: Sequence[str] = ("rus",),
    told_by: Sequence[str] = ("afp",),
    stance: Stance = Stance.ASSERTS,
    admin1: str | None = "Aleppo",
) -> Incident:
    return Incident(
        id=name,
        event=EventType(plover=plover, mode=mode),
        title=name,
        start=start,
        end=None if start is None else start + timedelta(hours=hours),
        place=Toponym(span=Span(0, 1), id="p", name="P", precision=Precision.SETTLEMENT, country="SY", admin1=admin1),
        agents=tuple(agents),
        recipients=(),
        agent_words=(),
        recipient_words=(),
        killed=None,
        injured=None,
        versions=tuple(Version(claim=f"{name}-{who}", document=name, stance=stance, reason="") for who in told_by),
        origins=tuple(
            Origin(id=who, name=who, actor=None, claims=(f"{name}-{who}",), families=(who,)) for who in told_by
        ),
        contradictions=(),
        grade=Grade(reliability="B", credibility=2, reason=""),
    )


def telling(
    claim: str,
    *,
    source: str | None = "afp",
    quote: str = "words",
    published_at: datetime | None = None,
    rate: float | None = None,
    unit: Unit = Unit.RATIO,
    agent: str | None = "rus",
    agent_words: str | None = "Russian",
) -> Telling:
    span = Span(0, len(quote))
    return Telling(
        claim=claim,
        document=claim,
        version=1,
        source=source,
        family=source or claim,
        published_at=published_at,
        quote=quote,
        span=span,
        trigger="",
        chain=(),
        event=EventType(plover="ASSAULT", mode="aerial"),
        factuality=3.0,
        negated=False,
        mood=Mood.ASSERTION,
        agents=() if agent_words is None else (Role(words=agent_words, actor=agent),),
        recipients=(),
        instruments=(),
        place=None,
        happened=None,
        harm=None,
        stated_rate=None if rate is None else Quantity(span=span, low=rate, high=rate, of="airstrikes", unit=unit),
    )


def document(
    name: str, published_at: datetime | None, *, publisher: str | None = "AFP", form: Form = Form.TEXT
) -> Document:
    return Document(
        id=name,
        text=name,
        sha256=sha256(name.encode()).hexdigest(),
        form=form,
        publisher=publisher,
        published_at=published_at,
    )


def daily(first: int, last: int, *, publisher: str = "AFP", month: int = 6) -> list[Document]:
    """One document on every day, in the evening."""
    return [
        document(f"{publisher}-{month}-{day}", at(day, 20, month), publisher=publisher)
        for day in range(first, last + 1)
    ]


def strikes(counts: dict[int, int], **kwargs: object) -> list[Incident]:
    """So many airstrikes on so many days of June."""
    return [
        incident(f"s{day}-{number}", at(day, 1 + number / 10), **kwargs)  # type: ignore[arg-type]
        for day, count in counts.items()
        for number in range(count)
    ]
