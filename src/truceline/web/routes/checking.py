"""Pasting a text and having it checked. Nothing is stored."""

from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from truceline.errors import Problem
from truceline.gather.pasted import parse_pasted
from truceline.model.person import Right
from truceline.publish.annotation import PageFrame, annotate
from truceline.publish.page import render
from truceline.web.forms import read_form, token_for
from truceline.web.held import Keeper
from truceline.web.routes.common import keeper_of
from truceline.web.security import TOO_LARGE
from truceline.web.site import SERVICE
from truceline.web.visitor import need

router = APIRouter(include_in_schema=False, dependencies=[need(Right.CHECK)])

TEXT_BYTES = 200_000
STYLES = ("/assets/style.css", "/assets/article.css", "/assets/service.css")
FIELDS = ("text", "title", "publisher", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was written into the form."""

    values: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@router.get("/check")
def show_form(request: Request) -> Response:
    """The form a text is pasted into."""
    return HTMLResponse(form_page(request, Pasted(), ()))


@router.post("/check")
async def check_pasted(request: Request) -> Response:
    """The text read and held against the register, as an annotated page."""
    pasted = Pasted(values=await read_form(request, FIELDS))
    if len(pasted["text"].encode("utf-8", "replace")) > TEXT_BYTES:
        raise HTTPException(413, TOO_LARGE)
    return await run_in_threadpool(answer_text, request, pasted)


def answer_text(request: Request, pasted: Pasted) -> Response:
    keeper = keeper_of(request)
    document, problems = parse_pasted(
        pasted["text"],
        now=keeper.now(),
        title=pasted["title"][:300],
        publisher=pasted["publisher"][:300],
        published=pasted["published"][:40],
    )
    if document is None:
        return HTMLResponse(form_page(request, pasted, problems), 400)
    checked, view = keeper.check(document, keeper.held())
    said = " ".join(
        ["Pasted, read and checked just now; not stored.", *(f"Mind: {each.message}." for each in problems)]
    )
    frame = PageFrame(site=SERVICE, root="/", here="check", styles=STYLES, said=said)
    return HTMLResponse(annotate(checked, view, site="/", frame=frame).html)


def form_page(request: Request, pasted: Pasted, problems: tuple[Problem, ...]) -> str:
    keeper: Keeper = keeper_of(request)
    held = keeper.held()
    return render(
        "check.html",
        held.bare,
        here="check",
        packages=("truceline.web",),
        token=token_for(request),
        pasted=pasted,
        problems=[each.message for each in problems],
        is_empty=held.browser is None,
        limit=TEXT_BYTES,
    )
