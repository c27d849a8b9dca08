"""Decisions over the API: kept once, by those who may, never over another's."""

import pytest
from fastapi.testclient import TestClient
from people import BASE, SAME, as_role, log_in, make_account, team_of
from views import small_view

from truceline.model.person import Right, Role
from truceline.store.accounts import find_credentials
from truceline.store.tokens import add_token

INCIDENTS = small_view().incidents
CLAIMS = [INCIDENTS[0].versions[0].claim, INCIDENTS[1].versions[0].claim]
SUBJECT = f"incident {INCIDENTS[0].id}"
GIVEN = {"ruling": "different", "claims": CLAIMS[:1], "others": CLAIMS[1:], "why": "another street"}
PATH = "/api/v1/decisions"


def bearer(client: TestClient, role: Role, *scopes: Right) -> dict[str, str]:
    account = make_account(client, role)
    with team_of(client).writing(who=account) as desk:
        found = find_credentials(desk.connection, id=account)
        assert found is not None
        secret, _ = add_token(desk, found.account, name="n", scopes=scopes, days=1)
    return {"authorization": f"Bearer {secret}"}


def test_a_reviewer_decides_and_the_ledger_says_so(client: TestClient) -> None:
    headers = bearer(client, Role.REVIEWER, Right.REVIEW, Right.READ)
    answer = client.post(PATH, json=GIVEN, headers={**headers, "idempotency-key": "key-one-1"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    again = client.post(PATH, json=GIVEN, headers={**headers, "idempotency-key": "key-one-1"})
    assert again.json() == told
    (entry,) = team_of(client).history(SUBJECT)
    assert (entry.seq, entry.hash, entry.change.why) == (told["entry"], told["hash"], "another street")
    (decision,) = team_of(client).decisions()
    assert decision.id == told["id"]
    assert decision.proposed is not None
    assert decision.proposed.words == "acts of their own"
    proof = team_of(client).verify()
    assert proof.faults == ()


def test_who_saw_less_than_was_decided_is_told(client: TestClient) -> None:
    headers = bearer(client, Role.REVIEWER, Right.REVIEW)
    for number, seen, status in ((1, 0, 201), (2, 0, 409)):
        key = {"idempotency-key": f"key-{number}-{'x' * 8}"}
        answer = client.post(PATH, json={**GIVEN, "seen": seen}, headers={**headers, **key})
        assert answer.status_code == status
    assert "changed meanwhile" in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(team_of(client).history(SUBJECT)) == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"claims": ["claim-none"]}, 404),
        ({"claims": []}, 422),
        ({"why": ""}, 422),
        ({"ruling": "maybe"}, 422),
        ({"ruling": "place"}, 422),  # it would say that the place cannot be determined
        ({"ruling": "verdict"}, 422),
        ({"why": "  "}, 400),
        ({"by": "somebody else"}, 422),
        ({"seen": -1}, 422),
        ({"claims": ["' OR 1=1 --"]}, 404),
    ],
)
def test_what_cannot_be_decided_is_refused(client: TestClient, changed: dict[str, object], status: int) -> None:
    headers = bearer(client, Role.REVIEWER, Right.REVIEW)
    answer = client.post(PATH, json={**GIVEN, **changed}, headers={**headers, "idempotency-key": "key-one-1"})
    assert answer.status_code == status
    assert team_of(client).verify().records == 1  # the account


def test_only_those_who_may_and_only_with_a_key(client: TestClient) -> None:
    key = {"idempotency-key": "key-one-1"}
    assert client.post(PATH, json=GIVEN, headers=key).status_code == 401
    analyst = bearer(client, Role.ANALYST, Right.REVIEW, Right.READ)
    assert client.post(PATH, json=GIVEN, headers={**analyst, **key}).status_code == 403
    reads = bearer(client, Role.REVIEWER, Right.READ)
    assert client.post(PATH, json=GIVEN, headers={**reads, **key}).status_code == 403
    decides = bearer(client, Role.EDITOR, Right.REVIEW)
    assert client.post(PATH, json=GIVEN, headers=decides).status_code == 422


def test_a_page_of_another_site_cannot_decide_with_somebodys_cookie(client: TestClient) -> None:
    own = as_role(client, Role.REVIEWER)
    key = {"idempotency-key": "key-one-1"}
    assert own.post(PATH, json=GIVEN, headers={**SAME, **key}).status_code == 403
    with team_of(client).reading() as connection:
        csrf = connection.exec_driver_sql("SELECT csrf FROM sessions").scalar()
    token = {"x-truceline-token": str(csrf)}
    for away in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert own.post(PATH, json=GIVEN, headers={**away, **key, **token}).status_code == 403
    assert own.post(PATH, json=GIVEN, headers={"origin": BASE, **key, **token}).status_code == 201
    other = log_in(client, "reviewer")
    assert other.post(PATH, json=GIVEN, headers={**SAME, **key, **token}).status_code == 403
