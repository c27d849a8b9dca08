"""The description of the API held against what it answers, by requests made from it, and against the pages."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from desk import Desk
from fastapi.testclient import TestClient
from people import make_account, team_of
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.generation import GenerationMode
from served import BASE

from truceline.model.person import Right, Role
from truceline.schemas import columns, rows
from truceline.store.accounts import find_credentials
from truceline.store.tokens import add_token

CONFIG = Path(__file__).parents[2] / "schemathesis.toml"
EXAMPLES = 12  # of each operation; a run by hand with thousands is told of in docs/guide/api.md


@schemathesis.check
def only_words_and_days_are_refused(_context: Any, response: Any, case: Any) -> None:
    """A well-written request is refused for what no schema can say, and for nothing else."""
    made = case.meta.generation.mode if case.meta is not None else None
    if response.status_code == 400 and made == GenerationMode.POSITIVE and case.method == "GET":
        named = {each["parameter"] for each in response.json()["errors"]}
        assert named <= {"q", "to"}, response.json()


def bearer(client: TestClient) -> dict[str, str]:
    """The header of somebody who may everything."""
    account = make_account(client, Role.ADMIN)
    with team_of(client).writing(who=account) as desk:
        found = find_credentials(desk.connection, id=account)
        assert found is not None
        secret, _ = add_token(desk, found.account, name="n", scopes=list(Right), days=1)
    return {"Authorization": f"Bearer {secret}"}


def is_good(response: Any) -> bool:
    return response is not None and response.status_code == 200


def reads_of(client: TestClient) -> set[str]:
    return {f"GET {name.removeprefix('get ')}" for name in operations_of(client) if name.startswith("get ")}


def find_failures(client: TestClient, *, most: int = EXAMPLES, only: str = "") -> Iterator[str]:
    """What `st run` would tell: all of its checks, in all of its phases."""
    told = tomllib.loads(CONFIG.read_text("utf-8"))
    bounds = {"max-examples": most, "deterministic": True, "no-shrink": True}
    config = SchemathesisConfig.from_dict(
        {**told, "seed": 7, "base-url": BASE, "generation": bounds, "headers": bearer(client)}
    )
    headers = {"host": "127.0.0.1"}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app, config=config, headers=headers)
    asked, answered = 0, set()
    for event in from_schema(schema.include(path=only) if only else schema).execute():
        if isinstance(event, FatalError | NonFatalError):
            yield str(event)
        if isinstance(event, ScenarioFinished):
            asked += len(event.recorder.cases)
            given = [name for name, each in event.recorder.interactions.items() if is_good(each.response)]
            answered |= {event.recorder.cases[name].value.operation.label for name in given}
            for checks in event.recorder.checks.values():
                yield from (f"{event.label}: {each.failure_info}" for each in checks if each.status is Status.FAILURE)
    assert asked > (5 if only else 500)
    yield from (f"never answered well: {each}" for each in sorted(reads_of(client) - answered) if not only)


@pytest.mark.slow
def test_every_answer_is_as_described(client: TestClient) -> None:
    Desk(client).publish()
    assert list(find_failures(client)) == []


def test_a_false_description_is_found(client: TestClient) -> None:
    told = client.get("/api/v1/openapi.json").json()
    told["components"]["schemas"]["Index"]["properties"]["incidents"] = {"type": "string"}
    client.app.openapi = lambda: told  # type: ignore[attr-defined]
    assert any("incidents" in each for each in find_failures(client, most=2, only="/api/v1"))


def operations_of(client: TestClient) -> dict[str, dict[str, Any]]:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    return {f"{verb} {path}": told for path, verbs in paths.items() for verb, told in verbs.items()}


def test_every_operation_is_described_whole(client: TestClient) -> None:
    operations = operations_of(client)
    ids = [each["operationId"] for each in operations.values()]
    assert len(set(ids)) == len(ids) >= 17
    for name, each in operations.items():
        assert each["tags"], name
        assert each["summary"], name
        assert each["summary"] != each["operationId"], name
        good = next(answer for status, answer in each["responses"].items() if status.startswith("2"))
        assert all(told["schema"] for told in good["content"].values()), name
        problems = {status: told for status, told in each["responses"].items() if status[0] in "45d"}
        assert {"400", "401", "403", "429", "503", "default"} <= set(problems), name
        assert all(list(told["content"]) == ["application/problem+json"] for told in problems.values()), name
        if name.startswith("get "):
            assert "ETag" in good["headers"], name
            assert "304" in each["responses"], name
            assert any(told["name"] == "If-None-Match" for told in each["parameters"]), name


def test_filters_are_described_as_this_mission_has_them(client: TestClient) -> None:
    asked = {each["name"]: each["schema"] for each in operations_of(client)["get /api/v1/incidents"]["parameters"]}
    assert {"", "rus.vks"} <= set(asked["party"]["enum"])
    assert {"", "sana"} <= set(asked["source"]["enum"])
    assert client.get("/api/v1/incidents", params={"party": asked["party"]["examples"][0]}).status_code == 200


def test_another_method_is_told_which_ones_there_are(client: TestClient) -> None:
    for path in ("/api/v1", "/api/v1/incidents", "/api/v1/documents/a", "/api/v1/bulletin"):
        answer = client.delete(path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET"), path
        assert answer.headers["content-type"] == "application/problem+json"


def test_several_ways_to_one_address_are_all_told(client: TestClient) -> None:
    assert client.put("/api/v1/review/none").headers["allow"] == "GET, POST"


def test_ways_to_log_in_are_described(client: TestClient) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["security"] == [{}, {"token": []}, {"session": []}]
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert client.get("/api/v1", headers={"Authorization": "Bearer none"}).status_code == 401


@pytest.mark.parametrize(
    ("row", "table"),
    [
        (rows.IncidentRow, columns.INCIDENT_COLUMNS),
        (rows.ClaimRow, columns.CLAIM_COLUMNS),
        (rows.ChangeRow, columns.VERSION_COLUMNS),
    ],
)
def test_rows_have_the_columns_of_the_data_sets(row: type[rows.Row], table: tuple[columns.Column, ...]) -> None:
    assert tuple(row.model_fields) == tuple(each.name for each in table)
    described = row.model_json_schema()["properties"]
    assert all(described[each.name]["description"] for each in table)
