"""Who asks: the account behind a cookie or a token, what it may do, and what it is shown.

`Visitors` stands before the application and finds out once for each request. Every route says what it needs with
`need(Right.…)`; a test walks all routes and finds those that say nothing.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from truceline.errors import RegisterBusy, RegisterError
from truceline.model.person import Account, Right
from truceline.store.accounts import count_accounts
from truceline.store.sessions import Session, find_session, note_seen
from truceline.store.team import Team
from truceline.store.tokens import HeldToken, find_token, note_used
from truceline.vocab.rights import Grant, grant_of
from truceline.web.limits import Paces, allowed, takes_second_factor

COOKIE = "truceline"
SEEN_EVERY = timedelta(minutes=10)  # how exactly it is noted that a session or a token is in use


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks: `account` is None for nobody, `release` the profile they see; `is_stray`: with a token that is none.

    `must_set_up`: their role takes a second factor, which they have yet to switch on; until then they may do nothing.
    """

    account: Account | None
    rights: frozenset[Right]
    release: str
    address: str
    session: Session | None = None
    token: HeldToken | None = None
    before_accounts: bool = False
    is_stray: bool = False
    must_set_up: bool = False

    @property
    def who(self) -> str:
        """As the ledger names them."""
        return "nobody" if self.account is None else self.account.id

    @property
    def counted_as(self) -> str:
        """As paces count them."""
        if self.token is not None:
            return self.token.token.id
        return self.address if self.account is None else self.account.id


NOBODY = Visitor(account=None, rights=frozenset(), release="public", address="")
VISITOR: ContextVar[Visitor] = ContextVar("visitor", default=NOBODY)
Refuse = Callable[[str, int, str], Response]


class Visitors:
    """Finds out who asks. `is_open`: who is not logged in may read what is public.

    `behind_proxy`: everybody comes from this machine, so that nobody is taken to sit at it.
    """

    def __init__(
        self, app: ASGIApp, *, team: Team, refuse: Refuse, is_open: bool = False, behind_proxy: bool = False
    ) -> None:
        self._app, self._team, self._refuse, self._is_open = app, team, refuse, is_open
        self._behind_proxy = behind_proxy
        self._has_accounts = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            visitor = await self.find(scope)
        except RegisterError as error:
            await self._refuse(scope["path"], 503, f"The register cannot be read. {error}")(scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = visitor
        before = VISITOR.set(visitor)
        try:
            await self._app(scope, receive, send)
        finally:
            VISITOR.reset(before)

    async def find(self, scope: Scope) -> Visitor:
        headers = Headers(scope=scope)
        address = str((scope.get("client") or ("",))[0])
        bearer = headers.get("authorization", "")
        cookie = cookie_parser(headers.get("cookie", "")).get(cookie_name(str(scope.get("scheme"))), "")
        if bearer or cookie or not self._has_accounts:
            return await run_in_threadpool(self.look_up, bearer, cookie, address)
        return self.nobody(address)

    def look_up(self, bearer: str, cookie: str, address: str) -> Visitor:
        now = self._team.now()
        with self._team.reading() as connection:
            self._has_accounts = self._has_accounts or count_accounts(connection) > 0
            if bearer:
                scheme, _, secret = bearer.partition(" ")
                found = find_token(connection, secret.strip(), now=now) if scheme.lower() == "bearer" else None
                session = None
            else:
                found = None
                hours = allowed()["session"]["idle_hours"]
                session = find_session(connection, cookie, now=now, idle_hours=hours) if cookie else None
        if bearer:
            return self.with_token(found, address)
        return self.nobody(address) if session is None else self.with_session(session, address)

    def nobody(self, address: str, *, is_stray: bool = False) -> Visitor:
        before = not self._has_accounts and not self._behind_proxy and is_here(address)
        grant = grant_of(None, before_accounts=before, is_open=self._is_open)
        return Visitor(
            account=None,
            rights=frozenset() if is_stray else grant.rights,
            release=grant.release,
            address=address,
            before_accounts=before,
            is_stray=is_stray,
        )

    def with_token(self, found: tuple[HeldToken, Account, bool] | None, address: str) -> Visitor:
        """What the account may do, and no more than the token is for."""
        if found is None:
            return self.nobody(address, is_stray=True)
        held, account, has_second_factor = found
        must_set_up = takes_second_factor(account.role) and not has_second_factor
        grant = grant_of(account.role)
        if held.used_at is None or self._team.now() - held.used_at > SEEN_EVERY:
            self.note(lambda desk: note_used(desk, held.token.id))
        rights = frozenset[Right]() if must_set_up else grant.rights & frozenset(held.token.scopes)
        return Visitor(
            account=account,
            rights=rights,
            release="public" if must_set_up else grant.release,
            address=address,
            token=held,
            must_set_up=must_set_up,
        )

    def with_session(self, session: Session, address: str) -> Visitor:
        if session.waits_for_totp:  # half a login is none
            grant = Grant(rights=frozenset(), release="public")
            return Visitor(account=None, rights=grant.rights, release="public", address=address, session=session)
        grant = grant_of(session.account.role)
        must_set_up = takes_second_factor(session.account.role) and not session.has_second_factor
        if must_set_up:
            grant = Grant(rights=frozenset(), release="public")
        if self._team.now() - session.seen_at > SEEN_EVERY:
            self.note(lambda desk: note_seen(desk, session))
        return Visitor(
            account=session.account,
            rights=grant.rights,
            release=grant.release,
            address=address,
            session=session,
            must_set_up=must_set_up,
        )

    def note(self, what: Callable[..., None]) -> None:
        """Written down where that can be done at once; nobody waits for it."""
        try:
            with self._team.writing(who="system") as desk:
                what(desk)
        except RegisterBusy:
            return


def cookie_name(scheme: str) -> str:
    """Over TLS a name that a browser takes from this very host only, not from a neighbour that shares its domain."""
    return f"__Host-{COOKIE}" if scheme == "https" else COOKIE


def is_here(address: str) -> bool:
    """Whether somebody asks from this machine itself."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


# ---- what a route needs


class Refused(Exception):
    """Somebody asked for what they may not have; `right` is what it takes, None: being logged in, without a token."""

    def __init__(self, visitor: Visitor, right: Right | None) -> None:
        self.visitor, self.right = visitor, right
        super().__init__("a login" if right is None else right.value)


class TooOften(Exception):
    """Too much in too short a time; `seconds` until it goes on."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} s")


