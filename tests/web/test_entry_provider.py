"""Coming in through an identity provider: only who has an account or a link, and only by a token that holds."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from factor import set_clock
from fastapi.testclient import TestClient
from people import PASSWORD, another, first_link, log_in, make_account, team_of

pytest.importorskip("authlib", reason="needs Authlib (the oidc extra)")

from idp import CLIENT, EC, HERE, RSA, SECRET, STRANGE, FakeProvider, running

from truceline.errors import UsageError
from truceline.model.person import Role, Standing
from truceline.settings import ProviderSettings, Settings
from truceline.store.accounts import add_account, change_account, find_credentials, set_second_factor
from truceline.store.sessions import invite
from truceline.testing import NOON
from truceline.web.provider import Provider
from truceline.web.second_factor import new_totp
from truceline.web.visitor import COOKIE

AWAY = "truceline_away"
BACK = "/login/provider/back"


@pytest.fixture
def idp(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    """A provider that the service knows."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as known:
        settings = ProviderSettings(issuer=known.issuer, client_id=CLIENT, client_secret=SECRET)
        client.app.state.provider = Provider(settings, now=team_of(client).now)
        yield known


def tied(client: TestClient, idp: FakeProvider, sub: str = "u-1", role: Role = Role.ANALYST) -> str:
    """The id of an account with this identity."""
    with team_of(client).writing(who="system") as desk:
        subject = f"{idp.issuer}#{sub}"
        return add_account(desk, login=f"tied {sub}", name=f"Tied {sub}", role=role, subject=subject).id


def depart(own: TestClient, path: str = "/login/provider?next=/map.html") -> tuple[str, str]:
    """Where the browser is sent, and the state it is sent with."""
    answer = own.get(path)
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    return address, parse_qs(urlsplit(address).query)["state"][0]


def come_back(
    own: TestClient, idp: FakeProvider, *, sub: str = "u-1", path: str = "/login/provider?next=/map.html"
) -> Any:
    address, state = depart(own, path)
    return own.get(BACK, params={"code": idp.authorize(address, sub=sub), "state": state})


def test_who_has_the_identity_comes_in_and_goes_on(client: TestClient, idp: FakeProvider) -> None:
    account = tied(client, idp)
    assert "/login/provider?next=" in client.get("/login?next=/map.html").text
    own = another(client)
    own.cookies.set(COOKIE, "planted")
    answer = come_back(own, idp)
    assert (answer.status_code, answer.headers["location"]) == (303, "/map.html")
    assert answer.cookies[COOKIE] != "planted"
    assert own.get("/account").status_code == 200
    assert AWAY not in own.cookies
    with team_of(client).reading() as connection:
        assert connection.exec_driver_sql("SELECT account FROM sessions").scalars().all() == [account]


def test_the_note_of_a_login_away_is_for_no_script_and_not_for_long(client: TestClient, idp: FakeProvider) -> None:
    tied(client, idp)
    cookie = client.get("/login/provider").headers["set-cookie"]
    assert all(each in cookie for each in ("HttpOnly", "SameSite=lax", "Path=/login/provider", "Max-Age=600"))
    own = another(client)
    address, state = depart(own)
    code = idp.authorize(address)
    set_clock(client, NOON + timedelta(seconds=601))
    answer = own.get(BACK, params={"code": code, "state": state})
    assert answer.status_code == 403
    assert "longer than ten minutes" in answer.text
    assert COOKIE not in own.cookies


def test_who_is_known_there_only_gets_no_account(client: TestClient, idp: FakeProvider) -> None:
    make_account(client, Role.ADMIN, "rima.h")  # the same name there is not the same person
    own = another(client)
    answer = come_back(own, idp)
    assert answer.status_code == 403
    assert "no account here" in answer.text
    assert COOKIE not in own.cookies
    with team_of(client).reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM accounts").scalar() == 1


