"""What is sent by enemies is refused, and what they wrote is shown and never run."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html
from people import routes_of
from starlette.datastructures import Headers
from views import DOCUMENTS, INCIDENTS, TELLINGS, small_view

from truceline.model.view import View
from truceline.publish.lookup import safe_name
from truceline.web.security import HEADERS, Tokens, is_named, is_same_site

Serve = Callable[[View], TestClient]
SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
OTHER_IMAGES = "//img[not(starts-with(@src, 'data/plots/'))]"  # our own plots are images
INJECTIONS = ("' OR 1=1 --", "'; DROP TABLE incidents; --", '" OR "1"="1', "x%' UNION SELECT id FROM incidents --",
              "|%|", '") OR NEAR("a" "b', "title:x*", "a AND NOT b")  # fmt: skip


def test_every_route_sends_the_headers_and_shares_nothing(client: TestClient) -> None:
    routes = routes_of(client)
    assert len(routes) > 25
    for route in routes:
        for name in ("i-kammouna", "none-such"):
            address = re.sub(r"\{[^}]+\}", name, route.path)
            for method in route.methods or ():
                answer = client.request(method, address, headers={"Origin": "https://evil.example"})
                assert answer.status_code < 500, address
                for header, value in HEADERS.items():
                    assert answer.headers[header] == value, (address, header)
                assert not any(each.startswith("access-control") for each in answer.headers), address
                assert "cache-control" in answer.headers
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "",
        "10.0.0.1",
        "[::2]",
        ".".join("0000"),
    ],
)
@pytest.mark.parametrize("address", ["/", "/api/v1/incidents", "/assets/style.css"])
def test_another_host_is_refused(client: TestClient, host: str, address: str) -> None:
    answer = client.get(address, headers={"Host": host})
    assert answer.status_code == 421
    assert "Khan Tuman" not in answer.text


def test_this_machine_has_few_names() -> None:
    for host in ("127.0.0.1", "127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]", "[::1]:8000"):
        assert is_named(host), host
    for host in ("127.0.0.1:", "127.0.0.1:80:80", "localhost@evil", ":8000", "[::1", "127.0.0.1:8000x"):
        assert not is_named(host), host


def hostile(serve: Serve) -> TestClient:
    view = small_view()
    document = replace(
        DOCUMENTS[0],
        id="../../etc/passwd",
        title=SCRIPT,
        publisher=SCRIPT,
        uri="javascript:alert(1)",
        language='"><script>',
    )
    told = replace(TELLINGS[0], document=document.id, quote=SCRIPT, source=None, family=SCRIPT)
    incident = replace(
        INCIDENTS[0], id='"><script>alert(2)</script>', title=SCRIPT, agent_words=(SCRIPT,), reasons=(SCRIPT,)
    )
    mission = replace(view.mission, name=SCRIPT, summary=SCRIPT)
    return serve(
        replace(
            view,
            mission=mission,
            documents=(document, *DOCUMENTS[1:]),
            tellings=(told, *TELLINGS[1:]),
            incidents=(incident, *INCIDENTS[1:]),
            assessments=(),
        )
    )


def test_no_text_of_a_source_becomes_markup(serve: Serve) -> None:
    client = hostile(serve)
    incident, document = safe_name('"><script>alert(2)</script>'), safe_name("../../etc/passwd")
    for address in (
        "/", "/documents/index.html", "/map.html", "/bulletin.html", "/watch.html", "/sources.html", "/data.html",
        "/check", "/agreement.html", f"/incidents/{incident}.html", f"/documents/{document}.html",
        f"/read/{document}.html",
        "/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/?grade=%22%3E", "/?party=%3Cscript%3E", "/%3Cscript%3Ealert(1)",
    ):  # fmt: skip
        page = html.document_fromstring(client.get(address).content)
        assert page.xpath(f"//script[not(@src)] | {OTHER_IMAGES} | //*[@onerror] | //style | //*[@style]") == [], (
            address
        )
        assert not any("javascript:" in each.lower() for each in page.xpath("//@href | //@src | //@action")), address
        outside = [
            each for each in page.xpath("//@src | //link/@href | //image/@href | //form/@action") if "//" in each
        ]
        assert outside == [], address


@pytest.mark.parametrize("name", ["q", "from", "to", "party", "kind", "verdict", "grade", "source", "cursor", "limit"])
@pytest.mark.parametrize("words", INJECTIONS)
def test_no_filter_carries_sql_into_the_register(client: TestClient, name: str, words: str) -> None:
    answer = client.get("/api/v1/incidents", params={name: words})
    assert answer.status_code in (200, 400, 422)
    if answer.status_code == 200:
        assert answer.json()["items"] == []
    assert client.get("/", params={name: words}).status_code in (200, 400, 422)
    assert client.get("/api/v1/incidents").json()["count"] == 9


@pytest.mark.parametrize(
    "address",
    ["/assets/../app.py", "/assets/%2e%2e%2fapp.py", "/assets/..%2f..%2fpyproject.toml", "/data/..%2f..%2fetc%2fpasswd",
     "/documents/..%2f..%2fetc%2fpasswd.html", "/incidents/..%2f..%2fetc.csv", "/assets/%00", "/data//etc/passwd",
     "/read/..%5c..%5cwin.ini.html", "/api/v1/incidents/..%2f..%2fetc%2fpasswd"],
)  # fmt: skip
def test_no_address_leads_out_of_the_service(client: TestClient, address: str) -> None:
    assert client.get(address).status_code in (404, 400)


def test_the_register_cannot_be_written_to_through_the_service(client: TestClient) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import OperationalError

    browser = client.app.state.keeper.held().browser  # type: ignore[attr-defined]
    with browser._engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("DELETE FROM incidents"))


def test_reading_every_page_leaves_the_register_as_it_was(client: TestClient) -> None:
    path = client.app.state.keeper._folder / "register.sqlite"  # type: ignore[attr-defined]
    before = dump(path)
    for address in ("/", "/?q=tuman", "/map.html", "/bulletin.html", "/api/v1/claims.jsonl"):
        assert client.get(address).status_code == 200
    assert post(client, "Warplanes struck Khan Tuman.").status_code == 200
    assert dump(path) == before


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return [str(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in rows]  # noqa: S608


# ---- the form


def token_of(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/check").text)
    assert found
    return found.group(1)


def post(client: TestClient, text: str, *, headers: dict[str, str] | None = None, **fields: str):
    values = {"token": token_of(client), "text": text, **fields}
    return client.post("/check", files={name: (None, value) for name, value in values.items()}, headers=headers or {})


def test_a_pasted_text_is_checked_and_its_markup_shown(client: TestClient) -> None:
    answer = post(client, f"Warplanes struck Khan Tuman. {SCRIPT}", title=SCRIPT, publisher=SCRIPT)
    assert answer.status_code == 200
    page = html.document_fromstring(answer.content)
    assert page.xpath("//script/@src") == ["/assets/reader.js"]
    assert page.xpath("//script[text()] | //img | //style") == []
    assert "struck" in page.text_content()
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
     {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"}, {"Sec-Fetch-Site": "none"}],
)  # fmt: skip
def test_a_post_from_another_page_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert post(client, "Shells fell.", headers=headers).status_code == 403


def test_a_post_from_our_own_page_is_taken() -> None:
    own = {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert is_same_site(Headers(own))
    assert is_same_site(Headers({**own, "origin": "null"}))
    assert not is_same_site(Headers({**own, "origin": "https://evil.example"}))


@pytest.mark.parametrize("token", ["", "1.2", "9" * 40 + ".a", "é.é", "²." + "0" * 64])
def test_a_post_without_a_token_of_ours_is_refused(client: TestClient, token: str) -> None:
    assert post(client, "Shells fell.", token=token).status_code == 403


def test_a_token_ends_and_is_no_other_servers() -> None:
    now = [1000.0]
    tokens = Tokens(clock=lambda: now[0])
    made = tokens.make()
    assert tokens.is_ours(made)
    assert not Tokens(clock=lambda: now[0]).is_ours(made)
    now[0] += 13 * 3600
    assert not tokens.is_ours(made)


def test_too_much_is_refused_said_or_unsaid(client: TestClient) -> None:
    assert post(client, "x" * 201_000).status_code == 413
    assert post(client, "ب" * 100_001).status_code == 413
    assert client.post("/check", content=b"x" * 300_000).status_code == 413

    def unsaid():
        for _ in range(40):
            yield b"token=" + b"x" * 10_000

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/check", content=unsaid(), headers=form).status_code == 413
    assert client.get("/?q=" + "x" * 5000).status_code == 414


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [(b"text=%FF%FE&token=x", "application/x-www-form-urlencoded", 400),
     (b"\xff\xfe", "multipart/form-data; boundary=b", 400),
     (b"{}", "application/json", 415), (b"", "text/plain", 415), (b"broken", "multipart/form-data", 400),
     (b"&".join(b"a%d=1" % n for n in range(50)), "application/x-www-form-urlencoded", 400)],
)  # fmt: skip
def test_a_body_that_is_no_form_of_ours_is_refused(client: TestClient, body: bytes, media: str, status: int) -> None:
    assert client.post("/check", content=body, headers={"Content-Type": media}).status_code == status


@pytest.mark.parametrize("text", ["", "   \n ", "zero \0 here"])
def test_a_text_that_cannot_be_read_is_told_beside_the_form(client: TestClient, text: str) -> None:
    answer = post(client, text)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_mistake_of_ours_tells_nothing_of_the_machine(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("/home/somebody/secret")

    monkeypatch.setattr(client.app.state.keeper, "held", fail)  # type: ignore[attr-defined]
    quiet = TestClient(
        client.app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False, client=("127.0.0.1", 1)
    )
    for address in ("/", "/api/v1/incidents"):
        answer = quiet.get(address)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
