"""A text or an address checked, for people and for programs; an address leads nowhere but to a public page."""

import ipaddress
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html
from page_server import Pages, page, redirect, serving
from people import another, log_in, make_account
from views import small_view

from truceline.errors import UsageError
from truceline.gather.fetch import PUBLIC, Network
from truceline.model.person import Role
from truceline.schemas.check import CheckOut
from truceline.settings import Settings
from truceline.web.fetching import Fetching

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
SENTENCE = "Warplanes struck Khan Tuman on Friday, residents of the town told a reporter by telephone on Saturday."
ARTICLE = (
    "<html lang=en><head><title>{title}</title><meta property='og:site_name' content='The Daily'>"
    "<meta property='article:published_time' content='2016-03-02T10:00:00Z'></head><body><article><h1>{title}</h1>"
    f"<p>{SENTENCE}</p><p>The ministry of defence denied on Sunday that its forces had fired at the town.</p>"
    "</article></body></html>"
)
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serving() as server:
        server.answers["/a"] = page(ARTICLE.format(title="A strike").encode())
        yield server


@pytest.fixture
def fetching(client: TestClient, pages: Pages) -> TestClient:
    """The service, for which every name lies at the test's own server and that is public."""
    network = Network(
        limits=replace(PUBLIC.limits, ports=(pages.port,), seconds=3.0),
        resolve=lambda _name, _port: ("127.0.0.1",),
        may_reach=lambda address: address == ipaddress.ip_address("127.0.0.1"),
        is_there=lambda: True,
    )
    client.app.state.fetching = Fetching(network=network)  # type: ignore[attr-defined]
    return client


def send(client: TestClient, **fields: str):
    found = re.search(r'name="token" value="([^"]+)"', client.get("/check").text)
    assert found
    values = {"token": found.group(1), **fields}
    return client.post("/check", files={name: (None, value) for name, value in values.items()})


def text_of(answer) -> str:
    return " ".join(html.document_fromstring(answer.content).text_content().split())


# ---- the form


def test_an_address_is_fetched_read_and_checked_and_the_page_says_whence(fetching: TestClient, pages: Pages) -> None:
    address = f"http://news.org:{pages.port}/a"
    answer = send(fetching, address=address)
    assert answer.status_code == 200
    shown = text_of(answer)
    assert f"Fetched from {address} on" in shown
    assert "not stored" in shown
    assert "The Daily · 2 March 2016" in shown
    assert "A strike" in shown
    assert "struck" in shown
    assert len(pages.asked) == 1


def test_what_a_page_does_not_say_is_said_to_be_missing(fetching: TestClient, pages: Pages) -> None:
    pages.answers["/b"] = page(f"<html><body><article><p>{SENTENCE}</p></article></body></html>".encode())
    assert "The page names no publisher and no date of publication." in text_of(
        send(fetching, address=f"http://news.org:{pages.port}/b")
    )
    shown = text_of(
        send(fetching, address=f"http://news.org:{pages.port}/b", publisher="The Daily", published="2016-03-02")
    )
    assert "names no" not in shown
    assert "The page does not say its publisher and date of publication; as given with the address." in shown


def test_where_an_address_leads_on_that_is_said(fetching: TestClient, pages: Pages) -> None:
    pages.answers["/old"] = redirect("/a")
    shown = text_of(send(fetching, address=f"http://news.org:{pages.port}/old"))
    assert f"Fetched from http://news.org:{pages.port}/a on" in shown
    assert "where the address given leads" in shown


def test_with_a_text_the_address_is_named_and_not_asked(fetching: TestClient, pages: Pages) -> None:
    answer = send(fetching, text="Warplanes struck Khan Tuman.", address="https://news.org/a")
    assert answer.status_code == 200
    assert "https://news.org/a" in answer.text
    assert "Pasted, read and checked just now" in text_of(answer)
    assert pages.asked == []


def test_nothing_fetched_is_kept(fetching: TestClient, pages: Pages) -> None:
    path: Path = fetching.app.state.keeper._folder  # type: ignore[attr-defined]
    before = {each: each.read_bytes() for each in path.rglob("*") if each.is_file() and each.suffix != ".sqlite-shm"}
    with sqlite3.connect(path / "register.sqlite") as connection:
        held = list(connection.iterdump())
    assert send(fetching, address=f"http://news.org:{pages.port}/a").status_code == 200
    assert set(before) >= {each for each in path.rglob("originals/**/*") if each.is_file()}
    with sqlite3.connect(path / "register.sqlite") as connection:
        assert list(connection.iterdump()) == held


