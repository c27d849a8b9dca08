"""Agreed values, numbers that do not go together and track records, as pages, tables and lines."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from views import small_view

from truceline.model.incident import AgreedValue, Grade, SumNote, Variant
from truceline.model.record import SourceLetter, TrackRecord
from truceline.model.view import View
from truceline.publish import publish
from truceline.publish.explain import explain
from truceline.publish.sources import explain_source

SHELLING = "i-aleppo-shelling"


@pytest.fixture(scope="module")
def view() -> View:
    view = small_view()
    agreed = (
        AgreedValue(
            what="killed", rule="close", words="they differ by one", low="3", best="3", high="4",
            told=(Variant(value="3", claims=("c01",)), Variant(value="4", claims=("c03",))), origins_count=2,
        ),
        AgreedValue(
            what="hour", rule="one", words="told by one", low="2016-06-03T11:00Z", best="2016-06-03T11:00Z",
            high="2016-06-03T11:01Z", told=(Variant(value="2016-06-03T11:00Z", claims=("c01",)),), origins_count=1,
        ),
        AgreedValue(
            what="actor", rule="differ", words="none is agreed", low=None, best=None, high=None,
            told=(Variant(value="=A", claims=("c01",)), Variant(value="B", claims=("c03",))), origins_count=2,
        ),
    )  # fmt: skip
    sums = (
        SumNote(
            what="sum", stated=15, added=14, parts=((11, "11 in Aleppo"), (3, "three in Hama")), claims=("c01",),
            words="15 stated as the total, 14 by adding up its parts",
        ),
    )  # fmt: skip
    grade = Grade(
        reliability="D", credibility=3, reason="both", reliability_reason="SANA is graded D: test.",
        credibility_reason="Two tell it.", record="Given D, record 8 of 8 confirmed [0.74–1.00], 3 open: stays D.",
    )  # fmt: skip
    incidents = tuple(
        replace(each, agreed=agreed, sums=sums, grade=grade) if each.id == SHELLING else each for each in view.incidents
    )
    records = (
        TrackRecord(
            family="sana", source="SANA", kind="", served="own", incidents=11, confirmed=8, contradicted=0, low=0.74,
            high=1.0, counting=True,
        ),
        TrackRecord(
            family="sana", source="SANA", kind="ASSAULT", served="", incidents=2, confirmed=0, contradicted=0, low=None,
            high=None,
        ),
    )  # fmt: skip
    letters = (SourceLetter(source="sana", given="D", letter="C", words="Given D, record good: becomes C."),)
    return replace(view, incidents=incidents, records=records, letters=letters)


@pytest.fixture(scope="module")
def folder(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(view, tmp_path_factory.mktemp("out")).folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "data" / name).read_text(encoding="utf-8"))))


def test_an_incidents_page_shows_each_value_with_its_rule_and_who_tells_it(folder: Path) -> None:
    page = html.document_fromstring((folder / "incidents" / f"{SHELLING}.html").read_bytes())
    told = {
        row.xpath("string(th)"): " ".join(row.xpath("string(.)").split())
        for row in page.xpath("//section[@aria-labelledby='values']//tbody/tr")
    }
    assert "3–4, best 3" in told["Killed"]
    assert "they differ by one" in told["Killed"]
    assert "3 (SANA) · 4 (" in told["Killed"]
    assert "2016-06-03 14:00" in told["Hour"]
    assert "none agreed" in told["Who acted"]
    sums = page.xpath("string(//section[@aria-labelledby='sums'])")
    assert "15 stated as the total, 14 by adding up its parts (11 in Aleppo + three in Hama (3)): SANA" in sums


def test_the_two_scales_stand_apart_each_with_its_reason(folder: Path) -> None:
    page = html.document_fromstring((folder / "incidents" / f"{SHELLING}.html").read_bytes())
    facts = {each.text_content(): each.getnext().text_content() for each in page.xpath("//dl/dt")}
    assert facts["Reliability D"] == "SANA is graded D: test."
    assert facts["Credibility 3"] == "Two tell it."


def test_values_and_sums_are_published_as_tables(folder: Path) -> None:
    killed, hour, actor = rows(folder, "values.csv")
    assert (killed["low"], killed["best"], killed["high"], killed["told"]) == ("3", "3", "4", "3: c01 | 4: c03")
    assert hour["best"] == "2016-06-03T11:00Z"
    assert (actor["best"], actor["told"]) == ("", "'=A: c01 | B: c03")
    (note,) = rows(folder, "sums.csv")
    assert (note["stated"], note["added"], note["parts"]) == ("15", "14", "11: 11 in Aleppo | 3: three in Hama")
    best = {each["id"]: each["killed_best"] for each in rows(folder, "incidents.csv")}
    assert best[SHELLING] == "3"


def test_the_letter_given_and_the_letter_now_are_published_apart(folder: Path) -> None:
    (letter,) = rows(folder, "letters.csv")
    assert (letter["given"], letter["letter"], letter["record"]) == ("D", "C", "Given D, record good: becomes C.")
    counting = [(each["served"], each["counting"]) for each in rows(folder, "sources.csv")]
    assert counting == [("own", "yes"), ("", "")]


def test_every_column_of_every_table_is_told_of_in_the_dictionary(folder: Path) -> None:
    told = (folder / "data" / "README.txt").read_text(encoding="utf-8")
    for name in ("values.csv", "sums.csv", "sources.csv", "letters.csv"):
        header = (folder / "data" / name).read_text(encoding="utf-8").splitlines()[0].split(",")
        part = told[told.index(f"\n{name}\n") :]
        assert all(f"\n{column} " in part for column in header), name


def test_the_page_of_sources_shows_the_record_by_kind_and_by_interest(folder: Path) -> None:
    page = html.document_fromstring((folder / "sources.html").read_bytes())
    (section,) = page.xpath("//section[h2/bdi[text()='SANA']]")
    said = " ".join(section.text_content().split())
    assert "D: test" in said
    assert "claims that serve its own side (counts for the letter)" in said
    assert "74% to 100%" in said
    assert "Assault incidents" in said
    assert "none decided" in said


def test_a_source_is_explained_line_by_line(view: View) -> None:
    source = next(each for each in view.mission.sources if each.id == "sana")
    lines = list(explain_source(source, view))
    assert lines[0] == "SANA  sana"
    assert "letter now C, fairly reliable" in lines
    assert any("claims that serve its own side: 11 told, 8 confirmed, 0 contradicted, 3 open" in each for each in lines)


def test_an_explanation_holds_values_notes_and_the_record(view: View) -> None:
    told = " ".join(explain(SHELLING, view).split())
    assert "killed 3–4, best 3 (they differ by one)" in told
    assert "15 stated as the total, 14 by adding up its parts" in told
    assert "Given D, record 8 of 8 confirmed [0.74–1.00], 3 open: stays D." in told
