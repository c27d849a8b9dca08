"""A whole run, with nothing replaced, over a folder with everything bad in it: the rest is read, nothing is lost."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from truceline.cli import main
from truceline.flow.mission import load_mission
from truceline.model.view import View
from truceline.store.sqlite import open_register
from truceline.testing import NOON

GED = (
    "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,country,date_prec,"
    "date_start,date_end,best,high,low\n"
    "1,1,Army of Northland,Northern Council,1,Northbridge,36.2,37.1,Syria,1,2020-04-11,2020-04-11,3,4,2\n"
    "2,1,Army of Northland,Northern Council,1,Northbridge,36.2,37.1,Syria,1,2020-04-31,2020-04-31,3,4,2\n"
)
BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "latin.txt": "Le cessez-le-feu a été violé près d'Alep à midi, selon un témoin.".encode("latin-1"),
    "scripts.html": b"<html><body><script>alert('shelled')</script><p>Shells fell on Northbridge on 9 April 2020, "
    b"residents of the town said. Nobody was hurt, and the bridge stayed open to traffic all day.</p></body></html>",
    "columns.csv": b"id,date_start\n1,2020-04-11\n",
    "dates.csv": GED.encode(),
    "twice.jsonl": b'{"id": "x", "text": "Shells fell."}\n{"id": "x", "text": "No shells fell."}\nnot json\n',
    "future.md": b"---\npublished_at: 2031-01-01T00:00:00Z\n---\nTroops moved to Northbridge on Monday.\n",
    "picture.png": b"\x89PNG",
}


@dataclass(frozen=True, slots=True)
class Ran:
    folder: Path
    code: int
    out: str
    err: str
    view: View


def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ran:
    with pytest.raises(SystemExit) as stop:
        main(["run", "-m", str(folder)])
    captured = capsys.readouterr()
    with open_register(folder / "register", now=NOON) as register:
        view = register.view(load_mission(folder))
    return Ran(folder, int(str(stop.value.code or 0)), captured.out, captured.err, view)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Path]:
    monkeypatch.setenv("TRUCELINE_NOW", "2020-06-01T12:00:00Z")
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "north")])
    capsys.readouterr()
    return tmp_path / "north"


@pytest.mark.slow
def test_bad_input_is_told_file_by_file_and_the_rest_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in BAD.items():
        (folder / "documents" / name).write_bytes(content)
    (folder / "documents" / "line.txt").write_text("shelling " * 600_000, encoding="utf-8")
    first = run(folder, capsys)
    assert first.code == 3
    assert "Traceback" not in first.err
    for name in ("empty.txt", "binary.txt", "columns.csv", "dates.csv:3", "twice.jsonl:2", "twice.jsonl:3", "line.txt"):
        assert name in first.err
    held = {document.id for document in first.view.documents}
    assert {"northland-news-2020-04-11", "documents/scripts.html", "documents/latin.txt", "x"} <= held
    assert "alert" not in "".join(document.text for document in first.view.documents)
    future = next(each for each in first.view.documents if each.id == "documents/future.md")
    assert future.published_at is None
    assert [each.place.name for each in first.view.incidents if each.id and each.place] != []

    again = run(folder, capsys)
    assert "0 new, 0 changed" in again.out
    assert again.view == first.view


@pytest.mark.slow
def test_what_is_derived_comes_out_the_same_after_dropping_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = run(folder, capsys)
    assert (first.code, len(first.view.incidents), len(first.view.assessments)) == (0, 1, 1)
    with open_register(folder / "register", now=NOON, writing=True) as register, register.writing() as writer:
        writer.drop_derived()
    assert run(folder, capsys).view == first.view

    article = folder / "documents" / "2020-04-11-northbridge.md"
    with pytest.raises(SystemExit):
        main(["check", str(article), "-m", str(folder), "-f", "jsonl"])
    checked = json.loads(capsys.readouterr().out)["checked"]
    assert {each["holding"] for each in checked} <= {
        "told nowhere else in the register",
        "not an assertion about an event",
    }
    assert any("this article's own copy in the register" in each["because"] for each in checked)
