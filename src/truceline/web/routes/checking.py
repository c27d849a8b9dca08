"""A text pasted, or the address of a page, and it is checked. Nothing is stored."""

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from truceline.errors import Problem
from truceline.publish.annotation import PageFrame, annotate
from truceline.publish.page import render
from truceline.web.asking import TEXT_BYTES, Asked, Taken, provenance, take
from truceline.web.fetching import fetching_of, find_refusal
from truceline.web.held import Keeper
from truceline.web.routes.common import keeper_of
from truceline.web.security import TOO_LARGE, Tokens, is_same_site
from truceline.web.site import SERVICE

router = APIRouter(include_in_schema=False)

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
    if not is_same_site(request.headers):
        raise HTTPException(403, "This form was sent from another page; open /check here and paste the text there.")
    fields = await parse_form(request)
    if not tokens_of(request).is_ours(fields.pop("token", "")):
        raise HTTPException(403, "This form has lost its token or is older than twelve hours; open /check again.")
    asked = Asked(**{name: value[: LONGEST[name]] for name, value in fields.items()})
    taken = await take(asked, request, keeper_of(request))
    return await run_in_threadpool(answer_page, request, asked, taken)


async def parse_form(request: Request) -> dict[str, str]:
    """The fields of the form. Raises 413, 415 or 400 where it is too much, no form of ours, or no UTF-8."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise HTTPException(415, "Send a form: a text or an address, and title, publisher and date where known.")
    body = await request.body()
    try:
        words = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The text is not in UTF-8; save it as UTF-8 and paste it anew.") from error
    names = ("token", *LONGEST)
    if media == "application/x-www-form-urlencoded":
        try:
            fields = parse_qs(words, max_num_fields=20, keep_blank_values=True, errors="strict")
        except ValueError as error:
            raise HTTPException(400, "The form is not in UTF-8, or has too many fields.") from error
        values = {name: fields[name][0] for name in names if name in fields}
    else:
        form = await request.form(max_files=0, max_fields=20, max_part_size=TEXT_BYTES + 1000)
        values = {name: str(form[name]) for name in names if name in form}
    if len(values.get("text", "").encode("utf-8", "replace")) > TEXT_BYTES:
        raise HTTPException(413, TOO_LARGE)
    return values


def answer_page(request: Request, asked: Asked, taken: Taken) -> Response:
    keeper = keeper_of(request)
    if taken.document is None:
        return HTMLResponse(form_page(request, asked, taken.problems), 400)
    whole = keeper.held().whole
    checked = keeper.check(taken.document, whole.view)
    frame = PageFrame(
        site=SERVICE, root="/", here="check", styles=STYLES, scripts=SCRIPTS, said=provenance(taken, keeper)
    )
    return HTMLResponse(annotate(checked, whole.view, site="/", frame=frame).html)


def form_page(request: Request, asked: Asked, problems: tuple[Problem, ...]) -> str:
    keeper: Keeper = keeper_of(request)
    held = keeper.held()
    return render(
        "check.html",
        held.bare,
        here="check",
        packages=("truceline.web",),
        token=tokens_of(request).make(),
        asked=asked,
        problems=[each.message for each in problems],
        unfetched=find_refusal(request, fetching_of(request)),
        is_empty=held.browser is None,
        limit=TEXT_BYTES,
    )


def tokens_of(request: Request) -> Tokens:
    tokens = request.app.state.tokens
    assert isinstance(tokens, Tokens)
    return tokens
