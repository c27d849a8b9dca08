"""Every page opens, filled and empty, and shows what was asked for."""

import re

import pytest
from fastapi.testclient import TestClient

PAGES = (
    "/", "/check", "/documents/index.html", "/map.html", "/bulletin.html", "/watch.html", "/agreement.html",
    "/sources.html", "/data.html", "/assets/style.css", "/assets/article.css", "/assets/service.css", "/assets/map.js",
    "/assets/map-outlines.js", "/assets/map-incidents.js", "/assets/maplibre-gl.js", "/assets/maplibre-gl.css",
    "/assets/ground-SY.svg", "/favicon.ico", "/data/incidents.csv", "/data/incidents.hxl.csv", "/data/claims.csv",
    "/data/origins.csv", "/data/values.csv", "/data/sums.csv", "/data/sources.csv", "/data/letters.csv",
    "/data/coded_events.csv", "/data/versions.csv", "/data/incidents.geojson", "/data/README.txt", "/bulletin.pdf",
    "/api/v1", "/api/v1/incidents", "/api/v1/incidents.geojson", "/api/v1/claims.jsonl", "/api/v1/documents",
    "/quality.html", "/quality.csv", "/timeline.csv", "/documents.csv", "/watch.csv", "/agreement.csv",
    "/assets/map-base.js", "/assets/map-legend.js", "/assets/register.js",
    "/api/v1/sources", "/api/v1/search?q=tuman", "/api/v1/openapi.json",
)  # fmt: skip
HELD = (
    "/incidents/i-khan-tuman-air.html", "/incidents/i-khan-tuman-air.csv", "/incidents.csv",
    "/documents/sohr-2016-06-03.html", "/documents/arabi-2016-06-02.html", "/read/sohr-2016-06-03.html",
    "/api/v1/incidents/i-khan-tuman-air",
)  # fmt: skip


@pytest.mark.parametrize("address", [*PAGES, *HELD])
def test_every_address_opens_on_a_small_register(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_every_address_opens_on_an_empty_register(empty: TestClient, address: str) -> None:
    assert empty.get(address).status_code == 200


@pytest.mark.parametrize("address", HELD)
def test_what_an_empty_register_does_not_hold_is_not_found(empty: TestClient, address: str) -> None:
    assert empty.get(address).status_code == 404


def test_an_empty_register_teaches_how_to_fill_it(empty: TestClient) -> None:
    assert "truceline run --mission" in empty.get("/").text


def test_the_register_is_seen_as_soon_as_it_is_filled(empty: TestClient) -> None:
    from served import fill
    from views import small_view

    keeper = empty.app.state.keeper  # type: ignore[attr-defined]
    assert keeper.held().browser is None
    fill(keeper._folder, small_view())
    assert "Airstrike on Khan Tuman" in empty.get("/").text
    keeper.close()


def titles(client: TestClient, query: str) -> set[str]:
    page = client.get(f"/{query}")
    assert page.status_code == 200
    return set(re.findall(r'<th scope="row"><a href="incidents/[^"]+"><bdi>([^<]+)', page.text))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?q=khan+tuman", {"Airstrike on Khan Tuman"}),
        ("?q=Khān+Ţūmān", {"Airstrike on Khan Tuman"}),
        ("?q=kham", set()),
        ("?q=hamdan", {"Shelling of Hamdaniyeh, Aleppo"}),
        ("?q=كمونة", {"Airstrike on Kammouna camp"}),
        ("?kind=air", {"Airstrike on Khan Tuman", "Airstrike on Kammouna camp"}),
        ("?kind=MOBILIZE", {"Troops to Tartus", "Tanks in Latakia"}),
        ("?party=rus.vks", {"Airstrike on Khan Tuman"}),
        ("?party=side:opposition", {"Offensive south-west of Aleppo"}),
        ("?verdict=contested", {"Airstrike on Khan Tuman"}),
        ("?verdict=not+assessed", {"Telephone call between Lavrov and Kerry", "Aid convoy enters Daraya"}),
        ("?source=arabi", {"Airstrike on Kammouna camp"}),
        (
            "?from=2016-06-04&to=2016-06-04",
            {"Offensive south-west of Aleppo", "Telephone call between Lavrov and Kerry"},
        ),
        ("?to=2016-06-01", {"Aid convoy enters Daraya", "Medicine held back"}),
        ("?grade=B", set()),
        ("?kind=air&verdict=contested&q=tuman", {"Airstrike on Khan Tuman"}),
    ],
)
def test_filters_leave_what_they_say(client: TestClient, query: str, wanted: set[str]) -> None:
    assert titles(client, query) == wanted


def test_a_filtered_view_keeps_its_filters_in_every_link(client: TestClient) -> None:
    page = client.get("/?kind=air&q=tuman").text
    assert 'href="incidents.csv?q=tuman&amp;kind=air"' in page
    assert "1 of 9 incidents" in page
    assert client.get("/incidents.csv?q=tuman&kind=air").text.count("\r\n") == 2


def test_what_a_form_sends_empty_is_left_out_of_the_address(client: TestClient) -> None:
    answer = client.get("/?q=&from=&kind=air&grade=")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?kind=air")


@pytest.mark.parametrize(
    "query",
    ["from=2016-13-01", "to=yesterday", "party=nobody", "kind=%27", "verdict=guilty", "grade=Z9", "source=x", "q=...",
     "from=2016-06-05&to=2016-06-01", "cursor=%21"],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_told_on_the_page_and_as_a_problem(client: TestClient, query: str) -> None:
    page = client.get(f"/?{query}")
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    told = client.get(f"/api/v1/incidents?{query}")
    assert told.status_code == 400
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["errors"][0]["parameter"] == query.split("=", maxsplit=1)[0] or "&" in query


def test_unobserved_days_are_drawn_as_such(client: TestClient) -> None:
    page = client.get("/?from=2016-05-29&to=2016-06-04").text
    assert page.count('<rect class="unseen"') == 1
    assert "29 May 2016 to 31 May 2016: no report, not observed" in page
    assert "4 of 7 days" in page


def test_a_long_time_is_drawn_by_weeks(client: TestClient) -> None:
    page = client.get("/?from=2015-01-01&to=2016-12-31").text
    assert "Incidents by week" in page
    assert page.count('class="bar-shape"') == 2  # a week ends on Wednesday 1 June


def test_places_of_shelter_are_rounded_wherever_they_are_shown(client: TestClient) -> None:
    exact = ("36.2117", "36.7031")
    addresses = (
        "/data/incidents.csv",
        "/api/v1/incidents",
        "/api/v1/incidents.geojson",
        "/api/v1/incidents/i-kammouna",
    )
    for address in (*addresses, "/assets/map-incidents.js", "/incidents/i-kammouna.csv", "/incidents.csv"):
        body = client.get(address).text
        assert "Kammouna" in body
        assert not any(each in body for each in exact), address


def test_a_document_opens_annotated_with_what_others_tell(client: TestClient) -> None:
    page = client.get("/read/sohr-2016-06-03.html")
    assert page.status_code == 200
    assert '<link rel="stylesheet" href="/assets/article.css">' in page.text
    assert "<style" not in page.text


def test_the_map_never_says_more_than_the_publication(client: TestClient) -> None:
    page = client.get("/").text
    assert "6 of 9 incidents are drawn" in page
    assert "3 have no place" in page
