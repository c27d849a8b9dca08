"""The team's part of a page: what was done about an incident or a document, and what is said about it.

It is for those who may comment, and never part of what is published.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from truceline.model.person import Right
from truceline.publish.lookup import safe_name
from truceline.publish.page import render
from truceline.publish.words import instant_words
from truceline.store.accounts import all_accounts
from truceline.store.comments import add_comment, comments_on, erase_comment, find_comment, history_of
from truceline.web.forms import read_form, token_for
from truceline.web.held import Held
from truceline.web.posting import new_key, request_key
from truceline.web.routes.common import NowHeld, browser_of, former_of, keeper_of
from truceline.web.visitor import need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(Right.COMMENT)])

PACKAGES = ("truceline.web",)
WORDS = 4000  # characters of a comment
Name = Annotated[str, Path(max_length=300)]
# What the ledger's verbs are called where they stand under an incident.
VERBS = {
    "decision.made": "decided",
    "review.made": "reviewed",
    "comment.made": "commented",
    "comment.erased": "erased a comment",
}


def team_part(request: Request, subject: str, *, claims: Sequence[str] = ()) -> dict[str, Any]:
    """What a page shows the team of its subject: `comments`, `history`; `is_team` is False for everybody else."""
    visitor, team = visitor_of(request), team_of(request)
    if Right.COMMENT not in visitor.rights:
        return {"is_team": False}
    with team.reading() as connection:
        comments = comments_on(connection, subject, claims=claims)
        history = history_of(connection, subject, claims=claims)
        names = {each.id: each.name for each in all_accounts(connection)}
    zone = keeper_of(request).held().zone
    return {
        "is_team": True,
        "comments": comments,
        "history": history,
        "names": names,
        "verbs": VERBS,
        "subject": subject,
        "me": visitor.who,
        "may_erase": Right.EDIT in visitor.rights,
        "may_review": Right.REVIEW in visitor.rights,
        "moment": lambda at: instant_words(at, zone),
        "most": WORDS,
        "token": token_for(request),
        "key": new_key(),
    }


def tell_gone(request: Request, held: Held, name: str) -> Response:
    """What became of an incident that is held no more. Raises HTTPException 404 for what was never held."""
    gone = former_of(request, held, name)
    if gone is None:
        raise HTTPException(404, "The register holds no such incident. It may have been taken up into another one.")
    titles = {}
    for each in gone.now_in:
        titles[each] = held.look_up(browser_of(held).incident(each, held.mission)).incidents[each].title
    claims = [each.claim for each in gone.incident.versions]
    page = render(
        "gone.html",
        held.bare,
        here="register",
        depth=1,
        packages=PACKAGES,
        id=name,
        gone_at=instant_words(gone.gone_at, held.zone),
        titles=titles,
        **team_part(request, f"incident {name}", claims=claims),
    )
    return HTMLResponse(page, 410)


# ---- saying and erasing


@router.post("/incidents/{name}/comments")
async def say_on_incident(request: Request, name: Name, held: NowHeld) -> Response:
    form = await read_form(request, ("key", "words"))
    found = held.incident_id(name)
    if found is None:
        raise HTTPException(404, "The register holds no such incident.")
    incident = browser_of(held).incident(found, held.mission).incidents[0]
    claims = [each.claim for each in incident.versions]
    await run_in_threadpool(say, request, f"incident {found}", form, claims)
    return RedirectResponse(f"/incidents/{safe_name(found)}.html#comments", 303)


@router.post("/documents/{name}/comments")
async def say_on_document(request: Request, name: Name, held: NowHeld) -> Response:
    form = await read_form(request, ("key", "words"))
    found = held.document_names.get(name)
    if found is None:
        raise HTTPException(404, "The register holds no such document.")
    await run_in_threadpool(say, request, f"document {found}", form, ())
    return RedirectResponse(f"/documents/{safe_name(found)}.html#comments", 303)


def say(request: Request, subject: str, form: dict[str, str], claims: Sequence[str]) -> None:
    """Raises HTTPException 400 for no words and for too many."""
    words = form["words"].replace("\r\n", "\n").strip()
    if not words:
        raise HTTPException(400, "There are no words in this comment; write some and send it again.")
    if len(words) > WORDS:
        raise HTTPException(400, f"A comment has at most {WORDS:,} characters, and this one has {len(words):,}.")
    visitor = visitor_of(request)
    with team_of(request).writing(who=visitor.who) as desk:
        add_comment(desk, subject=subject, words=words, claims=claims, key=request_key(visitor, form["key"]))


@router.post("/comments/{id}/erase")
async def erase(request: Request, id: Annotated[str, Path(max_length=64, pattern=r"^[0-9a-z-]+$")]) -> Response:
    """The words go; that somebody commented stays. Everybody erases their own, editors any."""
    await read_form(request, ())
    subject = await run_in_threadpool(try_erasing, request, id)
    kind, _, name = subject.partition(" ")
    return RedirectResponse(f"/{kind}s/{safe_name(name)}.html#comments", 303)


def try_erasing(request: Request, id: str) -> str:
    """The subject of the comment. Raises HTTPException 404, and 403 for another's words."""
    visitor = visitor_of(request)
    with team_of(request).writing(who=visitor.who) as desk:
        comment = find_comment(desk.connection, id)
        if comment is None:
            raise HTTPException(404, "There is no such comment.")
        if comment.who != visitor.who and Right.EDIT not in visitor.rights:
            raise HTTPException(403, "These are another's words; their writer or an editor can erase them.")
        erase_comment(desk, comment)
    return comment.subject