def test_markup_of_a_fetched_page_is_shown_and_never_run(fetching: TestClient, pages: Pages) -> None:
    escaped = SCRIPT.replace("<", "&lt;")
    hostile = ARTICLE.format(title=escaped).replace("The Daily", escaped).replace("on Friday", f"on Friday {escaped}")
    pages.answers["/x?%3Cscript%3E"] = page(hostile.encode())
    answer = send(fetching, address=f"http://news.org:{pages.port}/x?%3Cscript%3E")
    assert answer.status_code == 200
    read = html.document_fromstring(answer.content)
    assert read.xpath("//script[not(@src)] | //img | //*[@onerror] | //style | //*[@style]") == []
    assert "alert(1)" in read.text_content()


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
     "http://10.0.0.1/", "file:///etc/passwd", "http://2130706433/", "http://a@127.0.0.1/", "ftp://news.org/",
     "http://news.org:22/", "gopher://127.0.0.1:6379/_FLUSHALL", "http://metadata.google.internal/", "//127.0.0.1/"],
)  # fmt: skip
def test_an_address_within_is_refused_beside_the_form_and_to_programs(client: TestClient, address: str) -> None:
    answer = send(client, address=address)
    assert answer.status_code == 400
    assert html.document_fromstring(answer.content).xpath("//*[@role='alert']")
    told = client.post("/api/v1/check", json={"address": address})
    assert told.status_code == (403 if address.startswith("http") else 422)
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["errors"][0]["parameter"] == "address"


def test_the_service_cannot_be_made_to_fetch_from_itself(client: TestClient) -> None:
    for address in ("http://127.0.0.1:8000/check", "http://localhost:8000/", "http://127.0.0.1/check"):
        assert send(client, address=address).status_code == 400


# ---- who may


def test_a_service_set_to_fetch_nothing_says_so_and_reads_texts(fetching: TestClient, pages: Pages) -> None:
    fetching.app.state.fetching.is_on = False  # type: ignore[attr-defined]
    assert "set to fetch no pages" in text_of(fetching.get("/check"))
    answer = send(fetching, address=f"http://news.org:{pages.port}/a")
    assert answer.status_code == 400
    assert "set to fetch no pages" in text_of(answer)
    assert fetching.post("/api/v1/check", json={"address": "https://news.org/a"}).status_code == 403
    assert pages.asked == []
    assert send(fetching, text="Warplanes struck Khan Tuman.").status_code == 200


def test_a_viewer_checks_texts_and_an_analyst_has_pages_fetched_too(fetching: TestClient, pages: Pages) -> None:
    for role in (Role.VIEWER, Role.ANALYST):
        make_account(fetching, role)
    viewer, analyst = (log_in(another(fetching), role.value) for role in (Role.VIEWER, Role.ANALYST))
    address = f"http://news.org:{pages.port}/a"
    assert send(viewer, text="Warplanes struck Khan Tuman.").status_code == 200
    answer = send(viewer, address=address)
    assert answer.status_code == 400
    assert "the right to fetch" in text_of(answer)
    assert viewer.post("/api/v1/check", json={"address": address}).status_code == 403
    assert another(fetching).post("/api/v1/check", json={"address": address}).status_code == 401
    assert pages.asked == []
    assert send(analyst, address=address).status_code == 200
    assert analyst.post("/api/v1/check", json={"address": address}).status_code == 200
    assert len(pages.asked) == 2


def test_so_many_pages_are_fetched_at_once_and_no_more(fetching: TestClient, pages: Pages) -> None:
    state = fetching.app.state.fetching  # type: ignore[attr-defined]
    state.under_way = state.network.limits.at_once
    assert fetching.post("/api/v1/check", json={"address": f"http://news.org:{pages.port}/a"}).status_code == 503
    state.under_way = 0
    assert fetching.post("/api/v1/check", json={"address": f"http://news.org:{pages.port}/a"}).status_code == 200
    assert state.under_way == 0
    assert fetching.post("/api/v1/check", json={"address": f"http://news.org:{pages.port}/none"}).status_code == 502
    assert state.under_way == 0


