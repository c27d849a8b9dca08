"""The pages' twins as tables, and the page of measured quality."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from truceline.model.person import Right
from truceline.review.agree import find_agreements
from truceline.web.filters import parse_filters
from truceline.web.quality import quality_csv, quality_page
from truceline.web.routes.common import Given, NowHeld
from truceline.web.routes.files import attached
from truceline.web.timeline import make_timeline
from truceline.web.twins import agreement_csv, documents_csv, timeline_csv, watch_csv
from truceline.web.visitor import need, team_of

router = APIRouter(include_in_schema=False, dependencies=[need(Right.READ)])


@router.get("/quality.html")
def show_quality(request: Request, held: NowHeld) -> Response:
    """How often the program is right, as measured, and how far those who review agree."""
    return HTMLResponse(quality_page(held.bare, find_agreements(team_of(request).decisions())))


@router.get("/quality.csv")
def give_quality() -> Response:
    return attached(quality_csv(), "quality.csv", "text/csv")


@router.get("/timeline.csv")
def give_timeline(filters: Given, held: NowHeld) -> Response:
    """A filtered view over time."""
    sought = parse_filters(filters, held)
    starts = () if held.browser is None else held.overlook(sought).starts
    return attached(timeline_csv(make_timeline(starts, filters, held)), "timeline.csv", "text/csv")


@router.get("/documents.csv")
def give_documents(held: NowHeld) -> Response:
    return attached(documents_csv(held.browser), "documents.csv", "text/csv")


@router.get("/watch.csv")
def give_watch(held: NowHeld) -> Response:
    return attached(watch_csv(held.whole.bulletin), "watch.csv", "text/csv")


@router.get("/agreement.csv")
def give_agreement(held: NowHeld) -> Response:
    return attached(agreement_csv(held.bare), "agreement.csv", "text/csv")
