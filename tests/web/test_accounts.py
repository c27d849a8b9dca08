"""One's own account and the people of a register: nobody takes what is another's; what is shown once is not again."""

import re

import pytest
from factor import FACTOR, half_in, post, switch_on
from fastapi.testclient import TestClient
from people import PASSWORD, SAME, another, as_role, first_link, log_in, make_account, routes_of, team_of, token_on

from truceline.model.person import Right, Role, Standing
from truceline.store import tables
from truceline.store.accounts import add_account, change_account, find_account, find_credentials
from truceline.store.sessions import HANDLE, invite
from truceline.vocab.rights import grant_of
from truceline.web.visitor import COOKIE

OTHER = "another sentence, to remember"
GUESS = "guess"
BEARER = re.compile(r"<code>(tl_[\w-]+)</code>")
LINK = re.compile(r"<code>http://127\.0\.0\.1:8000(/join/[\w-]+)</code>")
HANDLES = re.compile(r'name="session" value="([0-9a-f]+)"')
INVITATION = re.compile(r'name="invitation" value="([0-9a-f]+)"')
SEEN = re.compile(r'name="seen" value="(\d+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')
HOSTILE = "<script>alert(1)</script>\u202e=cmd"


def ids_of(client: TestClient, login: str) -> str:
    with team_of(client).reading() as connection:
        found = find_credentials(connection, login=login)
    assert found is not None
    return found.account.id


def role_of(client: TestClient, login: str) -> Role:
    with team_of(client).reading() as connection:
        return find_account(connection, ids_of(client, login)).role


def change(own: TestClient, id: str, part: str, **form: str) -> object:
    """A form of the page of one account."""
    page = own.get(f"/people/{id}").text
    sent = {"token": token_on(own, f"/people/{id}"), "seen": SEEN.search(page)[1], "why": "a reason", **form}
    return own.post(f"/people/{id}/{part}", data=sent, headers=SAME)


def made_token(own: TestClient, **form: str) -> str:
    answer = post(own, "/account/tokens", **{"name": "notebook", "days": "9", "may-read": "yes", **form})
    assert answer.status_code == 200, answer.text
    return BEARER.search(answer.text)[1]


def bearer(client: TestClient, secret: str) -> TestClient:
    own = another(client)
    own.headers["authorization"] = f"Bearer {secret}"
    return own


# ---- every route


def posts_of(client: TestClient) -> list[str]:
    begun = ("/account", "/people", "/ledger", "/login", "/logout", "/join")
    return [
        each.path.replace("{id}", "a-0000").replace("{secret}", "none")
        for each in routes_of(client)
        if "POST" in (each.methods or ()) and each.path.startswith(begun)
    ]


def test_no_form_is_taken_from_elsewhere_or_without_the_token_of_this_login(client: TestClient) -> None:
    make_account(client, Role.VIEWER)
    own, other = as_role(client, Role.ADMIN), log_in(client, "viewer")
    token, strange = token_on(own, "/account"), token_on(other, "/account")
    nobodys = token_on(client, "/login")
    before = team_of(client).history(limit=1)[0].seq
    paths = posts_of(client)
    assert len(paths) > 18
    for path in paths:
        for sent in ({"a": "b"}, {"token": strange}, {"token": nobodys}, {"token": token[:-1]}):
            assert own.post(path, data=sent, headers=SAME).status_code == 403, path
        for headers in (
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "https://e.example"},
        ):
            assert own.post(path, data={"token": token}, headers=headers).status_code == 403, path
        assert own.post(path, json={"token": token}, headers=SAME).status_code == 415, path
        assert own.get(path).status_code in (200, 303, 404, 405), path
    assert team_of(client).history(limit=1)[0].seq == before
    assert own.get("/account").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_people_and_ledger_open_to_their_roles_only(client: TestClient, role: Role) -> None:
    target = make_account(client, Role.ADMIN, "boss")
    own, rights = as_role(client, role), grant_of(role).rights
    for path in ("/people", f"/people/{target}", "/people.csv"):
        assert own.get(path).status_code == (200 if Right.MANAGE in rights else 403)
    for path in ("/ledger", "/ledger.csv"):
        assert own.get(path).status_code == (200 if Right.REVIEW in rights else 403)
    page = own.get("/").text
    assert ('href="people"' in page) is (Right.MANAGE in rights)
    assert ('href="ledger"' in page) is (Right.REVIEW in rights)
    if Right.MANAGE not in rights:
        for part in ("role", "standing", "password-link", "second-factor", "identity"):
            sent = {"role": role.value, "standing": "closed", "why": "w", "seen": "1", "key": "k"}
            assert post(own, f"/people/{target}/{part}", **sent).status_code == 403
        assert post(own, "/people/invite", role="admin", why="w", key="k").status_code == 403
        assert role_of(client, "boss") is Role.ADMIN


