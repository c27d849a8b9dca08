"""Who wants in, or more than is theirs: passwords guessed, names borrowed, forms begun before, codes gone round."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from factor import set_clock, switch_on
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from people import PASSWORD, SAME, another, as_role, first_link, log_in, make_account, routes_of, team_of, token_on

from truceline.model.person import Right, Role, Standing
from truceline.store.accounts import change_account, find_account, find_credentials
from truceline.store.tokens import add_token
from truceline.testing import NOON
from truceline.web import passwords
from truceline.web.app import make_app
from truceline.web.limits import allowed
from truceline.web.security import find_refusal, is_same_site, whole
from truceline.web.visitor import COOKIE, Need, cookie_name


def bearer(client: TestClient, account: str, *scopes: Right) -> dict[str, str]:
    with team_of(client).writing(who=account) as desk:
        owner = find_account(desk.connection, account)
        assert owner is not None
        return {"authorization": f"Bearer {add_token(desk, owner, name='t', scopes=scopes, days=9)[0]}"}


def try_login(client: TestClient, login: str) -> int:
    own = another(client)
    form = {"token": token_on(own, "/login"), "login": login, "password": "a wrong one, of course", "next": "/"}
    return own.post("/login", data=form, headers=SAME).status_code


# ---- logging in


def spell(number: int) -> str:
    """One login in many spellings: blanks, a sign that is not seen, wide letters, capitals."""
    wide = "".join(chr(ord(each) + 0xFEE0) if number >> at & 1 else each for at, each in enumerate("victim"))
    return (" " * number + "victim", "victim" + "\u200b" * number, wide, "vicTIM")[number % 4]


def test_another_spelling_of_a_login_is_no_further_try(client: TestClient) -> None:
    make_account(client, Role.ADMIN, "victim")
    assert [try_login(client, spell(number)) for number in range(12)] == [403] * 10 + [429] * 2


def test_going_on_to_what_is_no_address_goes_nowhere(client: TestClient) -> None:
    for address in ("http://[", "//[", "/\u202e", "https://evil.example/", "/\r\nX: 1"):
        answer = client.get("/login", params={"next": address})
        assert answer.status_code == 200, address
        assert 'name="next" value="/"' in answer.text, address


def test_an_origin_that_is_none_is_refused(client: TestClient) -> None:
    assert client.post("/login", data={}, headers={"Origin": "http://["}).status_code == 403
    assert not is_same_site({"origin": "http://[", "host": "127.0.0.1"})  # type: ignore[arg-type]


def test_passwords_tried_by_the_hundred_leave_threads_to_those_who_read(client: TestClient) -> None:
    make_account(client, Role.VIEWER, "victim")
    taken = []
    while passwords.WAITING.acquire(blocking=False):
        taken.append(True)
    try:
        assert len(taken) <= 10
        assert try_login(client, "victim") == 503
        assert another(client).get("/login").status_code == 200
    finally:
        for _ in taken:
            passwords.WAITING.release()
    assert log_in(client, "victim").get("/").status_code == 200


def test_one_link_taken_up_at_once_by_many_makes_one_account(client: TestClient) -> None:
    link, answers, start = first_link(client, Role.EDITOR), [], Barrier(4)

    def take(number: int) -> None:
        own = another(client)
        form = {"token": token_on(own, link), "login": f"u{number}", "name": f"Somebody {number + 2}"}
        start.wait()
        answers.append(own.post(link, data={**form, "password": PASSWORD, "again": PASSWORD}, headers=SAME).status_code)

    threads = [Thread(target=take, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [303, 404, 404, 404]


# ---- names


ALIKE = (
    "Name of anna", "name OF anna", "Name  of\tanna", "Name of a\u200bnna", "Name of \u202eanna", "Name of anna\ufe0f",
    "Name of \u0430nna", "N\u03b1me of anna", "Name of anna\u3164", "\uff2eame of anna", "Name 0f anna",
)  # fmt: skip
NAMES = ("آنا کرمی", "Анна Ковальчук", "Ἄννα Παπαδοπούλου", "安娜", "Åsa Lindqvist", "O’Neill-Ruiz")


def join(client: TestClient, link: str, name: str, login: str = "other") -> tuple[int, TestClient]:
    own = another(client)
    form = {"token": token_on(own, link), "login": login, "name": name, "password": PASSWORD, "again": PASSWORD}
    return own.post(link, data=form, headers=SAME).status_code, own


def test_no_name_passes_for_anothers(client: TestClient) -> None:
    make_account(client, Role.REVIEWER, "anna")
    make_account(client, Role.REVIEWER, "boris")
    renamed, link = log_in(client, "boris"), first_link(client, Role.REVIEWER)
    token = token_on(renamed, "/account")
    for name in ALIKE:
        assert join(client, link, name)[0] == 400, ascii(name)
        answer = renamed.post("/account/name", data={"token": token, "name": name}, headers=SAME)
        assert answer.status_code == 400, ascii(name)


def test_names_of_any_writing_are_taken_as_they_are(client: TestClient) -> None:
    make_account(client, Role.ADMIN, "anna")
    for number, name in enumerate(NAMES):
        status, own = join(client, first_link(client, Role.VIEWER), name, f"login-{number}")
        assert status == 303, name
        assert name in own.get("/account").text.replace("&#39;", "'"), name


# ---- rights that ended


def test_who_is_closed_out_finishes_no_form_begun_before(client: TestClient) -> None:
    """The head of the request comes in time, its body when the account is closed."""
    make_account(client, Role.ADMIN, "other")
    own = as_role(client, Role.ADMIN)
    token = token_on(own, "/people")
    with team_of(client).reading() as connection:
        found = find_credentials(connection, login="admin")
    assert found is not None

    def body() -> Iterator[bytes]:
        yield f"token={token}&role=admin&key=abc&".encode()
        with team_of(client).writing(who="system") as desk:
            change_account(desk, found.account, standing=Standing.CLOSED)
        yield b"why=for+later"

    form = {"content-type": "application/x-www-form-urlencoded", **SAME}
    answer = own.post("/people/invite", content=body(), headers=form)
    assert answer.status_code in (401, 403)
    assert "account.invited" not in [each.change.what for each in team_of(client).history()]


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truceline.web.security.BODY_SECONDS", 0.02)

    async def never() -> dict[str, object]:
        await asyncio.sleep(60)
        return {}

    _, refusal = asyncio.run(whole(never))  # type: ignore[arg-type]
    assert refusal is not None
    assert refusal[0] == 408


def test_no_token_opens_what_takes_a_login_whatever_it_is_for(client: TestClient) -> None:
    headers = bearer(client, make_account(client, Role.ADMIN), *Right)
    walked = 0
    for route in routes_of(client):
        needs = [each.call for each in route.dependant.dependencies] if isinstance(route, APIRoute) else []
        if any(isinstance(each, Need) and each.in_person for each in needs):
            for method in route.methods or ():
                answer = client.request(method, route.path.replace("{id}", "a-1"), headers={**headers, **SAME})
                assert answer.status_code == 403, (method, route.path)
                walked += 1
    assert walked > 15


def test_a_second_factor_that_is_taken_is_not_gone_round_with_a_token(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account(client, Role.VIEWER)
    account = make_account(client, Role.ADMIN)
    before = bearer(client, account, Right.READ, Right.MANAGE)
    own = log_in(client, "admin")
    assert client.get("/jobs", headers=before).status_code == 200
    monkeypatch.setitem(allowed(), "second_factor_for", ["admin"])  # type: ignore[arg-type]
    for address in ("/jobs", "/api/v1/incidents", "/ledger"):
        assert client.get(address, headers=before).status_code in (303, 403), address
    form = {"token": token_on(own, "/account"), "name": "t", "days": "300", "key": "k", "may-manage": "1"}
    answer = own.post("/account/tokens", data=form, headers=SAME)
    assert answer.status_code == 400
    assert "tl_" not in answer.text
    switch_on(own)
    assert client.get("/jobs", headers=before).status_code == 200


def test_a_stolen_login_of_yesterday_makes_no_token_that_outlasts_it(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    set_clock(client, NOON + timedelta(hours=2))
    page = own.get("/account").text
    assert 'name="password" autocomplete="current-password" required' in page[page.index("account/tokens") :]
    form = {"token": token_on(own, "/account"), "name": "t", "days": "300", "may-manage": "1"}
    for password, status in (("", 400), ("a wrong one, of course", 400), (PASSWORD, 200)):
        answer = own.post("/account/tokens", data={**form, "password": password}, headers=SAME)
        assert (answer.status_code, "tl_" in answer.text) == (status, status == 200)


# ---- where somebody comes from


def test_behind_a_proxy_nobody_sits_at_this_machine(empty: TestClient) -> None:
    """Before the first account; a proxy that does not say who asks, or hands on what it was told, makes all local."""
    state = empty.app.state  # type: ignore[attr-defined]
    for behind_proxy, status in ((False, 200), (True, 303)):
        app = make_app(state.keeper, state.team, behind_proxy=behind_proxy)
        own = TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False, client=("127.0.0.1", 1))
        assert own.get("/", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == status


def test_who_a_proxy_names_is_believed_from_a_proxy_only(client: TestClient) -> None:
    make_account(client, Role.ADMIN)
    own = another(client, "198.51.100.7")
    told = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1",
            "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}  # fmt: skip
    answer = own.get("/login", headers=told)
    assert "evil.example" not in answer.text
    address = own.get("/", headers=told).headers["location"]
    assert address.startswith("/login?")


def test_over_tls_only_this_very_host_sets_the_cookie(client: TestClient) -> None:
    make_account(client, Role.ADMIN)
    own = TestClient(
        client.app, base_url="https://127.0.0.1:8000", follow_redirects=False, client=("127.0.0.1", 1)
    )  # fmt: skip
    form = {"token": token_on(own, "/login"), "login": "admin", "password": PASSWORD, "next": "/"}
    answer = own.post("/login", data=form, headers=SAME)
    flags = answer.headers["set-cookie"]
    assert flags.startswith("__Host-truceline=")
    assert all(each in flags for each in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    assert "domain" not in flags.lower()
    secret = own.cookies[cookie_name("https")]
    assert own.get("/account").status_code == 200
    own.cookies.clear()
    assert own.get("/account", headers={"cookie": f"{COOKIE}={secret}"}).status_code == 303


def test_a_zero_byte_in_an_address_is_refused() -> None:
    for path, query, status in (("/people/\0", b"", 404), ("/", b"q=%00", 400), ("/", b"q=\0", 400)):
        scope = {"type": "http", "path": path, "query_string": query, "headers": [(b"host", b"localhost")]}
        refusal = find_refusal(scope, frozenset({"localhost"}))
        assert refusal is not None
        assert refusal[0] == status
