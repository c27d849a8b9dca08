"""Jobs done by the service, messages to programs of others, and the page about both."""

import json
import sys
from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient
from people import SAME, as_role, make_account, team_of, token_on

from truceline.errors import Problem
from truceline.model.job import JobState
from truceline.model.person import Role
from truceline.store.jobs import Patience, add_job, jobs
from truceline.store.webhooks import DELIVER, add_webhook, find_webhook, set_active, webhooks
from truceline.web.deliver import Deliver, sign
from truceline.web.rerun import RUN, Rerun
from truceline.web.work import Task, Worker

KEPT = Patience(tries=2, wait=0)


def outcomes(client: TestClient) -> list[tuple[str, str]]:
    with team_of(client).reading() as connection:
        return [(each.state.value, each.told) for each in jobs(connection)]


def add(client: TestClient, kind: str, payload: str = "{}") -> None:
    with team_of(client).writing(who="system") as desk:
        add_job(desk, kind, payload)


def test_a_job_that_breaks_keeps_no_other_from_being_done(client: TestClient) -> None:
    def greet(task: Task) -> str:
        assert task.say("half way")
        if task.job.payload == "bad":
            raise ValueError(task.job.payload)
        return "well"

    worker = Worker(team_of(client), {"greet": greet}, KEPT)
    add(client, "greet", "bad")
    add(client, "greet", "good")
    while worker.do_one():
        pass
    assert sorted(outcomes(client)) == [("done", "well"), ("failed", "a mistake of ours; the service's log has it")]


@pytest.mark.parametrize(
    ("code", "script", "state", "told"),
    [
        (0, "print('1 of 2'); print('two incidents')", JobState.DONE, "two incidents"),
        (
            0,
            "print('documents   1 new'); print('incidents   9'); print('Open out')",
            JobState.DONE,
            "documents: 1 new. incidents: 9",
        ),
        (3, "print('one file was not read')", JobState.DONE, "one file was not read"),
        (4, "print('held by another run')", JobState.WAITING, "held by another run"),
        (2, "print('mission.toml:3: wrong')", JobState.FAILED, "mission.toml:3: wrong"),
    ],
)
def test_a_run_is_told_by_its_last_line(client: TestClient, code: int, script: str, state: JobState, told: str) -> None:
    command = [sys.executable, "-c", f"{script}; raise SystemExit({code})"]
    add(client, RUN)
    assert Worker(team_of(client), {RUN: Rerun(command)}, Patience(tries=2, wait=60)).do_one()
    assert outcomes(client) == [(state.value, told)]


def test_a_message_is_signed_and_names_what_happened(client: TestClient) -> None:
    sent: list[tuple[str, bytes, Mapping[str, str]]] = []

    def send(address: str, body: bytes, headers: Mapping[str, str]) -> int:
        sent.append((address, body, headers))
        return 204

    team = team_of(client)
    with team.writing(who="a-1") as desk:
        secret, _hook = add_webhook(desk, name="n", address="https://there.example/hook", events=("*",))
        desk.enter("decision.made", "incident i", why="secret reasons")
    assert Worker(team, {DELIVER: Deliver(team=team, send=send)}).do_one()
    ((address, body, headers),) = sent
    assert address == "https://there.example/hook"
    assert json.loads(body)["event"] == "decision.made"
    assert b"secret reasons" not in body
    moment, signature = (each.partition("=")[2] for each in headers["Truceline-Signature"].split(","))
    assert signature == sign(secret, moment, body)
    assert outcomes(client) == [("done", "taken (204)")]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (500, JobState.WAITING),
        (302, JobState.WAITING),
        (410, JobState.FAILED),
        (Problem(code="fetch.private", message="this address is not public"), JobState.WAITING),
    ],
)
def test_what_is_not_taken_is_tried_again(client: TestClient, answer: int | Problem, state: JobState) -> None:
    team = team_of(client)
    with team.writing(who="a-1") as desk:
        add_webhook(desk, name="n", address="https://there.example/hook", events=("*",))
        desk.enter("decision.made", "incident i")
    assert Worker(team, {DELIVER: Deliver(team=team, send=lambda *_: answer)}, Patience(wait=60)).do_one()
    assert [each for each, _ in outcomes(client)] == [state.value]


def test_a_webhook_switched_off_gets_nothing_that_was_queued(client: TestClient) -> None:
    team = team_of(client)
    with team.writing(who="a-1") as desk:
        _, hook = add_webhook(desk, name="n", address="https://there.example/hook", events=("*",))
        desk.enter("decision.made", "incident i")
        set_active(desk, hook, is_active=False)
    assert Worker(team, {DELIVER: Deliver(team=team, send=lambda *_: pytest.fail("sent"))}).do_one()
    assert [each for each, _ in outcomes(client)] == ["failed"]


# ---- the page


def test_only_an_admin_sees_and_does_work(client: TestClient) -> None:
    make_account(client, Role.ADMIN)
    own = as_role(client, Role.EDITOR)
    assert own.get("/jobs").status_code == 403
    assert own.post("/jobs/run", headers=SAME).status_code == 403


def test_an_admin_asks_for_a_run_once(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    form = {"token": token_on(own, "/jobs")}
    assert own.post("/jobs/run", data={"token": "other"}, headers=SAME).status_code == 403
    for _ in range(2):
        assert own.post("/jobs/run", data=form, headers=SAME).status_code == 303
    assert len(outcomes(client)) == 1
    assert "waiting or under way" in own.get("/jobs").text


def test_an_admin_makes_tries_and_drops_a_webhook(client: TestClient) -> None:
    own = as_role(client, Role.ADMIN)
    token = token_on(own, "/jobs")
    form = {"token": token, "name": "<b>theirs</b>", "address": "https://there.example/hook", "events": "decision.*"}
    answer = own.post("/jobs/webhooks", data=form, headers=SAME)
    assert answer.status_code == 201
    assert "&lt;b&gt;theirs" in answer.text
    with team_of(client).reading() as connection:
        (hook,) = webhooks(connection)
        found = find_webhook(connection, hook.id)
    assert found is not None
    assert found[1] in answer.text
    assert found[1] not in own.get("/jobs").text
    for what in ("off", "on", "try", "drop"):
        path = f"/jobs/webhooks/{hook.id}/{what}"
        assert own.post(path, data={"token": token}, headers=SAME).status_code == 303
    assert own.post(path, data={"token": token}, headers=SAME).status_code == 404
    assert "theirs" not in own.get("/jobs").text
    assert team_of(client).verify().faults == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"address": "http://there.example/"}, "https address"),
        ({"address": "https://a:b@there.example/"}, "password"),
        ({"address": "https://there.example:x/"}, "no address"),
        ({"address": "https://there.example:8443/"}, "leave the port out"),
        ({"address": "javascript:alert(1)"}, "https address"),
        ({"name": " "}, "whose program"),
        ({"events": "account.*"}, "is none"),
        ({"events": "register.*"}, "is none"),
    ],
)
def test_a_webhook_that_cannot_be_is_told(client: TestClient, changed: dict[str, str], said: str) -> None:
    own = as_role(client, Role.ADMIN)
    form = {"token": token_on(own, "/jobs"), "name": "n", "address": "https://there.example/", "events": "*"}
    answer = own.post("/jobs/webhooks", data={**form, **changed}, headers=SAME)
    assert answer.status_code == 400
    assert said in answer.text
