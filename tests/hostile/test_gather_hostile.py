"""Whatever is thrown at gathering: a clear problem, the rest read, nothing hangs, nothing raises."""

import csv
import hashlib
import json
import os
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import Problem
from truceline.gather import documents
from truceline.model.document import Document, Original

NOW = datetime(2016, 6, 5, 12, tzinfo=UTC)
MEGABYTE = 1_000_000
ENDINGS = ("txt", "md", "html", "jsonl", "csv")
GED_HEADER = (
    b"id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,country,date_prec,date_start,"
    b"date_end,best,high,low\n"
)
# Beginnings that lead deep into each reader.
STARTS = (
    b"",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"---\n",
    b"---\nid: ",
    b"---\npublished_at: 2016-\n---\n",
    b"<html><body><p>",
    b'<html><head><script type="application/ld+json">{"@type": "Article", "datePublished": ',
    b'<meta charset="',
    b'{"id": "1", "text": "',
    b'{"id": "1", "text": "x", "published_at": "2016-',
    GED_HEADER,
    GED_HEADER + b"1,1,a,b,1,c,33,36,Syria,1,2016-01-01,2016-01-01,1,1,",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ending=st.sampled_from(ENDINGS), start=st.sampled_from(STARTS), rest=st.binary(max_size=300))
def test_no_content_raises_and_every_file_is_accounted_for(
    folder: Path, ending: str, start: bytes, rest: bytes
) -> None:
    path = folder / f"any.{ending}"
    path.write_bytes(start + rest)
    found = list(documents([path], now=NOW))
    assert found or ending == "csv", "a table may have no rows; anything else is a document or a problem"
    for each in found:
        match each:
            case Document():
                assert each.sha256 == hashlib.sha256(each.text.encode("utf-8")).hexdigest()
                assert each.text.strip()
                assert each.published_at is None or each.published_at.tzinfo is UTC
                original = Original(sha256=hashlib.sha256(start + rest).hexdigest(), path=path)
                assert found.index(original) < found.index(each)
            case Problem():
                assert each.where.startswith(path.as_posix())
                assert each.message


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_a_text_that_was_written_is_the_text_that_is_read(folder: Path, text: str) -> None:
    (folder / "a.txt").write_bytes(text.encode("utf-8"))
    (folder / "b.jsonl").write_text(json.dumps({"id": "b", "text": text}), encoding="utf-8")
    found = list(documents([folder], now=NOW))
    texts = [each.text for each in found if isinstance(each, Document)]
    refused = [each.code for each in found if isinstance(each, Problem)]
    assert set(texts) <= {text}
    assert len(texts) + len(refused) == 2
    assert set(refused) <= {"document.empty", "file.binary"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)] * 3))
def test_whatever_a_row_holds_its_cells_read_back(folder: Path, words: tuple[str, str, str]) -> None:
    side_a, side_b, place = words
    row = ["1", "1", side_a, side_b, "1", place, "33", "36", "Syria", "1", "2016-01-01", "2016-01-01", "1", "1", "1"]
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        stream.write(GED_HEADER.decode())
        csv.writer(stream).writerow(row)
    (document,) = [each for each in documents([folder / "a.csv"], now=NOW) if isinstance(each, Document)]
    assert {cell for _, cell in document.cells} == {cell for cell in row if cell.strip()}
    at = 0
    for column, cell in document.cells:
        at += len(column) + 2
        assert document.text[at : at + len(cell)] == cell
        at += len(cell) + 1


def test_a_line_of_fifty_megabytes_is_refused_quickly_and_in_little_memory(folder: Path) -> None:
    for ending in ENDINGS:
        with (folder / f"long.{ending}").open("wb") as stream:
            stream.writelines(b"a" * MEGABYTE for _ in range(50))
    (folder / "z.txt").write_text("Shelling was heard.", encoding="utf-8")
    tracemalloc.start()
    found = list(documents([folder], now=NOW))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 * MEGABYTE
    assert [each.text for each in found if isinstance(each, Document)] == ["Shelling was heard."]
    codes = {Path(each.where.split(":")[0]).name: each.code for each in found if isinstance(each, Problem)}
    assert codes == {
        "long.csv": "table.line-too-long",
        "long.html": "document.too-long",
        "long.jsonl": "document.too-long",
        "long.md": "document.too-long",
        "long.txt": "document.too-long",
    }


def test_a_quote_that_never_closes_does_not_swallow_a_large_table(folder: Path) -> None:
    row = b"%d,1,a,b,1,c,33,36,Syria,1,2016-01-01,2016-01-01,1,1,1\n"
    rows = [row % number for number in range(20_000)]
    rows[10] = rows[10].replace(b",a,", b',"a,')
    (folder / "a.csv").write_bytes(GED_HEADER + b"".join(rows))
    found = list(documents([folder / "a.csv"], now=NOW))
    assert sum(isinstance(each, Document) for each in found) > 17_000
    assert next(each.code for each in found if isinstance(each, Problem)) == "table.broken-row"
    assert next(each.where for each in found if isinstance(each, Problem)).endswith(":12")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + "Shelling was heard." + "</div>" * 50_000,
        "<p>Shelling was heard.</p>" + "<!--" * 20_000,
        "<table>" + "<tr><td>Shelling was heard." * 3_000,
        "<p " + "a='b' " * 30_000 + ">Shelling was heard.</p>",
        '<!DOCTYPE x [<!ENTITY a "b">' + '<!ENTITY c "&a;&a;">' * 100 + "]><p>Shelling was heard.</p>",
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><p>Shelling was heard. &f;</p>',
    ],
    ids=["deep", "comments", "cells", "attributes", "entities", "files"],
)
def test_pages_made_to_hurt_are_read_or_refused(folder: Path, page: str) -> None:
    (folder / "a.html").write_text(page, encoding="utf-8")
    found = list(documents([folder], now=NOW))
    texts = [each.text for each in found if isinstance(each, Document)]
    assert texts or [each.code for each in found if isinstance(each, Problem)]
    assert not any("root:" in text for text in texts)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_device_is_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (problem,) = documents([folder / "pipe.txt"], now=NOW)
    assert isinstance(problem, Problem)
    assert problem.code == "file.unknown"
    assert list(documents([folder], now=NOW)) == []


def test_a_file_name_that_is_no_utf8_still_gives_an_id_that_prints(folder: Path) -> None:
    path = os.fsencode(folder) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text("Shelling was heard.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (document,) = [each for each in documents([folder], now=NOW) if isinstance(each, Document)]
    assert document.id.encode("utf-8").endswith("caf\ufffd.txt".encode())


def test_a_file_that_may_not_be_read_is_a_problem_and_the_rest_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text("Secret.", encoding="utf-8")
    (folder / "b.txt").write_text("Shelling was heard.", encoding="utf-8")
    opened = Path.open

    def refuse(path: Path, *args: str, **options: str) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    found = list(documents([folder], now=NOW))
    assert [each.code for each in found if isinstance(each, Problem)] == ["file.unreadable"]
    assert [each.text for each in found if isinstance(each, Document)] == ["Shelling was heard."]
