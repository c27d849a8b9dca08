"""Tellings in one line each: `tell_of("shelling", "Khan Tuman", "2016-05-05", by="syr.army")`."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from truceline.fuse import Fusion, fuse
from truceline.model.actor import Actor, ActorKind, Membership
from truceline.model.claim import EventType, Mood
from truceline.model.incident import Incident
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Harm, Range
from truceline.model.source import Reliability, Source, SourceKind
from truceline.model.span import Span
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import Basis, TimexType, When

KINDS = {
    "shelling": EventType(
        plover="ASSAULT", mode="heavy-weapons", acled="Shelling/artillery/missile attack", cameo="194"
    ),
    "air strike": EventType(plover="ASSAULT", mode="aerial", acled="Air/drone strike", cameo="195"),
    "drone strike": EventType(plover="ASSAULT", mode="drone", acled="Air/drone strike", cameo="195"),
    "explosion": EventType(plover="ASSAULT", mode="explosives", acled="Remote explosive/landmine/IED", cameo="183"),
    "clash": EventType(plover="ASSAULT", mode="firearms", acled="Armed clash", cameo="190"),
    "attack": EventType(plover="ASSAULT", cameo="190"),
    "capture": EventType(plover="ASSAULT", acled="Non-state actor overtakes territory", cameo="192"),
    "killing": EventType(plover="ASSAULT", acled="Attack", cameo="190"),
    "troop move": EventType(plover="MOBILIZE", mode="troops", cameo="154"),
    "aid": EventType(plover="AID", cameo="073"),
    "access": EventType(plover="RETREAT", mode="access", cameo="0863"),
    "phone call": EventType(plover="CONSULT", mode="phone", cameo="041"),
    "talks": EventType(plover="CONSULT", cameo="040"),
    "accusation": EventType(plover="ACCUSE", mode="allege", cameo="112"),
    "promise": EventType(plover="AGREE", cameo="030"),
    "support voiced": EventType(plover="SUPPORT", cameo="051"),
    "violation": EventType(plover="ASSAULT", cameo="196"),
    "untyped": EventType(plover=None),
}

PLACES = {
    "Khan Tuman": (36.11, 37.04, 2.0, Precision.SETTLEMENT, "Aleppo"),
    "al-Eis": (35.99, 37.00, 2.0, Precision.SETTLEMENT, "Aleppo"),
    "Kafr Nabl": (35.61, 36.56, 3.0, Precision.SETTLEMENT, "Idlib"),
    "Hass": (35.59, 36.60, 2.0, Precision.SETTLEMENT, "Idlib"),
    "Aleppo": (36.20, 37.16, 8.0, Precision.SETTLEMENT, "Aleppo"),
    "Damascus": (33.51, 36.29, 10.0, Precision.SETTLEMENT, "Damascus"),
    "south-west of Aleppo": (36.13, 37.05, 12.0, Precision.NEAR, "Aleppo"),
    "Aleppo governorate": (36.25, 37.62, 95.0, Precision.ADMIN1, "Aleppo"),
    "Idlib governorate": (35.77, 36.67, 65.0, Precision.ADMIN1, "Idlib"),
    "Syria": (35.0, 38.0, 400.0, Precision.COUNTRY, None),
}

ACTORS = (
    Actor(id="gov", name="Government of Syria", kind=ActorKind.STATE, side="government"),
    Actor(
        id="army", name="Syrian army", kind=ActorKind.MILITARY, side="government", memberships=(Membership(of="gov"),)
    ),
    Actor(id="russia", name="Russia", kind=ActorKind.STATE, side="external-russia"),
    Actor(
        id="russian-ministry",
        name="Russian Ministry of Defence",
        kind=ActorKind.GOVERNMENT,
        side="external-russia",
        memberships=(Membership(of="russia"),),
    ),
    Actor(id="rebels", name="Armed opposition", kind=ActorKind.COLLECTIVE, side="opposition"),
    Actor(id="ahrar", name="Ahrar al-Sham", kind=ActorKind.ARMED_GROUP, side="opposition"),
    Actor(id="zenki", name="Zenki", kind=ActorKind.ARMED_GROUP, side="opposition"),
    Actor(id="civilians", name="Civilians", kind=ActorKind.CIVILIANS),
    Actor(id="sohr", name="SOHR", kind=ActorKind.NGO),
    Actor(id="lavrov", name="Sergei Lavrov", kind=ActorKind.PERSON, memberships=(Membership(of="russia"),)),
    Actor(id="kerry", name="John Kerry", kind=ActorKind.PERSON),
)


def source(
    id: str, name: str, kind: SourceKind, grade: str, *, family: str | None = None, actor: str | None = None
) -> Source:
    return Source(
        id=id,
        name=name,
        kind=kind,
        family=family or id,
        reliability=Reliability(grade),
        reason="made for tests",
        actor=actor,
    )


SOURCES = (
    source("sana", "SANA", SourceKind.STATE_MEDIA, "D", family="syr-state", actor="gov"),
    source("army-command", "Army Command", SourceKind.OFFICIAL, "D", family="syr-state", actor="army"),
    source("reuters", "Reuters", SourceKind.AGENCY, "B"),
    source("afp", "AFP", SourceKind.AGENCY, "B"),
    source("daily", "The Daily", SourceKind.NEWSPAPER, "C"),
    source("gazette", "The Gazette", SourceKind.NEWSPAPER, "C"),
    source("sohr", "Syrian Observatory for Human Rights", SourceKind.MONITOR, "B", actor="sohr"),
    source("sputnik", "Sputnik", SourceKind.STATE_MEDIA, "D", family="rus-state", actor="russia"),
    source("rebel-media", "Rebel Media", SourceKind.PARTY_MEDIA, "D", actor="rebels"),
    source("un", "United Nations", SourceKind.UN, "A"),
)


def at(text: str) -> datetime:
    """'2016-05-05 14:00' as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def when(text: str, *, basis: Basis = Basis.STATED) -> When:
    """'2016-05-05' is that day, '2016-05-05 14:00' that hour, '2016-05-05/2016-05-12' the days between."""
    first, _, last = text.partition("/")
    start = at(first)
    end = at(last) if last else start + timedelta(hours=1 if ":" in first else 24)
    span = None if basis is Basis.PUBLISHED else Span(0, 1)
    return When(span=span, type=TimexType.DATE, value=text.replace(" ", "T"), start=start, end=end, basis=basis)


