"""The review queue: who may, what is kept, what is told."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from people import SAME, as_role, log_in, make_account, team_of, token_on
from views import small_view

from truceline.model.person import Role
from truceline.model.review import ItemKind, ReviewPolicy
from truceline.model.view import View

Serve = Callable[[View], TestClient]
HIDDEN = re.compile(r'name="(token|seen|key)" value="([^"]*)"')


def items_of(own: TestClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = own.get("/api/v1/review?limit=200").json()["items"]
    return found


def form_on(own: TestClient, address: str) -> dict[str, str]:
    page = own.get(address)
    assert page.status_code == 200, page.text
    return dict(HIDDEN.findall(page.text))


def test_the_queue_leads_from_item_to_item_and_keeps_what_is_answered(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    before = items_of(own)
    assert len(before) > 2
    address = own.get("/review/next").headers["location"]
    assert address == f"/review/{before[0]['id']}"
    form = {**form_on(own, address), "option": "a", "why": "As the passages read."}
    answer = own.post(address, data=form, headers=SAME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/next")
    assert own.post(address, data=form, headers=SAME).status_code == 303  # sent twice
    assert [each["id"] for each in items_of(own)] == [each["id"] for each in before[1:]]
    (decision,) = team_of(client).decisions()
    assert (decision.item, decision.by) == (before[0]["id"], "Name of reviewer")
    assert decision.proposed is not None
    assert decision.proposed.words == before[0]["proposal"]
    assert team_of(client).verify().faults == ()
    assert own.get(address).status_code == 404


def test_whoever_saw_less_is_told_and_nothing_is_kept(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    make_account(client, Role.REVIEWER, "second")
    other = log_in(client, "second")
    item = items_of(own)[0]
    address = f"/review/{item['id']}"
    forms = [{**form_on(each, address), "option": "a", "why": "so"} for each in (own, other)]
    with team_of(client).writing(who="a-9") as desk:
        desk.enter("item.noted", f"item {item['id']}")
    assert own.post(address, data=forms[0], headers=SAME).status_code == 409
    assert team_of(client).decisions() == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"option": ""}, "choose one"),
        ({"option": "zz"}, "choose one"),
        ({"why": "  "}, "on what grounds"),
    ],
)
def test_an_answer_that_cannot_be_is_told_and_the_form_keeps_what_was_typed(
    client: TestClient, changed: dict[str, str], said: str
) -> None:
    own = as_role(client, Role.REVIEWER)
    address = f"/review/{items_of(own)[0]['id']}"
    form = {**form_on(own, address), "option": "a", "why": "<i>typed</i>", **changed}
    answer = own.post(address, data=form, headers=SAME)
    assert answer.status_code == 400
    assert said in answer.text
    assert "<i>typed" not in answer.text
    assert team_of(client).decisions() == ()


def test_who_may_not_decide_sees_no_queue(client: TestClient) -> None:
    own = as_role(client, Role.ANALYST)
    for path in ("/review", "/review/next", "/review/x", "/review/corrections.jsonl", "/api/v1/review"):
        assert own.get(path).status_code == 403, path
    assert own.post("/review/x", data={}, headers=SAME).status_code == 403
    assert "Review" not in own.get("/").text


def test_two_who_are_both_asked_do_not_stand_in_each_others_way(serve: Serve) -> None:
    view = small_view()
    mission = view.mission
    client = serve(replace(view, mission=replace(mission, review=ReviewPolicy(double=tuple(ItemKind)))))
    own = as_role(client, Role.REVIEWER)
    make_account(client, Role.REVIEWER, "second")
    other = log_in(client, "second")
    item = next(each for each in items_of(own) if each["kind"] == "verdict")
    address = f"/review/{item['id']}"
    forms = [{**form_on(each, address), "option": "a", "why": "so"} for each in (own, other)]
    assert own.post(address, data=forms[0], headers=SAME).status_code == 303
    assert own.get(address).status_code == 404  # nobody is asked twice
    assert other.post(address, data=forms[1], headers=SAME).status_code == 303
    assert len(team_of(client).decisions()) == 2
    assert item["id"] not in [each["id"] for each in items_of(other)]
    assert "kappa" in own.get("/review").text


def test_corrections_are_training_cases(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    assert own.get("/review/corrections.jsonl").text == ""
    address = own.get("/review/next").headers["location"]
    own.post(address, data={**form_on(own, address), "option": "a", "why": "so"}, headers=SAME)
    answer = own.get("/review/corrections.jsonl")
    lines = [json.loads(each) for each in answer.text.splitlines()]
    assert lines
    assert "Name of reviewer" not in answer.text


def test_an_empty_register_has_an_empty_queue(empty: TestClient) -> None:
    own = as_role(empty, Role.REVIEWER)
    assert "nothing waits" in own.get("/review").text
    assert items_of(own) == []


# ---- over the API


def test_a_program_answers_once(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    headers = {**SAME, "x-truceline-token": token_on(own, own.get("/review/next").headers["location"])}
    item = items_of(own)[0]
    path = f"/api/v1/review/{item['id']}"
    seen = own.get(path).json()["seen"]
    body = {"option": "a", "why": "so", "seen": seen, "key": "key-one-1"}
    first = own.post(path, json=body, headers=headers)
    assert first.status_code == 201, first.text
    assert own.post(path, json=body, headers=headers).json() == first.json()
    assert own.post(path, json={**body, "key": "key-two-2"}, headers=headers).status_code == 404
    assert len(team_of(client).decisions()) == 1


def test_a_program_is_told_what_is_wrong(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    headers = {**SAME, "x-truceline-token": token_on(own, own.get("/review/next").headers["location"])}
    item = next(each for each in items_of(own) if each["kind"] == "verdict")
    path = f"/api/v1/review/{item['id']}"
    body = {"option": "none", "why": "so", "key": "key-one-1"}
    for changed, status in (({}, 400), ({"why": ""}, 422), ({"by": "x"}, 422)):
        answer = own.post(path, json={**body, **changed}, headers=headers)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
    assert own.post(path, json={**body, "option": "a"}, headers=SAME).status_code == 403
