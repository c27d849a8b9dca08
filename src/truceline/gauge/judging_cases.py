"""Cases of judging (tests/cases/judge/README.md): a small situation in TOML becomes an incident with its tellings."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from truceline.errors import UsageError
from truceline.gauge.passages import REPOSITORY
from truceline.kit.shapes import ring_distance_km
from truceline.model.assessment import Finding, Verdict
from truceline.model.claim import EventType, Mood
from truceline.model.incident import Contradiction, Grade, Incident, Origin, Stance, Variant, Version
from truceline.model.mission import Mission
from truceline.model.place import Precision, Toponym
from truceline.model.source import Reliability, Source, SourceKind
from truceline.model.span import Span
from truceline.model.telling import Role, Speaker, Telling
from truceline.model.when import Basis, TimexType, When
from truceline.vocab.geo import Outline, find_divisions, find_neighbours, has_divisions

CASES = REPOSITORY / "tests" / "cases" / "judge"
BORDER_KM = 1.5  # so near a border that is drawn for small maps a point is taken to lie in the mission's first country
COAST_KM = 15.0
OLDER = "verdicts.toml"  # in a shape of its own
LATER = "_later.toml"

ANSWER_KEYS = frozenset(["verdict", "attribution", "clause", "also", "borderline", "why"])
WHO_KEYS = frozenset(["by", "by_words", "against", "against_words"])
WHEN_KEYS = frozenset(["at", "from", "to", "published"])
WHAT_KEYS = frozenset(["id", "agreement", "act", "words", "weapon", "place", "told", "copied_from"])
KEYS = ANSWER_KEYS | WHO_KEYS | WHEN_KEYS | WHAT_KEYS
TOLD_KEYS = frozenset(["source", "origin", "side", "reliability", "stance", "by", "against", "says", "exception"])
PLACE_KEYS = frozenset(["name", "lat", "lon", "radius_km", "precision", "country", "admin1", "chance"])
# A fight told without a direction, and words for force that one uses on another: the first of them says which it is.
FORCE = re.compile(
    r"\b(?P<mutual>clash\w*|exchang\w*|fight\w*|fought|battl\w*|firefight\w*|gunfight\w*|skirmish\w*)"
    r"|\b(?:shell\w*|fir(?:ed|es|ing)|attack\w*|str(?:uck|ikes?)|bomb\w*|storm\w*|raid\w*|ambush\w*|assault\w*|hit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingCase:
    """What is told, and what a lawyer says of it; `clauses` are the terms that are right, empty for none."""

    id: str
    agreement: str
    verdict: Verdict
    attribution: Finding
    clauses: frozenset[str]
    borderline: bool
    raw: Mapping[str, Any]


def read_cases(folder: Path, *, later: bool) -> Iterator[JudgingCase]:
    """The cases of all files of the folder, or of the project's tests where it has none.

    Raises UsageError for a case that leaves out or misspells something.
    """
    for home in (folder, CASES):
        files = [each for each in sorted(home.glob("*.toml")) if each.name != OLDER]
        found = [
            parse_case(raw, file.name)
            for file in files
            if file.name.endswith(LATER) is later
            for raw in tomllib.loads(file.read_text(encoding="utf-8")).get("case", [])
            if "agreement" in raw
        ]
        if found:
            yield from found
            return
    which = f"whose name ends in {LATER}" if later else "with cases"
    raise UsageError(f"no file {which} in {folder}; give the folder tests/cases/judge of the repository")


def parse_case(raw: Mapping[str, Any], file: str) -> JudgingCase:
    name = f"{file}: case '{raw.get('id', '?')}'"
    missing = [key for key in ("id", "agreement", "told", "verdict", "attribution", "clause") if key not in raw]
    parts = [(raw, KEYS), (raw.get("place", {}), PLACE_KEYS), *((each, TOLD_KEYS) for each in raw.get("told", ()))]
    strange = sorted({key for part, known in parts for key in part if key not in known})
    if missing or strange:
        told = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(strange)}"] * bool(strange)
        raise UsageError(f"{name} {' and '.join(told)}; tests/cases/judge/README.md lists the keys")
    if raw["verdict"] not in list(Verdict):
        raise UsageError(f"{name}: '{raw['verdict']}' is no verdict; they are {', '.join(Verdict)}")
    if raw["attribution"] not in list(Finding):
        raise UsageError(f"{name}: '{raw['attribution']}' is no attribution; they are {', '.join(Finding)}")
    return JudgingCase(
        id=raw["id"],
        agreement=raw["agreement"],
        verdict=Verdict(raw["verdict"]),
        attribution=Finding(raw["attribution"]),
        clauses=frozenset({raw["clause"], *raw.get("also", ())} - {"none"}),
        borderline=raw.get("borderline", False),
        raw=raw,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A case as the judge meets it."""

    incident: Incident
    tellings: Mapping[str, Telling]
    sources: tuple[Source, ...]


