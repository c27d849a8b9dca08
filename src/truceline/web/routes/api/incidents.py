"""Incidents: by page, one with all it rests on, and all of a view as lines or points."""

import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from truceline.kit.batches import batched
from truceline.model.incident import Incident
from truceline.publish.datasets import feature_of
from truceline.publish.lookup import Lookup
from truceline.publish.versions import find_gone, gone_words
from truceline.schemas.incident import IncidentOut, IncidentsPage
from truceline.schemas.register import FeatureCollection
from truceline.store.browse import Page
from truceline.web.filters import Filters, parse_box, parse_cursor, parse_filters, write_cursor
from truceline.web.held import Held
from truceline.web.openapi import REFERENCE
from truceline.web.routes.api.answers import GEOJSON, JSONL, as_line, streamed, told
from truceline.web.routes.api.asking import READING, ROOT, Asked, Bbox, Cursor, Id, Limit
from truceline.web.routes.api.rows import row_of_claim, row_of_incident
from truceline.web.routes.common import NowHeld, browser_of, former_of
from truceline.web.routes.walk import walk_pages

TIGHT = (",", ":")
CLAIMS_AT_ONCE = 200
Most = Annotated[int | None, Query(ge=1, le=5000, description="At most so many, the latest; else all.")]
router = APIRouter(prefix=ROOT, tags=["Incidents"], dependencies=READING)


@router.get("/incidents", response_model=IncidentsPage, operation_id="list_incidents")
def incidents(request: Request, filters: Asked, held: NowHeld, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Incidents that match every filter, the latest first."""
    sought, after = parse_filters(filters, held), parse_cursor(cursor)
    if held.browser is None:
        return told(request, IncidentsPage(items=(), count=0, next=None, fingerprint=held.fingerprint))
    page = held.browser.page(sought, limit=limit, after=after)
    lookup = held.look_up_page(page)
    answer = {
        "items": [row_of_incident(each, lookup) for each in page.incidents],
        "count": held.browser.count(sought),
        "next": next_address(f"{ROOT}/incidents", filters, page, limit=limit),
        "fingerprint": held.fingerprint,
    }
    return told(request, IncidentsPage.model_validate(answer))


def next_address(path: str, filters: Filters, page: Page, *, limit: int) -> str | None:
    if page.after is None:
        return None
    return path + filters.query(cursor=write_cursor(page.after), limit=str(limit))


@router.get(
    "/incidents.geojson",
    response_class=Response,
    responses={200: {"content": {GEOJSON: {"schema": {"$ref": REFERENCE.format(model=FeatureCollection.__name__)}}}}},
    operation_id="map_incidents",
)
def incidents_geojson(request: Request, filters: Asked, held: NowHeld, bbox: Bbox = "", limit: Most = None) -> Response:
    """The same incidents, all pages, as points (RFC 7946); null where no point is known. In a window, only points."""
    sought, box = parse_filters(filters, held), parse_box(bbox)
    among = None if box is None or held.browser is None else held.ground.inside(box)
    pages = () if held.browser is None else walk_pages(held.browser, sought, among=among, most=limit)
    return streamed(request, held, as_collection(pages, held), GEOJSON)


def as_collection(pages: Iterable[Page], held: Held) -> Iterator[str]:
    """A collection in parts, a page each: each part that is sent costs as much as making some lines."""
    before = '{"type":"FeatureCollection","features":[\n'
    for page in pages:
        lookup = held.look_up_page(page)
        lines = [json.dumps(feature_of(each, lookup), ensure_ascii=False, separators=TIGHT) for each in page.incidents]
        if lines:
            yield before + ",\n".join(lines)
            before = ",\n"
    yield (before if before.startswith("{") else "") + "\n]}\n"


@router.get(
    "/incidents.jsonl",
    response_class=Response,
    responses={200: {"content": {JSONL: {"schema": {"type": "string", "x-line": "IncidentRow"}}}}},
    operation_id="stream_incidents",
)
def incidents_jsonl(request: Request, filters: Asked, held: NowHeld) -> Response:
    """The same incidents, all pages, one a line, the latest first."""
    sought = parse_filters(filters, held)

    def lines() -> Iterator[str]:
        for page in () if held.browser is None else walk_pages(held.browser, sought):
            lookup = held.look_up_page(page)
            yield "".join(as_line(row_of_incident(each, lookup)) for each in page.incidents)

    return streamed(request, held, lines(), JSONL)


@router.get(
    "/claims.jsonl",
    response_class=Response,
    responses={200: {"content": {JSONL: {"schema": {"type": "string", "x-line": "ClaimRow"}}}}},
    operation_id="stream_claims",
)
def claims_jsonl(request: Request, held: NowHeld) -> Response:
    """Every claim, one a line, by document and place in it."""

    def lines() -> Iterator[str]:
        for some in batched(held.claims(), CLAIMS_AT_ONCE):
            yield "".join(as_line(row_of_claim(telling, held.revised, ids)) for telling, ids in some)

    return streamed(request, held, lines(), JSONL)


@router.get("/incidents/{id}", response_model=IncidentOut, operation_id="get_incident")
def incident(request: Request, id: Id, held: NowHeld) -> Response:
    """One incident with every telling it rests on."""
    browser = browser_of(held)
    if not browser.has_incident(id):
        refuse_gone(request, held, id)
        raise HTTPException(404, "The register holds no incident of this id.")
    lookup = held.look_up(browser.incident(id, held.mission))
    if id not in lookup.incidents:
        raise HTTPException(404, "The register holds no incident of this id that you may see.")
    return told(request, IncidentOut.model_validate(whole_incident(lookup.incidents[id], lookup)))


def refuse_gone(request: Request, held: Held, id: str) -> None:
    """Raises HTTPException 410 for an incident that was held once."""
    gone = former_of(request, held, id)
    if gone is not None:
        now = ", ".join(f"{ROOT}/incidents/{each}" for each in gone.now_in) or "no incident"
        raise HTTPException(410, f"This incident is held no more. Its claims stand by now in {now}.")


def whole_incident(incident: Incident, lookup: Lookup) -> dict[str, Any]:
    """As `IncidentOut`."""
    return {
        "incident": row_of_incident(incident, lookup),
        "claims": [row_of_claim(each, lookup, lookup.held_by.get(each.claim, ())) for each in lookup.cited(incident)],
        "versions": incident.versions,
        "origins": incident.origins,
        "lineage": {
            "links": incident.origin_links,
            "circles": incident.origin_circles,
            "note": incident.origin_note,
        },
        "contradictions": incident.contradictions,
        "values": incident.agreed,
        "sums": incident.sums,
        "reasons": incident.reasons,
        "grade": incident.grade,
        "assessment": assessment_of(incident.id, lookup),
        "no_longer_said": [
            {
                "claim": row_of_claim(each.outdated.telling, lookup, (incident.id,)),
                "words": gone_words(each, lookup.zone),
                "kept_by": each.outdated.kept_by,
            }
            for each in find_gone(lookup.view.revisions, incident.id)
        ],
    }


def assessment_of(id: str, lookup: Lookup) -> dict[str, Any] | None:
    """As `AssessmentOut`; None where it was not assessed."""
    found = lookup.assessments.get(id)
    if found is None:
        return None
    return {
        "verdict": found.verdict.value,
        "finding": found.finding.value,
        "by": found.by,
        "obligations": found.obligations,
        "clauses": found.clauses,
        "likelihood": found.likelihood,
        "confidence": found.confidence,
        "steps": [{"question": each.question, "answer": each.answer, "because": each.because} for each in found.steps],
        "would_change": found.would_change,
        "local_truces": found.local_truces,
    }
