"""No change of anybody's without its entry in the ledger, none written over another's, none altered behind its back."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from desk import Desk
from factor import FACTOR, switch_on
from fastapi.testclient import TestClient
from people import PASSWORD, SAME, another, as_role, log_in, make_account, routes_of, team_of, token_on
from sqlalchemy import event, text, update
from starlette.requests import Request

from truceline.model.job import JobState
from truceline.model.person import Role
from truceline.store import tables
from truceline.store.accounts import find_account, set_second_factor, set_subject
from truceline.store.comments import add_comment, comments_on
from truceline.store.jobs import add_job
from truceline.store.webhooks import webhooks
from truceline.testing import NOON
from truceline.web.second_factor import code_at
from truceline.web.visitor import Need

WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
USED = re.compile(r"UPDATE (api_tokens SET used_at|accounts SET totp_step)=\S+ WHERE")  # when, and that it was used
INCIDENT = "/incidents/i-khan-tuman-air"
HIDDEN = re.compile(r'name="(token|seen|key|note|invitation)" value="([^"]*)"')
# Coming in and going out change nothing that is anybody's; a code by the clock is used up; checks keep nothing.
NO_CHANGE = {"/login", "/login/code", "/logout", "/check", "/api/v1/check", "/ledger/verify", "/account/sessions/end"}
PASSING = {"sessions", "keys"}


class Watched:
    """What each transaction of the team wrote, and which routes were asked for writing."""

    def __init__(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written: list[Counter[str]] = []
        self.routes: set[str] = set()
        engine = team_of(client)._writer
        event.listen(engine, "begin", lambda _connection: self.written.append(Counter()))
        event.listen(engine, "before_cursor_execute", self.hear)
        asked = Need.__call__

        async def call(need: Need, request: Request) -> Any:
            if request.method == "POST":
                self.routes.add(request.scope["route"].path)
            return await asked(need, request)

        monkeypatch.setattr(Need, "__call__", call)

    def hear(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found = WRITING.match(statement)
        if found and not USED.match(statement):
            self.written[-1][found[1]] += 1

    @property
    def silent(self) -> Iterator[Counter[str]]:
        """Transactions that changed something of people's and entered nothing."""
        return (each for each in self.written if set(each) - PASSING and not each["ledger"])