def make_situation(case: JudgingCase, mission: Mission) -> Situation:
    raw, zone = case.raw, ZoneInfo(mission.timezone)
    start, end = make_time(raw, zone)
    tellings = tuple(make_telling(f"c{at}", told, raw, (start, end)) for at, told in enumerate(raw["told"]))
    origins = () if raw.get("copied_from") else make_origins(raw)
    accounts = find_accounts(raw)
    contradictions = [Contradiction(what="agent", variants=accounts)] if len(accounts) > 1 else []
    if any(told["stance"] == "denies" for told in raw["told"]):
        contradictions.append(Contradiction(what="denial", variants=()))
    incident = Incident(
        id=case.id,
        event=event_of(raw),
        title=raw.get("words", case.id),
        start=start,
        end=end,
        place=make_place(raw, mission),
        agents=tuple(raw.get("by", ())),
        recipients=tuple(raw.get("against", ())),
        agent_words=tuple(raw.get("by_words", ())),
        recipient_words=tuple(raw.get("against_words", ())),
        killed=None,
        injured=None,
        versions=tuple(
            Version(claim=f"c{at}", document=told["source"], stance=Stance(told["stance"]), reason="")
            for at, told in enumerate(raw["told"])
        ),
        origins=origins,
        contradictions=tuple(contradictions),
        grade=make_grade(raw, origins, contested=len(accounts) > 1),
    )
    return Situation(incident=incident, tellings={each.claim: each for each in tellings}, sources=find_sources(raw))


def event_of(raw: Mapping[str, Any]) -> EventType:
    plover, _, mode = raw.get("act", "").partition("/")
    return EventType(plover=plover or None, mode=mode or None)


