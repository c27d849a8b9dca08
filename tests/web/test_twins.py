"""What pages show, as tables, and the pictures of the watch."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient
from lxml import etree, html
from views import small_view

from truceline.flow.mission import load_mission
from truceline.model.view import View

Serve = Callable[[View], TestClient]
SYRIA = Path(__file__).parents[2] / "missions" / "syria-2016"
SVG = "{http://www.w3.org/2000/svg}svg"


def rows_of(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_timeline_as_a_table_counts_what_the_view_counts(client: TestClient) -> None:
    rows = rows_of(client, "/timeline.csv?kind=air")
    assert sum(int(row["incidents"] or 0) for row in rows) == 2
    unseen = [row for row in rows if row["days_with_a_report"] == "0" and not row["incidents"]]
    assert unseen  # empty, not 0


def test_the_documents_as_a_table_lead_to_their_pages(client: TestClient) -> None:
    rows = rows_of(client, "/documents.csv")
    assert {row["document"] for row in rows} >= {"sohr-2016-06-03", "arabi-2016-06-02"}
    assert all(client.get(f"/{row['page']}").status_code == 200 for row in rows)


def test_the_agreement_as_a_table_has_terms_groups_and_truces(serve: Serve) -> None:
    client = serve(replace(small_view(), mission=load_mission(SYRIA)))
    rows = rows_of(client, "/agreement.csv")
    assert {row["what"] for row in rows} == {"term", "group", "local truce"}
    assert all(row["source"] for row in rows)


def test_the_watch_as_a_table_gives_every_count_its_interval(client: TestClient) -> None:
    rows = rows_of(client, "/watch.csv")
    assert {row["by"] for row in rows} == {"all", "area", "party", "kind"}
    assert all(int(row["low"]) <= int(row["incidents"]) <= int(row["high"]) for row in rows)


def test_a_plot_is_a_picture_a_table_and_a_specification(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/watch.html").content)
    pictures = page.xpath("//figure[@class='plot']//img")
    assert pictures
    for each in pictures:
        assert len(each.get("alt")) > 40
        light, dark = each.get("src"), each.xpath("ancestor::picture//source/@srcset")[0]
        drawn = [client.get(f"/{address}") for address in (light, dark)]
        assert [etree.fromstring(one.content).tag for one in drawn] == [SVG, SVG]
        assert drawn[0].text != drawn[1].text
    links = page.xpath("//figure[@class='plot']//figcaption//a/@href")
    assert len(links) == 2 * len(pictures)
    assert {client.get(f"/{each}").status_code for each in links} == {200}


def test_a_plot_that_is_none_is_not_found(client: TestClient, empty: TestClient) -> None:
    assert client.get("/data/plots/nothing.svg").status_code == 404
    assert empty.get("/data/plots/daily.svg").status_code == 404


def test_files_of_pages_are_not_sent_twice(client: TestClient) -> None:
    first = client.get("/assets/map-base.js")
    again = client.get("/assets/map-base.js", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_agreement_is_drawn_over_time_and_a_truce_leads_to_its_days(serve: Serve) -> None:
    client = serve(replace(small_view(), mission=load_mission(SYRIA)))
    page = html.document_fromstring(client.get("/agreement.html").content)
    (drawing,) = page.xpath("//*[local-name()='svg'][@class='lanes']")
    titles = [each.text for each in drawing.iter() if str(each.tag).endswith("title")]
    assert any(each.startswith("The agreement: In force, from ") for each in titles)
    assert any(each.startswith("Left out: ") for each in titles)
    assert any(each.endswith("day not known") for each in titles)
    assert len([each for each in titles if each.startswith("Local truces: ")]) == len(drawing.xpath(".//*[@href]"))
