"""The second factor: half a login is none, and no code works twice."""

from datetime import timedelta

import pytest
from factor import FACTOR, NOTE, TOTP, give_code, half_in, post, set_clock, switch_on
from fastapi.testclient import TestClient
from people import PASSWORD, SAME, as_role, log_in, make_account, team_of, token_on

from truceline.model.person import Role
from truceline.store.accounts import find_credentials
from truceline.testing import NOON
from truceline.web import make_app
from truceline.web.limits import allowed
from truceline.web.second_factor import code_at, find_step, new_totp
from truceline.web.visitor import COOKIE

GUESS = "guess"
LATER = NOON + timedelta(minutes=2)
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105  "12345678901234567890", RFC 6238, appendix B


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")])
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    now = NOON.fromtimestamp(seconds, tz=NOON.tzinfo)
    assert code_at(RFC_SECRET, now) == code
    assert find_step(RFC_SECRET, f" {code[:3]} {code[3:]} ", now) == seconds // 30


@pytest.mark.parametrize(
    ("late", "is_taken"), [(0, True), (30, True), (-30, True), (61, False), (-61, False), (86400, False)]
)
def test_a_code_is_taken_one_step_early_or_late_and_no_more(late: int, is_taken: bool) -> None:
    now, totp = NOON.replace(second=0), new_totp()
    assert (find_step(totp, code_at(totp, now + timedelta(seconds=late)), now) is not None) is is_taken


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "12345\x00", "9" * 5000])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert find_step(new_totp(), typed, NOON) is None