def test_nobody_is_led_to_the_door_and_a_token_opens_no_account(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    ticked = {f"may-{each.value}": "yes" for each in Right}
    program = bearer(client, made_token(own, **ticked))
    assert program.get("/api/v1/incidents").status_code == 200
    assert program.get("/ledger").status_code == 200
    token = token_on(client, "/login")
    for path in ("/account", FACTOR, "/people", "/people.csv", f"/people/{ids_of(client, 'admin')}"):
        assert program.get(path).status_code == 403
        assert another(client).get(path).headers["location"].startswith("/login?next=")
    form = {"token": token, "name": "n", "days": "9", "may-manage": "yes", "role": "admin", "why": "w", "key": "k"}
    for path in ("/account/tokens", "/account/password", "/people/invite", f"{FACTOR}/begin"):
        assert program.post(path, data=form, headers=SAME).status_code == 403
        assert another(client).post(path, data=form, headers=SAME).status_code == 401


# ---- one's own account


def test_a_name_is_changed_and_nothing_else_with_it(client: TestClient) -> None:
    own = as_role(client, Role.VIEWER)
    known = ids_of(client, "viewer")
    more = {"role": "admin", "login": "boss", "id": "a-1", "standing": "closed", "subject": "s", "account": "a-1"}
    assert post(own, "/account/name", name=f"  Rima {HOSTILE} ", **more).status_code == 400
    assert post(own, "/account/name", name="  Rima   <b>Haddad</b> ", **more).status_code == 303
    with team_of(client).reading() as connection:
        found = find_account(connection, known)
    assert (found.name, found.login, found.role) == ("Rima <b>Haddad</b>", "viewer", Role.VIEWER)
    assert (found.standing, found.subject) == (Standing.ACTIVE, "")
    assert "<b>Haddad" not in own.get("/account").text
    assert team_of(client).verify().faults == ()


def test_a_name_of_another_or_one_that_was_acted_under_stays(client: TestClient) -> None:
    make_account(client, Role.ADMIN)
    own = as_role(client, Role.REVIEWER)
    answer = post(own, "/account/name", name="NAME of Admin")
    assert answer.status_code == 400
    assert "must not be taken for theirs" in answer.text
    assert post(own, "/account/name", name="Rima").status_code == 303
    with team_of(client).writing(who=ids_of(client, "reviewer")) as desk:
        desk.enter("decision.made", "incident i-1")
    answer = post(own, "/account/name", name="Somebody Else")
    assert answer.status_code == 400
    assert "so it stays" in answer.text
    assert "Rima" in own.get("/account").text


def test_a_role_taken_meanwhile_does_not_come_back_with_a_name(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from truceline.web.routes import account

    make_account(client, Role.ADMIN)
    own = as_role(client, Role.EDITOR)
    done = account.read_form

    async def slowly(request: object, names: object) -> dict[str, str]:
        form = await done(request, names)
        with team_of(client).writing(who="system") as desk:
            change_account(desk, find_account(desk.connection, ids_of(client, "editor")), role=Role.VIEWER)
        return form

    token = token_on(own, "/account")
    monkeypatch.setattr(account, "read_form", slowly)
    assert own.post("/account/name", data={"token": token, "name": "E"}, headers=SAME).status_code == 303
    assert role_of(client, "editor") is Role.VIEWER


def test_a_password_takes_the_old_one_and_ends_every_other_login(client: TestClient) -> None:
    own = as_role(client, Role.VIEWER)
    other = log_in(client, "viewer")
    new = {"password": OTHER, "again": OTHER}
    for wrong in (
        {**new, "old": GUESS},
        {**new, "old": PASSWORD, "again": "x"},
        {"old": PASSWORD, "password": "short"},
    ):
        answer = post(own, "/account/password", **wrong)
        assert answer.status_code == 400
        assert OTHER not in answer.text
    before = own.cookies[COOKIE]
    assert post(own, "/account/password", old=PASSWORD, **new).headers["location"] == "/account?done=password"
    assert own.cookies[COOKIE] != before
    assert own.get("/account?done=password").status_code == 200
    assert other.get("/").status_code == 303
    stale = another(client)
    stale.cookies.set(COOKIE, before)
    assert stale.get("/").status_code == 303
    assert log_in(client, "viewer", OTHER).get("/").status_code == 200
    form = {"token": token_on(client, "/login"), "login": "viewer", "password": PASSWORD, "next": "/"}
    assert client.post("/login", data=form, headers=SAME).status_code == 403


def test_tries_of_the_old_password_are_counted(client: TestClient) -> None:
    own = as_role(client, Role.VIEWER)
    new = {"password": OTHER, "again": OTHER}
    told = {post(own, "/account/password", old=f"{GUESS} {n}", **new).status_code for n in range(10)}
    assert told == {400}
    assert post(own, "/account/password", old=PASSWORD, **new).status_code == 429
    assert post(own, f"{FACTOR}/begin", on=FACTOR, password=PASSWORD).status_code == 429


def test_logins_are_ended_by_their_owner_only(client: TestClient) -> None:
    make_account(client, Role.ADMIN)
    own, admin = as_role(client, Role.VIEWER), log_in(client, "admin")
    second, third = log_in(client, "viewer"), log_in(client, "viewer")
    shown = HANDLES.findall(own.get("/account").text)
    assert len(shown) == 2
    assert not any(each.cookies[COOKIE] in own.get("/account").text for each in (own, second, third))
    for handle in (*shown, "", "%", "_" * HANDLE, shown[0][:-1], "0" * HANDLE):
        assert post(admin, "/account/sessions/end", session=handle).status_code == 404
    assert [each.get("/").status_code for each in (second, third)] == [200, 200]
    assert post(own, "/account/sessions/end", session=shown[0]).status_code == 303
    assert sorted(each.get("/").status_code for each in (second, third)) == [200, 303]
    assert post(own, "/account/sessions/end", session="others").status_code == 303
    assert [each.get("/").status_code for each in (own, second, third, admin)] == [200, 303, 303, 200]


def test_a_token_is_shown_once_and_may_no_more_than_its_owner(client: TestClient) -> None:
    own = as_role(client, Role.VIEWER)
    form = {"name": HOSTILE, "days": "9", "may-read": "yes", "key": KEY.search(own.get("/account").text)[1]}
    for wrong in (
        {"may-manage": "yes"},
        {"days": "0"},
        {"days": "9999"},
        {"days": "1e9"},
        {"days": "٣"},
        {"name": " "},
    ):
        assert post(own, "/account/tokens", **{**form, **wrong}).status_code == 400
    answer = post(own, "/account/tokens", **form, account="a-1", scopes="manage", id="t-1")
    secret = BEARER.search(answer.text)[1]
    assert answer.headers["cache-control"] == "no-store"
    assert "<script>" not in answer.text
    again = post(own, "/account/tokens", **form)
    assert again.status_code == 409
    assert BEARER.search(again.text) is None
    program = bearer(client, secret)
    assert program.get("/api/v1").status_code == 200
    assert program.get("/ledger").status_code == 403
    assert secret not in own.get("/account").text
    assert secret.removeprefix("tl_") not in whole_database(client)


def test_a_token_is_revoked_by_its_owner_only(client: TestClient) -> None:
    own, admin = as_role(client, Role.VIEWER), as_role(client, Role.ADMIN)
    secret = made_token(own)
    known = re.search(r'name="id" value="(t-[0-9a-f]+)"', own.get("/account").text)[1]
    assert known not in admin.get("/account").text
    assert post(admin, "/account/tokens/revoke", id=known).status_code == 404
    assert bearer(client, secret).get("/api/v1").status_code == 200
    assert post(own, "/account/tokens/revoke", id=known).status_code == 303
    assert post(own, "/account/tokens/revoke", id=known).status_code == 404
    assert bearer(client, secret).get("/api/v1").status_code == 401


def whole_database(client: TestClient) -> str:
    """Every row of every table of people, as text."""
    known = (tables.ledger, tables.accounts, tables.sessions, tables.invitations, tables.api_tokens)
    with team_of(client).reading() as connection:
        return "\n".join(str(row) for table in known for row in connection.execute(table.select()))


# ---- people


def test_an_invitation_is_a_link_shown_once_that_makes_one_account_of_that_role(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    form = {"role": "analyst", "why": f"for {HOSTILE}", "key": KEY.search(own.get("/people").text)[1]}
    for wrong in ({"role": "owner"}, {"role": ""}, {"why": " "}):
        assert post(own, "/people/invite", on="/people", **{**form, **wrong}).status_code == 400
    answer = post(own, "/people/invite", on="/people", **form)
    assert "<script>" not in answer.text
    link = LINK.search(answer.text)[1]
    assert post(own, "/people/invite", on="/people", **form).status_code == 409
    assert link.rpartition("/")[2] not in own.get("/people").text + own.get("/ledger").text + whole_database(client)
    guest = another(client)
    typed = {"login": "rima", "name": "Rima", "password": PASSWORD, "again": PASSWORD, "role": "admin", "standing": "x"}
    assert post(guest, link, on=link, **typed).status_code == 303
    assert role_of(client, "rima") is Role.ANALYST
    assert another(client).get(link).status_code == 404


def test_a_link_is_withdrawn_and_those_of_who_is_closed_out_end(client: TestClient) -> None:
    own, second = as_role(client, Role.ADMIN), make_account(client, Role.ADMIN, "second")
    links = []
    for login in ("admin", "second"):
        with team_of(client).writing(who=ids_of(client, login)) as desk:
            links.append(f"/join/{invite(desk, role=Role.ADMIN, hours=1)}")
    shown = INVITATION.findall(own.get("/people").text)
    assert len(shown) == 2
    for wrong in ("", "%", "_" * HANDLE, shown[0][:4]):
        assert post(own, "/people/invitations/withdraw", on="/people", invitation=wrong).status_code == 404
    assert change(own, second, "standing", standing="closed").status_code == 303
    assert [client.get(each).status_code for each in links] == [200, 404]
    left = INVITATION.findall(own.get("/people").text)
    assert post(own, "/people/invitations/withdraw", on="/people", invitation=left[0]).status_code == 303
    assert client.get(links[0]).status_code == 404


def test_a_role_changes_with_a_reason_and_they_log_in_anew(client: TestClient) -> None:
    admin, own = as_role(client, Role.ADMIN), as_role(client, Role.VIEWER)
    known = ids_of(client, "viewer")
    assert change(admin, known, "role", role="analyst", why=" ").status_code == 400
    assert change(admin, known, "role", role="king").status_code == 400
    assert change(admin, known, "role", role="analyst", seen="").status_code == 400
    assert (
        change(admin, known, "role", role="analyst", why="joins us").headers["location"] == f"/people/{known}?done=role"
    )
    assert own.get("/").status_code == 303
    assert role_of(client, "viewer") is Role.ANALYST
    entry = team_of(client).history(f"account {known}")[0].change
    assert (entry.what, entry.why, entry.who) == ("account.changed", "joins us", ids_of(client, "admin"))
    assert "joins us" in admin.get(f"/people/{known}").text


def test_of_two_admins_the_later_one_is_told_of_the_other(client: TestClient) -> None:
    admin = as_role(client, Role.ADMIN)
    known = make_account(client, Role.VIEWER)
    seen = SEEN.search(admin.get(f"/people/{known}").text)[1]
    assert change(admin, known, "role", role="reviewer").status_code == 303
    for part, form in (
        ("role", {"role": "admin"}),
        ("standing", {"standing": "closed"}),
        ("password-link", {"key": "k"}),
    ):
        answer = change(admin, known, part, seen=seen, **form)
        assert answer.status_code == 409, part
        assert "changed meanwhile" in answer.text
    assert role_of(client, "viewer") is Role.REVIEWER


def test_the_last_admin_can_neither_go_nor_step_down(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    known = ids_of(client, "admin")
    for part, form in (("role", {"role": "editor"}), ("standing", {"standing": "closed"})):
        answer = change(own, known, part, **form)
        assert answer.status_code == 400
        assert "somebody must be left" in answer.text.lower()
    make_account(client, Role.ADMIN, "second")
    assert change(own, known, "role", role="editor").status_code == 303
    assert own.get("/people").status_code == 303
    assert team_of(client).verify().faults == ()


def test_who_is_closed_comes_in_by_no_way_and_can_be_let_in_again(client: TestClient) -> None:
    admin, own = as_role(client, Role.ADMIN), as_role(client, Role.ANALYST)
    known, secret = ids_of(client, "analyst"), made_token(own)
    switch_on(own)
    half = half_in(client, "analyst")
    answer = change(admin, known, "password-link", key="k1")
    link = LINK.search(answer.text)[1]
    assert change(admin, known, "standing", standing="closed").status_code == 303
    assert own.get("/").status_code == half.get("/login/code").status_code == 303
    assert bearer(client, secret).get("/api/v1").status_code == 401
    assert another(client).get(link).status_code == 404
    assert change(admin, known, "password-link", key="k2").status_code == 409
    form = {"token": token_on(client, "/login"), "login": "analyst", "password": PASSWORD, "next": "/"}
    assert client.post("/login", data=form, headers=SAME).status_code == 403
    assert change(admin, known, "standing", standing="active").status_code == 303
    assert half_in(client, "analyst").get("/").status_code == 303
    assert bearer(client, secret).get("/api/v1").status_code == 401


def test_a_link_for_a_password_ends_the_one_before_and_keeps_the_second_factor(client: TestClient) -> None:
    admin, own = as_role(client, Role.ADMIN), as_role(client, Role.ANALYST)
    known = ids_of(client, "analyst")
    switch_on(own)
    first, second = (LINK.search(change(admin, known, "password-link", key=key).text)[1] for key in ("k1", "k2"))
    guest = another(client)
    assert guest.get(first).status_code == 404
    typed = {"password": OTHER, "again": OTHER, "login": "admin", "name": "x", "role": "admin"}
    answer = post(guest, second, on=second, **typed)
    assert answer.headers["location"].startswith("/login/code")
    assert guest.get("/").status_code == 303
    assert own.get("/").status_code == 303
    with team_of(client).reading() as connection:
        found = find_account(connection, known)
    assert (found.login, found.role) == ("analyst", Role.ANALYST)
    assert change(admin, known, "second-factor", why="").status_code == 400
    assert change(admin, known, "second-factor", why="lost telephone").status_code == 303
    assert log_in(client, "analyst", OTHER).get("/").status_code == 200


@pytest.mark.parametrize("id", ["a-0000", "..%2f..", "' OR 1=1 --", "%00", "x" * 41])
def test_there_is_no_page_of_what_is_no_account(client: TestClient, id: str) -> None:
    own = as_role(client, Role.ADMIN)
    assert own.get(f"/people/{id}").status_code in (404, 422)
    answer = post(own, f"/people/{id}/role", role="admin", why="w", seen="0")
    assert answer.status_code in (404, 422)


# ---- the ledger


def test_the_ledger_tells_who_did_what_and_proves_itself(client: TestClient) -> None:
    own, editor = as_role(client, Role.ADMIN), as_role(client, Role.REVIEWER)
    known = make_account(client, Role.VIEWER, HOSTILE)
    assert change(own, known, "role", role="analyst", why=f"=1+1 {HOSTILE}").status_code == 303
    page = editor.get("/ledger").text
    assert "<script>" not in page
    assert "Name of admin" in page
    assert f'href="people/{known}"' not in page
    assert f'href="people/{known}"' in own.get("/ledger").text
    part = editor.get("/ledger", params={"subject": f"account {known}"}).text
    assert "Name of admin" in part
    assert part.count('<tr id="entry-') == 2
    assert editor.get("/ledger", params={"who": ids_of(client, "admin")}).text.count('<tr id="entry-') == 1
    assert "Nothing was done" in editor.get("/ledger", params={"subject": "account a-none"}).text
    table = editor.get("/ledger.csv").text
    assert table.count("\r\n") == 1 + team_of(client).history(limit=1)[0].seq
    assert "'=1+1" in table
    assert "Not proved since the service was started" in page
    assert post(editor, "/ledger/verify", on="/ledger").headers["location"] == "/ledger"
    assert "It holds: 4 entries" in editor.get("/ledger").text


def test_a_ledger_that_was_altered_says_so(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    with team_of(client)._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE ledger SET who = 'a-other' WHERE seq = 1")
    post(own, "/ledger/verify", on="/ledger")
    page = own.get("/ledger").text
    assert "It does not hold" in page
    assert "entry 1 was altered" in page


def test_a_long_ledger_is_paged_without_gap_or_double(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    with team_of(client).writing(who="system") as desk:
        for number in range(230):
            desk.enter("test.done", f"subject {number}")
    found, path = [], "/ledger"
    while path:
        page = own.get(path).text
        found += re.findall(r'<tr id="entry-(\d+)"', page)
        older = re.search(r'href="(ledger\?before=\d+)#entries"', page)
        path = f"/{older[1]}" if older else ""
    assert found == [str(each) for each in range(231, 0, -1)]


def test_proving_is_asked_for_only_so_often(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    told = [post(own, "/ledger/verify", on="/ledger").status_code for _ in range(7)]
    assert told == [303] * 6 + [429]


# ---- nothing secret goes out


def test_no_page_shows_a_secret_again(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    own = as_role(client, Role.ADMIN)
    known = ids_of(client, "admin")
    secret = made_token(own)
    link = LINK.search(change(own, known, "password-link", key="k").text)[1]
    totp, codes = switch_on(own)
    with team_of(client).reading() as connection:
        found = find_credentials(connection, login="admin")
    hidden = [secret, link, totp, *codes, *found.recovery, found.secret, own.cookies[COOKIE], PASSWORD]
    paths = ("/account", FACTOR, "/people", f"/people/{known}", "/people.csv", "/ledger", "/ledger.csv", "/")
    shown = "\n".join(own.get(path).text for path in paths) + caplog.text
    assert [each for each in hidden if each in shown] == []
    ledger = "\n".join(str(each) for each in team_of(client).history(limit=1000))
    assert [each for each in hidden if each in ledger] == []
    whole = whole_database(client)
    assert [
        each for each in (secret, link.rpartition("/")[2], *codes, own.cookies[COOKIE], PASSWORD) if each in whole
    ] == []


def test_a_login_planted_before_is_not_taken_over(client: TestClient) -> None:
    """Session fixation: also by a link that works once, and by an account of the one who planted it."""
    attacker, link = as_role(client, Role.VIEWER), first_link(client, Role.ADMIN)
    planted = attacker.cookies[COOKIE]
    victim = another(client)
    victim.cookies.set(COOKIE, planted)
    typed = {"login": "rima", "name": "Rima", "password": PASSWORD, "again": PASSWORD}
    answer = post(victim, link, on=link, **typed)
    assert answer.status_code == 303
    assert answer.cookies[COOKIE] != planted
    assert attacker.get("/people").status_code in (303, 403)


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_no_form_of_entry_leads_away(client: TestClient, next: str) -> None:
    own = as_role(client, Role.VIEWER)
    form = {"token": token_on(client, "/login"), "login": "viewer", "password": PASSWORD, "next": next}
    assert client.post("/login", data=form, headers=SAME).headers["location"] == "/"
    assert another(client).get("/login/code", params={"next": next}).headers["location"] == "/login"
    assert own.get("/login", params={"next": next}).headers["location"] == "/"


def test_an_account_without_a_password_proves_itself_by_a_fresh_login(client: TestClient) -> None:
    from datetime import timedelta

    from factor import set_clock

    from truceline.store.sessions import open_session
    from truceline.testing import NOON

    with team_of(client).writing(who="system") as desk:
        made = add_account(desk, login="tied", name="Tied", role=Role.VIEWER, subject="issuer#1")
        cookie = open_session(desk, made, hours=5)
    own = another(client)
    own.cookies.set(COOKIE, cookie)
    form = {"token": token_on(client, "/login"), "login": "tied", "password": "", "next": "/"}
    assert client.post("/login", data=form, headers=SAME).status_code == 403
    set_clock(client, NOON + timedelta(hours=1))
    new = {"old": "", "password": OTHER, "again": OTHER}
    assert "log out and in again" in post(own, "/account/password", **new).text.lower()
    assert post(own, f"{FACTOR}/begin", on=FACTOR, password="").status_code == 400
    set_clock(client, NOON + timedelta(minutes=5))
    assert post(own, "/account/password", **new).status_code == 303
    assert log_in(client, "tied", OTHER).get("/").status_code == 200
