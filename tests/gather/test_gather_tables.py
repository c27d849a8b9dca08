from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gathering import documents_of, gather, gather_one, problems_of, write

from truceline.errors import Severity
from truceline.model.document import Document, Form

GED = (
    "id,type_of_violence,conflict_name,side_a,side_b,source_article,where_prec,where_coordinates,latitude,longitude,"
    "country,date_prec,date_start,date_end,deaths_civilians,low,best,high\n"
)
GED_ROW = (
    '1,1,Syria,Government of Syria,IS,"""SOHR,2016-01-02,Clashes, again""",1,Inkhil town,33.0,36.1,Syria,1,'
    "2016-01-01,2016-01-02,,1,1,2\n"
)
ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,country,location,"
    "latitude,longitude,geo_precision,source,notes,fatalities\n"
)
ACLED_ROW = 'SYR1,04 June 2016,1,Battles,Armed clash,A,,1,B,Syria,Aleppo,36.2,37.1,1,SOHR,"On 4 June,\nclashes.",0\n'


def test_a_ged_row_is_a_document_that_reads_back(tmp_path: Path) -> None:
    document, problems = gather_one(tmp_path / "ged.csv", GED + GED_ROW)
    assert document is not None
    assert problems == []
    assert (document.id, document.form, document.publisher) == ("ucdp-ged:1", Form.UCDP_GED, "UCDP GED")
    assert (document.published_at, document.language) == (None, "en")
    assert dict(document.cells)["source_article"] == '"SOHR,2016-01-02,Clashes, again"'
    assert "deaths_civilians" not in dict(document.cells)
    assert_cells_read_back(document)


def test_an_acled_row_is_a_document_that_reads_back(tmp_path: Path) -> None:
    document, problems = gather_one(tmp_path / "acled.csv", ACLED + ACLED_ROW)
    assert document is not None
    assert problems == []
    assert (document.id, document.form, document.publisher) == ("acled:SYR1", Form.ACLED, "ACLED")
    assert dict(document.cells)["notes"] == "On 4 June,\nclashes."
    assert_cells_read_back(document)


def assert_cells_read_back(document: Document) -> None:
    at = 0
    for column, cell in document.cells:
        assert document.text[at : at + len(column) + len(cell) + 3] == f"{column}: {cell}\n"
        at += len(column) + len(cell) + 3
    assert at == len(document.text)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_marks_and_semicolons_of_spreadsheets_are_understood(tmp_path: Path, mark: str, delimiter: str) -> None:
    row = "SYR1,2016-06-04,1,Battles,Armed clash,A,,1,B,Syria,Aleppo,36.2,37.1,1,SOHR,Clashes.,0\n"
    document, problems = gather_one(tmp_path / "a.csv", mark + (ACLED + row).replace(",", delimiter))
    assert document is not None
    assert (document.id, problems) == ("acled:SYR1", [])


def test_missing_columns_are_named(tmp_path: Path) -> None:
    document, (problem,) = gather_one(tmp_path / "ged.csv", GED.replace("best,", "").replace("latitude", "lat"))
    assert document is None
    assert problem.code == "table.missing-columns"
    assert problem.where.endswith("ged.csv:1")
    assert "lacks the columns latitude, best;" in problem.message


def test_another_table_is_not_read(tmp_path: Path) -> None:
    document, (problem,) = gather_one(tmp_path / "a.csv", "name,amount\nx,1\n")
    assert document is None
    assert (problem.code, problem.severity) == ("file.unknown", Severity.ERROR)


def test_an_empty_table_is_a_problem_and_one_without_rows_is_not(tmp_path: Path) -> None:
    assert [problem.code for problem in gather_one(tmp_path / "a.csv", "")[1]] == ["document.empty"]
    assert gather_one(tmp_path / "a.csv", GED) == (None, [])


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("2016-01-01,", "2016-02-31,", "date.impossible", "date_start '2016-02-31' is no day that exists"),
        ("2016-01-01,", "yesterday,", "date.impossible", "date_start 'yesterday'"),
        ("2016-01-02,,", "2015-01-02,,", "date.impossible", "comes before date_start"),
        ("2016-01-02,,", "2031-01-02,,", "date.future", "has not come yet"),
        ("2016-01-01,", ",", "table.empty-cell", "date_start must not be empty"),
        ("33.0", "133.0", "table.bad-number", "latitude '133.0' is no number from -90 to 90"),
        ("36.1", "nan", "table.bad-number", "longitude 'nan'"),
        (",1,1,2", ",1,-1,2", "table.bad-number", "best '-1' is no number from 0 upwards"),
        (",1,1,2", ",1,1", "table.broken-row", "17 cells under 18 columns"),
        ("Inkhil town", '"Inkhil" town', "table.broken-row", "no CSV"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_read(
    tmp_path: Path, old: str, new: str, code: str, words: str
) -> None:
    assert GED_ROW.count(old) == 1
    rows = [GED_ROW, GED_ROW.replace("1,1,Syria", "2,1,Syria").replace(old, new), GED_ROW.replace("1,1,Sy", "3,1,Sy")]
    path = write(tmp_path / "ged.csv", GED + "".join(rows))
    assert ids(documents_of(path)) == ["ucdp-ged:1", "ucdp-ged:3"]
    (problem,) = problems_of(path)
    assert (problem.code, problem.where) == (code, f"{path.as_posix()}:3")
    assert words in problem.message


def ids(documents: Sequence[Document]) -> list[str]:
    return [document.id for document in documents]


def test_lines_are_counted_over_cells_with_line_breaks(tmp_path: Path) -> None:
    rows = ACLED_ROW + ACLED_ROW.replace("SYR1", "SYR2").replace("04 June", "31 June")
    (problem,) = problems_of(write(tmp_path / "a.csv", ACLED + rows))
    assert problem.where.endswith("a.csv:4")


def test_one_event_twice_counts_once_and_another_under_its_id_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path / "ged.csv", GED + GED_ROW + GED_ROW + GED_ROW.replace("Inkhil", "Nawa"))
    assert ids(documents_of(path)) == ["ucdp-ged:1"]
    assert [(problem.code, problem.where[-2:]) for problem in problems_of(path)] == [("document.duplicate-id", ":4")]


def test_the_row_of_tags_of_exchange_files_is_no_event(tmp_path: Path) -> None:
    tags = ",".join(f"#tag+{number}" for number in range(GED.count(",") + 1)) + "\n"
    path = write(tmp_path / "ged.csv", GED + tags + "," * GED.count(",") + "\n" + GED_ROW)
    assert (ids(documents_of(path)), problems_of(path)) == (["ucdp-ged:1"], [])


def test_a_line_in_another_encoding_does_not_hide_the_rest(tmp_path: Path) -> None:
    octets = GED.encode() + GED_ROW.replace("Inkhil", "Caf\xe9").encode("latin-1") + GED_ROW.encode()
    path = write(tmp_path / "ged.csv", octets)
    assert ids(documents_of(path)) == ["ucdp-ged:1"]
    assert [(problem.code, problem.where[-2:]) for problem in problems_of(path)] == [("table.encoding", ":2")]


@pytest.mark.gold
def test_every_row_of_three_years_of_ucdp_is_gathered(shared: Path) -> None:
    path = shared / "gold" / "ucdp" / "ged_syria_2017_2019.csv"
    if not path.is_file():
        pytest.skip("needs the UCDP rows")
    found = gather(path, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert sum(isinstance(each, Document) for each in found) == 10_396
    assert len(found) == 10_397