class Need:
    """A route's dependency: who asks, where they may. None: whoever asks, as for style sheets and the login page.

    `in_person`: only who is logged in, never a program with a token.
    """

    def __init__(self, right: Right | None, *, in_person: bool = False) -> None:
        self.right, self.in_person = right, in_person

    async def __call__(self, request: Request) -> Visitor:
        visitor = visitor_of(request)
        if self.right is None and not self.in_person:
            return visitor
        if self.in_person and (visitor.account is None or visitor.session is None):
            raise Refused(visitor, None)
        if self.right is not None and self.right not in visitor.rights:
            raise Refused(visitor, self.right)
        pace = "read" if request.method in ("GET", "HEAD") else "write"
        if pace == "write" and self.right in (Right.READ, Right.CHECK, Right.FETCH):
            pace = "check"
        paces: Paces = request.app.state.paces
        is_at_home = visitor.before_accounts and pace == "read"
        seconds = 0 if is_at_home else paces.wait(pace, visitor.counted_as)
        if seconds:
            raise TooOften(seconds)
        return visitor


def need(right: Right | None, *, in_person: bool = False) -> Any:
    """What a route depends on: as a parameter's default in `Annotated[Visitor, …]` or in `dependencies=[…]`."""
    return Depends(Need(right, in_person=in_person))


def account_of(request: Request) -> Account:
    """Whoever is logged in, where a route lets nobody else in."""
    account = visitor_of(request).account
    assert account is not None
    return account


def visitor_of(request: Request) -> Visitor:
    """Who asks, as found before the application."""
    visitor = request.state.visitor
    assert isinstance(visitor, Visitor)
    return visitor


def team_of(request: Request) -> Team:
    team = request.app.state.team
    assert isinstance(team, Team)
    return team
