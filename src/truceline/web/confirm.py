"""Making sure that it is still them: the password asked again, before what would outlast a stolen session."""

from datetime import timedelta

from fastapi import Request

from truceline.store.accounts import Credentials, find_credentials
from truceline.web.limits import Paces, allowed
from truceline.web.passwords import is_right
from truceline.web.visitor import TooOften, account_of, team_of, visitor_of

WRONG = "this is not your password; nothing was changed"
STALE = "log out and in again first: without a password here, only a fresh login shows that it is you"


def find_doubt(request: Request, password: str) -> str | None:
    """Why it is not sure that it is them; None where it is.

    An account without a password, which comes in through an identity provider, must have logged in just now. Raises
    TooOften where somebody tries too many passwords.
    """
    found = credentials_of(request)
    if not found.secret:
        return None if is_fresh(request) else STALE
    paces: Paces = request.app.state.paces
    seconds = paces.wait("login", f"confirm {found.account.id}")
    if seconds:
        raise TooOften(seconds)
    return None if is_right(found.secret, password[:1000]) else WRONG


def is_fresh(request: Request) -> bool:
    session = visitor_of(request).session
    assert session is not None
    return team_of(request).now() - session.made_at <= timedelta(minutes=allowed()["session"]["fresh_minutes"])


def credentials_of(request: Request) -> Credentials:
    """What lets whoever is logged in in; never shown."""
    with team_of(request).reading() as connection:
        found = find_credentials(connection, id=account_of(request).id)
    assert found is not None
    return found