def make_time(raw: Mapping[str, Any], zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    if "from" in raw:
        return raw["from"], raw["to"]
    at = raw.get("at", raw.get("published"))
    if isinstance(at, datetime):
        return at, at + timedelta(minutes=1)
    if isinstance(at, date):
        midnight = datetime.combine(at, time(), zone)
        return midnight, datetime.combine(at + timedelta(days=1), time(), zone)
    return None, None


def find_accounts(raw: Mapping[str, Any]) -> tuple[Variant, ...]:
    """Who is accused, account by account; one alone where all that accuse have somebody in common."""
    named = [
        (f"c{at}", tuple(told.get("by", raw.get("by", ()))))
        for at, told in enumerate(raw["told"])
        if told["stance"] == "asserts" and told.get("by", raw.get("by", ()))
    ]
    differ = any(not set(one) & set(other) for _, one in named for _, other in named)
    accused = {by for _, by in named}
    if not differ:
        return ()
    return tuple(
        Variant(value=", ".join(by), claims=tuple(claim for claim, own in named if own == by)) for by in sorted(accused)
    )


def make_origins(raw: Mapping[str, Any]) -> tuple[Origin, ...]:
    """One origin for each source that a telling goes back to; whose it is, is told by any of them."""
    claims: dict[str, list[str]] = {}
    sides: dict[str, str] = {}
    credited = {told["source"]: told["origin"] for told in raw["told"] if "origin" in told}
    for at, told in enumerate(raw["told"]):
        name = find_root(told["source"], credited)
        if told["stance"] == "asserts" and name is not None:
            claims.setdefault(name, []).append(f"c{at}")
            if told.get("side"):
                sides.setdefault(name, told["side"])
    return tuple(
        Origin(id=name, name=name, actor=sides.get(name), claims=tuple(own), families=(name,))
        for name, own in claims.items()
    )


def find_root(source: str, credited: Mapping[str, str]) -> str | None:
    """Where a source has it from in the end; None for those that credit each other in a ring."""
    seen = {source}
    while source in credited and credited[source] != source:
        source = credited[source]
        if source in seen:
            return None
        seen.add(source)
    return source


def find_sources(raw: Mapping[str, Any]) -> tuple[Source, ...]:
    """The sources of the tellings with their letters and sides."""
    return tuple(
        Source(
            id=told["source"],
            name=told["source"],
            kind=SourceKind.OTHER,
            family=told["source"],
            reliability=Reliability(told.get("reliability", "F")),
            reason="As the case says.",
            actor=told.get("side") or None,
        )
        for told in raw["told"]
    )


def make_grade(raw: Mapping[str, Any], origins: Sequence[Origin], *, contested: bool) -> Grade:
    """What fusing would say of such origins, in short: a case is about the law, not about grades."""
    letter = min((told.get("reliability", "F") for told in raw["told"] if told["stance"] != "denies"), default="F")
    disputed = contested or any(told["stance"] == "denies" for told in raw["told"])
    neutral = sum(each.actor is None for each in origins)
    match len(origins):
        case 0:
            credibility = 6
        case 1:
            credibility = 3 if neutral and letter <= "C" and not disputed else 4
        case many:
            credibility = 3 if disputed else 1 if many > 2 and neutral else 2
    return Grade(reliability=letter, credibility=credibility, reason="As the case says.")


def make_place(raw: Mapping[str, Any], mission: Mission) -> Toponym | None:
    told = raw.get("place")
    if told is None:
        return None
    lat, lon = told.get("lat"), told.get("lon")
    country, admin1 = told.get("country"), told.get("admin1")
    if lat is not None and (country is None or admin1 is None):
        found = find_borders(lat, lon, mission.countries)
        country, admin1 = country or found[0], admin1 or found[1]
    return Toponym(
        span=Span(0, 1),
        id=f"case:{told['name']}" if lat is not None or country is not None else None,
        name=told["name"],
        lat=lat,
        lon=lon,
        radius_km=told.get("radius_km"),
        precision=Precision(told.get("precision", "settlement")),
        country=country,
        admin1=admin1,
        chance=told.get("chance", 1.0),
    )


@cache
def find_borders(lat: float, lon: float, countries: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The country and the first-level division that hold a point, of some countries and their neighbours."""
    drawn: list[tuple[Outline, str | None, str | None]] = [
        (each, country, each.name) for country in countries for each in find_divisions(country)
    ]
    inner = {country for country in countries if has_divisions(country)}
    around = {each.code: each for country in countries for each in find_neighbours(country)}
    drawn += [(each, code, None) for code, each in sorted(around.items(), key=str) if code not in inner]
    own = next((at for at, (each, *_) in enumerate(drawn) if outline_distance_km(lat, lon, each) < BORDER_KM), None)
    if own is not None:
        return drawn[own][1:]
    beyond, at = min(
        ((outline_distance_km(lat, lon, each), at) for at, (each, *_) in enumerate(drawn)), default=(1e9, 0)
    )
    # A port lies off a coast that is drawn for small maps.
    return drawn[at][1:] if beyond < COAST_KM else (None, None)


def outline_distance_km(lat: float, lon: float, outline: Outline) -> float:
    """Kilometres from a point to an outline, negative inside."""
    rings = ([(north, east) for east, north in polygon[0]] for polygon in outline.polygons)
    return min(ring_distance_km(lat, lon, ring) for ring in rings)


def make_telling(
    claim: str, told: Mapping[str, Any], raw: Mapping[str, Any], stretch: tuple[datetime | None, datetime | None]
) -> Telling:
    quote = told.get("says", "It happened.")
    side = told.get("side") or None
    by, against = told.get("by", raw.get("by", ())), told.get("against", raw.get("against", ()))
    by_words = () if "by" in told else raw.get("by_words", ())
    against_words = () if "against" in told else raw.get("against_words", ())
    weapon = raw.get("weapon")
    return Telling(
        claim=claim,
        document=told["source"],
        version=1,
        source=told["source"],
        family=told["source"],
        published_at=stretch[1] if "published" in raw else None,
        quote=quote,
        span=Span(0, len(quote)),
        trigger=trigger_of(f"{told.get('says', '')}\n{raw.get('words', '')}"),
        chain=() if side is None else (Speaker(words=told["source"], kind="role", actor=side),),
        event=event_of(raw),
        factuality=3.0,
        negated=told["stance"] == "denies",
        mood=Mood.ASSERTION,
        agents=tuple(roles(by, by_words)),
        recipients=tuple(roles(against, against_words)),
        instruments=() if not weapon else (Role(words=weapon, actor=None),),
        place=None,
        happened=make_when(stretch) if "published" in raw else None,
        harm=None,
    )


def roles(actors: Sequence[str], words: Sequence[str]) -> Iterator[Role]:
    yield from (Role(words=actor, actor=actor) for actor in actors)
    yield from (Role(words=each, actor=None) for each in words)


def trigger_of(words: str) -> str:
    """The first word for force in what is told; none where there is none."""
    found = FORCE.search(words)
    return found.group() if found is not None else ""


def make_when(stretch: tuple[datetime | None, datetime | None]) -> When:
    start, end = stretch
    return When(span=None, type=TimexType.DATE, value="", start=start, end=end, basis=Basis.PUBLISHED)
