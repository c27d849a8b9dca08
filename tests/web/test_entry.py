"""Coming in and going out, and who may do what."""

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from people import PASSWORD, SAME, another, as_role, first_link, log_in, make_account, routes_of, team_of, token_on

from truceline.model.person import Right, Role, Standing
from truceline.store.accounts import change_account, find_credentials
from truceline.store.tokens import add_token, revoke_token
from truceline.vocab.rights import grant_of
from truceline.web.limits import allowed
from truceline.web.routes.entry import safe_next
from truceline.web.visitor import COOKIE, Need


def join(client: TestClient, link: str, **changed: str) -> object:
    form = {"login": "rima", "name": "Rima Haddad", "password": PASSWORD, "again": PASSWORD, **changed}
    return client.post(link, data={"token": token_on(client, link), **form}, headers=SAME)


def test_the_first_link_makes_an_admin_and_works_once(client: TestClient) -> None:
    link = first_link(client)
    assert client.get(link).status_code == client.get(link).status_code == 200
    answer = join(client, link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Rima Haddad" in client.get("/").text
    assert client.get(link).status_code == 404
    with team_of(client).reading() as connection:
        found = find_credentials(connection, login=" RIMA ")
    assert found is not None
    assert found.account.role is Role.ADMIN
    assert PASSWORD not in found.secret
    assert team_of(client).verify().faults == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"again": "another sentence, to remember"}, "not the same"),
        ({"name": " "}, "say who you are"),
        ({"login": "   "}, "say how you want to log in"),
        ({"password": "papapapapapapa", "again": "papapapapapapa"}, "repeats a few"),
        ({"password": "this is rima speaking", "again": "this is rima speaking"}, "has your login"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_and_the_link_stays(
    client: TestClient, changed: dict[str, str], said: str
) -> None:
    link = first_link(client)
    answer = join(client, link, **changed)
    assert answer.status_code == 400
    assert said in answer.text
    assert client.get(link).status_code == 200


def test_a_taken_login_is_refused(client: TestClient) -> None:
    make_account(client, Role.ANALYST, "rima")
    answer = join(client, first_link(client))
    assert answer.status_code == 400
    assert "is taken" in answer.text


def test_with_accounts_who_is_not_logged_in_is_led_to_the_door(client: TestClient) -> None:
    assert client.get("/").status_code == 200
    make_account(client, Role.VIEWER)
    answer = client.get("/watch.html?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fwatch.html%3Fx%3D1")
    answer = client.get("/api/v1/incidents")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert client.get("/assets/style.css").status_code == 200
    assert client.get("/assets/map-incidents.js").status_code == 303


@pytest.mark.parametrize(
    "address", ["192.168.1.7", "203.0.113.9", "2001:db8::1", "", "localhost", "127.0.0.1, 1.2.3.4"]
)
def test_before_the_first_account_only_this_machine_reads(client: TestClient, address: str) -> None:
    assert another(client, "127.0.0.1").get("/").status_code == another(client, "::1").get("/").status_code == 200
    afar = another(client, address)
    assert afar.get("/").headers["location"] == "/login?next=%2F"
    assert afar.get("/api/v1/incidents").status_code == 401
    link = first_link(client)
    assert join(afar, link).status_code == 303


def test_who_logs_in_gets_another_session_and_who_logs_out_has_none(client: TestClient) -> None:
    make_account(client, Role.VIEWER)
    own = another(client)
    own.cookies.set(COOKIE, "planted")
    token = token_on(own, "/login")
    form = {"token": token, "login": "viewer", "password": PASSWORD, "next": "/map.html"}
    answer = own.post("/login", data=form, headers=SAME)
    assert answer.headers["location"] == "/map.html"
    cookie = answer.headers["set-cookie"]
    assert "planted" not in cookie
    assert all(each in cookie for each in ("HttpOnly", "SameSite=lax", "Path=/"))
    held = answer.cookies[COOKIE]
    own = another(client)
    own.cookies.set(COOKIE, held)
    assert own.get("/").status_code == 200
    with team_of(client).reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sessions WHERE id = ?", (held,)).scalar() == 0
        csrf = connection.exec_driver_sql("SELECT csrf FROM sessions").scalar()
    assert own.post("/logout", data={"token": "other"}, headers=SAME).status_code == 403
    assert own.post("/logout", data={"token": csrf}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert own.post("/logout", data={"token": csrf}, headers=SAME).status_code == 303
    own.cookies.set(COOKIE, held)
    assert own.get("/").status_code == 303


def test_a_wrong_password_and_an_unknown_login_are_told_alike(client: TestClient) -> None:
    make_account(client, Role.VIEWER)
    token = token_on(client, "/login")
    told = [
        client.post("/login", data={"token": token, "login": login, "password": "wrong", "next": "/"}, headers=SAME)
        for login in ("viewer", "nobody")
    ]
    assert [each.status_code for each in told] == [403, 403]
    assert told[0].text.replace("viewer", "") == told[1].text.replace("nobody", "")


def test_too_many_tries_are_stopped_also_for_the_right_password(client: TestClient) -> None:
    make_account(client, Role.VIEWER)
    token = token_on(client, "/login")
    most = int(allowed()["pace"]["login"].partition("/")[0])
    form = {"token": token, "login": "Viewer", "password": "wrong", "next": "/"}
    told = [client.post("/login", data=form, headers=SAME).status_code for _ in range(most + 1)]
    assert told == [403] * most + [429]
    answer = client.post("/login", data={**form, "login": "viewer", "password": PASSWORD}, headers=SAME)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_who_is_closed_out_is_out_at_once(client: TestClient) -> None:
    make_account(client, Role.ADMIN)
    own = as_role(client, Role.ANALYST)
    assert own.get("/").status_code == 200
    with team_of(client).writing(who="system") as desk:
        found = find_credentials(desk.connection, login="analyst")
        assert found is not None
        secret, _ = add_token(desk, found.account, name="n", scopes=[Right.READ], days=1)
        change_account(desk, found.account, standing=Standing.CLOSED, why="left")
    assert own.get("/").status_code == 303
    assert client.get("/api/v1", headers={"authorization": f"Bearer {secret}"}).status_code == 401
    form = {"token": token_on(client, "/login"), "login": "analyst", "password": PASSWORD, "next": "/"}
    assert client.post("/login", data=form, headers=SAME).status_code == 403


def test_a_token_may_do_what_it_is_for_and_no_more_than_its_owner(client: TestClient) -> None:
    account = make_account(client, Role.VIEWER)
    with team_of(client).writing(who="system") as desk:
        found = find_credentials(desk.connection, id=account)
        assert found is not None
        reads, held = add_token(desk, found.account, name="n", scopes=[Right.READ, Right.MANAGE], days=1)
        checks, _ = add_token(desk, found.account, name="n", scopes=[Right.CHECK], days=1)
    assert client.get("/api/v1", headers={"authorization": f"Bearer {reads}"}).status_code == 200
    assert client.get("/api/v1", headers={"authorization": f"bearer {checks}"}).status_code == 403
    refused = client.get("/jobs", headers={"authorization": f"Bearer {reads}"}).text
    assert "which Name of viewer does not have here; an admin gives it" in refused
    refused = client.get("/api/v1", headers={"authorization": f"Bearer {checks}"}).json()["detail"]
    assert "to read the register, which this token was not given" in refused
    for wrong in (f"Basic {reads}", f"Bearer {reads}x", "Bearer", "Bearer " + "x" * 2000):
        assert client.get("/api/v1", headers={"authorization": wrong}).status_code == 401
    with team_of(client).writing(who=account) as desk:
        assert not revoke_token(desk, held.token.id, account="another")
        assert revoke_token(desk, held.token.id, account=account)
    assert client.get("/api/v1", headers={"authorization": f"Bearer {reads}"}).status_code == 401
    assert team_of(client).verify().faults == ()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_what_those_before_it_may(role: Role) -> None:
    roles = list(Role)
    for before in roles[: roles.index(role)]:
        assert grant_of(before).rights < grant_of(role).rights
    assert grant_of(None).rights == frozenset()


def needs_of(client: TestClient) -> dict[str, list[Need]]:
    """What each route needs, by its path and methods."""
    return {
        f"{'/'.join(sorted(each.methods or ()))} {each.path}": [
            one.call for one in each.dependant.dependencies if isinstance(one.call, Need)
        ]
        for each in routes_of(client)
        if isinstance(each, APIRoute)
    }


def test_every_route_says_what_it_needs(client: TestClient) -> None:
    found = needs_of(client)
    assert len(found) > 30
    assert [each for each, needs in found.items() if not needs] == []
    strangers = {each.path for each in routes_of(client) if not isinstance(each, APIRoute)}
    assert strangers == {"/api/v1/openapi.json"}


def test_only_these_are_open_to_anybody(client: TestClient) -> None:
    found = {
        path
        for path, needs in needs_of(client).items()
        if all(each.right is None and not each.in_person for each in needs)
    }
    assert found == {
        "GET /assets/{name}",
        "GET /favicon.ico",
        "GET /join/{secret}",
        "GET /join/{secret}/provider",
        "GET /login",
        "GET /login/code",
        "GET /login/provider",
        "GET /login/provider/back",
        "POST /join/{secret}",
        "POST /login",
        "POST /login/code",
        "POST /logout",
    }


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/map.html?a=1", "/map.html?a=1"),
        *(
            (each, "/")
            for each in ("//evil.example", "https://evil.example", "/\\evil", "map.html", "", "/a\nb", "\\\\e")
        ),
    ],
)
def test_going_on_never_leads_away(asked: str, given: str) -> None:
    assert safe_next(asked) == given


def test_a_login_without_a_role_named_in_the_table_sees_the_public_profile(client: TestClient) -> None:
    make_account(client, Role.VIEWER)
    own = log_in(client, "viewer")
    assert own.get("/login").headers["location"] == "/"
    assert own.get("/check").status_code == 200


def test_the_bar_stands_in_groups(client: TestClient) -> None:
    page = as_role(client, Role.ADMIN).get("/").text
    pages, rooms, own = (part.partition("</ul>")[0] for part in page.partition("</nav>")[0].split("<ul")[1:])
    assert [each in pages for each in ("Register</a>", "Quality</a>", "Review</a>")] == [True, True, False]
    assert (rooms.partition(">")[0], rooms.count("<li>")) == (' class="rooms"', 4)
    assert (own.partition(">")[0], own.count("<li>")) == (' class="own"', 1)
    assert 'class="rooms"' not in as_role(client, Role.ANALYST).get("/").text
