"""A small truce of our own to judge under, and incidents made in one line."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from truceline.judge import assess
from truceline.model.actor import Actor, ActorKind, DatedStatus, Membership, Period, Status
from truceline.model.agreement import (
    Acceptance,
    Act,
    Agreement,
    Duty,
    Entry,
    Excluded,
    LocalTruce,
    Obligation,
    Zone,
    ZoneKind,
)
from truceline.model.assessment import Assessment
from truceline.model.claim import EventType, Mood
from truceline.model.incident import Contradiction, Grade, Incident, Origin, Stance, Variant, Version
from truceline.model.place import Precision, Toponym
from truceline.model.span import Span
from truceline.model.telling import Role, Speaker, Telling

TIMEZONE = "Asia/Damascus"
MIDNIGHT = datetime(2016, 2, 26, 22, tzinfo=UTC)  # 27 February, 00:00 in Damascus
MAY_5 = datetime(2016, 5, 4, 22, tzinfo=UTC)  # 5 May, 01:00 in Damascus
NOON = datetime(2016, 4, 10, 9, tzinfo=UTC)


def actor(
    id: str,
    side: str | None = None,
    *,
    kind: ActorKind = ActorKind.ARMED_GROUP,
    of: Sequence[str] = (),
    status: Status | None = None,
    since: date | None = None,
) -> Actor:
    return Actor(
        id=id,
        name=id.title(),
        kind=kind,
        side=side,
        memberships=tuple(Membership(of=parent) for parent in of),
        statuses=(DatedStatus(status=status, period=Period(since=since), source="a letter"),) if status else (),
    )


ACTORS = {
    each.id: each
    for each in (
        actor("gov", "government", kind=ActorKind.GOVERNMENT),
        actor("army", of=["gov"], kind=ActorKind.MILITARY),
        actor("russia", "external-russia", kind=ActorKind.STATE),
        actor("sana", of=["gov"], kind=ActorKind.MEDIA),
        actor("rebels", "opposition", status=Status.PARTY),
        actor("brigade", of=["rebels"]),
        actor("ahrar", "opposition", of=["fatah"], status=Status.UNKNOWN),
        actor("nusra", "other", of=["fatah"]),
        actor("fatah", "opposition", kind=ActorKind.COALITION),
        actor("isil", "isil"),
        actor("civilians", kind=ActorKind.CIVILIANS),
        actor("medics", kind=ActorKind.COLLECTIVE),
        actor("monitor", kind=ActorKind.NGO),
    )
}

ANY_ATTACK = (Act(plover="ASSAULT"),)

AGREEMENT = Agreement(
    id="truce",
    name="The truce",
    entries=(Entry(at=MIDNIGHT, as_told="midnight", source="the joint statement"),),
    ends=None,
    area=(Zone(kind=ZoneKind.COUNTRY, name="SY"),),
    parties=(
        Acceptance(actor="gov", accepted=date(2016, 2, 23), source="a statement"),
        Acceptance(actor="russia", accepted=None, source="the joint statement"),
    ),
    excluded=(
        Excluded(actor="isil", since=None, source="the joint statement"),
        Excluded(actor="nusra", since=None, source="the joint statement"),
    ),
    obligations=(
        Obligation(
            id="O2a",
            title="The armed opposition ceases attacks",
            duty=Duty.PROHIBITS,
            acts=(*ANY_ATTACK, Act(plover="COERCE", modes=("seize",))),
            binds=("side:opposition",),
            protects=("side:government", "russia"),
            clause="paragraph 2, first list",
            source="the annex",
            exceptions=("self-defence, proportionate",),
        ),
        Obligation(
            id="O2b",
            title="The government and its allies cease attacks",
            duty=Duty.PROHIBITS,
            acts=ANY_ATTACK,
            binds=("side:government", "russia"),
            protects=("side:opposition",),
            clause="paragraph 2, second list",
            source="the annex",
            exceptions=("self-defence, proportionate",),
        ),
        Obligation(
            id="O4",
            title="Every party allows humanitarian access",
            duty=Duty.REQUIRES,
            acts=(Act(plover="RETREAT", modes=("access",)), Act(plover="AID")),
            binds=("party",),
            protects=("any",),
            clause="paragraph 2, item 4",
            source="the annex",
        ),
    ),
    local_truces=(
        LocalTruce(
            id="calm",
            name="Aleppo, 48 hours",
            start=MAY_5,
            end=MAY_5 + timedelta(hours=48),
            zones=(Zone(kind=ZoneKind.CIRCLE, name="Aleppo", lat=36.2, lon=37.16, radius_km=10),),
            source="two announcements",
        ),
    ),
    source="the joint statement",
)


def place(
    name: str = "Zahraa",
    lat: float = 36.21,
    lon: float = 37.12,
    *,
    radius_km: float = 1,
    country: str | None = "SY",
    admin1: str | None = "Aleppo",
    precision: Precision = Precision.SETTLEMENT,
) -> Toponym:
    return Toponym(
        span=Span(0, 3),
        id=f"place:{name}",
        name=name,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        precision=precision,
        country=country,
        admin1=admin1,
        chance=0.9,
    )


def origin(name: str, claims: Sequence[str], *, actor: str | None = None) -> Origin:
    return Origin(id=f"origin:{name}", name=name, actor=actor, claims=tuple(claims), families=(name,))


def incident(
    *,
    agents: Sequence[str] = ("rebels",),
    recipients: Sequence[str] = ("army",),
    plover: str | None = "ASSAULT",
    mode: str | None = "heavy-weapons",
    at: datetime | None = NOON,
    hours: float = 0,
    where: Toponym | None = None,
    told_by: Mapping[str, str | None] | None = None,
    denied_by: Mapping[str, str | None] | None = None,
    grade: str = "B2",
    contradictions: Sequence[str] = (),
    agent_words: Sequence[str] = (),
) -> Incident:
    """`told_by` and `denied_by` map an origin's name to its actor (None: it takes no side)."""
    told = {"afp": None, "msf": None} if told_by is None else told_by
    denied = denied_by or {}
    versions = [Version(claim=f"c-{name}", document=name, stance=Stance.ASSERTS, reason="") for name in told]
    versions += [Version(claim=f"c-{name}", document=name, stance=Stance.DENIES, reason="") for name in denied]
    return Incident(
        id="i-1",
        event=EventType(plover=plover, mode=mode),
        title="Shelling at Zahraa",
        start=at,
        end=None if at is None else at + timedelta(hours=hours),
        place=place() if where is None else where,
        agents=tuple(agents),
        recipients=tuple(recipients),
        agent_words=tuple(agent_words),
        recipient_words=(),
        killed=None,
        injured=None,
        versions=tuple(versions),
        origins=tuple(origin(name, [f"c-{name}"], actor=whose) for name, whose in {**told, **denied}.items()),
        contradictions=tuple(
            Contradiction(what=what, variants=(Variant(value="one", claims=()), Variant(value="two", claims=())))
            for what in contradictions
        ),
        grade=Grade(reliability=grade[0], credibility=int(grade[1]), reason="as graded"),
    )


