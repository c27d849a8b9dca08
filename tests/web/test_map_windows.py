"""Windows on the map: heaps and points of a part of it, by the places that are published."""

import pytest
from fastapi.testclient import TestClient

WHOLE = "-180,-90,180,90"


def points(client: TestClient, query: str) -> dict[str, list[float]]:
    features = client.get(f"/api/v1/incidents.geojson{query}").json()["features"]
    return {each["id"]: each["geometry"]["coordinates"] for each in features if each["geometry"] is not None}


def test_a_window_holds_the_points_that_lie_in_it(client: TestClient) -> None:
    every = points(client, "")
    west, north = every["i-khan-tuman-air"]
    inside = points(client, f"?bbox={west - 0.2},{north - 0.2},{west + 0.2},{north + 0.2}")
    assert inside == {
        name: [lon, lat] for name, (lon, lat) in every.items() if abs(lon - west) < 0.2 and abs(lat - north) < 0.2
    }
    assert 0 < len(inside) < len(every)


def test_no_window_finds_the_exact_place_of_a_shelter(client: TestClient) -> None:
    lon, lat = points(client, "")["i-kammouna"]
    small = f"{lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}"
    assert "i-kammouna" in points(client, f"?bbox={small}")
    items = client.get("/api/v1/incidents?limit=50").json()["items"]
    exact = next(each for each in items if each["id"] == "i-kammouna")
    assert (exact["lon"], exact["lat"]) == (lon, lat)  # rounded there, too


@pytest.mark.parametrize("zoom", [0, 5, 9, 16])
def test_heaps_count_every_point_once(client: TestClient, zoom: int) -> None:
    heaps = client.get(f"/api/v1/heaps?zoom={zoom}").json()["items"]
    assert sum(each["count"] for each in heaps) == len(points(client, ""))
    assert [each["count"] for each in heaps] == sorted((each["count"] for each in heaps), reverse=True)


def test_heaps_part_as_the_map_comes_nearer_and_name_what_they_share(client: TestClient) -> None:
    far, near = (client.get(f"/api/v1/heaps?zoom={zoom}").json()["items"] for zoom in (0, 16))
    assert len(far) == 1 < len(near)
    assert far[0]["kind"] is None
    air = client.get("/api/v1/heaps?zoom=0&kind=air").json()["items"]
    assert {each["kind"] for each in air} == {"air"}


def test_a_limit_gives_the_latest(client: TestClient) -> None:
    every = [each["id"] for each in client.get("/api/v1/incidents.geojson").json()["features"]]
    assert [each["id"] for each in client.get("/api/v1/incidents.geojson?limit=3").json()["features"]] == every[:3]


def test_a_window_may_go_round_the_back_of_the_world(client: TestClient) -> None:
    assert points(client, "?bbox=170,-90,-170,90") == points(client, "?bbox=30,5,40,4") == {}
    assert points(client, "?bbox=-999,-99,999,99") == points(client, f"?bbox={WHOLE}")
    assert points(client, "?bbox=30,-90,-170,90") == points(client, f"?bbox={WHOLE}")


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "nan,0,1,1", "1e400,0,0,0", ",,,", "1,2,3,4,5", "1000,0,1,1"])
def test_what_is_no_window_is_told(client: TestClient, box: str) -> None:
    for name in ("incidents.geojson", "heaps"):
        answer = client.get(f"/api/v1/{name}?bbox={box}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "bbox"
