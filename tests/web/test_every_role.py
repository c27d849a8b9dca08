"""Every route as every role: open to those who may, shut to all others, for reading and for writing."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from people import SAME, as_role, make_account, routes_of, team_of
from views import small_view

from truceline.model.person import Right, Role
from truceline.vocab.rights import grant_of
from truceline.web.visitor import Need

NAMES = {"incidents": "i-kammouna", "documents": "sohr-2016-06-03", "read": "sohr-2016-06-03"}
ROLES = (None, *Role)


def address_of(route: APIRoute) -> str:
    """The route with something real in its gaps, where something real is there."""
    kind = next((each for each in NAMES if each in route.path), "")
    return re.sub(r"\{[^}]+\}", NAMES.get(kind, "none-such"), route.path)


def needs_of(route: APIRoute) -> set[Right]:
    found = {one.call.right for one in route.dependant.dependencies if isinstance(one.call, Need)}
    return {each for each in found if each is not None}


def takes_login(route: APIRoute) -> bool:
    """Whether somebody must be logged in, whatever their rights."""
    return any(one.call.in_person for one in route.dependant.dependencies if isinstance(one.call, Need))


def walk(client: TestClient) -> Iterator[tuple[str, str, set[Right] | None]]:
    """Methods, addresses, and the rights it takes; None for those of one's own account."""
    for route in routes_of(client):
        if isinstance(route, APIRoute):
            for method in sorted(route.methods or ()):
                needs = needs_of(route)
                yield method, address_of(route), None if takes_login(route) and not needs else needs


@pytest.mark.parametrize("role", ROLES, ids=[each.value if each else "nobody" for each in ROLES])
def test_every_route_is_open_to_those_who_may_and_to_nobody_else(client: TestClient, role: Role | None) -> None:
    if role is not Role.ADMIN:
        make_account(client, Role.ADMIN, "another")
    own = client if role is None else as_role(client, role)
    rights = grant_of(role).rights
    seen = len(team_of(client).history(limit=1000))
    walked = 0
    for method, address, needed in walk(client):
        may = role is not None if needed is None else needed <= rights
        if method not in ("GET", "HEAD") and may:
            continue  # what may be written is tested where it is written
        answer = own.request(method, address, headers={**SAME, "content-type": "application/x-www-form-urlencoded"})
        is_shut = answer.status_code in (401, 403) or answer.headers.get("location", "").startswith("/login?")
        assert is_shut == (not may), (method, address, answer.status_code)
        if is_shut:
            assert not any(each.title in answer.text for each in small_view().incidents), address
        walked += 1
    assert walked > 30
    assert len(team_of(client).history(limit=1000)) == seen


def test_no_route_changes_anything_by_being_looked_at(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    before = team_of(client).verify()
    for method, address, _ in walk(client):
        if method in ("GET", "HEAD"):
            assert own.request(method, address).status_code < 500, address
    assert team_of(client).verify() == before


def test_every_route_that_writes_refuses_a_form_without_its_token(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    before = team_of(client).verify()
    for method, address, _ in walk(client):
        if method in ("GET", "HEAD"):
            continue
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, SAME):
            form = own.request(method, address, headers=headers, data={"token": "x" * 64})
            assert form.status_code in (403, 404, 415, 422), (method, address, form.status_code)
            told = own.request(method, address, headers=headers, json={})
            assert told.status_code in (403, 404, 415, 422), (method, address, told.status_code)
    assert team_of(client).verify() == before