def test_half_a_login_opens_nothing_and_the_code_makes_it_another_one(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    totp, _ = switch_on(own)
    set_clock(client, LATER)
    half = half_in(client, "admin")
    before = half.cookies[COOKIE]
    assert half.get("/").status_code == 303
    assert half.get("/account").headers["location"].startswith("/login")
    assert half.get("/people").headers["location"].startswith("/login")
    assert half.get("/api/v1/incidents").status_code == 401
    assert post(half, "/account/name", on="/login/code", name="x").status_code == 401
    answer = give_code(half, code_at(totp, LATER))
    assert (answer.status_code, answer.headers["location"]) == (303, "/map.html")
    assert half.cookies[COOKIE] != before
    assert half.get("/people").status_code == 200
    half.cookies.clear()
    half.cookies.set(COOKIE, before)
    assert half.get("/people").status_code == 303
    assert half.get("/login/code").headers["location"] == "/login"


def test_half_a_login_ends_after_some_minutes(client: TestClient) -> None:
    totp, _ = switch_on(as_role(client, Role.ANALYST))
    set_clock(client, LATER)
    half = half_in(client, "analyst")
    token = token_on(half, "/login/code")
    late = LATER + timedelta(minutes=allowed()["session"]["second_factor_minutes"], seconds=1)
    set_clock(client, late)
    answer = half.post("/login/code", data={"token": token, "code": code_at(totp, late), "next": "/"}, headers=SAME)
    assert answer.status_code == 403
    assert half.get("/").status_code == 303


def test_no_code_works_twice_not_even_the_one_that_switched_it_on(client: TestClient) -> None:
    totp, _ = switch_on(as_role(client, Role.ANALYST))
    assert give_code(half_in(client, "analyst"), code_at(totp, NOON)).status_code == 403
    set_clock(client, LATER)
    first, second = half_in(client, "analyst"), half_in(client, "analyst")
    assert give_code(first, code_at(totp, LATER)).status_code == 303
    assert give_code(second, code_at(totp, LATER)).status_code == 403
    # Nor an earlier one that is still within the window.
    assert give_code(second, code_at(totp, LATER - timedelta(seconds=30))).status_code == 403


def test_a_recovery_code_works_once_in_any_writing_and_is_entered(client: TestClient) -> None:
    _, codes = switch_on(as_role(client, Role.ANALYST))
    assert give_code(half_in(client, "analyst"), codes[0].upper().replace("-", " ")).status_code == 303
    assert give_code(half_in(client, "analyst"), codes[0]).status_code == 403
    assert give_code(half_in(client, "analyst"), codes[1]).status_code == 303
    told = [each.change for each in team_of(client).history() if each.change.what == "account.recovery_used"]
    assert [each.body for each in told] == ["8 left", "9 left"]
    assert not any(code in f"{each.why} {each.body}" for each in told for code in codes)


def test_tries_of_codes_are_counted_over_logins_and_addresses(client: TestClient) -> None:
    totp, codes = switch_on(as_role(client, Role.ANALYST))  # one try goes to switching it on
    set_clock(client, LATER)
    most = int(allowed()["pace"]["code"].partition("/")[0]) - 1
    told = [give_code(half_in(client, "analyst"), "000000").status_code for _ in range(most)]
    assert told == [403] * most
    half = half_in(client, "analyst")
    assert give_code(half, code_at(totp, LATER)).status_code == 429
    assert give_code(half, codes[0]).status_code == 429


def test_switching_on_takes_the_password_and_a_code_and_ends_other_logins(client: TestClient) -> None:
    own = as_role(client, Role.ANALYST)
    other = log_in(client, "analyst")
    assert "is not your password" in post(own, f"{FACTOR}/begin", on=FACTOR, password=GUESS).text
    shown = post(own, f"{FACTOR}/begin", on=FACTOR, password=PASSWORD).text
    totp, note = TOTP.search(shown)[1].replace(" ", ""), NOTE.search(shown)[1]
    assert "<svg" in shown
    assert "style=" not in shown.partition("<main")[2]
    wrong = post(own, f"{FACTOR}/on", on=FACTOR, note=note, code="000000")
    assert wrong.status_code == 400
    with team_of(client).reading() as connection:
        assert find_credentials(connection, login="analyst").totp == ""
    # The note is good in the login it was made in only, and not when somebody changed it.
    code = code_at(totp, NOON)
    assert post(other, f"{FACTOR}/on", on=FACTOR, note=note, code=code).status_code == 400
    assert post(own, f"{FACTOR}/on", on=FACTOR, note=note[:-1] + "g", code=code).status_code == 400
    assert post(own, f"{FACTOR}/on", on=FACTOR, note=note, code=code).status_code == 200
    assert other.get("/").status_code == 303
    assert own.get("/").status_code == 200
    # What was shown once is not shown again, however often the form is sent.
    again = post(own, f"{FACTOR}/on", on=FACTOR, note=note, code=code)
    assert again.status_code == 303
    assert totp not in own.get(FACTOR).text


def test_switching_off_takes_the_password_and_a_code(client: TestClient) -> None:
    own = as_role(client, Role.ANALYST)
    totp, codes = switch_on(own)
    set_clock(client, LATER)
    assert post(own, f"{FACTOR}/off", on=FACTOR, password=GUESS, code=code_at(totp, LATER)).status_code == 400
    assert post(own, f"{FACTOR}/off", on=FACTOR, password=PASSWORD, code="000000").status_code == 400
    renewed = post(own, f"{FACTOR}/recovery", on=FACTOR, password=PASSWORD, code=code_at(totp, LATER))
    assert renewed.status_code == 200
    assert not any(each in renewed.text for each in codes)
    last = LATER + timedelta(minutes=1)
    set_clock(client, last)
    assert give_code(half_in(client, "analyst"), codes[0]).status_code == 403
    answer = post(own, f"{FACTOR}/off", on=FACTOR, password=PASSWORD, code=code_at(totp, last))
    assert answer.headers["location"] == "/account?done=off"
    assert log_in(client, "analyst").get("/").status_code == 200
    assert team_of(client).verify().faults == ()


def test_a_role_misspelt_among_those_that_take_one_stops_the_start(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(allowed(), "second_factor_for", ["admn"])
    with pytest.raises(ValueError, match="admn"):
        make_app(client.app.state.keeper, team_of(client))


def test_a_role_that_takes_a_second_factor_does_nothing_without(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(allowed(), "second_factor_for", ["admin"])
    make_account(client, Role.ANALYST)
    own = as_role(client, Role.ADMIN)
    assert own.get("/people").headers["location"] == FACTOR
    assert own.get("/").headers["location"] == FACTOR
    assert own.get("/api/v1/incidents").status_code == 403
    answer = post(own, "/people/invite", on=FACTOR, role="admin", why="w", key="k")
    assert answer.status_code == 403
    assert "Switch it on" in own.get("/account").text
    assert log_in(client, "analyst").get("/").status_code == 200
    totp, _ = switch_on(own)
    assert own.get("/people").status_code == 200
    set_clock(client, LATER)
    answer = post(own, f"{FACTOR}/off", on=FACTOR, password=PASSWORD, code=code_at(totp, LATER))
    assert answer.status_code == 403
    assert own.get("/people").status_code == 200