def spot(name: str) -> Toponym:
    lat, lon, radius_km, precision, admin1 = PLACES[name]
    return Toponym(
        span=Span(0, 1),
        id=f"test:{name}",
        name=name,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        precision=precision,
        country="SY",
        admin1=admin1,
        chance=1.0,
    )


def roles(told: str | Sequence[str | Role]) -> tuple[Role, ...]:
    listed = (told,) if isinstance(told, str) else told
    return tuple(each if isinstance(each, Role) else Role(words=each, actor=each) for each in listed)


def words(*told: str) -> tuple[Role, ...]:
    """Participants that nobody could resolve."""
    return tuple(Role(words=each, actor=None) for each in told)


def speaker(told: str, *, actor: str | None = None, kind: str = "named") -> Speaker:
    return Speaker(words=told, kind=kind, actor=actor)


def tell_of(
    what: str,
    place: str | None = None,
    happened: str | When | None = None,
    *,
    claim: str,
    by: str | Sequence[str | Role] = (),
    to: str | Sequence[str | Role] = (),
    source: str | None = "reuters",
    document: str | None = None,
    killed: tuple[int | None, int | None] | None = None,
    published: str | None = None,
    chain: Sequence[Speaker] = (),
    quote: str = "",
    span: tuple[int, int] = (0, 20),
    **given: Any,
) -> Telling:
    """One telling; a reported time is given by leaving `happened` out and naming the day of publication."""
    if happened is None and published is not None:
        happened = when(published[:10], basis=Basis.PUBLISHED)
    families = {each.id: each.family for each in SOURCES}
    fields: dict[str, Any] = {
        "version": 1,
        "factuality": 3.0,
        "negated": False,
        "mood": Mood.ASSERTION,
        "instruments": (),
        "trigger": what,
    }
    return Telling(
        claim=claim,
        document=document or f"doc-of-{claim}",
        source=source,
        family=families.get(source or "", source or f"document:{claim}"),
        published_at=at(published) if published else None,
        quote=quote or f"{what} {claim}",
        span=Span(*span),
        chain=tuple(chain),
        event=KINDS[what],
        agents=roles(by),
        recipients=roles(to),
        place=spot(place) if place is not None else None,
        happened=when(happened) if isinstance(happened, str) else happened,
        harm=Harm(killed=Range(low=killed[0], high=killed[1])) if killed is not None else None,
        **{**fields, **given},
    )


def denial(what: str, *args: Any, **given: Any) -> Telling:
    return tell_of(what, *args, **{"mood": Mood.DENIAL, "factuality": -3.0, "negated": True, **given})


def fused(*tellings: Telling) -> Fusion:
    return fuse(tellings, window_hours=36, window_km=15, sources=SOURCES, actors=ACTORS)


def groups(*tellings: Telling) -> list[list[str]]:
    """The claims of each incident, sorted."""
    return sorted(sorted(version.claim for version in each.versions) for each in fused(*tellings).incidents)


def only(*tellings: Telling) -> Incident:
    """The single incident that these tellings make."""
    incidents = fused(*tellings).incidents
    assert len(incidents) == 1, groups(*tellings)
    return incidents[0]
