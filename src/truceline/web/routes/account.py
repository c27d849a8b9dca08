"""One's own account: name, password, logins, and tokens for programs."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from truceline.errors import UsageError
from truceline.model.person import Account, Right
from truceline.store.accounts import change_account, find_account, set_secret
from truceline.store.ledger import find_by_key
from truceline.store.sessions import HANDLE, end_session_of, end_sessions, open_session, sessions_of
from truceline.store.team import Desk
from truceline.store.tokens import HeldToken, add_token, revoke_token, tokens_of
from truceline.vocab.rights import grant_of, words_of
from truceline.web.confirm import credentials_of, find_doubt, is_fresh
from truceline.web.forms import read_form
from truceline.web.limits import allowed, takes_second_factor
from truceline.web.passwords import find_fault, seal_password
from truceline.web.routes.entry import with_cookie
from truceline.web.shown import show
from truceline.web.visitor import account_of, need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(None, in_person=True)])

DONE = {
    "name": "Your name is changed.",
    "password": "Your password is changed; every other login of yours has ended.",
    "ended": "Ended.",
    "revoked": "The token works no more.",
    "on": "The second factor is on.",
    "off": "The second factor is off.",
}
AGAIN = "this token was made already, and is shown only once; revoke it and make another"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownToken:
    """A token on its owner's page, without its secret."""

    held: HeldToken
    scopes: tuple[str, ...]
    works: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession:
    """A login on its owner's page, named by the beginning of its seal."""

    handle: str
    made_at: datetime
    seen_at: datetime
    is_this: bool


@router.get("/account")
def show_account(request: Request, done: Annotated[str, Query(max_length=20)] = "") -> Response:
    return account_page(request, done=DONE.get(done, ""))


def account_page(request: Request, **values: Any) -> Response:
    team, account = team_of(request), account_of(request)
    own = visitor_of(request).session
    assert own is not None
    with team.reading() as connection:
        sessions = sessions_of(connection, account.id, now=team.now())
        tokens = tokens_of(connection, account.id)
    found = credentials_of(request)
    shown = {
        "account": account,
        "rights": rights_of(account),
        "has_password": bool(found.secret),
        "is_fresh": is_fresh(request),
        "has_second_factor": bool(found.totp),
        "takes_second_factor": takes_second_factor(account.role),
        "sessions": [
            ShownSession(handle=each.id[:HANDLE], made_at=each.made_at, seen_at=each.seen_at, is_this=each.id == own.id)
            for each in sessions
        ],
        "tokens": [shown_token(each, team.now()) for each in tokens],
        "key": secrets.token_urlsafe(16),
        "times": allowed()["token"],
        "least": allowed()["password"]["least"],
        "done": "",
        "typed": {},
    }
    return show(request, "account.html", here="account", **{**shown, **values})


def rights_of(account: Account) -> dict[Right, str]:
    """What an account may do, each in words."""
    rights = grant_of(account.role).rights
    return {each: words_of(each) for each in Right if each in rights}


def shown_token(held: HeldToken, now: datetime) -> ShownToken:
    works = held.revoked_at is None and held.ends_at > now
    return ShownToken(held=held, scopes=tuple(words_of(each) for each in held.token.scopes), works=works)


# ---- name and password


@router.post("/account/name")
async def change_name(request: Request) -> Response:
    form = await read_form(request, ("name",))
    return await run_in_threadpool(try_name, request, " ".join(form["name"].split())[:100])


def try_name(request: Request, name: str) -> Response:
    if not name or not name.isprintable():
        return account_page(request, status=400, mistakes={"name": "say who you are: the ledger names you so"})
    try:
        with team_of(request).writing(who=account_of(request).id) as desk:
            change_account(desk, own_account(desk), name=name, why="changed by themself")
    except UsageError as error:
        return account_page(request, status=400, mistakes={"name": str(error)})
    return done("name")


def own_account(desk: Desk) -> Account:
    """As it stands now: a role that was changed meanwhile must not come back with what was read before."""
    account = find_account(desk.connection, desk.who)
    assert account is not None
    return account


