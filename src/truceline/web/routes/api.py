"""The API: what the pages show, for programs. Everything is redacted as it is published."""

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from truceline.kit.batches import batched
from truceline.model.incident import Incident
from truceline.model.person import Right
from truceline.model.telling import Role, Speaker, Telling
from truceline.publish.datasets import CLAIM_COLUMNS, INCIDENT_COLUMNS, claim_line, feature_of, incident_line
from truceline.publish.lookup import Lookup, safe_name
from truceline.publish.words import place_words
from truceline.store.browse import Page
from truceline.web.filters import BadFilter, Filters, parse_box, parse_cursor, parse_filters, write_cursor
from truceline.web.held import Held
from truceline.web.problems import MEDIA
from truceline.web.routes.common import Given, NowHeld, browser_of
from truceline.web.routes.walk import walk_pages
from truceline.web.schemas import (
    DocumentRow,
    DocumentsPage,
    Hit,
    Hits,
    IncidentOut,
    IncidentsPage,
    Index,
    ProblemOut,
    SourceRow,
    Sources,
)
from truceline.web.visitor import need

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut, "content": {MEDIA: {}}, "description": words}
    for status, words in ((400, "A filter that cannot be"), (404, "Not held"), (422, "Of the wrong form"))
}
router = APIRouter(prefix="/api/v1", responses=PROBLEMS, dependencies=[need(Right.READ)])

Limit = Annotated[int, Query(ge=1, le=200)]
GEOJSON: dict[int | str, dict[str, Any]] = {200: {"content": {"application/geo+json": {}}}}
TIGHT = (",", ":")
LINES_AT_ONCE = 200  # sent together: each part that is sent costs as much as making some lines
WORLD = "-180,-90,180,90"
Bbox = Annotated[
    str, Query(max_length=100, description="A window, west,south,east,north in degrees: 35.5,35,38.5,37.2.")
]
Cursor = Annotated[str, Query(max_length=300, description="As given by `next`.")]


@router.get("", response_model=Index)
def index(request: Request, held: NowHeld) -> Response:
    """Where things are, and how much is held."""
    names = (
        "incidents",
        "incidents.geojson",
        "heaps.geojson",
        "claims.jsonl",
        "documents",
        "sources",
        "search",
        "openapi.json",
    )
    count = 0 if held.browser is None else held.browser.count(parse_filters(Filters(), held))
    answer = Index(
        mission=held.mission.name,
        fingerprint=held.fingerprint,
        incidents=count,
        documents=held.documents_count,
        links={name: f"/api/v1/{name}" for name in names},
    )
    return told(request, answer)


