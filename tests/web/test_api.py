"""The API: pages, marks that spare answers, problems, and its description."""

import json

import pytest
from fastapi.testclient import TestClient


def test_cursors_walk_every_incident_once_the_latest_first(client: TestClient) -> None:
    address, found = "/api/v1/incidents?limit=4", []
    while address:
        page = client.get(address).json()
        assert page["count"] == 9
        found += page["items"]
        address = page["next"]
    assert len({each["id"] for each in found}) == len(found) == 9
    starts = [each["start"] for each in found]
    assert starts == sorted(starts, reverse=True)


def test_an_incident_comes_with_every_telling_it_rests_on(client: TestClient) -> None:
    told = client.get("/api/v1/incidents/i-khan-tuman-air").json()
    assert [each["claim"] for each in told["claims"]] == ["c02", "c04", "c05"]
    assert told["incident"]["agents"] == ["rus.vks"]
    assert told["assessment"]["verdict"] == "contested"
    assert {each["stance"] for each in told["versions"]} == {"asserts", "denies"}


def test_claims_stream_one_a_line_with_their_incidents(client: TestClient) -> None:
    lines = [json.loads(each) for each in client.get("/api/v1/claims.jsonl").text.splitlines()]
    assert len(lines) == 12
    assert next(each for each in lines if each["claim"] == "c04")["incident"] == ["i-khan-tuman-air"]


def test_geojson_holds_what_the_filters_leave(client: TestClient) -> None:
    answer = client.get("/api/v1/incidents.geojson?kind=air")
    assert answer.headers["content-type"] == "application/geo+json"
    features = answer.json()["features"]
    assert {each["id"] for each in features} == {"i-khan-tuman-air", "i-kammouna"}
    assert all(each["geometry"]["type"] == "Point" for each in features)


@pytest.mark.parametrize(
    "address",
    ["/api/v1", "/api/v1/incidents?kind=air", "/api/v1/incidents/i-kammouna", "/api/v1/incidents.geojson",
     "/api/v1/incidents.jsonl", "/api/v1/claims.jsonl", "/api/v1/documents", "/api/v1/documents/sohr-2016-06-03",
     "/api/v1/readings/sohr-2016-06-03", "/api/v1/sources", "/api/v1/search?q=tuman", "/api/v1/timeline", "/api/v1/map",
     "/api/v1/watch", "/api/v1/statements", "/api/v1/bulletin", "/api/v1/agreement"],
)  # fmt: skip
def test_an_answer_that_did_not_change_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_other_filters_have_another_mark(client: TestClient) -> None:
    marks = {client.get(f"/api/v1/incidents.geojson?kind={each}").headers["etag"] for each in ("air", "shelling")}
    assert len(marks) == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [("/api/v1/incidents/none", 404), ("/api/v1/nothing", 404), ("/api/v1/incidents?limit=0", 422),
     ("/api/v1/search", 422), ("/api/v1/incidents?kind=none-such", 400), ("/api/v1/documents?cursor=x", 400),
     ("/api/v1/documents/none", 404), ("/api/v1/incidents/a%00b", 404), ("/api/v1/incidents?kund=air", 400),
     ("/api/v1/incidents?kind=air&kind=air", 400), ("/api/v1/incidents?grade=%20B", 400)],
)  # fmt: skip
def test_mistakes_are_told_as_problems(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_search_finds_a_name_in_any_spelling(client: TestClient) -> None:
    for words in ("khan tuman", "Khān Ţūmān", "KHAN-TUMAN", "khan tum"):
        hits = client.get("/api/v1/search", params={"q": words}).json()
        assert [each["id"] for each in hits["items"]] == ["i-khan-tuman-air"], words
