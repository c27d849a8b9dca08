"""A text pasted, or the address of a page, and it is checked. Nothing is stored."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from truceline.errors import Problem
from truceline.model.person import Right
from truceline.publish.annotation import PageFrame, annotate
from truceline.publish.page import render
from truceline.schemas.check import TEXT_BYTES
from truceline.web.asking import Asked, Taken, provenance, take
from truceline.web.fetching import fetching_of, find_refusal
from truceline.web.forms import read_form, token_for
from truceline.web.routes.common import held_now, keeper_of
from truceline.web.security import TOO_LARGE
from truceline.web.site import SERVICE
from truceline.web.visitor import need

router = APIRouter(include_in_schema=False, dependencies=[need(Right.CHECK)])

STYLES = ("/assets/style.css", "/assets/article.css", "/assets/service.css")
SCRIPTS = ("/assets/reader.js",)
LONGEST = {"text": TEXT_BYTES, "address": 2000, "title": 300, "publisher": 300, "published": 40}


@router.get("/check")
def show_form(request: Request) -> Response:
    """The form for a text or an address."""
    return HTMLResponse(form_page(request, Asked(), ()))


@router.post("/check")
async def check_given(request: Request) -> Response:
    """The text, or the page at the address, read and held against the register, as an annotated page."""
    fields = await read_form(request, tuple(LONGEST))
    if len(fields["text"].encode("utf-8", "replace")) > TEXT_BYTES:
        raise HTTPException(413, TOO_LARGE)
    asked = Asked(**{name: value[: LONGEST[name]] for name, value in fields.items()})
    taken = await take(asked, request, keeper_of(request))
    return await run_in_threadpool(answer_page, request, asked, taken)


def answer_page(request: Request, asked: Asked, taken: Taken) -> Response:
    keeper = keeper_of(request)
    if taken.document is None:
        return HTMLResponse(form_page(request, asked, taken.problems), 400)
    checked, view = keeper.check(taken.document, held_now(request))
    frame = PageFrame(
        site=SERVICE, root="/", here="check", styles=STYLES, scripts=SCRIPTS, said=provenance(taken, keeper)
    )
    return HTMLResponse(annotate(checked, view, site="/", frame=frame).html)


def form_page(request: Request, asked: Asked, problems: tuple[Problem, ...]) -> str:
    held = held_now(request)
    return render(
        "check.html",
        held.bare,
        here="check",
        packages=("truceline.web",),
        token=token_for(request),
        asked=asked,
        problems=[each.message for each in problems],
        unfetched=find_refusal(request, fetching_of(request)),
        is_empty=held.browser is None,
        limit=TEXT_BYTES,
    )
