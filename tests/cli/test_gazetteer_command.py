"""`truceline gazetteer`: build, info, lookup, and reading with what was built."""

import json
from pathlib import Path

import pytest
from calling import Call
from small_world import use_small_world

ROW = (
    "\t".join(
        ["{id}", "Tall Mirzan", "Tall Mirzan", "", "{lat}", "37.2", "P", "PPL", "SY", "", "09", "", "", "", "350"]
    )
    + "\t\t350\tAsia/Damascus\t2026-01-01\n"
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_small_world(tmp_path / "cache", monkeypatch)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(ROW.format(id=90_000_001, lat=36.1), encoding="utf-8")
    return path


def test_a_village_of_a_dump_is_read_where_it_lies_after_the_build(call: Call, dump: Path, tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_text("Shells fell on the village of Tall Mirzan on Tuesday, residents said.", encoding="utf-8")

    def placed() -> list[str | None]:
        reading = json.loads(call("read", text, "-f", "jsonl", "--published-at", "2016-05-03").out)
        return [place["id"] for place in reading["places"]]

    assert placed() == [None]
    answer = call("gazetteer", "build", "--country-dump", dump)
    assert answer.code == 0
    assert "3 places" in answer.out
    assert f"{dump}: 1 places, 0 divisions joined to ours, 0 of kinds not filed, 0 rows left out" in answer.out
    assert placed() == ["geonames:90000001"]


def test_rows_left_out_are_told_with_their_line_and_end_with_3(call: Call, dump: Path) -> None:
    with dump.open("a", encoding="utf-8") as stream:
        stream.write(ROW.format(id=90_000_002, lat=136.1))
    answer = call("gazetteer", "build", "--country-dump", dump)
    assert answer.code == 3
    assert f"{dump}:2: 136.1, 37.2 lies not on the earth; left out" in answer.err
    assert "1 rows left out" in answer.out
    assert call("gazetteer", "lookup", "Tall Mirzan").code == 0


def test_a_thousand_wrong_rows_are_told_in_a_few_lines(call: Call, dump: Path) -> None:
    dump.write_text("no row\n" * 1000, encoding="utf-8")
    answer = call("gazetteer", "build", "--country-dump", dump)
    assert answer.code == 3
    assert "and 997 more problems, left out: 997 gazetteer.columns" in answer.err
    assert len(answer.err.splitlines()) < 10


def test_info_tells_what_is_in_use_and_that_nothing_is_there_yet(call: Call, dump: Path) -> None:
    answer = call("gazetteer", "info")
    assert (answer.code, answer.out) == (0, "")
    assert "not there yet" in answer.err
    call("gazetteer", "build", "--country-dump", dump)
    assert f"  {dump}: 1 places" in call("gazetteer", "info").out


def test_a_name_is_looked_up_in_any_spelling_and_told_how_it_fits(call: Call, dump: Path) -> None:
    call("gazetteer", "build", "--country-dump", dump.parent)
    own, alike = call("gazetteer", "lookup", "tall-mirzan"), call("gazetteer", "lookup", "Tell Mirzaan")
    assert own.out.split("\t")[:4] == ["geonames:90000001", "Tall Mirzan", "village", "SY"]
    assert own.out.endswith("\tits own name\n")
    assert alike.out.endswith("\tspelled like it\n")
    assert call("gazetteer", "lookup", "حلب").out.endswith("\talso called so\n")
    nobody = call("gazetteer", "lookup", "Tall Mirzan", "--country", "LB")
    assert (nobody.code, nobody.out) == (1, "")


def test_out_writes_a_file_and_leaves_the_one_in_use(call: Call, dump: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    answer = call("gazetteer", "build", "--country-dump", dump, "--out", tmp_path / "own")
    assert answer.out.startswith(str(tmp_path / "own" / "gazetteer.sqlite"))
    assert call("gazetteer", "lookup", "Tall Mirzan").code == 1


def test_a_missions_places_go_in_too(call: Call, tmp_path: Path) -> None:
    call("init", tmp_path / "north")
    assert call("gazetteer", "build", "--mission", tmp_path / "north").code == 0
    assert f"  {tmp_path / 'north'}: 2 places" in call("gazetteer", "info").out


def test_what_is_no_dump_is_wrong_usage(call: Call, tmp_path: Path) -> None:
    (tmp_path / "places.csv").touch()
    for given in ("nowhere.txt", "places.csv"):
        answer = call("gazetteer", "build", "--country-dump", tmp_path / given)
        assert (answer.code, answer.out) == (2, ""), given
        assert given in answer.err
