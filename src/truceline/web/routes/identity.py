"""Coming in through the team's identity provider: away, and back with who somebody is.

What has to come back with them lies in a signed cookie that no script reads, for ten minutes; nothing of it is kept.
Nobody gets an account by being known there: an account has this identity, or an invitation is taken up with it.
"""

import hmac
import re
from collections.abc import Callable, Collection, Mapping
from itertools import chain, count
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from truceline.errors import UsageError
from truceline.kit.lookalikes import looks_of
from truceline.model.person import Account
from truceline.store.accounts import Credentials, add_account, all_accounts, find_credentials, fold_login, set_subject
from truceline.store.sessions import Invitation, find_invitation, use_invitation
from truceline.store.team import Desk
from truceline.web.provider import Identity, Provider, ProviderFault, provider_of
from truceline.web.routes.entry import (
    SPENT,
    Entrance,
    Secret,
    count_address,
    invited,
    leave,
    let_in,
    may_enter,
    page,
    safe_next,
)
from truceline.web.signed import Signer
from truceline.web.visitor import need, team_of, visitor_of

router = APIRouter(include_in_schema=False, dependencies=[need(None)])

AWAY = "truceline_away"
PATH = "/login/provider"
SECONDS = 600
STRANGE = "This login was not begun here, or took longer than ten minutes; begin it again."
UNKNOWN = "The identity provider knows you, but you have no account here; ask an admin for an invitation."
ERROR = re.compile(r"[a-z_]{1,40}")
Text = Annotated[str, Query(max_length=3000)]
Next = Annotated[str, Query(max_length=2000)]


@router.get(PATH)
def leave_for_provider(request: Request, next: Next = "/") -> Response:
    """To the provider, and then on to `next`."""
    return depart(request, next=safe_next(next), invitation="")


@router.get("/join/{secret}/provider")
def join_by_provider(request: Request, secret: Secret) -> Response:
    """The same with a link that works once: what comes back takes it up."""
    invited(request, secret)
    return depart(request, next="/", invitation=secret)


def depart(request: Request, *, next: str, invitation: str) -> Response:
    provider = known_provider(request)
    count_address(request)
    try:
        departure = provider.begin(back=back_of(request))
    except ProviderFault as fault:
        return page(request, "login.html", Entrance(next=next), mistakes={"": str(fault)}, status=502)
    said = {"state": departure.state, "nonce": departure.nonce, "verifier": departure.verifier}
    note = signer_of(request).write(AWAY, {**said, "next": next, "invitation": invitation}, seconds=SECONDS)
    answer = RedirectResponse(departure.address, 303)
    is_secure = request.url.scheme == "https"
    # "lax": the provider sends them back from its own site.
    answer.set_cookie(AWAY, note, max_age=SECONDS, path=PATH, httponly=True, samesite="lax", secure=is_secure)
    return answer


@router.get(f"{PATH}/back")
def come_back(request: Request, code: Text = "", state: Text = "", error: Text = "", iss: Text = "") -> Response:
    """Back from the provider; whatever comes of it, what was noted for this login is used up."""
    answer = arrive(request, code=code, state=state, error=error, iss=iss)
    answer.delete_cookie(AWAY, path=PATH)
    return answer


def arrive(request: Request, *, code: str, state: str, error: str, iss: str) -> Response:
    provider = known_provider(request)
    count_address(request)
    said = signer_of(request).read(AWAY, request.cookies.get(AWAY, ""))
    if said is None or not hmac.compare_digest(state.encode(), said["state"].encode()):
        return refused(request, STRANGE)
    if iss and not provider.is_itself(iss):  # RFC 9207
        return refused(request, "The answer came from another identity provider; begin again.")
    if error or not code:
        told = error if ERROR.fullmatch(error) else "no code"
        return refused(request, f"The identity provider let nobody in ({told.replace('_', ' ')}).")
    try:
        identity = provider.finish(code, verifier=said["verifier"], nonce=said["nonce"], back=back_of(request))
        found = account_for(request, identity, said)
    except (ProviderFault, UsageError) as fault:
        return refused(request, str(fault))
    former = visitor_of(request).session
    if former is not None:
        leave(team_of(request), former.id)
    return let_in(request, found, next=safe_next(said["next"]))


def account_for(request: Request, identity: Identity, said: Mapping[str, str]) -> Credentials:
    """The account with this identity, or the one that an invitation makes or names. Raises UsageError."""
    team = team_of(request)
    with team.reading() as connection:
        found = find_credentials(connection, subject=identity.subject)
        link = said["invitation"]
        invitation = find_invitation(connection, link, now=team.now()) if link else None
    if found is None and invitation is not None:
        with team.writing(who=invitation.account or "system") as desk:
            account = take_up(desk, invitation, identity)
            found = find_credentials(desk.connection, id=account.id)
    if found is None or not may_enter(found):
        raise UsageError(SPENT if link and found is None else UNKNOWN)
    return found


def take_up(desk: Desk, invitation: Invitation, identity: Identity) -> Account:
    """Raises UsageError where somebody else was quicker, or the account is closed."""
    if not use_invitation(desk, invitation):
        raise UsageError(SPENT)
    why = "took up an invitation through the identity provider"
    if not invitation.account:
        known = all_accounts(desk.connection)
        login = free_one(identity.login, {each.login for each in known}, fold_login)
        name = free_one(identity.name, {looks_of(each.name) for each in known}, looks_of)
        return add_account(desk, login=login, name=name, role=invitation.role, subject=identity.subject, why=why)
    found = find_credentials(desk.connection, id=invitation.account)
    if found is None or not may_enter(found):
        raise UsageError(SPENT)
    return set_subject(desk, found.account, identity.subject, why=why)


def free_one(wanted: str, taken: Collection[str], fold: Callable[[str], str]) -> str:
    """What the provider calls them, with a number where somebody here is called so."""
    base = wanted if fold(wanted) else "somebody"
    tries = chain((base,), (f"{base} {number}" for number in count(2)))
    return next(each for each in tries if fold(each) not in taken)


def refused(request: Request, why: str) -> Response:
    return page(request, "login.html", Entrance(), mistakes={"": why}, status=403)


def back_of(request: Request) -> str:
    """Where the provider sends people back to; it must know this address."""
    return f"{request.url.scheme}://{request.url.netloc}{PATH}/back"


def known_provider(request: Request) -> Provider:
    provider = provider_of(request)
    if provider is None:
        raise HTTPException(404, "No identity provider is set for this service; log in with a password.")
    return provider


def signer_of(request: Request) -> Signer:
    signer = request.app.state.signer
    assert isinstance(signer, Signer)
    return signer
