import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from gathering import NOW, documents_of, gather, gather_one, problems_of, write

from truceline.errors import Problem, Severity
from truceline.model.document import Document, Form, Original


def test_an_original_comes_before_the_documents_it_holds(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Shelling was heard in Homs.")
    original, document = gather(path)
    assert isinstance(original, Original)
    assert isinstance(document, Document)
    assert original.path == path
    assert original.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == document.original_sha256


def test_one_original_for_all_lines_of_a_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"id": "1", "text": "One."}\n{"id": "2", "text": "Two."}\n')
    assert [type(each).__name__ for each in gather(path)] == ["Original", "Document", "Document"]


def test_a_file_without_a_readable_document_has_no_original(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "")
    (problem,) = gather(path)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.where) == ("document.empty", path.as_posix())


@pytest.mark.parametrize(
    "content", ["", " \r\n\t\n", "\ufeff", "---\nid: x\n---\n"], ids=["nothing", "blanks", "mark", "only front matter"]
)
def test_a_file_without_text_is_a_problem(tmp_path: Path, content: str) -> None:
    document, (problem,) = gather_one(tmp_path / "a.md", content)
    assert document is None
    assert problem.code == "document.empty"


def test_folders_are_walked_in_order_and_hidden_entries_left_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/x.txt", "c.md"):
        write(tmp_path / "reports" / name, f"Report {name}.")
    ids = [document.id for document in documents_of(tmp_path / "reports")]
    assert ids == ["reports/a.txt", "reports/b/1.txt", "reports/b/2.txt", "reports/c.md"]


def test_a_document_keeps_its_id_wherever_its_folder_lies(tmp_path: Path) -> None:
    for machine in ("one/deep/down", "two"):
        write(tmp_path / machine / "reports" / "a.txt", "The same report.")
    (one,) = documents_of(tmp_path / "one" / "deep" / "down" / "reports")
    (two,) = documents_of(tmp_path / "two" / "reports" / "a.txt")
    assert one.id == two.id == "reports/a.txt"


def test_a_changed_file_keeps_its_id_and_changes_its_hash(tmp_path: Path) -> None:
    before, _ = gather_one(tmp_path / "a.txt", "Three people were killed.")
    after, _ = gather_one(tmp_path / "a.txt", "Four people were killed.")
    assert before is not None
    assert after is not None
    assert before.id == after.id
    assert before.sha256 != after.sha256 == hashlib.sha256(b"Four people were killed.").hexdigest()


def test_the_time_a_file_was_saved_is_no_date_of_publication(tmp_path: Path) -> None:
    document, _ = gather_one(tmp_path / "a.txt", "Shelling was heard.")
    assert document is not None
    assert document.published_at is None


def test_the_same_file_given_twice_counts_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Shelling was heard.")
    assert [type(each).__name__ for each in gather(path, tmp_path, path)] == ["Original", "Document"]


def test_another_text_under_one_id_is_a_problem_that_names_the_first(tmp_path: Path) -> None:
    first = write(tmp_path / "a.md", "---\nid: bulletin-7\n---\nOne.")
    second = write(tmp_path / "b.md", "---\nid: bulletin-7\n---\nTwo.")
    assert [document.text for document in documents_of(tmp_path)] == ["One."]
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.where) == ("document.duplicate-id", second.as_posix())
    assert first.as_posix() in problem.message


def dated(day: str, text: str) -> str:
    return f"---\nid: bulletin-7\npublished_at: {day}\n---\n{text}"


def test_a_correction_published_later_is_a_version_whatever_the_order_of_the_files(tmp_path: Path) -> None:
    write(tmp_path / "a.md", dated("2016-05-02", "Four were killed."))
    write(tmp_path / "b.md", dated("2016-05-01", "Three were killed."))
    assert [(each.id, each.text) for each in documents_of(tmp_path)] == [
        ("bulletin-7", "Four were killed."),
        ("bulletin-7", "Three were killed."),
    ]
    assert problems_of(tmp_path) == []


def test_two_texts_of_one_id_and_instant_are_no_versions(tmp_path: Path) -> None:
    write(tmp_path / "a.md", dated("2016-05-01", "Four were killed."))
    write(tmp_path / "b.md", dated("2016-05-01T00:00:00Z", "Three were killed."))
    write(tmp_path / "c.md", dated("2016-05-01", "Four were killed."))
    assert [each.text for each in documents_of(tmp_path)] == ["Four were killed."]
    assert [problem.code for problem in problems_of(tmp_path)] == ["document.duplicate-id"]


