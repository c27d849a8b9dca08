"""What enemies and insiders write, on its way out: pages, paper, tables, feeds for programs, the names of files."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from desk import Desk
from fastapi.testclient import TestClient
from lxml import html
from people import SAME, as_role, log_in, make_account, team_of, token_on
from views import INCIDENTS, TELLINGS, small_view

from truceline.model.person import Role
from truceline.model.view import View
from truceline.publish.cells import safe_cell
from truceline.publish.plot import Plot
from truceline.store.comments import comments_on
from truceline.web.security import CSP

Serve = Callable[[View], TestClient]
INCIDENT = "/incidents/i-khan-tuman-air"
HIDDEN = re.compile(r'name="(token|seen|key)" value="([^"]*)"')
WORDS = (
    "<svg/onload=alert(1)>", "<!--", "]]><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
    "&lt;script&gt;", "[x](javascript:alert(1))", "{{ 7*7 }}{% raw %}", "\u202egnp.exe", "\u2066\u2067" * 40,
    "https://evil.example/", "a" * 3000, "z\u0300" * 500, "\ud7ff\uffff\U000e0041",
)  # fmt: skip
SETTING = '#read("/etc/passwd") #import "x.typ" $sum$ *b* _i_ <a> @a `c` \\ #panic() // /* ] } "'


def test_no_words_of_the_team_become_markup(client: TestClient) -> None:
    own = as_role(client, Role.EDITOR)
    for words in WORDS:
        fields = dict(HIDDEN.findall(own.get(f"{INCIDENT}.html").text))
        answer = own.post(f"{INCIDENT}/comments", data={**fields, "words": words}, headers=SAME)
        assert answer.status_code == 303, ascii(words)
    for way in ("place", "verdict"):
        fields = dict(HIDDEN.findall(own.get(f"{INCIDENT}/correct").text))
        form = {**fields, "way": way, "place": "unknown", "verdict": "contested", "why": " ".join(WORDS[:8])}
        assert own.post(f"{INCIDENT}/correct", data=form, headers=SAME).status_code == 303
    with team_of(client).reading() as connection:
        assert len(comments_on(connection, "incident i-khan-tuman-air")) == len(WORDS)
    for address in (f"{INCIDENT}.html", f"{INCIDENT}/correct", "/ledger", "/review"):
        page = html.document_fromstring(own.get(address).content)
        assert page.xpath("//script[not(@src)] | //style | //*[@onload or @onerror or @style]") == [], address
        assert not any("javascript:" in each or "evil" in each for each in page.xpath("//@href | //@src")), address
        turned = page.xpath("//*[text()[contains(., '\u202e')]][not(self::textarea or self::option)]")
        loose = [each for each in turned if not each.xpath("ancestor-or-self::bdi | ancestor-or-self::*[@dir]")]
        assert [html.tostring(each, encoding="unicode")[:200] for each in loose] == [], address


def test_no_words_of_an_editor_are_obeyed_by_who_sets_the_paper(client: TestClient) -> None:
    desk = Desk(client)
    assert desk.save(statement_0=SETTING, note=SETTING, likelihood_0=SETTING).status_code == 303
    assert desk.step("approve", why=SETTING).status_code in (303, 409)
    if desk.state() == "draft":  # a remark on the words has to be met first
        assert desk.save(statement_0=f"{SETTING} fell.", likelihood_0="It is likely.").status_code == 303
        desk.step("approve", why=SETTING)
    assert desk.step("publish", why=SETTING).status_code == 303
    paper = desk.rima.get(f"{desk.path}/1/bulletin.pdf")
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF-")
    assert b"/JavaScript" not in paper.content
    assert b"/Launch" not in paper.content


def test_published_bytes_are_served_under_the_same_policy(client: TestClient) -> None:
    desk = Desk(client)
    desk.publish()
    for name, media in (("bulletin.html", "text/html"), ("bulletin.pdf", "application/pdf"), ("bulletin.json", "")):
        answer = desk.rima.get(f"{desk.path}/1/{name}")
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-type"].startswith(media)
        assert re.fullmatch(r'(inline|attachment); filename="[\w.-]+"', answer.headers["content-disposition"])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula_in_any_writing(sign: str) -> None:
    cell = safe_cell(f"{sign}1+1")
    assert isinstance(cell, str)
    assert cell.startswith("'")
    plot = Plot.table.fget  # type: ignore[attr-defined]
    table = plot(type("Rows", (), {"rows": ({"name": f"{sign}1+1", "n": -1},)})())
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["name"].startswith("'")
    assert row["n"] == "-1"


def test_no_name_of_a_file_breaks_out_of_its_header(serve: Serve) -> None:
    evil = 'i"; filename="x.html\r\nSet-Cookie: a=b'
    told = replace(TELLINGS[0], incident=evil) if hasattr(TELLINGS[0], "incident") else TELLINGS[0]
    view = small_view()
    client = serve(
        replace(view, incidents=(replace(INCIDENTS[0], id=evil), *INCIDENTS[1:]), tellings=(told, *TELLINGS[1:]),
                assessments=())
    )  # fmt: skip
    listed = [each["id"] for each in client.get("/api/v1/incidents?limit=50").json()["items"]]
    assert evil in listed
    page = html.document_fromstring(client.get("/").content)
    ours = {each.rpartition("/")[2].removesuffix(".html") for each in page.xpath("//a/@href") if "incidents/" in each}
    for name in (*ours, "i%22;%20filename=%22x.html%0d%0aSet-Cookie:%20a=b"):
        for kind in ("csv", "geojson"):
            answer = client.get(f"/incidents/{name}.{kind}")
            assert "set-cookie" not in answer.headers
            if answer.status_code == 200:
                named = answer.headers["content-disposition"]
                assert re.fullmatch(r'attachment; filename="[^"\r\n]+"', named), named


SEARCHES = (
    '"', "*", "khan*", "(", "NEAR(", "^khan", "khan OR", "-khan", "title:khan", "khan AND", "{a b}:c", "' --", "''",
    "a" * 900, "(" * 200, '" "' * 60, "\u200b", "\U0001f4a3", "%", "_", "\\",
)  # fmt: skip


def test_no_search_is_a_query_of_its_own(client: TestClient) -> None:
    for words in SEARCHES:
        for address in ("/", "/api/v1/search", "/documents/index.html", "/ledger"):
            answer = client.get(address, params={"q": words} if address != "/ledger" else {"subject": words})
            assert answer.status_code in (200, 303, 400, 422), (words, address, answer.status_code)
    for sign in "%_\\":
        for name in ("party", "actor", "kind"):
            answer = client.get("/api/v1/incidents", params={name: sign})
            assert answer.status_code in (400, 422) or answer.json()["items"] == [], (name, sign)


def test_two_programs_that_say_nothing_of_what_they_saw_do_not_run_over_each_other(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    make_account(client, Role.REVIEWER, "second")
    answers = []
    for number, each in enumerate((own, log_in(client, "second"))):
        headers = {**SAME, "x-truceline-token": token_on(each, "/account"), "idempotency-key": f"key-{number}-1234"}
        given = {"ruling": "different", "claims": ["c01"], "others": ["c03"], "why": f"so {number}"}
        answers.append(each.post("/api/v1/decisions", json=given, headers=headers).status_code)
    assert answers == [201, 409]
    assert [each.why for each in team_of(client).decisions()] == ["so 0"]
