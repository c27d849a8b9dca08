"""The data sets: what others compute with."""

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from views import small_view

from truceline.publish import publish
from truceline.publish.datasets import (
    CLAIM_COLUMNS,
    INCIDENT_COLUMNS,
    claims_csv,
    data_dictionary,
    incidents_csv,
    incidents_geojson,
    incidents_hxl,
)
from truceline.publish.lookup import look_up

LOOKUP = look_up(small_view())


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_incident_and_every_claim_has_a_line() -> None:
    assert {each["id"] for each in rows(incidents_csv(LOOKUP))} == set(LOOKUP.incidents)
    assert {each["claim"] for each in rows(claims_csv(LOOKUP))} == set(LOOKUP.tellings)


def test_a_claim_reads_back_from_its_document() -> None:
    for row in rows(claims_csv(LOOKUP)):
        text = LOOKUP.documents[row["document"]].text
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_an_open_bound_is_empty_and_a_zero_is_not() -> None:
    row = next(each for each in rows(incidents_csv(LOOKUP)) if each["id"] == "i-khan-tuman-air")
    assert (row["killed_low"], row["killed_high"]) == ("5", "")
    assert row["denials"] == "1"


def test_geojson_is_longitude_first_with_ids_and_without_a_reference_system() -> None:
    collection = json.loads(incidents_geojson(LOOKUP))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    by_id = {each["id"]: each for each in collection["features"]}
    assert by_id["i-tartus"]["geometry"] == {"type": "Point", "coordinates": [35.886, 34.89]}
    assert by_id["i-latakia"]["geometry"] is None
    assert by_id["i-call"]["geometry"] is None


def test_hashtags_stand_under_the_header() -> None:
    lines = list(csv.reader(io.StringIO(incidents_hxl(LOOKUP))))
    assert lines[1][lines[0].index("killed_low")] == "#affected+killed+min"
    assert all(tag.startswith("#") for tag in lines[1])


def test_the_dictionary_explains_every_column() -> None:
    text = data_dictionary(LOOKUP)
    assert [each.name for each in (*INCIDENT_COLUMNS, *CLAIM_COLUMNS) if f"\n{each.name}" not in text] == []


def test_no_file_gives_the_point_of_a_camp(tmp_path: Path) -> None:
    receipt = publish(small_view(), tmp_path)
    for name in receipt.files:
        raw = (tmp_path / name).read_bytes()
        assert b"36.2117" not in raw, name
        assert b"36.7031" not in raw, name
    row = next(each for each in rows(incidents_csv(LOOKUP)) if each["id"] == "i-kammouna")
    assert (row["lat"], row["lon"], row["radius_km"]) == ("36.2", "36.7", "10")
    assert "protect people" in (tmp_path / "incidents/i-kammouna.html").read_text("utf-8")


PDFTOTEXT = shutil.which("pdftotext") or ""


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext is not installed")
def test_arabic_is_set_in_the_pdf(tmp_path: Path) -> None:
    view = small_view()
    disputed = replace(view.incidents[2], contradictions=view.incidents[1].contradictions)
    publish(replace(view, incidents=(disputed,), assessments=()), tmp_path)
    asked = [PDFTOTEXT, tmp_path / "bulletin.pdf", "-"]
    said = subprocess.run(asked, capture_output=True, check=True).stdout.decode()
    assert "الطائرات" in re.sub("[\u202a-\u202e\u2066-\u2069]", "", said)
