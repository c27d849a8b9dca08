"""Country dumps that were cut, forged or never were one: told and left out, in little memory, without a traceback."""

import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_world import use_small_world

from truceline.cli import main
from truceline.errors import Problem
from truceline.read.places_dump import COLUMNS, DumpRow, find_rows, parse_row

Call = Callable[..., tuple[int, str, str]]
TURNED = "Tall \u202eMirzan"
CELLS = st.one_of(st.text(max_size=12), st.sampled_from(["0", "-0.0", "1e400", "NaN", "٣٦", "SY", "P", "PPL", "\x00"]))


def row(name: str) -> str:
    cells = ["90000001", name, name, "x'); DROP TABLE name; --", "36.1", "37.2", "P", "PPL", "SY", "", "09", "", "", ""]
    return "\t".join([*cells, "0", "", "350", "Asia/Damascus", "2026-01-01"]) + "\n"


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """`call(arguments)` gives the exit code, standard output and standard error."""
    use_small_world(tmp_path / "cache", monkeypatch)

    def called(*arguments: object) -> tuple[int, str, str]:
        try:
            main([str(each) for each in arguments])
        except SystemExit as stop:
            return int(stop.code or 0), *capsys.readouterr()
        return 0, *capsys.readouterr()

    return called


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_problems(tmp_path: Path, octets: bytes) -> None:
    for name in ("SY.txt", "SY.zip"):
        (tmp_path / name).write_bytes(octets)
        assert all(isinstance(each, DumpRow | Problem) for each in find_rows(tmp_path / name))


@settings(max_examples=200, deadline=None)
@given(st.lists(CELLS, min_size=COLUMNS, max_size=COLUMNS))
def test_any_cells_are_a_row_on_the_earth_or_a_problem(cells: list[str]) -> None:
    parsed = parse_row("\t".join(cells), "SY.txt:1")
    if isinstance(parsed, DumpRow):
        assert abs(parsed.lat) <= 90
        assert abs(parsed.lon) <= 180
        assert parsed.names


def test_an_archive_that_swells_to_hundreds_of_megabytes_takes_little_memory(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("SY.txt", "w") as out:
        for _ in range(200):
            out.write(b"x" * 1_000_000)
    tracemalloc.start()
    found = list(find_rows(tmp_path / "SY.zip"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [each.code for each in found if isinstance(each, Problem)] == ["gazetteer.long-line"]
    assert peak < 8_000_000


def test_names_neither_turn_the_line_nor_speak_to_the_database(call: Call, tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(row(TURNED), encoding="utf-8")
    assert call("gazetteer", "build", "--country-dump", tmp_path / "SY.txt")[0] == 0
    code, out, _ = call("gazetteer", "lookup", TURNED)
    assert (code, "Mirzan" in out, "\u202e" in out) == (0, True, False)
    assert call("gazetteer", "lookup", "Aleppo")[0] == 0
    assert call("gazetteer", "lookup", "' OR 1=1; --")[0] == 1


def test_a_table_that_is_no_dump_at_all_leaves_the_world_as_it_was(call: Call, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("A letter.\n\nDear all,\n", encoding="utf-8")
    code, _, told = call("gazetteer", "build", "--country-dump", tmp_path / "notes.txt")
    assert code == 3
    assert "notes.txt:1: 1 columns between tabs, 19 are expected; left out" in told
    assert "Traceback" not in told
    assert call("gazetteer", "lookup", "Aleppo")[0] == 0
