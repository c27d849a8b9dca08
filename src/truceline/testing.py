"""Factories and fakes for tests, here and in projects built on Truceline: each gives a whole, valid record.

telling(place=toponym("Aleppo"), happened=day("2016-05-03"), agents=("syr.army",))
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from truceline.model.assessment import Assessment, Finding, Step, Verdict
from truceline.model.claim import Claim, EventType, Mood, Trigger
from truceline.model.document import Document, Form
from truceline.model.incident import Grade, Incident, Stance, Version
from truceline.model.mission import Mission
from truceline.model.place import Precision, Toponym
from truceline.model.reading import Reading
from truceline.model.source import Reliability, Source, SourceKind
from truceline.model.span import Span
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import Basis, TimexType, When

NOON = datetime(2016, 5, 3, 12, tzinfo=UTC)
SHELLING = EventType(plover="ASSAULT", mode="heavy-weapons", acled="Shelling/artillery/missile attack", cameo="194")


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until told to move on."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def doc(text: str = "Shells fell on the town.", *, id: str = "doc-1", **given: Any) -> Document:
    """One document; its hash is that of its text."""
    fields: dict[str, Any] = {"form": Form.TEXT, "published_at": NOON, "publisher": "Test Agency", "language": "en"}
    return Document(id=id, text=text, sha256=digest(text), **{**fields, **given})


def day(iso: str = "2016-05-03", *, basis: Basis = Basis.STATED) -> When:
    """A whole day in UTC, stated over the first word of the text."""
    start = datetime.combine(date.fromisoformat(iso), time(), tzinfo=UTC)
    span = None if basis is Basis.PUBLISHED else Span(0, 1)
    end = start + timedelta(days=1)
    return When(span=span, type=TimexType.DATE, value=iso, start=start, end=end, basis=basis)


def toponym(name: str = "Aleppo", *, lat: float = 36.2, lon: float = 37.16, **given: Any) -> Toponym:
    """A settlement resolved for sure."""
    fields: dict[str, Any] = {
        "span": Span(0, 1),
        "id": f"test:{name.lower()}",
        "radius_km": 5.0,
        "precision": Precision.SETTLEMENT,
        "country": "SY",
        "chance": 1.0,
    }
    return Toponym(name=name, lat=lat, lon=lon, **{**fields, **given})


def claim(id: str = "claim-1", *, event: EventType = SHELLING, **given: Any) -> Claim:
    """An assertion by the document's own author, over the first characters of its text."""
    span = given.pop("span", Span(0, 6))
    fields: dict[str, Any] = {"chain": (), "factuality": 3.0, "negated": False, "mood": Mood.ASSERTION}
    return Claim(id=id, span=span, trigger=Trigger(span=span, type=event), **{**fields, **given})


def roles(actors: Sequence[str]) -> tuple[Role, ...]:
    return tuple(Role(words=actor, actor=actor) for actor in actors)


def speakers(actors: Sequence[str]) -> tuple[Speaker, ...]:
    return tuple(Speaker(words=actor, kind="named", actor=actor) for actor in actors)


def telling(
    claim: str = "claim-1",
    *,
    document: str = "doc-1",
    agents: Sequence[str] = (),
    recipients: Sequence[str] = (),
    chain: Sequence[str] = (),
    **given: Any,
) -> Telling:
    """A shelling of Aleppo on 3 May 2016, asserted by a source of its own family; actors by their ids."""
    fields: dict[str, Any] = {
        "version": 1,
        "source": "test-agency",
        "family": "test-family",
        "published_at": NOON,
        "quote": "Shells",
        "span": Span(0, 6),
        "trigger": "shells",
        "event": SHELLING,
        "factuality": 3.0,
        "negated": False,
        "mood": Mood.ASSERTION,
        "instruments": (),
        "place": toponym(),
        "happened": day(),
        "harm": None,
    }
    said = {"agents": roles(agents), "recipients": roles(recipients), "chain": speakers(chain)}
    return Telling(claim=claim, document=document, **{**fields, **said, **given})


def incident(id: str = "incident-1", *, claims: Sequence[str] = ("claim-1",), **given: Any) -> Incident:
    """One incident from assertions of `doc-1`."""
    when = day()
    asserted = (
        Version(claim=each, document="doc-1", stance=Stance.ASSERTS, reason="the same place and day") for each in claims
    )
    fields: dict[str, Any] = {
        "event": SHELLING,
        "title": "Shelling of Aleppo",
        "start": when.start,
        "end": when.end,
        "place": toponym(),
        "agents": (),
        "recipients": (),
        "agent_words": (),
        "recipient_words": (),
        "killed": None,
        "injured": None,
        "versions": tuple(asserted),
        "origins": (),
        "contradictions": (),
        "grade": Grade(reliability="C", credibility=3, reason="one source"),
    }
    return Incident(id=id, **{**fields, **given})


def assessment(incident: str = "incident-1", *, verdict: Verdict = Verdict.ALLEGED, **given: Any) -> Assessment:
    """One assessment that rests on a single step."""
    fields: dict[str, Any] = {
        "id": f"assessment-of-{incident}",
        "by": (),
        "finding": Finding.NONE,
        "obligations": (),
        "clauses": (),
        "likelihood": None,
        "confidence": "low",
        "steps": (Step(question="In force?", answer="yes", because="after the entry into force"),),
        "would_change": "a second source",
    }
    return Assessment(incident=incident, verdict=verdict, **{**fields, **given})


def source(id: str = "test-agency", **given: Any) -> Source:
    fields: dict[str, Any] = {
        "name": "Test Agency",
        "kind": SourceKind.AGENCY,
        "family": "test-family",
        "reliability": Reliability.C,
        "reason": "made for tests",
    }
    return Source(id=id, **{**fields, **given})


def mission(folder: Path, **given: Any) -> Mission:
    """A mission that only counts: no agreement, one source."""
    fields: dict[str, Any] = {
        "id": "test-mission",
        "name": "Test mission",
        "since": date(2016, 2, 26),
        "until": date(2016, 6, 21),
        "timezone": "Asia/Damascus",
        "cutoff": time(18),
        "languages": ("en",),
        "countries": ("SY",),
        "window_hours": 36.0,
        "window_km": 15.0,
        "bulletin_days": 7,
        "agreement": None,
        "actors": (),
        "sources": (source(),),
        "places": (),
    }
    return Mission(folder=folder, **{**fields, **given})


@dataclass(frozen=True, slots=True)
class WordReader:
    """A reader that needs no model: one claim for every time one of `words` is said."""

    words: Mapping[str, EventType]
    fingerprint: str = "word-reader-1"

    def read(self, document: Document) -> Reading:
        found = tuple(self._claims(document))
        return Reading(document=document, claims=found, times=(day(),), places=(toponym(),))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return (self.read(document) for document in documents)

    def _claims(self, document: Document) -> list[Claim]:
        claims = []
        for word, event in self.words.items():
            start = document.text.find(word)
            if start >= 0:
                made = claim(f"{document.id}:{word}", event=event, span=Span(start, start + len(word)))
                claims.append(replace(made, place=0, time=0, happened=day()))
        return claims