def test_an_invitation_is_taken_up_once_with_an_identity(client: TestClient, idp: FakeProvider) -> None:
    make_account(client, Role.ADMIN, "rima.h")
    with team_of(client).writing(who="system") as desk:
        add_account(desk, login="other", name="rima HADDAD", role=Role.VIEWER)
    link = first_link(client, Role.EDITOR)
    assert f"{link[1:]}/provider" in client.get(link).text
    own = another(client)
    assert come_back(own, idp, path=f"{link}/provider").headers["location"] == "/"
    with team_of(client).reading() as connection:
        found = find_credentials(connection, subject=f"{idp.issuer}#u-1")
    assert (found.account.login, found.account.name) == ("rima.h 2", "Rima Haddad 2")
    assert (found.account.role, found.secret) == (Role.EDITOR, "")
    assert own.get("/").status_code == 200
    assert another(client).get(f"{link}/provider").status_code == 404
    assert come_back(another(client), idp).status_code == 303
    assert come_back(another(client), idp, sub="u-2").status_code == 403
    assert team_of(client).verify().faults == ()


def test_a_link_for_a_password_ties_an_identity_to_that_account(client: TestClient, idp: FakeProvider) -> None:
    account = make_account(client, Role.ANALYST)
    other = tied(client, idp, "u-2")
    with team_of(client).writing(who="system") as desk:
        links = [f"/join/{invite(desk, role=Role.ADMIN, hours=1, account=each)}/provider" for each in (account, other)]
    assert come_back(another(client), idp, path=links[0]).status_code == 303
    with team_of(client).reading() as connection:
        found = find_credentials(connection, id=account)
    assert (found.account.subject, found.account.role) == (f"{idp.issuer}#u-1", Role.ANALYST)
    assert log_in(client, "analyst", PASSWORD).get("/").status_code == 200
    # An identity that has an account logs in there; the link of another account stays.
    own = another(client)
    assert come_back(own, idp, path=links[1]).status_code == 303
    assert "Name of analyst" in own.get("/account").text
    assert another(client).get(links[1].removesuffix("/provider")).status_code == 200
    assert team_of(client).verify().faults == ()


def test_a_closed_account_stays_closed_and_a_second_factor_is_asked(client: TestClient, idp: FakeProvider) -> None:
    account = tied(client, idp)
    with team_of(client).writing(who="system") as desk:
        found = find_credentials(desk.connection, id=account)
        set_second_factor(desk, found.account, totp=new_totp())
    own = another(client)
    assert come_back(own, idp).headers["location"].startswith("/login/code")
    assert own.get("/account").status_code == 303
    with team_of(client).writing(who="system") as desk:
        change_account(desk, found.account, standing=Standing.CLOSED, why="left")
    assert come_back(another(client), idp).status_code == 403


