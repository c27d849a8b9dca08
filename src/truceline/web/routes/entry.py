"""Coming in and going out: links that work once, logging in, logging out."""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from truceline.errors import UsageError
from truceline.model.person import Account, Standing
from truceline.publish.page import render
from truceline.store.accounts import Credentials, add_account, find_account, find_credentials, set_secret
from truceline.store.sessions import Invitation, end_session, find_invitation, open_session, use_invitation
from truceline.store.team import Team
from truceline.web.forms import read_form, token_for
from truceline.web.limits import Paces, allowed
from truceline.web.passwords import find_fault, is_right, seal_password
from truceline.web.routes.common import held_now
from truceline.web.visitor import COOKIE, TooOften, need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(None)])

Secret = Annotated[str, Path(max_length=100)]
WRONG = "The login or the password is not right."
SPENT = "This link was used, has ended or never was; ask whoever sent it for a new one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What was typed; `next` is where it goes on."""

    login: str = ""
    name: str = ""
    next: str = "/"


# ---- logging in


@router.get("/login")
def show_login(request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form; who is in already goes on."""
    if visitor_of(request).account is not None:
        return RedirectResponse(safe_next(next), 303)
    return page(request, "login.html", Entrance(next=safe_next(next)))


@router.post("/login")
async def log_in(request: Request) -> Response:
    """A session, in a cookie that no script reads; the one before it ends."""
    form = await read_form(request, ("login", "password", "next"))
    return await run_in_threadpool(try_login, request, form)


def try_login(request: Request, form: dict[str, str]) -> Response:
    team, visitor = team_of(request), visitor_of(request)
    typed = Entrance(login=form["login"][:200], next=safe_next(form["next"]))
    count_try(request, typed.login)
    with team.reading() as connection:
        found = find_credentials(connection, login=typed.login)
    if not is_right("" if found is None else found.secret, form["password"][:1000]) or not may_enter(found):
        return page(request, "login.html", typed, mistakes={"": WRONG}, status=403)
    assert found is not None
    if visitor.session is not None:
        leave(team, visitor.session.id)
    return let_in(request, found, next=typed.next)


def count_try(request: Request, login: str) -> None:
    """Raises TooOften where somebody tries too many passwords, for one login or from one address."""
    paces: Paces = request.app.state.paces
    counted = (("login", login.casefold()), ("login_address", visitor_of(request).address))
    seconds = max(paces.wait(pace, who) for pace, who in counted)
    if seconds:
        raise TooOften(seconds)


def may_enter(found: Credentials | None) -> bool:
    return found is not None and found.account.standing is Standing.ACTIVE


def let_in(request: Request, found: Credentials, *, next: str) -> Response:
    """A new session; with a second factor it is worth nothing before the code was given."""
    times, waits = allowed()["session"], bool(found.totp)
    hours = times["second_factor_minutes"] / 60 if waits else times["hours"]
    with team_of(request).writing(who=found.account.id) as desk:
        secret = open_session(desk, found.account, hours=hours, waits_for_totp=waits)
    answer = RedirectResponse(f"/login/code?{urlencode({'next': next})}" if waits else next, 303)
    return with_cookie(request, answer, secret)


def with_cookie(request: Request, answer: Response, secret: str) -> Response:
    is_secure = request.url.scheme == "https"
    most = int(allowed()["session"]["hours"] * 3600)
    answer.set_cookie(COOKIE, secret, max_age=most, path="/", httponly=True, samesite="lax", secure=is_secure)
    return answer


@router.post("/logout")
async def log_out(request: Request) -> Response:
    """The session ends here and on the server."""
    await read_form(request, ())
    session = visitor_of(request).session
    if session is not None:
        await run_in_threadpool(leave, team_of(request), session.id)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def leave(team: Team, session: str) -> None:
    with team.writing(who="system") as desk:
        end_session(desk, session)


# ---- links that work once


@router.get("/join/{secret}")
def show_join(request: Request, secret: Secret) -> Response:
    """A new account, or a new password for one; looking at the link does not use it up."""
    invitation, account = invited(request, secret)
    typed = Entrance() if account is None else Entrance(login=account.login, name=account.name)
    return page(request, "join.html", typed, invitation=invitation, is_known=account is not None)


@router.post("/join/{secret}")
async def join(request: Request, secret: Secret) -> Response:
    form = await read_form(request, ("login", "name", "password", "again"))
    return await run_in_threadpool(try_join, request, secret, form)


def try_join(request: Request, secret: str, form: dict[str, str]) -> Response:
    invitation, account = invited(request, secret)
    typed = Entrance(
        login=form["login"].strip()[:100] if account is None else account.login,
        name=form["name"].strip()[:100] if account is None else account.name,
    )
    shown = {"invitation": invitation, "is_known": account is not None}
    mistakes = find_mistakes(typed, form)
    if mistakes:
        return page(request, "join.html", typed, mistakes=mistakes, status=400, **shown)
    try:
        made = take_up(team_of(request), invitation, account, typed, seal_password(form["password"]))
    except UsageError as error:
        return page(request, "join.html", typed, mistakes={"login": str(error)}, status=400, **shown)
    with team_of(request).reading() as connection:
        found = find_credentials(connection, id=made.id)
    assert found is not None
    return let_in(request, found, next="/")


def invited(request: Request, secret: str) -> tuple[Invitation, Account | None]:
    """Raises 404 for a link that leads nowhere (any more)."""
    team = team_of(request)
    with team.reading() as connection:
        invitation = find_invitation(connection, secret, now=team.now())
        account = find_account(connection, invitation.account) if invitation is not None else None
    if invitation is None:
        raise HTTPException(404, SPENT)
    return invitation, account


def find_mistakes(typed: Entrance, form: dict[str, str]) -> dict[str, str]:
    """What is wrong with what was typed, by field."""
    found = {}
    if not typed.login:
        found["login"] = "say how you want to log in, a name or an address"
    if not typed.name:
        found["name"] = "say who you are: the ledger names you with what you decide"
    fault = find_fault(form["password"], login=typed.login, name=typed.name)
    if fault is not None:
        found["password"] = fault
    elif form["password"] != form["again"]:
        found["again"] = "is not the same as the password; type both again"
    return found


def take_up(team: Team, invitation: Invitation, account: Account | None, typed: Entrance, secret: str) -> Account:
    """Raises 404 where somebody else was quicker, UsageError for a login that is taken."""
    with team.writing(who="system" if account is None else account.id) as desk:
        if not use_invitation(desk, invitation):
            raise HTTPException(404, SPENT)
        if account is None:
            why = "took up an invitation"
            return add_account(desk, login=typed.login, name=typed.name, role=invitation.role, secret=secret, why=why)
        set_secret(desk, account, secret, why="took up a link for a new password")
        return account


# ---- pages


def safe_next(text: str) -> str:
    """Where to go on: an address of ours, never one of others."""
    split = urlsplit(text)
    is_ours = text.startswith("/") and not text.startswith("//") and not split.scheme and not split.netloc
    return text if is_ours and "\\" not in text and text.isprintable() else "/"


def page(
    request: Request,
    template: str,
    typed: Entrance,
    *,
    mistakes: dict[str, str] | None = None,
    status: int = 200,
    **values: Any,
) -> Response:
    shown = render(
        template,
        held_now(request).bare,
        here="login",
        depth=request.url.path.count("/") - 1,
        packages=("truceline.web",),
        token=token_for(request),
        typed=typed,
        mistakes=mistakes or {},
        least=allowed()["password"]["least"],
        **values,
    )
    return HTMLResponse(shown, status)
