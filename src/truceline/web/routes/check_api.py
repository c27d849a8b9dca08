"""The check for programs: a text or an address in, its claims and what the register holds on each out."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from truceline.errors import Problem, Severity
from truceline.model.check import ArticleCheck, Checked
from truceline.model.person import Right
from truceline.model.telling import Telling
from truceline.publish.looks import certainty_words, kind_of, line_of
from truceline.publish.lookup import Lookup, safe_name
from truceline.publish.stated import stated_lines
from truceline.schemas.check import (
    TEXT_BYTES,
    CheckedClaim,
    CheckedDocument,
    CheckIn,
    CheckOut,
    HeldAgainst,
    HeldIncident,
    PlaceOut,
    StatedOut,
)
from truceline.schemas.rows import ClaimRow
from truceline.web.asking import Asked, Taken, take
from truceline.web.forms import refuse_other_sites
from truceline.web.problems import answer_problem
from truceline.web.routes.api.asking import ASKED
from truceline.web.routes.api.rows import row_of_claim
from truceline.web.routes.common import held_now, keeper_of
from truceline.web.security import TOO_LARGE
from truceline.web.visitor import need

STATUSES = {
    "fetch.refused": HTTPStatus.FORBIDDEN,
    "fetch.busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "fetch.offline": HTTPStatus.SERVICE_UNAVAILABLE,
    "fetch.slow": HTTPStatus.GATEWAY_TIMEOUT,
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": words}
    for status, words in (
        (400, "A body that cannot be read"),
        (403, "Sent by a page of another site, no address of a public page, or fetching is not for whoever asks"),
        (413, "More than 200 kB"),
        (415, "Not application/json"),
        (422, "Of the wrong form, or no text in it"),
        (502, "The page's server gave no page"),
        (503, "No network, or too many at once"),
        (504, "The page did not come in time"),
    )
}
router = APIRouter(prefix="/api/v1", tags=["Check"], dependencies=[need(Right.CHECK), *ASKED])


def refuse_strange(request: Request) -> None:
    """Raises 403 for what a page of another site sends, 415 for what such a page could send without being asked.

    No form token is asked for: nothing is kept, and a browser sends JSON to another site only where that site lets it.
    """
    refuse_other_sites(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "Send application/json: a text or an address.")


@router.post("/check", response_model=CheckOut, responses=PROBLEMS, operation_id="check")
async def check(request: Request, given: CheckIn, _guard: Annotated[None, Depends(refuse_strange)]) -> Response:
    """A text, or the page at an address, read at once and held against the register. Nothing is stored."""
    if len((given.text or "").encode("utf-8", "replace")) > TEXT_BYTES:
        raise HTTPException(413, TOO_LARGE)
    asked = Asked(
        text=given.text or "",
        address=given.address or "",
        title=given.title,
        publisher=given.publisher,
        published=given.published_at,
    )
    taken = await take(asked, request, keeper_of(request))
    return await run_in_threadpool(answer, request, taken)


def answer(request: Request, taken: Taken) -> Response:
    keeper = keeper_of(request)
    if taken.document is None:
        return answer_unread(request, taken.problems)
    held = held_now(request)
    checked, view = keeper.check(taken.document, held)
    body = checked_out(checked, taken, held.look_up(view)).model_dump(mode="json", by_alias=True, warnings=False)
    return JSONResponse(body)


def answer_unread(request: Request, problems: tuple[Problem, ...]) -> Response:
    """Why there is nothing to check: by the first thing that kept it from being read."""
    first = next(each for each in problems if each.severity is Severity.ERROR)
    part = first.code.partition(".")[0]
    usual = {"fetch": HTTPStatus.BAD_GATEWAY, "address": HTTPStatus.FORBIDDEN}.get(
        part, HTTPStatus.UNPROCESSABLE_ENTITY
    )
    return answer_problem(
        request.url.path,
        STATUSES.get(first.code, usual),
        f"Nothing was read: {first.message}.",
        mistakes={"address" if part in ("fetch", "address") else "text": first.code},
    )


def checked_out(checked: ArticleCheck, taken: Taken, lookup: Lookup) -> CheckOut:
    document, fetched = checked.reading.document, taken.fetched
    as_of = lookup.view.as_of
    answers = {each.claim: each for each in checked.checked}
    return CheckOut(
        document=CheckedDocument(
            id=document.id,
            text=document.text,
            sha256=document.sha256,
            title=document.title,
            publisher=document.publisher,
            published_at=None if document.published_at is None else document.published_at.isoformat(),
            language=document.language,
            address=document.uri,
            fetched_at=None if fetched is None else fetched.at.isoformat(),
            redirects=[] if fetched is None else list(fetched.redirects),
            given=list(taken.given),
        ),
        warnings=[each.message for each in taken.problems],
        register=HeldAgainst(
            mission=lookup.view.mission.name,
            as_of=None if as_of is None else as_of.isoformat(),
            fingerprint=lookup.view.fingerprint,
        ),
        claims=[claim_out(each, answers[each.claim], lookup) for each in checked.tellings],
        stated=[
            StatedOut(
                words=each.words, test=each.test, measured=each.measured, answer=each.answer, because=each.because
            )
            for each in stated_lines(checked.statements)
        ],
    )


def claim_out(telling: Telling, checked: Checked, lookup: Lookup) -> CheckedClaim:
    line = line_of(telling.mood, telling.factuality, negated=telling.negated)
    spoken = [("for", checked.support), ("against", checked.against)]
    return CheckedClaim(
        claim=ClaimRow.model_validate(row_of_claim(telling, lookup, lookup.held_by.get(telling.claim, ()))),
        certainty=certainty_words(telling.mood, line),
        kind=None if telling.event.plover is None else kind_of(telling.event).label,
        instruments=[each.words for each in telling.instruments],
        where=place_out(telling, lookup),
        holding=checked.holding.value,
        because=checked.because,
        incidents=[
            held_incident(each, word, lookup) for word, ids in spoken for each in ids if each in lookup.incidents
        ],
    )


def place_out(telling: Telling, lookup: Lookup) -> PlaceOut | None:
    place = lookup.place(telling.place)
    if place is None:
        return None
    return PlaceOut(
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=None if place.precision is None else place.precision.value,
        admin1=place.admin1,
        country=place.country,
        why_not=place.reason if place.id is None else "",
    )


def held_incident(id: str, speaks: str, lookup: Lookup) -> HeldIncident:
    incident = lookup.incidents[id]
    grade = f"{incident.grade.reliability}{incident.grade.credibility}"
    return HeldIncident(
        id=id, title=incident.title, speaks=speaks, grade=grade, page=f"/incidents/{safe_name(id)}.html"
    )