def telling(
    claim: str,
    *,
    quote: str = "Shells fell on Zahraa.",
    agents: Sequence[str] = ("rebels",),
    recipients: Sequence[str] = ("army",),
) -> Telling:
    return Telling(
        claim=claim,
        document=claim.removeprefix("c-"),
        version=1,
        source=None,
        family=claim,
        published_at=NOON,
        quote=quote,
        span=Span(0, len(quote)),
        trigger="fell",
        chain=(Speaker(words="a spokesman", kind="role", actor=None),),
        event=EventType(plover="ASSAULT", mode="heavy-weapons"),
        factuality=3.0,
        negated=False,
        mood=Mood.ASSERTION,
        agents=tuple(Role(words=agent, actor=agent) for agent in agents),
        recipients=tuple(Role(words=each, actor=each) for each in recipients),
        instruments=(),
        place=None,
        happened=None,
        harm=None,
    )


def judge(
    case: Incident,
    tellings: Sequence[Telling] | None = None,
    *,
    agreement: Agreement = AGREEMENT,
    actors: Mapping[str, Actor] | None = None,
) -> Assessment:
    """The assessment of `case`, by default told with its agents named every time. `actors` are added to ACTORS."""
    told = (
        [telling(v.claim, agents=case.agents, recipients=case.recipients) for v in case.versions]
        if tellings is None
        else tellings
    )
    known = {**ACTORS, **(actors or {})}
    return assess(case, {each.claim: each for each in told}, agreement, known, timezone=TIMEZONE)


def step(assessment: Assessment, begins: str) -> str:
    """'answer because' of the step whose question begins so."""
    found = next(each for each in assessment.steps if each.question.startswith(begins))
    return f"{found.answer} | {found.because}"
