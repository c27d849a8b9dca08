"""Coming in and going out: links that work once, logging in, logging out."""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from truceline.errors import UsageError
from truceline.model.person import Account, Standing
from truceline.store.accounts import (
    Credentials,
    add_account,
    find_account,
    find_credentials,
    fold_login,
    set_secret,
    use_recovery,
    use_step,
)
from truceline.store.sessions import Invitation, Session, end_session, find_invitation, open_session, use_invitation
from truceline.store.team import Team
from truceline.web.forms import read_form
from truceline.web.limits import Paces, allowed
from truceline.web.passwords import find_fault, is_right, seal_password
from truceline.web.provider import provider_of
from truceline.web.second_factor import find_step, plain_recovery
from truceline.web.shown import show
from truceline.web.visitor import TooOften, cookie_name, need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(None)])

Secret = Annotated[str, Path(max_length=100)]
WRONG = "The login or the password is not right."
WRONG_CODE = "This code is not right, or was used; wait for the next one and type that."
HIDDEN = "holds a sign that is not seen; type it anew"
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
    count_address(request)
    seconds = paces.wait("login", fold_login(login))  # as it is looked up: no other spelling is a further try
    if seconds:
        raise TooOften(seconds)


def count_address(request: Request) -> None:
    """Raises TooOften where too many come in from one address."""
    paces: Paces = request.app.state.paces
    seconds = paces.wait("login_address", visitor_of(request).address)
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


# ---- the second factor


@router.get("/login/code")
def show_code(request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form for the code; who has given no password yet begins there."""
    if waiting(request) is None:
        return RedirectResponse("/login", 303)
    return show(request, "code.html", here="login", next=safe_next(next))


@router.post("/login/code")
async def give_code(request: Request) -> Response:
    """After the right code another session, so that nothing known of half a login is worth anything."""
    form = await read_form(request, ("code", "next"))
    return await run_in_threadpool(try_code, request, form)


def try_code(request: Request, form: dict[str, str]) -> Response:
    session, onward = waiting(request), safe_next(form["next"])
    if session is None:
        return RedirectResponse("/login", 303)
    count_code(request, session.account)
    secret = use_code(team_of(request), session, form["code"][:100])
    if secret is None:
        return show(request, "code.html", here="login", status=403, next=onward, mistakes={"code": WRONG_CODE})
    return with_cookie(request, RedirectResponse(onward, 303), secret)


def waiting(request: Request) -> Session | None:
    """Half a login: the password was right, the code is still to come."""
    session = visitor_of(request).session
    return session if session is not None and session.waits_for_totp else None


def count_code(request: Request, account: Account) -> None:
    """Raises TooOften where somebody tries too many codes for one account."""
    paces: Paces = request.app.state.paces
    seconds = max(paces.wait(pace, account.id) for pace in ("code", "code_day"))
    if seconds:
        raise TooOften(seconds)


def use_code(team: Team, session: Session, code: str) -> str | None:
    """The secret of a whole session for a code by the clock or a recovery code, each taken once; None for a wrong one.

    All in one transaction: of two requests with the same code one gets in.
    """
    with team.writing(who=session.account.id) as desk:
        found = find_credentials(desk.connection, id=session.account.id)
        if found is None or not may_enter(found):
            return None
        step = find_step(found.totp, code, desk.now) if found.totp else None
        is_right_one = (
            use_step(desk, found.account.id, step)
            if step is not None
            else use_recovery(desk, found.account.id, plain_recovery(code))
        )
        if not is_right_one or not end_session(desk, session.id):
            return None
        return open_session(desk, found.account, hours=allowed()["session"]["hours"])


def with_cookie(request: Request, answer: Response, secret: str) -> Response:
    name, is_secure = cookie_name(request.url.scheme), request.url.scheme == "https"
    most = int(allowed()["session"]["hours"] * 3600)
    answer.set_cookie(name, secret, max_age=most, path="/", httponly=True, samesite="lax", secure=is_secure)
    return answer


@router.post("/logout")
async def log_out(request: Request) -> Response:
    """The session ends here and on the server."""
    await read_form(request, ())
    session = visitor_of(request).session
    if session is not None:
        await run_in_threadpool(leave, team_of(request), session.id)
    answer = RedirectResponse("/login", 303)
    is_secure = request.url.scheme == "https"
    answer.delete_cookie(cookie_name(request.url.scheme), path="/", secure=is_secure)
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
    return page(request, "join.html", typed, invitation=invitation, is_known=account is not None, secret=secret)


@router.post("/join/{secret}")
async def join(request: Request, secret: Secret) -> Response:
    form = await read_form(request, ("login", "name", "password", "again"))
    return await run_in_threadpool(try_join, request, secret, form)


def try_join(request: Request, secret: str, form: dict[str, str]) -> Response:
    invitation, account = invited(request, secret)
    typed = Entrance(
        login=form["login"].strip()[:100] if account is None else account.login,
        name=" ".join(form["name"].split())[:100] if account is None else account.name,
    )
    shown = {"invitation": invitation, "is_known": account is not None, "secret": secret}
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
    if invitation is None or (account is not None and account.standing is not Standing.ACTIVE):
        raise HTTPException(404, SPENT)
    return invitation, account


def find_mistakes(typed: Entrance, form: dict[str, str]) -> dict[str, str]:
    """What is wrong with what was typed, by field."""
    found = {}
    if not typed.login:
        found["login"] = "say how you want to log in, a name or an address"
    elif not typed.login.isprintable():
        found["login"] = HIDDEN
    if typed.name and not typed.name.isprintable():
        found["name"] = HIDDEN
    elif not typed.name:
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
    try:
        split = urlsplit(text)
    except ValueError:  # a bracket that opens no address
        return "/"
    is_ours = text.startswith("/") and not text.startswith("//") and not split.scheme and not split.netloc
    return text if is_ours and "\\" not in text and text.isprintable() else "/"


def page(request: Request, template: str, typed: Entrance, **values: Any) -> Response:
    least, is_tied = allowed()["password"]["least"], provider_of(request) is not None
    return show(request, template, here="login", typed=typed, least=least, has_provider=is_tied, **values)