@pytest.fixture
def watched(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Watched:
    make_account(client, Role.ADMIN, "chief")
    return Watched(client, monkeypatch)


def send(own: TestClient, path: str, on: str, status: int = 303, **form: Any) -> str:
    """A form as the page at `on` would send it."""
    fields = dict(HIDDEN.findall(own.get(on).text))
    answer = own.post(path, data={**fields, "why": "a reason", **form}, headers=SAME)
    assert answer.status_code == status, (path, answer.status_code, answer.text)
    return answer.text


def test_every_change_is_entered_whatever_page_it_is_made_on(client: TestClient, watched: Watched) -> None:
    for act in (of_accounts, of_ones_own, of_words, of_work, of_bulletins):
        act(client)
        assert list(watched.silent) == [], act.__name__
    posts = {each.path for each in routes_of(client) if "POST" in (each.methods or ())}
    assert len(posts) > 35
    assert posts - watched.routes - NO_CHANGE == set()
    assert team_of(client).verify().faults == ()


def of_accounts(client: TestClient) -> None:
    own, other = log_in(client, "chief"), make_account(client, Role.VIEWER, "someone")
    page = f"/people/{other}"
    link = re.search(r"(/join/[\w-]+)", send(own, "/people/invite", "/people", 200, role="viewer"))
    assert link is not None
    guest = another(client)
    send(guest, link[1], link[1], login="guest", name="A guest", password=PASSWORD, again=PASSWORD)
    send(own, "/people/invite", "/people", 200, role="viewer")
    send(own, "/people/invitations/withdraw", "/people")
    send(own, f"{page}/role", page, role="analyst")
    for standing in ("closed", "active"):
        send(own, f"{page}/standing", page, standing=standing)
    send(own, f"{page}/password-link", page, 200)
    send(own, f"{page}/identity", page)
    with team_of(client).writing(who="system") as desk:
        account = find_account(desk.connection, other)
        assert account is not None
        set_second_factor(desk, account, totp="JBSWY3DPEHPK3PXP")
        set_subject(desk, account, "https://idp.example 7")
    send(own, f"{page}/second-factor", page)
    send(own, f"{page}/identity", page)


def of_ones_own(client: TestClient) -> None:
    own = as_role(client, Role.VIEWER)
    send(own, "/account/name", "/account", name="Another name")
    secret = re.search(
        r"tl_[\w-]+", send(own, "/account/tokens", "/account", 200, name="t", days="9", **{"may-read": "1"})
    )
    assert secret is not None
    program = another(client).get("/api/v1", headers={"authorization": f"Bearer {secret[0]}"})
    assert program.status_code == 200
    with team_of(client).reading() as connection:
        (token,) = connection.execute(text("SELECT id FROM api_tokens")).scalars()
    send(own, "/account/tokens/revoke", "/account", id=token)
    new = "another sentence, to remember"
    send(own, "/account/password", "/account", old=PASSWORD, password=new, again=new)
    send(own, "/account/password", "/account", old=new, password=PASSWORD, again=PASSWORD)
    totp, _ = switch_on(own)
    team = team_of(client)
    for minutes, what, status in ((5, "recovery", 200), (10, "off", 303)):
        team._now = lambda minutes=minutes: NOON + timedelta(minutes=minutes)  # type: ignore[misc]
        send(own, f"{FACTOR}/{what}", FACTOR, status, password=PASSWORD, code=code_at(totp, team.now()))


def of_words(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    for each in (INCIDENT, "/documents/sohr-2016-06-03"):
        send(own, f"{each}/comments", f"{each}.html", words="See the photographs.")
    with team_of(client).reading() as connection:
        (comment,) = comments_on(connection, "incident i-khan-tuman-air")
    send(own, f"/comments/{comment.id}/erase", f"{INCIDENT}.html")
    send(own, f"{INCIDENT}/correct", f"{INCIDENT}/correct", way="place", place="unknown")
    item = own.get("/review/next").headers["location"]
    send(own, item, item, option="a")
    headers = {**SAME, "x-truceline-token": token_on(own, "/account"), "idempotency-key": "k" * 10}
    waits = own.get("/api/v1/review").json()["items"][0]["id"]
    given = {"option": "a", "why": "so", "key": "k" * 10}
    assert own.post(f"/api/v1/review/{waits}", json=given, headers=headers).status_code == 201
    decided = {"ruling": "different", "claims": ["c01"], "others": ["c03"], "why": "so"}
    answer = own.post("/api/v1/decisions", json=decided, headers=headers)
    assert answer.status_code == 201, answer.text


def of_work(client: TestClient) -> None:
    own, team = log_in(client, "chief"), team_of(client)
    send(own, "/jobs/run", "/jobs")
    with team.writing(who="system") as desk:
        name = add_job(desk, "run", "{}")
        failed = update(tables.jobs).where(tables.jobs.c.id == name).values(state=JobState.FAILED.value)
        desk.connection.execute(failed)
        desk.enter("job.made", "register")
    send(own, f"/jobs/{name}/again", "/jobs")
    hook = {"name": "theirs", "address": "https://there.example/", "events": "decision.*"}
    send(own, "/jobs/webhooks", "/jobs", 201, **hook)
    with team.reading() as connection:
        (made,) = webhooks(connection)
    for what in ("off", "on", "try", "drop"):
        send(own, f"/jobs/webhooks/{made.id}/{what}", "/jobs")


def of_bulletins(client: TestClient) -> None:
    desk = Desk(client)
    assert desk.save(note="A note.").status_code == 303
    desk.publish()
    assert desk.step("correct", why="A day was wrong.").status_code == 303
    assert desk.step("drop", why="It was not.").status_code == 303
    assert desk.step("withdraw", why="All of it was wrong.").status_code == 303


# ---- no answer runs over another


def test_a_form_that_does_not_say_what_it_saw_is_refused(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    item = own.get("/review/next").headers["location"]
    for path, given in ((f"{INCIDENT}/correct", {"way": "place", "place": "unknown"}), (item, {"option": "a"})):
        fields = dict(HIDDEN.findall(own.get(path).text))
        for seen in ("", "-1", "9" * 5000, "²", "1 OR 1=1"):
            answer = own.post(path, data={**fields, "why": "so", **given, "seen": seen}, headers=SAME)
            assert answer.status_code == 400, (path, seen[:9])
    assert team_of(client).decisions() == ()


def test_more_marks_than_a_form_has_are_refused(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    token = token_on(own, f"{INCIDENT}/correct")
    parts = (f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{words}\r\n'
             for name, words in (("token", token), ("seen", "0"), ("why", "&a=1" * 500)))  # fmt: skip
    body = f"{''.join(parts)}--b--\r\n".encode()
    headers = {**SAME, "content-type": "multipart/form-data; boundary=b"}
    assert own.post(f"{INCIDENT}/correct", content=body, headers=headers).status_code == 400


def test_a_zero_byte_is_no_word_in_a_form_or_in_json(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    fields = dict(HIDDEN.findall(own.get(f"{INCIDENT}/correct").text))
    form = {**fields, "way": "place", "place": "unknown", "why": "so\0"}
    assert own.post(f"{INCIDENT}/correct", data=form, headers=SAME).status_code == 400
    headers = {**SAME, "x-truceline-token": fields["token"], "idempotency-key": "k" * 10}
    given = {"ruling": "same", "claims": ["c01"], "others": ["c03"], "why": "so\0"}
    assert own.post("/api/v1/decisions", json=given, headers=headers).status_code == 400


# ---- behind its back


BESIDE = (
    ("UPDATE accounts SET login = 'mine' WHERE login = 'victim'", "login"),
    ("UPDATE accounts SET subject = 'https://idp.example 7', login = 'victim'", "subject"),
    ("UPDATE comments SET who = 'a-9'", "who"),
    ("UPDATE comments SET subject = 'incident j', at = '2016-01-01T00:00:00.000000Z'", "at subject who"),
)


def test_what_stands_beside_a_record_is_proved_with_it(client: TestClient) -> None:
    """By these columns rows are found: who changed one would log in as another, or put words into their mouth."""
    who = make_account(client, Role.ADMIN, "victim")
    with team_of(client).writing(who=who) as desk:
        add_comment(desk, subject="incident i", words="Words.")
    assert team_of(client).verify().faults == ()
    for statement, columns in BESIDE:
        with team_of(client)._writer.begin() as connection:
            connection.execute(text(statement))
        told = team_of(client).verify().faults[-1]
        if statement.startswith("UPDATE accounts"):
            (told,) = team_of(client).verify().faults
        assert "was altered after it was entered: " in told
        assert sorted(told.rpartition(": ")[2].split(", ")) == columns.split(), statement


def test_a_state_changed_beside_a_bulletin_is_found(client: TestClient) -> None:
    Desk(client)
    with team_of(client)._writer.begin() as connection:
        connection.execute(text("UPDATE bulletins SET state = 'published' WHERE state = 'draft'"))
    assert any(each.endswith("altered after it was entered: state") for each in team_of(client).verify().faults)
