"""The people of a register, for whoever manages accounts: who they are, letting in, roles, closing out.

Every change says why, is entered into the ledger, and is refused where somebody else changed the account meanwhile.
"""

import secrets
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from truceline.errors import UsageError
from truceline.model.person import Account, Right, Role, Standing
from truceline.publish.cells import write_table
from truceline.store.accounts import (
    Credentials,
    all_accounts,
    change_account,
    find_account,
    find_credentials,
    set_second_factor,
    set_subject,
    subject_of,
)
from truceline.store.ledger import find_by_key
from truceline.store.sessions import HANDLE, Invitation, end_sessions, invite, open_invitations, withdraw_invitation
from truceline.store.team import Desk
from truceline.vocab.rights import grant_of, words_of
from truceline.web.forms import read_form
from truceline.web.limits import allowed
from truceline.web.routes.chain import names_in
from truceline.web.routes.files import attached
from truceline.web.shown import show
from truceline.web.visitor import account_of, need, team_of

router = APIRouter(include_in_schema=False, dependencies=[need(Right.MANAGE, in_person=True)])

Id = Annotated[str, Path(max_length=40)]
NO_WHY = "say why: it stands in the ledger"
AGAIN = "this link was made already, and is shown only once; make another one"
COLUMNS = ("id", "login", "name", "role", "standing", "made_at", "password", "second_factor", "identity_provider")
DONE = {
    "role": "The role is changed; they log in anew.",
    "closed": "The account is closed: its logins, tokens and links have ended.",
    "active": "The account is open again.",
    "factor": "The second factor is off; they can switch on another one.",
    "identity": "The account is no longer tied to the identity provider.",
    "withdrawn": "The link works no more.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account as an admin sees it: what lets it in by kind only."""

    account: Account
    has_password: bool
    has_second_factor: bool

    @property
    def is_tied(self) -> bool:
        return bool(self.account.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownInvitation:
    """A link that still works, named by the beginning of its seal."""

    handle: str
    invitation: Invitation
    made_by: str


# ---- all of them


@router.get("/people")
def show_people(request: Request, done: Annotated[str, Query(max_length=20)] = "") -> Response:
    return people_page(request, done=DONE.get(done, ""))


def people_page(request: Request, **values: Any) -> Response:
    team = team_of(request)
    with team.reading() as connection:
        found = people_in(connection)
        names = {each.account.id: each.account.name for each in found}
        links = [
            ShownInvitation(
                handle=each.id[:HANDLE], invitation=each, made_by=names.get(each.made_by, "the start of the service")
            )
            for each in open_invitations(connection, now=team.now())
        ]
    shown = {"people": found, "links": links, "roles": roles(), "key": secrets.token_urlsafe(16), "done": ""}
    return show(request, "people.html", here="people", **{**shown, **values})


def people_in(connection: Connection) -> list[Person]:
    return [person_of(connection, each) for each in all_accounts(connection)]


def person_of(connection: Connection, account: Account) -> Person:
    found = find_credentials(connection, id=account.id)
    assert found is not None
    return Person(account=account, has_password=bool(found.secret), has_second_factor=bool(found.totp))


def roles() -> dict[Role, str]:
    """Each role, and what it adds to the one before it."""
    found, known = {}, frozenset[Right]()
    for role in Role:
        rights = grant_of(role).rights
        found[role] = "; ".join(words_of(each) for each in Right if each in rights - known)
        known = rights
    return found


@router.get("/people.csv")
def give_people(request: Request) -> Response:
    with team_of(request).reading() as connection:
        rows = [
            [
                each.account.id,
                each.account.login,
                each.account.name,
                each.account.role.value,
                each.account.standing.value,
                each.account.made_at.isoformat(),
                each.has_password,
                each.has_second_factor,
                each.is_tied,
            ]
            for each in people_in(connection)
        ]
    return attached(write_table(COLUMNS, rows), "people.csv", "text/csv")


# ---- links


@router.post("/people/invite")
async def make_link(request: Request) -> Response:
    """A link for one new account, shown this once."""
    form = await read_form(request, ("role", "why", "key"))
    return await run_in_threadpool(try_invite, request, form)


def try_invite(request: Request, form: dict[str, str]) -> Response:
    role, why = parse_role(form["role"]), form["why"].strip()[:500]
    if role is None or not why:
        said = "choose a role" if role is None else "say for whom: it stands in the ledger"
        return people_page(request, status=400, mistakes={"invite": said})
    key, hours = f"invite {account_of(request).id} {form['key']}"[:64], allowed()["invitation"]["hours"]
    with team_of(request).writing(who=account_of(request).id) as desk:
        refuse_former(desk, key)
        secret = invite(desk, role=role, hours=hours, why=why, key=key)
    what = f"a new account, as {role.value}"
    return link_page(request, secret, what=what, hours=hours, why=why)


def refuse_former(desk: Desk, key: str) -> None:
    """Raises 409 where this very form was sent before."""
    if find_by_key(desk.connection, key) is not None:
        raise HTTPException(409, f"Nothing was made: {AGAIN}.")


def link_page(request: Request, secret: str, *, what: str, hours: float, why: str) -> Response:
    link = f"{request.url.scheme}://{request.url.netloc}/join/{quote(secret)}"
    return show(request, "link.html", here="people", link=link, what=what, hours=hours, why=why)


def parse_role(text: str) -> Role | None:
    return Role(text) if text in set(Role) else None


@router.post("/people/invitations/withdraw")
async def withdraw(request: Request) -> Response:
    form = await read_form(request, ("invitation",))
    return await run_in_threadpool(try_withdraw, request, form["invitation"])


def try_withdraw(request: Request, handle: str) -> Response:
    with team_of(request).writing(who=account_of(request).id) as desk:
        if not withdraw_invitation(desk, handle=handle):
            raise HTTPException(404, "There is no such link (any more).")
    return RedirectResponse("/people?done=withdrawn", 303)


# ---- one of them


@router.get("/people/{id}")
def show_person(request: Request, id: Id, done: Annotated[str, Query(max_length=20)] = "") -> Response:
    return person_page(request, id, done=DONE.get(done, ""))


def person_page(request: Request, id: str, **values: Any) -> Response:
    team = team_of(request)
    with team.reading() as connection:
        account = find_account(connection, id)
        if account is None:
            raise HTTPException(404, "There is no such account.")
        person = person_of(connection, account)
        names = names_in(connection)
    history = team.history(subject_of(account), limit=20)
    shown = {
        "person": person,
        "account": account,
        "roles": roles(),
        "history": history,
        "names": names,
        "seen": history[0].seq if history else 0,
        "is_self": account.id == account_of(request).id,
        "subject": subject_of(account),
        "key": secrets.token_urlsafe(16),
        "done": "",
        "typed_why": "",
    }
    return show(request, "person.html", here="people", **{**shown, **values})


@router.post("/people/{id}/role")
async def change_role(request: Request, id: Id) -> Response:
    return await run_in_threadpool(try_role, request, id, await read_form(request, ("role", "why", "seen")))


def try_role(request: Request, id: str, form: dict[str, str]) -> Response:
    role = parse_role(form["role"])
    mistake = "choose a role" if role is None else find_no_why(form)
    if mistake is not None:
        return person_page(request, id, status=400, mistakes={"role": mistake}, typed_why=form["why"][:500])
    return changed(request, id, form, part="role", done="role", role=role)


@router.post("/people/{id}/standing")
async def change_standing(request: Request, id: Id) -> Response:
    return await run_in_threadpool(try_standing, request, id, await read_form(request, ("standing", "why", "seen")))


def try_standing(request: Request, id: str, form: dict[str, str]) -> Response:
    standing = Standing(form["standing"]) if form["standing"] in set(Standing) else None
    mistake = "say what to do" if standing is None else find_no_why(form)
    if standing is None or mistake is not None:
        return person_page(request, id, status=400, mistakes={"standing": mistake}, typed_why=form["why"][:500])
    return changed(request, id, form, part="standing", done=standing.value, standing=standing)


def changed(
    request: Request,
    id: str,
    form: dict[str, str],
    *,
    part: str,
    done: str,
    role: Role | None = None,
    standing: Standing | None = None,
) -> Response:
    """The account changed and entered; what the store refuses (the last admin) is told on the page."""
    try:
        with team_of(request).writing(who=account_of(request).id) as desk:
            account = known(desk, id).account
            why = form["why"].strip()[:500]
            change_account(desk, account, role=role, standing=standing, why=why, expected=parse_seen(form))
    except UsageError as error:
        return person_page(request, id, status=400, mistakes={part: str(error)}, typed_why=form["why"][:500])
    return RedirectResponse(f"/people/{id}?done={done}", 303)


@router.post("/people/{id}/password-link")
async def make_password_link(request: Request, id: Id) -> Response:
    """A link for a new password, shown this once; the one before it works no more."""
    return await run_in_threadpool(try_password_link, request, id, await read_form(request, ("why", "seen", "key")))


def try_password_link(request: Request, id: str, form: dict[str, str]) -> Response:
    mistake = find_no_why(form)
    if mistake is not None:
        return person_page(request, id, status=400, mistakes={"link": mistake})
    hours, why = allowed()["invitation"]["hours"], form["why"].strip()[:500]
    key = f"link {account_of(request).id} {form['key']}"[:64]
    with team_of(request).writing(who=account_of(request).id) as desk:
        refuse_former(desk, key)
        account = known(desk, id).account
        if account.standing is not Standing.ACTIVE:
            raise HTTPException(409, "The account is closed; open it again first.")
        seen = parse_seen(form)
        secret = invite(desk, role=account.role, hours=hours, account=id, why=why, key=key, expected=seen)
    return link_page(request, secret, what=f"a new password for {account.name}", hours=hours, why=why)


@router.post("/people/{id}/second-factor")
async def take_second_factor(request: Request, id: Id) -> Response:
    """Off, for somebody who lost it; they are logged out."""
    return await run_in_threadpool(try_second_factor, request, id, await read_form(request, ("why", "seen")))


def try_second_factor(request: Request, id: str, form: dict[str, str]) -> Response:
    mistake = find_no_why(form)
    if mistake is not None:
        return person_page(request, id, status=400, mistakes={"factor": mistake})
    with team_of(request).writing(who=account_of(request).id) as desk:
        found = known(desk, id)
        if found.totp:
            why = form["why"].strip()[:500]
            set_second_factor(desk, found.account, totp="", why=why, expected=parse_seen(form))
            end_sessions(desk.connection, id)
    return RedirectResponse(f"/people/{id}?done=factor", 303)


@router.post("/people/{id}/identity")
async def untie(request: Request, id: Id) -> Response:
    """No longer tied to an identity at the provider; they are logged out."""
    return await run_in_threadpool(try_untie, request, id, await read_form(request, ("why", "seen")))


def try_untie(request: Request, id: str, form: dict[str, str]) -> Response:
    mistake = find_no_why(form)
    if mistake is not None:
        return person_page(request, id, status=400, mistakes={"identity": mistake})
    with team_of(request).writing(who=account_of(request).id) as desk:
        found = known(desk, id)
        if found.account.subject:
            set_subject(desk, found.account, "", why=form["why"].strip()[:500], expected=parse_seen(form))
            end_sessions(desk.connection, id)
    return RedirectResponse(f"/people/{id}?done=identity", 303)


def known(desk: Desk, id: str) -> Credentials:
    """The account as it stands now. Raises 404."""
    found = find_credentials(desk.connection, id=id)
    if found is None:
        raise HTTPException(404, "There is no such account.")
    return found


def find_no_why(form: dict[str, str]) -> str | None:
    return None if form["why"].strip() else NO_WHY


def parse_seen(form: dict[str, str]) -> int:
    """The last entry on the account that the page showed. Raises 400: without it a change might run over another."""
    if not (form["seen"].isascii() and form["seen"].isdecimal() and len(form["seen"]) < 16):
        raise HTTPException(400, "This form is not whole; load the page anew.")
    return int(form["seen"])