WRONG = {
    "another nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "another audience": {"claims": {"aud": "another"}},
    "many audiences, nobody named": {"claims": {"aud": [CLIENT, "another"]}},
    "for another party": {"claims": {"aud": [CLIENT, "another"], "azp": "another"}},
    "an audience that holds ours as a part": {"claims": {"aud": f"{CLIENT} and more"}},
    "no audience": {"claims": {"aud": None}},
    "over": {"claims": {"exp": HERE - 61}},
    "no end": {"claims": {"exp": None}},
    "an end in words": {"claims": {"exp": "never"}},
    "not yet": {"claims": {"nbf": HERE + 3600}},
    "of the future": {"claims": {"iat": HERE + 3600}},
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "no issuer": {"claims": {"iss": None}},
    "nobody": {"claims": {"sub": None}},
    "nobody by name": {"claims": {"sub": ""}},
    "a number": {"claims": {"sub": 7}},
    "unsigned": {"alg": "none"},
    "signed by another": {"key": STRANGE},
    "signed with the public key": {"alg": "HS256"},
    "signed by a key that is not shown": {"key": EC, "alg": "ES256"},
    "no token": {"token": "x.y.z"},
    "only dots": {"token": ".."},
    "another name of its own": {"metadata": {"issuer": "https://evil.example"}},
    "tokens in clear": {"metadata": {"token_endpoint": "http://evil.example/token"}},
    "keys in clear": {"metadata": {"jwks_uri": "http://evil.example/keys"}},
    "no place for tokens": {"metadata": {"token_endpoint": None}},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_does_not_hold_lets_nobody_in(client: TestClient, idp: FakeProvider, wrong: dict[str, Any]) -> None:
    tied(client, idp)
    tied(client, idp, "7")
    own = another(client)
    if "metadata" in wrong:
        idp.metadata = wrong["metadata"]
        answer = own.get("/login/provider")
        if answer.status_code == 303:
            state = parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
            code = idp.authorize(answer.headers["location"])
            answer = own.get(BACK, params={"code": code, "state": state})
        assert answer.status_code in (403, 502)
    else:
        for name, value in wrong.items():
            setattr(idp, name, value)
        answer = come_back(own, idp)
        assert answer.status_code == 403
    assert COOKIE not in own.cookies
    assert own.get("/account").status_code == 303
    assert idp.issuer not in answer.text


@pytest.mark.parametrize(
    "right", [{"claims": {"aud": [CLIENT], "exp": HERE - 30}}, {"key": EC, "alg": "ES256", "known": [RSA, EC]}]
)
def test_what_holds_lets_in(client: TestClient, idp: FakeProvider, right: dict[str, Any]) -> None:
    tied(client, idp)
    for name, value in right.items():
        setattr(idp, name, value)
    assert come_back(another(client), idp).status_code == 303


def test_a_new_key_of_the_provider_is_learned(client: TestClient, idp: FakeProvider) -> None:
    tied(client, idp)
    assert come_back(another(client), idp).status_code == 303
    idp.known, idp.key, idp.alg = [EC], EC, "ES256"
    set_clock(client, NOON + timedelta(minutes=2))
    client.app.state.provider._now = team_of(client).now
    assert come_back(another(client), idp).status_code == 303
    assert idp.asked.count("/keys") == 2


def test_a_state_of_another_browser_or_of_nobody_is_refused(client: TestClient, idp: FakeProvider) -> None:
    """Logging somebody in as another: the code of the attacker in the browser of the victim."""
    tied(client, idp)
    attacker, victim = another(client), another(client)
    address, state = depart(attacker)
    code = idp.authorize(address)
    assert victim.get(BACK, params={"code": code, "state": state}).status_code == 403
    depart(victim)
    assert victim.get(BACK, params={"code": code, "state": state}).status_code == 403
    _, own_state = depart(victim)
    assert victim.get(BACK, params={"code": code, "state": own_state}).status_code == 403  # another verifier
    for sent in ({}, {"state": ""}, {"code": "c"}, {"code": "c", "state": "ä"}):
        assert victim.get(BACK, params=sent).status_code == 403
    assert COOKIE not in victim.cookies


def test_a_note_changed_or_used_before_is_refused(client: TestClient, idp: FakeProvider) -> None:
    tied(client, idp)
    own = another(client)
    address, state = depart(own)
    note, code = own.cookies[AWAY], idp.authorize(address)
    for changed in (note[:-1] + "g", "e30." + note.partition(".")[2], note.partition(".")[0], "", "." * 9, "x" * 3500):
        own.cookies.clear()
        own.cookies.set(AWAY, changed)
        assert own.get(BACK, params={"code": code, "state": state}).status_code == 403
    own.cookies.clear()
    own.cookies.set(AWAY, note)
    assert own.get(BACK, params={"code": code, "state": state, "iss": "https://evil.example"}).status_code == 403
    own.cookies.set(AWAY, note)
    assert own.get(BACK, params={"code": code, "state": state, "iss": idp.issuer}).status_code == 303
    own.cookies.set(AWAY, note)
    assert own.get(BACK, params={"code": code, "state": state}).status_code == 403


def test_what_the_provider_says_of_a_failure_is_told_in_plain_words_only(client: TestClient, idp: FakeProvider) -> None:
    for error, told in (("access_denied", "access denied"), ("<b>x</b>", "no code"), ("x" * 99, "no code")):
        own = another(client)
        _, state = depart(own)
        answer = own.get(BACK, params={"error": error, "state": state})
        assert answer.status_code == 403
        assert told in answer.text
        assert "<b>x" not in answer.text


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_back_never_leads_away(client: TestClient, idp: FakeProvider, next: str) -> None:
    tied(client, idp)
    answer = come_back(another(client), idp, path=f"/login/provider?next={next}")
    assert answer.headers["location"] == "/"


def test_without_a_provider_there_is_no_door_to_one(client: TestClient) -> None:
    make_account(client, Role.VIEWER)
    assert "provider" not in client.get("/login").text
    for path in ("/login/provider", BACK, f"{first_link(client)}/provider"):
        assert client.get(path).status_code == 404


def fail() -> None:
    raise httpx.ConnectTimeout("away")


def test_a_provider_that_is_not_there_is_told_and_passwords_go_on(
    client: TestClient, idp: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account(client, Role.VIEWER)
    settings = ProviderSettings(issuer="http://127.0.0.1:9", client_id=CLIENT)
    client.app.state.provider = Provider(settings, now=team_of(client).now)
    asked = []
    monkeypatch.setattr(httpx.Client, "stream", lambda *_given, **_more: asked.append(1) or fail())
    for _ in range(3):
        answer = client.get("/login/provider")
        assert answer.status_code == 502
        assert "cannot be reached" in answer.text
    assert asked == [1]  # nobody waits for what was away just now
    assert log_in(client, "viewer").get("/").status_code == 200


def test_without_authlib_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "authlib", None)
    with pytest.raises(UsageError, match="oidc"):
        Provider(ProviderSettings(issuer="https://id.example.org", client_id="c"), now=lambda: NOON)


def test_the_secret_of_the_client_is_never_shown(tmp_path: Any) -> None:
    file = tmp_path / "secret"
    file.write_text("hidden words\n")
    named = {"TRUCELINE_OIDC_ISSUER": "https://id.example.org", "TRUCELINE_OIDC_CLIENT_ID": "c"}
    for more in (
        {"TRUCELINE_OIDC_CLIENT_SECRET": "hidden words"},
        {"TRUCELINE_OIDC_CLIENT_SECRET_FILE": str(file)},
    ):
        settings = Settings.from_environment({**named, **more}, cores=1)
        assert settings.provider.client_secret.startswith("hidden")
        assert "hidden" not in repr(settings)
        assert "hidden" not in str(vars(Provider(settings.provider, now=lambda: NOON)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"TRUCELINE_OIDC_CLIENT_ID": ""}, "set both"),
        ({"TRUCELINE_OIDC_ISSUER": ""}, "set both"),
        ({"TRUCELINE_OIDC_ISSUER": "http://id.example.org"}, "no address"),
        ({"TRUCELINE_OIDC_ISSUER": "id.example.org"}, "no address"),
        ({"TRUCELINE_OIDC_CLIENT_SECRET_FILE": "/nowhere/at all"}, "cannot be read"),
    ],
)
def test_a_provider_set_by_halves_stops_the_start(changed: dict[str, str], said: str) -> None:
    named = {"TRUCELINE_OIDC_ISSUER": "https://id.example.org", "TRUCELINE_OIDC_CLIENT_ID": "c"}
    with pytest.raises(UsageError, match=said):
        Settings.from_environment({**named, **changed}, cores=1)
    assert Settings.from_environment({}, cores=1).provider is None
