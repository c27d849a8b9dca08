"""Pasting a text and having it checked. Nothing is stored."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from truceline.errors import Problem
from truceline.gather.pasted import parse_pasted
from truceline.publish.annotation import PageFrame, annotate
from truceline.publish.page import render
from truceline.web.routes.common import held_now, keeper_of
from truceline.web.security import TOO_LARGE, Tokens, is_same_site
from truceline.web.site import SERVICE

router = APIRouter(include_in_schema=False)

TEXT_BYTES = 200_000
STYLES = ("/assets/style.css", "/assets/article.css", "/assets/service.css")
FIELDS = ("token", "text", "title", "publisher", "published")


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
    if not is_same_site(request.headers):
        raise HTTPException(403, "This form was sent from another page; open /check here and paste the text there.")
    pasted = await parse_form(request)
    if not tokens_of(request).is_ours(pasted["token"]):
        raise HTTPException(403, "This form has lost its token or is older than twelve hours; open /check again.")
    return await run_in_threadpool(answer_text, request, pasted)


async def parse_form(request: Request) -> Pasted:
    """The fields of the form. Raises 413, 415 or 400 where it is too much, no form of ours, or no UTF-8."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise HTTPException(415, "Send a form: a text, and a title, publisher and date where they are known.")
    body = await request.body()
    try:
        words = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The text is not in UTF-8; save it as UTF-8 and paste it anew.") from error
    if media == "application/x-www-form-urlencoded":
        try:
            fields = parse_qs(words, max_num_fields=20, keep_blank_values=True, errors="strict")
        except ValueError as error:
            raise HTTPException(400, "The form is not in UTF-8, or has too many fields.") from error
        values = {name: fields[name][0] for name in FIELDS if name in fields}
    else:
        form = await request.form(max_files=0, max_fields=20, max_part_size=TEXT_BYTES + 1000)
        values = {name: str(form[name]) for name in FIELDS if name in form}
    if len(values.get("text", "").encode("utf-8", "replace")) > TEXT_BYTES:
        raise HTTPException(413, TOO_LARGE)
    return Pasted(values=values)


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
    whole = held_now(request).whole
    checked = keeper.check(document, whole.view)
    said = " ".join(
        ["Pasted, read and checked just now; not stored.", *(f"Mind: {each.message}." for each in problems)]
    )
    frame = PageFrame(site=SERVICE, root="/", here="check", styles=STYLES, said=said)
    return HTMLResponse(annotate(checked, whole.view, site="/", frame=frame).html)


def form_page(request: Request, pasted: Pasted, problems: tuple[Problem, ...]) -> str:
    held = held_now(request)
    return render(
        "check.html",
        held.bare,
        here="check",
        packages=("truceline.web",),
        token=tokens_of(request).make(),
        pasted=pasted,
        problems=[each.message for each in problems],
        is_empty=held.browser is None,
        limit=TEXT_BYTES,
    )


def tokens_of(request: Request) -> Tokens:
    tokens = request.app.state.tokens
    assert isinstance(tokens, Tokens)
    return tokens