def test_a_path_that_is_not_there_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    there = write(tmp_path / "a.txt", "Shelling was heard.")
    (problem,) = problems_of(tmp_path / "nowhere.txt", there)
    assert problem.code == "file.missing"
    assert len(documents_of(tmp_path / "nowhere.txt", there)) == 1


def test_a_file_of_unknown_kind_is_an_error_where_asked_for_and_a_warning_in_a_folder(tmp_path: Path) -> None:
    picture = write(tmp_path / "photo.png", b"\x89PNG\r\n")
    (asked,), (passed,) = problems_of(picture), problems_of(tmp_path)
    assert (asked.code, asked.severity) == ("file.unknown", Severity.ERROR)
    assert (passed.code, passed.severity) == ("file.unknown", Severity.WARNING)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "outside" / "secret.txt", "Not to be read.")
    inside = write(tmp_path / "reports" / "a.txt", "Shelling was heard.")
    (tmp_path / "reports" / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (tmp_path / "reports" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "reports" / "circle").symlink_to(tmp_path / "reports")
    (tmp_path / "reports" / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "reports" / "same.txt").symlink_to(inside)
    assert [document.id for document in documents_of(tmp_path / "reports")] == ["reports/a.txt", "reports/same.txt"]
    assert [(problem.code, problem.severity) for problem in problems_of(tmp_path / "reports")] == [
        ("file.link", Severity.WARNING)
    ] * 4


@pytest.mark.parametrize("form", ["md", "jsonl"])
@pytest.mark.parametrize(
    ("published", "expected", "code"),
    [
        ("2016-05-03T14:20:00+03:00", datetime(2016, 5, 3, 11, 20, tzinfo=UTC), None),
        ("2016-05-03T14:20:00Z", datetime(2016, 5, 3, 14, 20, tzinfo=UTC), None),
        ("2016-05-03", datetime(2016, 5, 3, tzinfo=UTC), None),
        ("2016-05-03T14:20:00", datetime(2016, 5, 3, 14, 20, tzinfo=UTC), "date.no-offset"),
        ("2016-02-31", None, "date.impossible"),
        ("last Tuesday", None, "date.impossible"),
        ("3", None, "date.impossible"),
        ("0001-01-01T00:00:00+14:00", None, "date.impossible"),
        ("2031-01-01", None, "date.future"),
    ],
)
def test_a_date_of_publication_is_taken_as_written_or_left_out_with_a_warning(
    tmp_path: Path, form: str, published: str, expected: datetime | None, code: str | None
) -> None:
    content = {
        "md": f"---\npublished_at: {published}\n---\nShelling was heard.",
        "jsonl": f'{{"id": "a", "text": "Shelling was heard.", "published_at": "{published}"}}',
    }
    document, problems = gather_one(tmp_path / f"a.{form}", content[form])
    assert document is not None
    assert document.published_at == expected
    assert [(problem.code, problem.severity) for problem in problems] == ([(code, Severity.WARNING)] if code else [])


def test_a_publication_of_tomorrow_morning_may_be_another_time_zone(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "---\npublished_at: 2016-06-06\n---\nShelling was heard.")
    assert isinstance(gather(path, now=NOW)[1], Document)
    assert isinstance(gather(path, now=NOW - timedelta(days=2))[0], Problem)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Three civilians were killed by shelling in Aleppo on Tuesday.", "en"),
        ("قتل ثلاثة مدنيين في قصف على حلب", "ar"),
        ("Üç sivil Halep'te top atışında hayatını kaybetti.", "tr"),
        ("CS480", None),
    ],
)
def test_a_language_is_told_from_the_text_or_left_open(tmp_path: Path, text: str, language: str | None) -> None:
    document, _ = gather_one(tmp_path / "a.txt", text)
    assert document is not None
    assert (document.language, document.form) == (language, Form.TEXT)


def test_a_given_language_is_not_second_guessed(tmp_path: Path) -> None:
    document, _ = gather_one(tmp_path / "a.md", "---\nlanguage: no\n---\nThree civilians were killed.")
    assert document is not None
    assert document.language == "no"