@router.get("/incidents", response_model=IncidentsPage)
def incidents(request: Request, filters: Given, held: NowHeld, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Incidents that match every filter, the latest first."""
    sought, after = parse_filters(filters, held), parse_cursor(cursor)
    if held.browser is None:
        return told(request, IncidentsPage(items=[], count=0, next=None, fingerprint=held.fingerprint))
    page = held.browser.page(sought, limit=limit, after=after)
    lookup = held.look_up_page(page)
    answer = IncidentsPage.model_construct(
        items=[row_of_incident(each, lookup) for each in page.incidents],
        count=held.browser.count(sought),
        next=next_address("/api/v1/incidents", filters, page, limit=limit),
        fingerprint=held.fingerprint,
    )
    return told(request, answer)


def next_address(path: str, filters: Filters, page: Page, *, limit: int) -> str | None:
    if page.after is None:
        return None
    return path + filters.query(cursor=write_cursor(page.after), limit=str(limit))


def row_of_incident(incident: Incident, lookup: Lookup) -> dict[str, Any]:
    line = dict(zip((each.name for each in INCIDENT_COLUMNS), incident_line(incident, lookup), strict=True))
    lists = {
        "agents": incident.agents,
        "agent_words": incident.agent_words,
        "recipients": incident.recipients,
        "recipient_words": incident.recipient_words,
        "contradictions": tuple(each.what for each in incident.contradictions),
    }
    return {**line, **{name: list(values) for name, values in lists.items()}}


def row_of_claim(telling: Telling, lookup: Lookup, incidents_of: tuple[str, ...]) -> dict[str, Any]:
    line = dict(zip((each.name for each in CLAIM_COLUMNS), claim_line(telling, lookup), strict=True))
    roles: dict[str, tuple[Role | Speaker, ...]] = {
        "agent": telling.agents,
        "recipient": telling.recipients,
        "speaker": telling.chain,
    }
    words = {f"{name}s": [each.words for each in named] for name, named in roles.items()}
    actors = {f"{name}_actors": [each.actor or "?" for each in named] for name, named in roles.items()}
    return {**line, **words, **actors, "incident": list(incidents_of)}


@router.get("/incidents.geojson", response_class=Response, responses=GEOJSON)
def incidents_geojson(
    request: Request,
    filters: Given,
    held: NowHeld,
    bbox: Bbox = "",
    limit: Annotated[int | None, Query(ge=1, le=5000, description="At most so many, the latest; all without.")] = None,
) -> Response:
    """The same incidents, all pages, as points (RFC 7946); null where no point is known. In a box, only points."""
    sought, box = parse_filters(filters, held), parse_box(bbox)
    among = None if box is None or held.browser is None else held.ground.inside(box)

    def lines() -> Iterator[str]:
        before = '{"type":"FeatureCollection","features":[\n'
        for page in () if held.browser is None else walk_pages(held.browser, sought, among=among, most=limit):
            lookup = held.look_up_page(page)
            features = [feature_of(each, lookup) for each in page.incidents]
            if features:
                yield before + ",\n".join(json.dumps(each, ensure_ascii=False, separators=TIGHT) for each in features)
                before = ",\n"
        yield (before if before[0] == "{" else "") + "\n]}\n"

    return streamed(request, held, lines(), "application/geo+json")


@router.get("/heaps.geojson", response_class=Response, responses=GEOJSON)
def heaps_geojson(
    request: Request,
    filters: Given,
    held: NowHeld,
    zoom: Annotated[int, Query(ge=0, le=16, description="Of the map: 0 the world on 512 pixels, 16 a street.")] = 6,
    bbox: Bbox = WORLD,
) -> Response:
    """The same incidents counted about points, as closely as a map of this zoom can show: `count`, and `kind` and
    `verdict` where all of a heap are alike. Those without a point are not counted.
    """
    sought, box = parse_filters(filters, held), parse_box(bbox or WORLD)
    assert box is not None
    heaps = [] if held.browser is None else held.ground.heap(sought, box, zoom)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [each.lon, each.lat]},
            "properties": {"count": each.count, "kind": each.kind, "verdict": each.shape},
        }
        for each in heaps
    ]
    return told(request, {"type": "FeatureCollection", "features": features}, media="application/geo+json")


@router.get("/claims.jsonl", response_class=Response, responses={200: {"content": {"application/jsonl": {}}}})
def claims_jsonl(request: Request, held: NowHeld) -> Response:
    """Every claim, one a line, by document and place in it."""

    def lines() -> Iterator[str]:
        told = () if held.browser is None else held.browser.claims()
        for some in batched(told, LINES_AT_ONCE):
            rows = (row_of_claim(telling, held.revised, ids) for telling, ids in some)
            yield "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows)

    return streamed(request, held, lines(), "application/jsonl")


@router.get("/incidents/{id}", response_model=IncidentOut)
def incident(request: Request, id: Annotated[str, Path(max_length=300)], held: NowHeld) -> Response:
    """One incident with every telling it rests on."""
    browser = browser_of(held)
    if not browser.has_incident(id):
        raise HTTPException(404, "The register holds no incident of this id.")
    lookup = held.look_up(browser.incident(id, held.mission))
    found = lookup.incidents[id]
    answer = {
        "incident": row_of_incident(found, lookup),
        "claims": [row_of_claim(each, lookup, lookup.held_by.get(each.claim, ())) for each in lookup.cited(found)],
        "versions": [
            {"claim": each.claim, "document": each.document, "stance": each.stance.value, "reason": each.reason}
            for each in found.versions
        ],
        "origins": [
            {"name": each.name, "claims": list(each.claims), "families": list(each.families)} for each in found.origins
        ],
        "reasons": list(found.reasons),
        "grade_reason": found.grade.reason,
        "assessment": assessment_of(id, lookup),
    }
    return told(request, answer)


def assessment_of(id: str, lookup: Lookup) -> dict[str, Any] | None:
    found = lookup.assessments.get(id)
    if found is None:
        return None
    return {
        "verdict": found.verdict.value,
        "finding": found.finding.value,
        "by": list(found.by),
        "obligations": list(found.obligations),
        "clauses": list(found.clauses),
        "likelihood": found.likelihood,
        "confidence": found.confidence,
        "steps": [{"question": each.question, "answer": each.answer, "because": each.because} for each in found.steps],
        "would_change": found.would_change,
    }


@router.get("/documents", response_model=DocumentsPage)
def documents(request: Request, held: NowHeld, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """The documents, the latest first."""
    if not (cursor == "" or (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10)):
        raise BadFilter({"cursor": "this is no place in the list; start again from its first page"})
    offset = int(cursor or 0)
    lines = () if held.browser is None else held.browser.documents(limit=limit, offset=offset)
    count = held.documents_count
    more = offset + len(lines) < count and bool(lines)
    rows = [
        DocumentRow(
            id=each.id,
            title=each.title,
            publisher=each.publisher,
            published_at=None if each.published_at is None else each.published_at.isoformat(),
            language=each.language,
            version=each.version,
            claims=each.claims_count,
            page=f"/documents/{safe_name(each.id)}.html",
        )
        for each in lines
    ]
    following = f"/api/v1/documents?cursor={offset + len(lines)}&limit={limit}" if more else None
    return told(request, DocumentsPage(items=rows, count=count, next=following))


@router.get("/sources", response_model=Sources)
def sources(request: Request, held: NowHeld) -> Response:
    """The publishers as the mission grades them."""
    rows = [
        SourceRow(
            id=each.id,
            name=each.name,
            kind=each.kind.value,
            family=each.family,
            reliability=each.reliability.value,
            reason=each.reason,
            actor=each.actor,
        )
        for each in held.mission.sources
    ]
    return told(request, Sources(items=rows))


@router.get("/search", response_model=Hits)
def search(
    request: Request,
    held: NowHeld,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words in any spelling.")],
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Response:
    """Incidents that hold all these words, or words that begin with them, in title, place or quotes."""
    filters = Filters(values={"q": q})
    sought, after = parse_filters(filters, held), parse_cursor(cursor)
    if held.browser is None:
        return told(request, Hits(items=[], count=0, next=None))
    page = held.browser.page(sought, limit=limit, after=after)
    lookup = held.look_up_page(page)
    hits = [
        Hit(
            id=each.id,
            title=each.title,
            start=None if each.start is None else each.start.isoformat(),
            where=place_words(lookup.place(each.place)),
            page=f"/incidents/{safe_name(each.id)}.html",
        )
        for each in page.incidents
    ]
    following = next_address("/api/v1/search", filters, page, limit=limit)
    return told(request, Hits(items=hits, count=held.browser.count(sought), next=following))


# ---- answers


def told(request: Request, answer: BaseModel | dict[str, Any], *, media: str = "application/json") -> Response:
    """The answer as JSON, or 304 where the asker holds it already."""
    plain = answer.model_dump(warnings=False) if isinstance(answer, BaseModel) else answer
    body = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return unchanged(request, mark) or Response(body, media_type=media, headers=marked(mark))


def streamed(request: Request, held: Held, lines: Iterator[str], media: str) -> Response:
    """The lines as they are made; they follow from the register and the address, and so does their mark."""
    parts = (held.fingerprint, request.url.path, request.url.query)
    mark = f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'
    encoded = (each.encode("utf-8", "replace") for each in lines)
    return unchanged(request, mark) or StreamingResponse(encoded, media_type=media, headers=marked(mark))


def marked(mark: str) -> dict[str, str]:
    return {"ETag": mark, "Cache-Control": "no-cache"}


def unchanged(request: Request, mark: str) -> Response | None:
    """304 where one of the marks the asker names is this one (RFC 9110, weak comparison)."""
    named = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers=marked(mark)) if mark.removeprefix("W/") in named else None
