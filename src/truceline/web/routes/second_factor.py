"""The second factor of one's own account: on, off, other recovery codes."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from truceline.store.accounts import find_credentials, set_recovery, set_second_factor, use_step
from truceline.store.seals import sealed
from truceline.store.sessions import end_sessions
from truceline.web.confirm import credentials_of, find_doubt
from truceline.web.forms import read_form
from truceline.web.limits import takes_second_factor
from truceline.web.routes.account import done
from truceline.web.routes.entry import count_code
from truceline.web.routes.identity import signer_of
from truceline.web.second_factor import (
    address_of,
    find_step,
    new_recovery_codes,
    new_totp,
    picture_of,
    plain_recovery,
)
from truceline.web.shown import show
from truceline.web.visitor import account_of, need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(None, in_person=True)])

PATH = "/account/second-factor"
SECONDS = 900
WRONG = "this code is not right; type the one that is shown now"
LATE = "that took too long; begin again"
TAKEN = "your role takes a second factor, so it stays on"


@router.get(PATH)
def show_second_factor(request: Request) -> Response:
    return factor_page(request)


def factor_page(request: Request, **values: Any) -> Response:
    found = credentials_of(request)
    shown = {
        "login": found.account.login,
        "is_on": bool(found.totp),
        "left_count": len(found.recovery),
        "has_password": bool(found.secret),
        "is_taken": takes_second_factor(found.account.role),
    }
    return show(request, "second_factor.html", here="account", **{**shown, **values})


# ---- on


@router.post(f"{PATH}/begin")
async def begin(request: Request) -> Response:
    """A new secret, shown as a picture and in letters; nothing is kept before a code of it was given."""
    form = await read_form(request, ("password",))
    return await run_in_threadpool(try_begin, request, form["password"])


def try_begin(request: Request, password: str) -> Response:
    if credentials_of(request).totp:
        return RedirectResponse(PATH, 303)
    doubt = find_doubt(request, password)
    if doubt is not None:
        return factor_page(request, status=400, mistakes={"password": doubt})
    return setup_page(request, new_totp())


def setup_page(request: Request, totp: str, **values: Any) -> Response:
    """The note says that the password was given for this secret; it is good in this login only."""
    note = signer_of(request).write(purpose_of(request), {"totp": totp}, seconds=SECONDS)
    account = account_of(request)
    picture = picture_of(address_of(totp, login=account.login, issuer="Truceline"))
    groups = " ".join(totp[start : start + 4] for start in range(0, len(totp), 4))
    return show(request, "second_factor_on.html", here="account", note=note, picture=picture, totp=groups, **values)


def purpose_of(request: Request) -> str:
    session = visitor_of(request).session
    assert session is not None
    return f"second factor {session.id}"


@router.post(f"{PATH}/on")
async def switch_on(request: Request) -> Response:
    form = await read_form(request, ("note", "code"))
    return await run_in_threadpool(try_on, request, form)


def try_on(request: Request, form: dict[str, str]) -> Response:
    """Every other login of the account ends: they came in without a code."""
    team, account, session = team_of(request), account_of(request), visitor_of(request).session
    assert session is not None
    said = signer_of(request).read(purpose_of(request), form["note"])
    if said is None:
        return factor_page(request, status=400, mistakes={"password": LATE})
    count_code(request, account)
    step = find_step(said["totp"], form["code"][:100], team.now())
    if step is None:
        return setup_page(request, said["totp"], status=400, mistakes={"code": WRONG})
    codes = new_recovery_codes()
    with team.writing(who=account.id) as desk:
        found = find_credentials(desk.connection, id=account.id)
        if found is None or found.totp:
            return RedirectResponse(PATH, 303)
        set_second_factor(desk, account, totp=said["totp"], step=step, recovery=seals_of(codes))
        end_sessions(desk.connection, account.id, but=session.id)
    return show(request, "recovery.html", here="account", codes=codes, is_new=True)


def seals_of(codes: tuple[str, ...]) -> list[str]:
    return [sealed(plain_recovery(each)) for each in codes]


# ---- off, and other recovery codes


@router.post(f"{PATH}/off")
async def switch_off(request: Request) -> Response:
    form = await read_form(request, ("password", "code"))
    return await run_in_threadpool(try_off, request, form)


def try_off(request: Request, form: dict[str, str]) -> Response:
    account = account_of(request)
    if takes_second_factor(account.role):
        return factor_page(request, status=403, mistakes={"off": TAKEN})
    doubt = find_doubt(request, form["password"]) or find_code_fault(request, form["code"])
    if doubt is not None:
        return factor_page(request, status=400, mistakes={"off": doubt})
    with team_of(request).writing(who=account.id) as desk:
        set_second_factor(desk, account, totp="")
    return done("off")


def find_code_fault(request: Request, code: str) -> str | None:
    """What is wrong with a code of the factor that is on; a right one is used up."""
    found, team = credentials_of(request), team_of(request)
    if not found.totp:
        return None
    count_code(request, found.account)
    step = find_step(found.totp, code[:100], team.now())
    if step is None:
        return WRONG
    with team.writing(who=found.account.id) as desk:
        return None if use_step(desk, found.account.id, step) else "this code was used; wait for the next one"


@router.post(f"{PATH}/recovery")
async def renew_recovery(request: Request) -> Response:
    form = await read_form(request, ("password", "code"))
    return await run_in_threadpool(try_recovery, request, form)


def try_recovery(request: Request, form: dict[str, str]) -> Response:
    """Ten others, shown this once; those before work no more."""
    account = account_of(request)
    if not credentials_of(request).totp:
        return RedirectResponse(PATH, 303)
    doubt = find_doubt(request, form["password"]) or find_code_fault(request, form["code"])
    if doubt is not None:
        return factor_page(request, status=400, mistakes={"recovery": doubt})
    codes = new_recovery_codes()
    with team_of(request).writing(who=account.id) as desk:
        set_recovery(desk, account, seals_of(codes))
    return show(request, "recovery.html", here="account", codes=codes, is_new=False)
