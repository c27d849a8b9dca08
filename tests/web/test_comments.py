"""What the team says of an incident or a document: kept, erased, followed, and never shown to anybody else."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from people import SAME, another, as_role, log_in, make_account, team_of
from served import fill
from views import small_view

from truceline.model.decision import Decision, Ruling
from truceline.model.person import Right, Role
from truceline.store.accounts import find_credentials
from truceline.store.comments import comments_on
from truceline.store.decided import decide
from truceline.store.tokens import add_token
from truceline.testing import NOON

INCIDENT, DOCUMENT = "/incidents/i-khan-tuman-air", "/documents/sohr-2016-06-03"
WORDS = "The second report is of the evening; see the photographs."
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


def hidden(page: str, name: str, after: str = 'class="say"') -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page[page.index(after) :])
    assert found is not None
    return found[1]


def say(own: TestClient, at: str = INCIDENT, words: str = WORDS, **changed: str) -> int:
    page = own.get(f"{at}.html").text
    form = {"token": hidden(page, "token"), "key": hidden(page, "key"), "words": words, **changed}
    return own.post(f"{at}/comments", data=form, headers=SAME).status_code


def ids(client: TestClient) -> list[str]:
    with team_of(client).reading() as connection:
        return [each.id for each in comments_on(connection, "incident i-khan-tuman-air")]


def erase(own: TestClient, id: str, token: str | None = None) -> int:
    token = token or hidden(own.get(f"{INCIDENT}.html").text, "token")
    return own.post(f"/comments/{id}/erase", data={"token": token}, headers=SAME).status_code


@pytest.mark.parametrize("at", [INCIDENT, DOCUMENT])
def test_the_team_reads_a_comment_and_nobody_else_does(client: TestClient, at: str) -> None:
    own, viewer = as_role(client, Role.ANALYST), as_role(client, Role.VIEWER)
    assert say(own, at) == 303
    page = own.get(f"{at}.html").text
    assert WORDS in page
    assert "Name of analyst" in page
    for address in (f"{at}.html", "/api/v1/incidents/i-khan-tuman-air", "/incidents.csv", "/bulletin.html", "/"):
        told = viewer.get(address)
        assert told.status_code == 200
        assert WORDS not in told.text
        assert "For the team only" not in told.text
        assert "Name of analyst" not in told.text
    assert another(client).get(f"{at}.html").status_code == 303
    assert team_of(client).verify().faults == ()


def test_on_a_machine_without_accounts_there_is_no_part_for_the_team(client: TestClient) -> None:
    page = client.get(f"{INCIDENT}.html")
    assert page.status_code == 200
    assert "For the team only" not in page.text
    assert client.post(f"{INCIDENT}/comments", data={"words": WORDS}, headers=SAME).status_code in (401, 403)


def test_a_token_that_only_reads_is_shown_no_comments(client: TestClient) -> None:
    own = as_role(client, Role.ANALYST)
    assert say(own) == 303
    with team_of(client).writing(who="system") as desk:
        found = find_credentials(desk.connection, login="analyst")
        assert found is not None
        secret, _ = add_token(desk, found.account, name="n", scopes=[Right.READ], days=1)
    page = client.get(f"{INCIDENT}.html", headers={"authorization": f"Bearer {secret}"})
    assert page.status_code == 200
    assert WORDS not in page.text


def test_ones_own_words_are_erased_and_that_there_were_some_stays(client: TestClient, tmp_path: Path) -> None:
    own = as_role(client, Role.ANALYST)
    assert say(own) == 303
    (made,) = ids(client)
    assert erase(own, made) == 303
    page = own.get(f"{INCIDENT}.html").text
    assert WORDS not in page
    assert "Erased by" in page
    with team_of(client).reading() as connection:
        rows = connection.exec_driver_sql("SELECT record FROM comments").scalars().all()
        told = connection.exec_driver_sql("SELECT * FROM ledger").all()
    assert WORDS not in str(rows)
    assert WORDS not in str(told)
    assert erase(own, made) == 303
    history = [each.change.what for each in team_of(client).history(f"comment {made}")]
    assert history == ["comment.erased", "comment.made"]
    assert team_of(client).verify().faults == ()


def test_anothers_words_are_erased_by_an_editor_only(client: TestClient) -> None:
    own = as_role(client, Role.ANALYST)
    assert say(own) == 303
    (made,) = ids(client)
    make_account(client, Role.ANALYST, "other")
    other, reviewer = log_in(client, "other"), as_role(client, Role.REVIEWER)
    assert f"/comments/{made}/erase" not in other.get(f"{INCIDENT}.html").text
    assert erase(other, made) == erase(reviewer, made) == 403
    assert erase(other, "c-0000000000000000") == 404
    assert WORDS in own.get(f"{INCIDENT}.html").text
    assert erase(as_role(client, Role.EDITOR), made) == 303
    assert WORDS not in own.get(f"{INCIDENT}.html").text
    assert team_of(client).verify().faults == ()


def test_a_comment_sent_twice_is_one(client: TestClient) -> None:
    own = as_role(client, Role.ANALYST)
    assert say(own, key="k") == say(own, key="k") == 303
    assert len(ids(client)) == 1
    make_account(client, Role.ANALYST, "other")
    assert say(log_in(client, "other"), key="k") == 303
    assert len(ids(client)) == 2
    assert team_of(client).verify().faults == ()


def test_what_is_no_comment_is_refused(client: TestClient) -> None:
    own, viewer = as_role(client, Role.ANALYST), as_role(client, Role.VIEWER)
    assert say(own, words=" \r\n ") == 400
    assert say(own, words="x" * 4001) == 400
    assert say(own, token="") == 403
    token = hidden(own.get(f"{INCIDENT}.html").text, "token")
    form = {"token": token, "key": "k", "words": WORDS}
    crossed = {"sec-fetch-site": "cross-site"}
    assert own.post(f"{INCIDENT}/comments", data=form, headers=crossed).status_code == 403
    assert own.post("/incidents/nothing/comments", data=form, headers=SAME).status_code == 404
    assert own.post("/documents/nothing/comments", data=form, headers=SAME).status_code == 404
    assert viewer.post(f"{INCIDENT}/comments", data=form, headers=SAME).status_code == 403
    assert viewer.post("/comments/c-1/erase", data=form, headers=SAME).status_code == 403
    assert ids(client) == []


def test_a_comment_is_never_markup(client: TestClient) -> None:
    own = as_role(client, Role.ANALYST)
    assert say(own, words=HOSTILE) == say(own, DOCUMENT, words=HOSTILE) == 303
    for at in (INCIDENT, DOCUMENT):
        page = own.get(f"{at}.html").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_decisions_on_an_incident_and_on_its_claims_stand_under_it(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    made = Decision(id="d1", ruling=Ruling.SAME, claims=("c02",), others=("c05",), by="x", at=NOON, why="of one raid")
    decide(team_of(client), made, who="cli:R. Haddad")
    decide(team_of(client), replace(made, id="d2", claims=("c99",), why="of another"), who="cli:R. Haddad")
    with team_of(client).writing(who="a-1") as desk:
        desk.enter("review.made", "incident i-khan-tuman-air", why="looked at it")
    page = own.get(f"{INCIDENT}.html").text
    assert "of one raid" in page
    assert "looked at it" in page
    assert "of another" in page  # it names c05 as well
    assert "of one raid" not in own.get("/incidents/i-kammouna.html").text


@pytest.fixture
def regroup(tmp_path: Path) -> Callable[[], None]:
    """A later run that holds the claims of one incident under another id."""

    def run() -> None:
        view = small_view()
        renamed = tuple(
            replace(each, id="i-khan-tuman-raid", title="Raid on Khan Tuman") if each.id == "i-khan-tuman-air" else each
            for each in view.incidents
        )
        assessments = tuple(
            replace(each, incident="i-khan-tuman-raid") if each.incident == "i-khan-tuman-air" else each
            for each in view.assessments
        )
        fill(tmp_path / "register", replace(view, incidents=renamed, assessments=assessments), at=NOON)

    return run


def test_an_incident_that_is_gone_leads_to_where_its_claims_are_and_its_comments_go_with_them(
    client: TestClient, regroup: Callable[[], None]
) -> None:
    own, viewer = as_role(client, Role.ANALYST), as_role(client, Role.VIEWER)
    assert say(own) == 303
    regroup()
    for reader in (own, viewer):
        page = reader.get(f"{INCIDENT}.html")
        assert page.status_code == 410
        assert re.search(r'<a href="\.\./incidents/i-khan-tuman-raid\.html"><bdi>Raid on Khan Tuman', page.text)
        told = reader.get("/api/v1/incidents/i-khan-tuman-air")
        assert told.status_code == 410
        assert "/api/v1/incidents/i-khan-tuman-raid" in told.json()["detail"]
        assert reader.get("/incidents/i-never.html").status_code == 404
        assert reader.get("/api/v1/incidents/i-never").status_code == 404
    assert WORDS in own.get("/incidents/i-khan-tuman-raid.html").text
    assert WORDS in own.get(f"{INCIDENT}.html").text
    assert WORDS not in viewer.get(f"{INCIDENT}.html").text


def test_an_incident_that_is_gone_without_a_trace_is_told_to_the_team_only(client: TestClient, tmp_path: Path) -> None:
    own, viewer = as_role(client, Role.ANALYST), as_role(client, Role.VIEWER)
    view = small_view()
    left = tuple(each for each in view.incidents if each.id != "i-khan-tuman-air")
    fill(tmp_path / "register", replace(view, incidents=left), at=NOON)
    assert own.get(f"{INCIDENT}.html").status_code == 410
    assert viewer.get(f"{INCIDENT}.html").status_code == 404


def test_an_incident_is_taken_along_as_data_and_cited(client: TestClient) -> None:
    page = client.get(f"{INCIDENT}.html").text
    assert "To cite it:" in page
    assert "http://127.0.0.1:8000/incidents/i-khan-tuman-air.html" in page
    told = client.get(f"{INCIDENT}.geojson")
    assert told.headers["content-type"] == "application/geo+json"
    assert [each["id"] for each in told.json()["features"]] == ["i-khan-tuman-air"]
    assert client.get("/incidents/i-never.geojson").status_code == 404
