"""A register small enough to read: a dozen incidents with a denial, a contradiction, a copy and Arabic text."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from truceline.errors import Problem
from truceline.model.actor import Actor, ActorKind
from truceline.model.agreement import Agreement, Entry, LocalTruce, Zone, ZoneKind
from truceline.model.assessment import Assessment, Finding, Step, Verdict
from truceline.model.claim import EventType, Mood
from truceline.model.document import Document, Form
from truceline.model.incident import Contradiction, Grade, Incident, Origin, Stance, Variant, Version
from truceline.model.mission import Mission
from truceline.model.place import Place, Precision, Toponym
from truceline.model.quantity import Harm, Range
from truceline.model.series import Answer, DayCount, RateCheck, RateRatio, Tally, Watch
from truceline.model.source import Reliability, Source, SourceKind
from truceline.model.span import Span
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.view import View
from truceline.model.when import Basis, TimexType, When
from truceline.vocab.release import public

SHELLING = EventType(plover="ASSAULT", mode="heavy-weapons", acled="Shelling/artillery/missile attack", cameo="194")
AIR = EventType(plover="ASSAULT", mode="aerial", acled="Air/drone strike", cameo="195")
CLASH = EventType(plover="ASSAULT", mode="firearms", acled="Armed clash", cameo="190")
TROOPS = EventType(plover="MOBILIZE", mode="troops", cameo="154")
AID = EventType(plover="AID", cameo="073")
BLOCK = EventType(plover="COERCE", mode="withhold", cameo="191")
TALK = EventType(plover="CONSULT", mode="phone", cameo="041")
ACCUSE = EventType(plover="ACCUSE", mode="allege", cameo="1123")

ALEPPO = ("geonames:170063", "Aleppo", 36.2, 37.16, 5.0, Precision.SETTLEMENT, "Aleppo")
NEAR = ("geonames:170063", "Aleppo", 36.1, 37.05, 12.0, Precision.NEAR, "Aleppo")
KHAN = ("ucdp:khan-tuman", "Khan Tuman", 36.117, 37.05, 2.0, Precision.SETTLEMENT, "Aleppo")
TARTUS = ("geonames:163345", "Tartus", 34.89, 35.886, 5.0, Precision.SETTLEMENT, "Tartus")
LATAKIA = ("ne:SY-LA", "Latakia", 35.55, 36.08, 50.0, Precision.ADMIN1, "Latakia")
CAMP = ("mission:kammouna", "Kammouna camp", 36.2117, 36.7031, 1.0, Precision.POINT, "Idlib")
SPEAK = {"mod": ("rus.mod", "named"), "sohr": ("sohr", "named"), "local": (None, "anonymous")}


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2016, 6, day, hour, minute, tzinfo=UTC)


def document(
    id: str, text: str, *, publisher: str = "SANA", day: int = 3, title: str | None = None, **more: object
) -> Document:
    made = Document(
        id=id,
        text=text,
        sha256=sha(text),
        form=Form.MARKDOWN,
        title=title or text[:40],
        publisher=publisher,
        published_at=at(day, 15),
        language="en",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def toponym(spot: tuple[str, str, float, float, float, Precision, str]) -> Toponym:
    key, name, lat, lon, radius_km, precision, admin1 = spot
    return Toponym(
        span=Span(0, 4),
        id=key,
        name=name,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        precision=precision,
        country="SY",
        admin1=admin1,
        chance=0.9,
    )


def telling(
    claim: str,
    told: Document,
    quote: str,
    event: EventType,
    *,
    source: str = "sana",
    chain: tuple[Speaker, ...] = (),
    factuality: float = 3.0,
    mood: Mood = Mood.ASSERTION,
    agents: tuple[Role, ...] = (),
    recipients: tuple[Role, ...] = (),
    spot: tuple[str, str, float, float, float, Precision, str] | None = ALEPPO,
    day: int = 3,
    harm: Harm | None = None,
    copied_from: str | None = None,
) -> Telling:
    start = told.text.index(quote)
    return Telling(
        claim=claim,
        document=told.id,
        version=1,
        source=source,
        family=source,
        published_at=told.published_at,
        quote=quote,
        span=Span(start, start + len(quote)),
        trigger=quote.rsplit(maxsplit=1)[-1],
        chain=chain,
        event=event,
        factuality=factuality,
        negated=mood is Mood.DENIAL,
        mood=mood,
        agents=agents,
        recipients=recipients,
        instruments=(),
        place=toponym(spot) if spot else None,
        happened=When(
            span=Span(start, start + 1),
            type=TimexType.DATE,
            value=f"2016-06-{day:02}",
            start=at(day, 0) - timedelta(hours=3),
            end=at(day + 1, 0) - timedelta(hours=3),
            basis=Basis.STATED,
        ),
        harm=harm,
        copied_from=copied_from,
    )


GOVERNMENT = Role(words="the Syrian army", actor="syr.army")
REBELS = Role(words="militants", actor=None, low=1001, high=None)
RUSSIA = Role(words="warplanes", actor="rus.vks")
PEOPLE = Role(words="civilians", actor="civ")
SOHR = Speaker(words="the Syrian Observatory", kind="named", actor="sohr")
MOD = Speaker(words="the defence ministry", kind="named", actor="rus.mod")
NAMELESS = Speaker(words="local sources", kind="anonymous", actor=None)

D1 = document(
    "sana-2016-06-03-aleppo",
    "Shelling by terrorists of Aleppo's Hamdaniyeh killed 3 people. Seven more were hurt, a police source said.",
    title="Terrorist shelling of Aleppo",
    uri="https://example.org/sana/1",
)
D2 = document(
    "sohr-2016-06-03",
    "Warplanes struck Khan Tuman on Friday and killed at least 5 civilians. Rockets fell on Hamdaniyeh and killed 4.",
    publisher="SOHR",
    title="Raids on Khan Tuman",
)
D3 = document(
    "mod-2016-06-04",
    "Russian aircraft did not strike Khan Tuman, the defence ministry said.",
    publisher="Russian MoD",
    day=4,
)
D4 = document(
    "paper-2016-06-04",
    "Warplanes struck Khan Tuman on Friday and killed at least 5 civilians.",
    publisher="Daily Copy",
    day=4,
)
D5 = document(
    "arabi-2016-06-02",
    "قصفت الطائرات الحربية مخيم كمونة في إدلب وقتلت ثمانية وعشرين مدنيا",
    publisher="Al-Arabi",
    day=2,
    language="ar",
    title="قصف مخيم كمونة",
)
D6 = document(
    "agency-2016-06-04",
    "More than 1,000 militants begun an offensive southwest of Aleppo. The army may send troops to Tartus. "
    "Lavrov talked to Kerry. An aid convoy entered Daraya. Soldiers held back medicine. "
    "Local sources saw tanks in Latakia.",
    publisher="Agency",
    day=4,
    title="Round-up of 4 June",
)
D1_OLD = replace(D1, text=D1.text.replace("killed 3", "killed 2"), sha256=sha("old"), version=1)
DOCUMENTS = (replace(D1, version=2), D2, D3, D4, D5, D6)

TELLINGS = (
    telling(
        "c01",
        D1,
        "Shelling by terrorists of Aleppo's Hamdaniyeh killed 3 people",
        SHELLING,
        agents=(Role(words="terrorists", actor=None),),
        recipients=(PEOPLE,),
        harm=Harm(killed=Range(low=3, high=3)),
    ),
    telling(
        "c02",
        D2,
        "Warplanes struck Khan Tuman on Friday and killed at least 5 civilians",
        AIR,
        source="sohr",
        agents=(RUSSIA,),
        recipients=(PEOPLE,),
        spot=KHAN,
        harm=Harm(killed=Range(low=5, high=None), killed_civilians=Range(low=5, high=None)),
    ),
    telling(
        "c03",
        D2,
        "Rockets fell on Hamdaniyeh and killed 4",
        SHELLING,
        source="sohr",
        chain=(SOHR,),
        harm=Harm(killed=Range(low=4, high=4)),
    ),
    telling(
        "c04",
        D3,
        "Russian aircraft did not strike Khan Tuman",
        AIR,
        source="rus-mod",
        chain=(MOD,),
        factuality=-3,
        mood=Mood.DENIAL,
        agents=(RUSSIA,),
        spot=KHAN,
    ),
    telling(
        "c05",
        D4,
        "Warplanes struck Khan Tuman on Friday and killed at least 5 civilians",
        AIR,
        source="copy",
        spot=KHAN,
        agents=(RUSSIA,),
        copied_from="sohr-2016-06-03",
        harm=Harm(killed=Range(low=5, high=None)),
    ),
    telling(
        "c06",
        D5,
        "قصفت الطائرات الحربية مخيم كمونة في إدلب",
        AIR,
        source="arabi",
        spot=CAMP,
        day=2,
        harm=Harm(killed=Range(low=28, high=28), killed_civilians=Range(low=28, high=28)),
    ),
    telling(
        "c07",
        D6,
        "More than 1,000 militants begun an offensive southwest of Aleppo",
        CLASH,
        source="agency",
        spot=NEAR,
        chain=(MOD,),
        agents=(REBELS,),
        recipients=(GOVERNMENT,),
        day=4,
    ),
    telling(
        "c08",
        D6,
        "The army may send troops to Tartus",
        TROOPS,
        source="agency",
        spot=TARTUS,
        factuality=1.0,
        agents=(GOVERNMENT,),
    ),
    telling("c09", D6, "Lavrov talked to Kerry", TALK, source="agency", spot=None, day=4),
    telling("c10", D6, "An aid convoy entered Daraya", AID, source="agency", spot=None, day=1),
    telling("c11", D6, "Soldiers held back medicine", BLOCK, source="agency", spot=None, day=1, agents=(GOVERNMENT,)),
    telling(
        "c12",
        D6,
        "Local sources saw tanks in Latakia",
        TROOPS,
        source="agency",
        spot=LATAKIA,
        chain=(NAMELESS,),
        factuality=1.5,
    ),
)


def incident(id: str, title: str, claims: tuple[str, ...], **more: object) -> Incident:
    cited = [each for each in TELLINGS if each.claim in claims]
    first = cited[0]
    assert first.happened is not None
    harms = [each.harm.killed for each in cited if each.harm is not None and each.harm.killed is not None]
    made = Incident(
        id=id,
        event=first.event,
        title=title,
        start=first.happened.start,
        end=first.happened.end,
        place=first.place,
        agents=tuple(sorted({role.actor for each in cited for role in each.agents if role.actor})),
        recipients=tuple(sorted({role.actor for each in cited for role in each.recipients if role.actor})),
        agent_words=tuple(role.words for each in cited for role in each.agents),
        recipient_words=tuple(role.words for each in cited for role in each.recipients),
        killed=Range(
            low=min(h.low or 0 for h in harms),
            high=None if any(h.high is None for h in harms) else max(h.high or 0 for h in harms),
        )
        if harms
        else None,
        injured=None,
        versions=tuple(
            Version(
                claim=each.claim,
                document=each.document,
                reason="same place, kind and day",
                stance=Stance.DENIES if each.negated else Stance.ASSERTS if each.factuality >= 2 else Stance.HEDGES,
            )
            for each in cited
        ),
        origins=tuple(
            Origin(
                id=f"o{n}",
                name=family,
                actor=None,
                claims=tuple(e.claim for e in cited if e.family == family),
                families=(family,),
            )
            for n, family in enumerate(sorted({each.family for each in cited if each.copied_from is None}))
        ),
        contradictions=(),
        grade=Grade(reliability="C", credibility=3, reason="one origin, plausible"),
        reasons=("kept alone",),
    )
    return replace(made, **more)  # type: ignore[arg-type]


INCIDENTS = (
    incident(
        "i-aleppo-shelling",
        "Shelling of Hamdaniyeh, Aleppo",
        ("c01", "c03"),
        contradictions=(
            Contradiction(
                what="killed",
                variants=(Variant(value="3", claims=("c01",)), Variant(value="4", claims=("c03",))),
                note="no telling overlaps the other",
            ),
        ),
    ),
    incident(
        "i-khan-tuman-air",
        "Airstrike on Khan Tuman",
        ("c02", "c04", "c05"),
        contradictions=(
            Contradiction(
                what="denial",
                variants=(Variant(value="struck", claims=("c02", "c05")), Variant(value="not struck", claims=("c04",))),
            ),
        ),
    ),
    incident("i-kammouna", "Airstrike on Kammouna camp", ("c06",)),
    incident("i-offensive", "Offensive south-west of Aleppo", ("c07",)),
    incident("i-tartus", "Troops to Tartus", ("c08",)),
    incident("i-call", "Telephone call between Lavrov and Kerry", ("c09",)),
    incident("i-daraya", "Aid convoy enters Daraya", ("c10",)),
    incident("i-medicine", "Medicine held back", ("c11",)),
    incident("i-latakia", "Tanks in Latakia", ("c12",)),
)


def assessment(
    incident_id: str, verdict: Verdict, *, by: tuple[str, ...] = (), likelihood: str | None = None
) -> Assessment:
    return Assessment(
        id=f"a-{incident_id}",
        incident=incident_id,
        verdict=verdict,
        by=by,
        finding=Finding.PARTY if by else Finding.NONE,
        obligations=("O2a",) if by else (),
        clauses=("Annex, paragraph 2, first list, item 2",) if by else (),
        likelihood=likelihood,
        confidence="moderate",
        steps=(
            Step(
                question="Was the agreement in force then and there?",
                answer="yes",
                because="27 February 2016 on, whole of Syria",
            ),
            Step(
                question="Is the doer bound?", answer="yes" if by else "cannot determine", because="told by one origin"
            ),
        ),
        would_change="A second origin that names the doer.",
    )


ASSESSMENTS = (
    assessment("i-aleppo-shelling", Verdict.ALLEGED),
    assessment("i-khan-tuman-air", Verdict.CONTESTED, by=("rus.vks",), likelihood="roughly even chance"),
    assessment("i-kammouna", Verdict.INSUFFICIENT),
    assessment("i-offensive", Verdict.VIOLATION, by=("jaf",), likelihood="likely"),
    assessment("i-tartus", Verdict.NOT_A_VIOLATION),
    assessment("i-medicine", Verdict.PREPARATORY),
    assessment("i-latakia", Verdict.DUPLICATE),
)

AGREEMENT = Agreement(
    id="coh",
    name="Cessation of hostilities",
    source="PA-X 1507",
    entries=(
        Entry(at=datetime(2016, 2, 26, 22, tzinfo=UTC), as_told="midnight Damascus time", source="Joint statement"),
    ),
    ends=None,
    area=(Zone(kind=ZoneKind.COUNTRY, name="SY"),),
    parties=(),
    excluded=(),
    obligations=(),
    local_truces=(
        LocalTruce(
            id="daraya",
            name="Daraya, 48 hours",
            start=at(1) - timedelta(hours=3),
            end=at(3) - timedelta(hours=3),
            source="RIA",
            zones=(Zone(kind=ZoneKind.CIRCLE, name="Daraya", lat=33.46, lon=36.24, radius_km=5),),
            other_starts=(Entry(at=at(1, 2), as_told="from 2 in the morning", source="SANA"),),
        ),
    ),
)

MISSION = Mission(
    id="syria-test",
    name="Syria: a test",
    since=date(2016, 2, 26),
    until=date(2016, 6, 21),
    timezone="Asia/Damascus",
    cutoff=time(18),
    languages=("en", "ar"),
    countries=("SY", "TR"),
    window_hours=36,
    window_km=15,
    bulletin_days=7,
    folder=Path("missions/none"),
    agreement=AGREEMENT,
    actors=(
        Actor(id="syr.army", name="Syrian Arab Army", kind=ActorKind.MILITARY, side="government"),
        Actor(id="rus.vks", name="Russian Aerospace Forces", kind=ActorKind.MILITARY, side="external-russia"),
        Actor(id="rus.mod", name="Russian Ministry of Defence", kind=ActorKind.GOVERNMENT, side="external-russia"),
        Actor(id="sohr", name="Syrian Observatory for Human Rights", kind=ActorKind.NGO),
        Actor(id="jaf", name="Jaish al-Fatah", kind=ActorKind.COALITION, side="opposition"),
        Actor(id="civ", name="Civilians", kind=ActorKind.CIVILIANS),
    ),
    sources=tuple(
        Source(id=key, name=name, kind=kind, family=key, reliability=grade, reason="test", actor=actor)
        for key, name, kind, grade, actor in (
            ("sana", "SANA", SourceKind.STATE_MEDIA, Reliability.D, "syr.army"),
            ("sohr", "SOHR", SourceKind.MONITOR, Reliability.C, None),
            ("rus-mod", "Russian MoD", SourceKind.OFFICIAL, Reliability.D, "rus.mod"),
            ("copy", "Daily Copy", SourceKind.NEWSPAPER, Reliability.D, None),
            ("arabi", "Al-Arabi", SourceKind.BROADCASTER, Reliability.C, None),
            ("agency", "Agency", SourceKind.AGENCY, Reliability.B, None),
            ("quiet", "Quiet Gazette", SourceKind.NEWSPAPER, Reliability.C, None),
        )
    ),
    places=(
        Place(
            id="mission:kammouna",
            name="Kammouna camp",
            lat=36.2117,
            lon=36.7031,
            kind="camp",
            precision=Precision.POINT,
            radius_km=1,
            country="SY",
            admin1="Idlib",
        ),
    ),
    summary="A small made-up register for tests.",
)

WATCH = Watch(
    since=date(2016, 5, 29),
    until=date(2016, 6, 5),
    days=tuple(
        DayCount(day=date(2016, 5, 29) + timedelta(days=n), incidents=count, documents=seen, sources=min(seen, 3))
        for n, (count, seen) in enumerate(((0, 0), (0, 1), (0, 0), (2, 1), (1, 2), (4, 5), (2, 4)))
    ),
    tallies=(
        Tally(by="area", name="Aleppo", incidents=3, origins=3, sources=4),
        Tally(by="area", name="Idlib", incidents=1, origins=1, sources=1),
        Tally(by="party", name="Syrian Arab Army", incidents=2, origins=1, sources=1),
        Tally(by="party", name="Russian Aerospace Forces", incidents=1, origins=2, sources=3),
        Tally(by="kind", name="Air or drone strike", incidents=2, origins=3, sources=4),
    ),
    ratios=(
        RateRatio(
            name="incidents", now_count=9, now_days=5, before_count=3, before_days=6, ratio=3.6, low=1.1, high=13.3
        ),
        RateRatio(
            name="Aleppo",
            now_count=3,
            now_days=5,
            before_count=0,
            before_days=6,
            ratio=None,
            low=None,
            high=None,
            note="nothing before",
        ),
    ),
    checks=(
        RateCheck(
            claim="c09",
            document="agency-2016-06-04",
            words="strikes have tripled",
            stated_low=3.0,
            stated_high=3.0,
            measured=RateRatio(
                name="air", now_count=2, now_days=5, before_count=1, before_days=6, ratio=2.4, low=0.2, high=30.0
            ),
            answer=Answer.CANNOT_TELL,
            because="too few days were observed",
        ),
    ),
    silent_sources=("quiet",),
)


def small_view() -> View:
    """The dozen tellings above as a view."""
    return View(
        mission=MISSION,
        documents=DOCUMENTS,
        superseded=(D1_OLD,),
        tellings=TELLINGS,
        incidents=INCIDENTS,
        assessments=ASSESSMENTS,
        watch=WATCH,
        problems=(Problem(code="file.empty", message="the file is empty", where="documents/void.txt"),),
        fingerprint=sha("view"),
        as_of=at(4, 15),
        release=public(),
    )


def empty_view() -> View:
    """A mission on its first day."""
    return View(
        mission=MISSION,
        documents=(),
        superseded=(),
        tellings=(),
        incidents=(),
        assessments=(),
        watch=None,
        problems=(),
        fingerprint=sha("nothing"),
        as_of=None,
        release=public(),
    )


def large_view(count: int) -> View:
    """As many incidents as a data set of three years holds: `count` of them over 1,095 days, one document each."""
    base, told = INCIDENTS[1], TELLINGS[1]
    first = datetime(2014, 1, 1, tzinfo=UTC)
    documents, tellings, incidents = [], [], []
    for n in range(count):
        start = first + timedelta(days=n * 1095 // count)
        made = replace(D2, id=f"ged-{n}", published_at=start, title=f"Row {n}")
        documents.append(made)
        tellings.append(replace(told, claim=f"g{n}", document=made.id))
        version = Version(claim=f"g{n}", document=made.id, stance=Stance.ASSERTS, reason="row of a table")
        incidents.append(
            replace(
                base, id=f"i{n}", start=start, end=start + timedelta(days=1), versions=(version,), contradictions=()
            )
        )
    return replace(
        small_view(),
        documents=tuple(documents),
        superseded=(),
        tellings=tuple(tellings),
        incidents=tuple(incidents),
        assessments=(),
        watch=None,
        as_of=first + timedelta(days=1094),
        mission=replace(MISSION, since=date(2014, 1, 1), until=date(2017, 1, 1)),
    )