def test_the_environment_turns_fetching_off() -> None:
    assert Settings.from_environment({}, cores=1).may_fetch
    assert not Settings.from_environment({"TRUCELINE_FETCH": "OFF"}, cores=1).may_fetch
    with pytest.raises(UsageError, match="TRUCELINE_FETCH: 'no' is neither on nor off"):
        Settings.from_environment({"TRUCELINE_FETCH": "no"}, cores=1)


# ---- programs


def test_a_program_gets_claims_with_speakers_certainty_and_what_the_register_holds(client: TestClient) -> None:
    answer = client.post(
        "/api/v1/check",
        json={"text": "Warplanes struck Khan Tuman.", "publisher": "The Daily", "published_at": "2016-03-02"},
    )
    assert answer.status_code == 200
    told = answer.json()
    CheckOut.model_validate(told)
    (claim,) = told["claims"]
    assert told["document"]["text"][claim["claim"]["start"] : claim["claim"]["end"]] == claim["claim"]["quote"]
    assert claim["claim"]["trigger"] == "struck"
    assert claim["claim"]["speakers"] == []
    assert claim["certainty"] == "asserted"
    assert claim["kind"]
    assert claim["holding"]
    assert told["document"]["fetched_at"] is None
    assert told["document"]["publisher"] == "The Daily"
    assert told["register"]["fingerprint"]


def test_a_program_gets_a_page_with_where_it_lay(fetching: TestClient, pages: Pages) -> None:
    pages.answers["/old"] = redirect("/a")
    told = fetching.post("/api/v1/check", json={"address": f"http://news.org:{pages.port}/old"}).json()
    assert told["document"]["address"] == f"http://news.org:{pages.port}/a"
    assert told["document"]["redirects"] == [f"http://news.org:{pages.port}/old"]
    assert told["document"]["fetched_at"].startswith("20")
    assert told["document"]["title"] == "A strike"


def test_a_place_that_shelters_people_is_rounded_in_the_answer(client: TestClient) -> None:
    from truceline.web.routes.check_api import claim_out

    held = client.app.state.keeper.held()  # type: ignore[attr-defined]
    lookup, view = held.whole.lookup, small_view()
    camp = next(each for each in view.tellings if each.place is not None and each.place.id == "mission:kammouna")
    found, _ = client.app.state.keeper.check(  # type: ignore[attr-defined]
        replace(view.documents[0], text="Warplanes struck Khan Tuman."), held
    )
    checked = found.checked[0]
    told = claim_out(camp, checked, lookup)
    assert told.where is not None
    assert (told.where.lat, told.where.lon, told.where.radius_km) == (36.2, 36.7, 10)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [(b"{", JSON, 422), (b"[]", JSON, 422), (b"", JSON, 422), (b"{}", JSON, 422), (b'{"text": 5}', JSON, 422),
     (b'{"text": "a", "more": 1}', JSON, 422), (b'{"text": "\\u0000"}', JSON, 422), (b'{"text": "\\ud800"}', JSON, 422),
     (b'{"text": "a"}', {"Content-Type": "text/plain"}, (415, 422)), (b'{"text": "a"}', {}, (415, 422)),
     (b"text=a", {"Content-Type": "application/x-www-form-urlencoded"}, (415, 422)),
     (b'{"text": "a"}', {**JSON, "Origin": "https://evil.example"}, 403),
     (b'{"text": "a"}', {**JSON, "Sec-Fetch-Site": "cross-site"}, 403),
     (b'{"text": "' + b"x" * 210_000 + b'"}', JSON, (413, 422)), (b"x" * 300_000, JSON, 413),
     (b'{"address": "' + b"x" * 3000 + b'"}', JSON, 422)],
)  # fmt: skip
def test_a_body_that_is_no_text_or_address_is_a_problem(
    client: TestClient, body: bytes, headers: dict[str, str], status: int | tuple[int, ...]
) -> None:
    answer = client.post("/api/v1/check", content=body, headers=headers)
    assert answer.status_code in ((status,) if isinstance(status, int) else status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code


def test_more_than_two_hundred_kilobytes_is_too_much_in_any_script(client: TestClient) -> None:
    assert client.post("/api/v1/check", json={"text": "ب" * 100_001}).status_code == 413
    quiet: Callable[..., object] = client.app.openapi  # type: ignore[attr-defined]
    assert "/api/v1/check" in quiet()["paths"]  # type: ignore[index]
