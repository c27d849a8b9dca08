"""Accounts for the tests of the service, and clients that are logged in."""

import re

from fastapi.testclient import TestClient
from starlette.routing import Route

from truceline.model.person import Role
from truceline.store.accounts import add_account
from truceline.store.sessions import invite
from truceline.store.team import Team
from truceline.web.passwords import seal_password
from truceline.web.visitor import COOKIE

PASSWORD = "a long sentence, to remember"  # noqa: S105  of the tests
SEALED = seal_password(PASSWORD)
BASE = "http://127.0.0.1:8000"
SAME = {"sec-fetch-site": "same-origin"}
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def team_of(client: TestClient) -> Team:
    team: Team = client.app.state.team  # type: ignore[attr-defined]
    return team


def make_account(client: TestClient, role: Role, login: str | None = None) -> str:
    """The id of a new account, by default with the role's name as its login."""
    with team_of(client).writing(who="system") as desk:
        name = login or role.value
        return add_account(desk, login=name, name=f"Name of {name}", role=role, secret=SEALED).id


def first_link(client: TestClient, role: Role = Role.ADMIN) -> str:
    with team_of(client).writing(who="system") as desk:
        return f"/join/{invite(desk, role=role, hours=1)}"


def another(client: TestClient, address: str = "127.0.0.1") -> TestClient:
    """A browser of its own on the same service."""
    return TestClient(client.app, base_url=BASE, follow_redirects=False, client=(address, 50000))


def token_on(client: TestClient, path: str) -> str:
    found = TOKEN.search(client.get(path).text)
    assert found is not None, path
    return found[1]


def log_in(client: TestClient, login: str, password: str = PASSWORD) -> TestClient:
    """A browser of its own, logged in."""
    own = another(client)
    form = {"token": token_on(own, "/login"), "login": login, "password": password, "next": "/"}
    answer = own.post("/login", data=form, headers=SAME)
    assert answer.status_code == 303, answer.text
    assert own.cookies.get(COOKIE)
    return own


def as_role(client: TestClient, role: Role) -> TestClient:
    """A browser logged in with this role."""
    make_account(client, role)
    return log_in(client, role.value)


def routes_of(client: TestClient) -> list[Route]:
    """Every route of the service, also those of its parts."""
    found, waiting = [], list(client.app.routes)  # type: ignore[attr-defined]
    while waiting:
        each = waiting.pop()
        below = getattr(each, "routes", None) or getattr(getattr(each, "original_router", None), "routes", None)
        waiting += below or []
        if isinstance(each, Route):
            found.append(each)
    return found
