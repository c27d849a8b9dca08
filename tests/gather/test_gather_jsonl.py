import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gathering import documents_of, gather_one, problems_of, write

from truceline.errors import Severity
from truceline.gather.limits import JSON_LINE_BYTES
from truceline.model.document import Form


def test_a_line_holds_a_document_with_all_it_says(tmp_path: Path) -> None:
    line = {
        "id": "ucdp-1",
        "text": " Shelling\r\nwas heard. ",
        "title": "T",
        "publisher": "SOHR",
        "published_at": "2017-08-12",
        "uri": "https://example.org/1",
        "language": "en",
        "events": [{"whatever": 1}],
    }
    document, problems = gather_one(tmp_path / "a.jsonl", json.dumps(line) + "\n")
    assert document is not None
    assert (document.published_at, problems) == (None, [problems[0]])
    assert problems[0].code == "date.future"
    assert (document.id, document.text, document.form) == ("ucdp-1", " Shelling\r\nwas heard. ", Form.JSONL)
    assert (document.title, document.publisher, document.uri) == ("T", "SOHR", "https://example.org/1")


def test_nulls_are_what_nobody_said(tmp_path: Path) -> None:
    line = '{"id": "1", "text": "Shelling was heard.", "published_at": null, "publisher": null, "title": null}'
    document, problems = gather_one(tmp_path / "a.jsonl", line)
    assert document is not None
    assert (document.published_at, document.publisher, document.title, problems) == (None, None, None, [])


def test_an_id_may_be_a_number_or_be_replaced_by_the_address(tmp_path: Path) -> None:
    lines = '{"id": 7, "text": "One."}\n{"uri": "https://example.org/2", "text": "Two."}\n'
    path = write(tmp_path / "a.jsonl", lines)
    assert [document.id for document in documents_of(path)] == ["7", "https://example.org/2"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "json.invalid"),
        ("[1, 2]", "json.invalid"),
        ('"text"', "json.invalid"),
        ("[" * 200_000, "json.invalid"),
        ('{"id": ' + "9" * 5000 + ', "text": "x"}', "json.invalid"),
        ('{"id": "a"}', "json.no-text"),
        ('{"id": "a", "text": 3}', "json.no-text"),
        ('{"text": "Shelling."}', "json.no-id"),
        ('{"id": true, "text": "Shelling."}', "json.no-id"),
        ('{"id": "a", "text": ""}', "document.empty"),
        ('{"id": "a", "text": "half \\ud800 a pair"}', "text.invalid"),
        ('{"id": "a", "text": "a zero \\u0000"}', "text.invalid"),
        (b'{"id": "a", "text": "caf\xe9"}', "json.encoding"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_read(
    tmp_path: Path, line: str | bytes, code: str
) -> None:
    octets = line.encode() if isinstance(line, str) else line
    path = write(
        tmp_path / "a.jsonl", b'{"id": "1", "text": "One."}\n\n' + octets + b'\r\n{"id": "4", "text": "Four."}'
    )
    assert [document.id for document in documents_of(path)] == ["1", "4"]
    (problem,) = problems_of(path)
    assert (problem.code, problem.where, problem.severity) == (code, f"{path.as_posix()}:3", Severity.ERROR)


def test_metadata_of_the_wrong_kind_is_left_out_with_a_warning(tmp_path: Path) -> None:
    document, (problem,) = gather_one(tmp_path / "a.jsonl", '{"id": "1", "text": "One.", "published_at": 1464998400}')
    assert document is not None
    assert document.published_at is None
    assert (problem.code, problem.severity) == ("json.bad-value", Severity.WARNING)


def test_metadata_that_cannot_be_written_is_marked(tmp_path: Path) -> None:
    document, _ = gather_one(tmp_path / "a.jsonl", '{"id": "1\\ud800", "text": "One.", "title": "a\\u0000b"}')
    assert document is not None
    assert (document.id, document.title) == ("1?", "a\ufffdb")


def test_two_texts_under_one_id_are_a_problem_and_equal_ones_count_once(tmp_path: Path) -> None:
    lines = ['{"id": "1", "text": "One."}', '{"id": "1", "text": "One."}', '{"id": "1", "text": "Another."}']
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    assert [document.text for document in documents_of(path)] == ["One."]
    assert [(problem.code, problem.where) for problem in problems_of(path)] == [
        ("document.duplicate-id", f"{path.as_posix()}:3")
    ]


def test_a_line_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"id": "1", "text": "' + b"x" * JSON_LINE_BYTES + b'"}\n{"id": "2", "text": "Two."}\n')
    assert [document.id for document in documents_of(path)] == ["2"]
    assert [(problem.code, problem.where) for problem in problems_of(path)] == [
        ("document.too-long", f"{path.as_posix()}:1")
    ]


def test_dates_read_back_as_utc(tmp_path: Path) -> None:
    document, problems = gather_one(
        tmp_path / "a.jsonl", '{"id": "1", "text": "One.", "published_at": "Sat, 04 Jun 2016 10:00:00 +0300"}'
    )
    assert document is not None
    assert (document.published_at, problems) == (datetime(2016, 6, 4, 7, tzinfo=UTC), [])
