"""Rows of country dumps: read as they stand, or told and left out."""

import zipfile
from pathlib import Path

import pytest
from dump_makers import dump_row, write_dump

from truceline.errors import Problem, UsageError
from truceline.model.place import Precision
from truceline.read.places_added import Added, Tallied, filed_dump
from truceline.read.places_dump import DumpRow, SeenIds, find_dumps, find_rows
from truceline.read.places_world import Filed
from truceline.vocab.places import toml_table
from truceline.vocab.places.features import feature_of


def rows_of(path: Path) -> list[DumpRow]:
    return [row for row in find_rows(path) if isinstance(row, DumpRow)]


def problems_of(path: Path) -> list[Problem]:
    return [row for row in find_rows(path) if isinstance(row, Problem)]


def filed_of(path: Path) -> tuple[list[Filed], Tallied, list[Problem], Added]:
    added, tallied, problems = Added(), Tallied(), list[Problem]()
    return list(filed_dump(path, added, tallied, problems.append)), tallied, problems, added


@pytest.mark.parametrize("name", ["SY.txt", "SY.zip"])
def test_a_dump_is_read_as_text_or_as_the_zip_it_is_published_in(tmp_path: Path, name: str) -> None:
    (row,) = rows_of(write_dump(tmp_path / name, [dump_row(others="Tell Mirzan,تل مرزان", people=1200)]))
    assert (row.id, row.lat, row.lon, row.population) == (90_000_001, 36.1, 37.2, 1200)
    assert row.names == ("Tall Mirzan", "Tall Mirzan", "Tell Mirzan", "تل مرزان")
    assert row.where == f"{tmp_path / name}:1"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("90000001\tTall Mirzan\t36.1\t37.2", "columns"),
        (dump_row() + "\textra", "columns"),
        (dump_row(lat=96.1), "coordinates"),
        (dump_row(lon=-237.2), "coordinates"),
        (dump_row(lat="north"), "coordinates"),
        (dump_row(lat="nan"), "coordinates"),
        (dump_row(lat="3_6"), "coordinates"),
        (dump_row(lat=0, lon=0), "null-island"),
        (dump_row(lat=41.9, lon=33.2), "swapped-coordinates"),
        (dump_row(id="x"), "id"),
        (dump_row(id=-4), "id"),
        (dump_row(id=99_999_999_999), "id"),
        (dump_row(name=""), "name"),
        (dump_row(name="Tall\x1b[2J"), "name"),
        (dump_row(name="T" * 300), "name"),
        (dump_row(people="many"), "population"),
        (dump_row(people=10**19), "population"),
        (dump_row(country="Syria"), "country"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line_and_the_rest_is_read(
    tmp_path: Path, line: str, code: str
) -> None:
    path = write_dump(tmp_path / "SY.txt", [dump_row(), line, dump_row(id=90_000_002)])
    (problem,) = problems_of(path)
    assert (problem.code, problem.where) == (f"gazetteer.{code}", f"{path}:2")
    assert len(rows_of(path)) == 2


def test_a_line_in_another_encoding_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_bytes("\n".join([dump_row(), dump_row(name="Tall Mïrzan"), dump_row(id=90_000_003)]).encode("latin-1"))
    assert [(each.code, each.where) for each in problems_of(path)] == [("gazetteer.not-utf-8", f"{path}:2")]
    assert len(rows_of(path)) == 2


def test_a_file_in_utf_16_is_one_problem_and_not_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text("\n".join([dump_row()] * 50), encoding="utf-16")
    assert [each.code for each in problems_of(path)] == ["gazetteer.not-utf-8-file"]


def test_a_byte_order_mark_is_no_part_of_the_first_id(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(dump_row() + "\r\n", encoding="utf-8-sig")
    assert [row.id for row in rows_of(path)] == [90_000_001]


def test_a_line_of_megabytes_is_passed_over(tmp_path: Path) -> None:
    path = write_dump(tmp_path / "SY.txt", ["x" * 3_000_000, dump_row()])
    assert [each.code for each in problems_of(path)] == ["gazetteer.long-line"]
    assert len(rows_of(path)) == 1


def test_a_broken_or_a_strange_archive_is_told(tmp_path: Path) -> None:
    whole = write_dump(tmp_path / "SY.zip", [dump_row(id=90_000_000 + at) for at in range(3000)])
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[:-900])
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", dump_row())
        archive.writestr("b.txt", dump_row())
    for name in ("cut.zip", "two.zip"):
        assert [each.code for each in problems_of(tmp_path / name)] == ["gazetteer.archive"]


def test_a_folder_stands_for_the_dumps_in_it_and_anything_else_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "dumps").mkdir()
    (tmp_path / "dumps" / "readme.txt").write_text("a read-me", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no"):
        find_dumps([tmp_path / "dumps"])
    first = write_dump(tmp_path / "dumps" / "LB.txt", [dump_row()])
    second = write_dump(tmp_path / "dumps" / "SY.zip", [dump_row()])
    assert find_dumps([tmp_path / "dumps", first]) == [first, second]
    with pytest.raises(UsageError, match=r"cities\.csv"):
        find_dumps([tmp_path / "cities.csv"])


def test_an_id_met_again_is_told_and_left_out(tmp_path: Path) -> None:
    path = write_dump(tmp_path / "SY.txt", [dump_row(), dump_row(name="Another")])
    filed, tallied, problems, _ = filed_of(path)
    assert [each.place.name for each in filed] == ["Tall Mirzan"]
    assert [(each.code, each.where) for each in problems] == [("gazetteer.duplicate-id", f"{path}:2")]
    assert (tallied.filed, tallied.wrong) == (1, 1)


@pytest.mark.parametrize(
    ("feature", "people", "kind", "precision"),
    [
        ("P.PPL", 0, "hamlet", Precision.SETTLEMENT),
        ("P.PPLA2", 0, "village", Precision.SETTLEMENT),
        ("P.PPL", 20_000, "town", Precision.SETTLEMENT),
        ("P.PPLX", 0, "section", Precision.SETTLEMENT),
        ("S.AIRP", 0, "airport", Precision.POINT),
        ("T.HLL", 0, "height", Precision.AREA),
        ("A.ADM2", 0, "district", Precision.ADMIN2),
    ],
)
def test_a_feature_is_filed_under_its_kind(
    tmp_path: Path, feature: str, people: int, kind: str, precision: Precision
) -> None:
    (filed,), *_ = filed_of(write_dump(tmp_path / "SY.txt", [dump_row(feature=feature, people=people)]))
    assert (filed.place.kind, filed.place.precision) == (kind, precision)
    assert (filed.place.country, filed.place.admin1) == ("SY", "Aleppo")
    assert filed.place.radius_km > 0


def test_what_only_history_or_a_well_is_called_is_not_filed(tmp_path: Path) -> None:
    rows = [dump_row(id=90_000_000 + at, feature=each) for at, each in enumerate(("P.PPLH", "H.WLL", "A.PCLI"), 1)]
    filed, tallied, problems, _ = filed_of(write_dump(tmp_path / "SY.txt", rows))
    assert (filed, problems, tallied.unwanted) == ([], [], 3)


def test_a_division_that_we_have_gives_its_names_and_is_not_there_twice(tmp_path: Path) -> None:
    rows = [dump_row(name="Aleppo Governorate", others="Aleppo,Halabskaja", feature="A.ADM1")]
    filed, tallied, _, added = filed_of(write_dump(tmp_path / "SY.txt", rows))
    assert (filed, tallied.joined) == ([], 1)
    assert "Halabskaja" in added.further_names["ne:SY-HL"]


def test_a_village_knows_its_district_by_name(tmp_path: Path) -> None:
    rows = [dump_row(admin2="0902"), dump_row(id=90_000_005, name="Mirzan", feature="A.ADM2", admin2="0902")]
    filed, *_ = filed_of(write_dump(tmp_path / "SY.txt", rows))
    assert {each.place.admin2 for each in filed} == {"Mirzan"}


def test_ids_are_remembered_however_large() -> None:
    seen = SeenIds()
    seen.add(7)
    seen.add(99_000_000)
    assert [each in seen for each in (6, 7, 8, 99_000_000, 99_999_999)] == [False, True, False, True, False]


def test_every_kind_of_the_table_has_its_weight() -> None:
    table, evidence, choice = (toml_table(each) for each in ("features.toml", "evidence.toml", "choice.toml"))
    weighed = {*choice["lesser"], *choice["learned"]}
    for name in {*table["classes"].values(), *table["codes"].values()} - {""}:
        assert name in table["kinds"], name
    for kind, row in table["kinds"].items():
        by_people = row["precision"] == "settlement"
        assert by_people or kind in weighed, kind
        assert kind in evidence["kind"] or kind in ("settlement", "seat"), kind
        assert by_people or row["radius_km"] > 0


def test_a_code_nobody_knows_goes_with_its_class() -> None:
    filed, unfiled = feature_of("P", "PPLZZ"), feature_of("Q", "PPL")
    assert filed is not None
    assert (filed.kind, unfiled) == ("settlement", None)