@router.post("/account/password")
async def change_password(request: Request) -> Response:
    form = await read_form(request, ("old", "password", "again"))
    return await run_in_threadpool(try_password, request, form)


def try_password(request: Request, form: dict[str, str]) -> Response:
    """Every login of the account ends; this one goes on under another secret."""
    account = account_of(request)
    fault = find_doubt(request, form["old"]) or find_fault(form["password"], login=account.login, name=account.name)
    if fault is None and form["password"] != form["again"]:
        fault = "the two are not the same; type both again"
    if fault is not None:
        return account_page(request, status=400, mistakes={"password": fault})
    sealed = seal_password(form["password"])
    with team_of(request).writing(who=account.id) as desk:
        set_secret(desk, own_account(desk), sealed, why="changed by themself")
        secret = open_session(desk, account, hours=allowed()["session"]["hours"])
    return with_cookie(request, done("password"), secret)


# ---- logins


@router.post("/account/sessions/end")
async def end_login(request: Request) -> Response:
    """One other login of one's own, or all others."""
    form = await read_form(request, ("session",))
    return await run_in_threadpool(try_end, request, form["session"])


def try_end(request: Request, handle: str) -> Response:
    account, own = account_of(request), visitor_of(request).session
    assert own is not None
    with team_of(request).writing(who=account.id) as desk:
        if handle == "others":
            end_sessions(desk.connection, account.id, but=own.id)
        elif not end_session_of(desk, account.id, handle=handle):
            raise HTTPException(404, "You have no such login (any more).")
    return done("ended")


# ---- tokens for programs


@router.post("/account/tokens")
async def make_token(request: Request) -> Response:
    """A token with some of one's own rights, shown this once."""
    form = await read_form(request, ("key", "name", "days", "password", *(f"may-{each.value}" for each in Right)))
    return await run_in_threadpool(try_token, request, form)


def try_token(request: Request, form: dict[str, str]) -> Response:
    account = account_of(request)
    wanted = [each for each in Right if form[f"may-{each.value}"]]
    mistake = find_token_mistake(form, wanted, visitor_of(request).rights)
    if mistake is None and not is_fresh(request):  # a token outlasts the login it was made in
        mistake = find_doubt(request, form["password"])
    if mistake is not None:
        typed = {each: form[each][:100] for each in ("name", "days")}
        return account_page(request, status=400, mistakes={"token": mistake}, typed=typed)
    key = f"token {account.id} {form['key']}"[:64]
    with team_of(request).writing(who=account.id) as desk:
        if form["key"] and find_by_key(desk.connection, key) is not None:
            return account_page(request, status=409, mistakes={"token": AGAIN})
        secret, held = add_token(
            desk,
            own_account(desk),
            name=form["name"][:100],
            scopes=wanted,
            days=int(form["days"]),
            key=key if form["key"] else None,
        )
    shown = shown_token(held, held.token.made_at)
    return show(request, "token.html", here="account", secret=secret, shown=shown)


def find_token_mistake(form: dict[str, str], wanted: list[Right], own: Collection[Right]) -> str | None:
    """What is wrong with a token somebody wants."""
    days, most = form["days"].strip(), allowed()["token"]["most_days"]
    if not form["name"].strip():
        return "name it after the program that will use it"
    if not wanted:
        return "tick what it is for"
    if not set(wanted) <= set(own):
        return "it can be for nothing that you may not do yourself"
    if not (days.isascii() and days.isdecimal() and len(days) < 6 and 1 <= int(days) <= most):
        return f"it can last 1 to {most} days"
    return None


@router.post("/account/tokens/revoke")
async def revoke(request: Request) -> Response:
    form = await read_form(request, ("id",))
    return await run_in_threadpool(try_revoke, request, form["id"])


def try_revoke(request: Request, id: str) -> Response:
    account = account_of(request)
    with team_of(request).writing(who=account.id) as desk:
        if not revoke_token(desk, id, account=account.id):
            raise HTTPException(404, "You have no such token in use.")
    return done("revoked")


def done(what: str) -> Response:
    return RedirectResponse(f"/account?done={what}", 303)
