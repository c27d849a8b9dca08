from datetime import UTC, datetime
from pathlib import Path

import pytest
from gathering import gather_one

from truceline.errors import Severity
from truceline.model.document import Form

MARKDOWN = """\
---
id: sana-1
title: Shelling hits a hospital
publisher: SANA
published_at: 2016-05-03T14:20:00+03:00
language: en
uri: https://example.org/1
note: composed
---

# A heading

Text with **marks**.
"""


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\n\n", "  padded  ", "\ufeffmarked", "e\u0301 \u00e9 \ufb01", "\u2028x\x0c"]
)
def test_a_text_file_is_its_content_sign_for_sign(tmp_path: Path, text: str) -> None:
    document, problems = gather_one(tmp_path / "a.txt", text.encode("utf-8"))
    assert document is not None
    assert document.text == text
    assert problems == []


def test_front_matter_says_where_a_text_comes_from(tmp_path: Path) -> None:
    document, problems = gather_one(tmp_path / "a.md", MARKDOWN)
    assert document is not None
    assert problems == []
    assert document.form is Form.MARKDOWN
    assert (document.id, document.publisher, document.title) == ("sana-1", "SANA", "Shelling hits a hospital")
    assert (document.language, document.uri) == ("en", "https://example.org/1")
    assert document.published_at == datetime(2016, 5, 3, 11, 20, tzinfo=UTC)
    assert document.text == "\n# A heading\n\nText with **marks**.\n"


def test_a_text_without_id_takes_its_address(tmp_path: Path) -> None:
    document, _ = gather_one(tmp_path / "a.md", MARKDOWN.replace("id: sana-1\n", ""))
    assert document is not None
    assert document.id == "https://example.org/1"


def test_line_ends_of_windows_delimit_front_matter_too(tmp_path: Path) -> None:
    document, problems = gather_one(tmp_path / "a.md", MARKDOWN.replace("\n", "\r\n"))
    assert document is not None
    assert problems == []
    assert (document.id, document.text) == ("sana-1", "\r\n# A heading\r\n\r\nText with **marks**.\r\n")


def test_markdown_without_front_matter_is_all_text(tmp_path: Path) -> None:
    document, problems = gather_one(tmp_path / "a.md", "Shelling was heard.\n\n---\n\nid: no front matter\n")
    assert document is not None
    assert problems == []
    assert document.text.endswith("id: no front matter\n")


def test_an_unknown_key_is_warned_of_and_the_text_read(tmp_path: Path) -> None:
    document, (problem,) = gather_one(tmp_path / "a.md", MARKDOWN.replace("publisher:", "publiser:"))
    assert document is not None
    assert (problem.code, problem.severity) == ("front-matter.unknown-key", Severity.WARNING)
    assert "did you mean 'publisher'?" in problem.message


def test_front_matter_that_is_never_closed_is_read_as_text_with_a_warning(tmp_path: Path) -> None:
    document, (problem,) = gather_one(tmp_path / "a.md", "---\nid: x\nShelling was heard.\n")
    assert document is not None
    assert problem.code == "front-matter.open"
    assert document.text == "---\nid: x\nShelling was heard.\n"


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("id: [open", ":3"),
        ("id: a\n\ttitle: b", ":3"),
        ("id: &a [*a]", ""),
        ("- a\n- b", ":1"),
        ("title: !!python/object/apply:os.system [ls]", ":2"),
        ("id: {a: b}", ""),
        ("[" * 5000, ""),
    ],
)
def test_broken_front_matter_is_a_problem_with_its_line_and_nothing_is_run(
    tmp_path: Path, front: str, line: str
) -> None:
    document, (problem,) = gather_one(tmp_path / "a.md", f"---\n{front}\n---\nShelling was heard.\n")
    assert document is None
    assert problem.code == "front-matter.invalid"
    assert line in problem.where


def test_nested_aliases_do_not_unfold(tmp_path: Path) -> None:
    bomb = "a: &a [x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    document, problems = gather_one(tmp_path / "a.md", f"---\n{bomb}---\nShelling was heard.\n")
    assert document is not None
    assert {problem.code for problem in problems} == {"front-matter.unknown-key"}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Три мирных жителя погибли при обстреле города Алеппо во вторник вечером, сообщил центр."),
        ("cp1256", "قتل ثلاثة مدنيين في قصف على مدينة حلب مساء الثلاثاء وفق ما ذكر المرصد السوري لحقوق الإنسان"),
        ("cp1252", "Trois civils ont été tués à Alep, où l'armée a bombardé un hôpital déjà touché en été."),
    ],
)
def test_another_encoding_is_guessed_with_a_warning(tmp_path: Path, encoding: str, text: str) -> None:
    document, (problem,) = gather_one(tmp_path / "a.txt", text.encode(encoding))
    assert document is not None
    assert document.text == text
    assert (problem.code, problem.severity) == ("encoding.guessed", Severity.WARNING)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_an_encoding_that_its_mark_names_is_no_guess(tmp_path: Path, encoding: str) -> None:
    document, problems = gather_one(tmp_path / "a.txt", "Shelling was heard in Homs.".encode(encoding))
    assert document is not None
    assert (document.text, problems) == ("Shelling was heard in Homs.", [])


@pytest.mark.parametrize(
    "octets",
    [b"\x00\x01\x02" * 50, b"%PDF-1.7\ntext", b"PK\x03\x04 and so on", b"Text with a zero\x00", bytes(range(256))],
)
def test_binary_content_is_refused_as_such(tmp_path: Path, octets: bytes) -> None:
    document, (problem,) = gather_one(tmp_path / "a.txt", octets)
    assert document is None
    assert problem.code == "file.binary"


def test_a_text_at_the_limit_is_read_and_one_beyond_it_is_a_problem(tmp_path: Path) -> None:
    document, problems = gather_one(tmp_path / "a.txt", "é" * 1_000_000)
    assert document is not None
    assert problems == []
    document, (problem,) = gather_one(tmp_path / "a.txt", "é" * 1_000_001)
    assert document is None
    assert (problem.code, problem.where) == ("document.too-long", (tmp_path / "a.txt").as_posix())
