"""What reaches a terminal, and what the system or a slip of the hand refuses: told in a line, never a traceback."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from truceline.cli import main
from truceline.cli.account import account_of
from truceline.cli.incidents import known_grade, known_kind
from truceline.cli.shown import Complaints, complain_of
from truceline.errors import Problem, Severity, UsageError
from truceline.model.reading import Reading
from truceline.model.view import View
from truceline.publish.reading import render_reading
from truceline.testing import doc, incident, mission, telling

ROOT = Path(__file__).parents[2]
CURSOR = "\x1b]0;owned\x07\x1b[2J\r\u202e"


def refuse(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return int(str(stop.value.code)), capsys.readouterr().err


def obeyed(text: str) -> set[str]:
    """The signs of `CURSOR` that stand in the text as they are."""
    return {sign for sign in CURSOR if not sign.isprintable()} & set(text)


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "north")])
    capsys.readouterr()
    return tmp_path / "north"


def test_nothing_a_source_wrote_moves_the_cursor_or_turns_the_line(tmp_path: Path) -> None:
    written = incident(title=f"Shelling{CURSOR}")
    held = View(
        mission=mission(tmp_path),
        documents=(doc(id="doc-1", title=CURSOR),),
        superseded=(),
        tellings=(telling(document=f"doc-1{CURSOR}", quote=CURSOR),),
        incidents=(written,),
        assessments=(),
        watch=None,
        problems=(),
        fingerprint="f",
        as_of=None,
    )
    told = "\n".join(account_of(written, held))
    assert "owned" in told
    assert obeyed(told) == set()
    assert obeyed(render_reading(Reading(document=doc(CURSOR, title=CURSOR, publisher=CURSOR)), format="text")) == set()


def test_a_problem_stays_on_its_line_whatever_its_file_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    complain_of([Problem(code="x", message="it is empty", where=f"a\nb{CURSOR}.txt")])
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert obeyed(told) == set()


def test_many_problems_of_one_kind_are_counted_and_errors_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    warned = [
        Problem(code="date.future", message="not yet", where=f"{number}.txt", severity=Severity.WARNING)
        for number in range(30)
    ]
    complain_of([*warned, Problem(code="file.binary", message="binary", where="z.txt")], most=12)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "z.txt: binary"
    assert [line for line in lines if "27 more of this kind (date.future)" in line]
    assert len(lines) < 8


def test_problems_told_as_they_come_are_counted_by_kind_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    complaints = Complaints()
    complaints.tell(Problem(code="date.future", message="not yet", where=f"{number}.txt") for number in range(30))
    complaints.tell_one(Problem(code="file.binary", message="binary", where="z.txt"))
    complaints.close()
    lines = capsys.readouterr().err.splitlines()
    assert lines[3:] == ["z.txt: binary", "… and 27 more problems, each in the reading it belongs to: 27 date.future"]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_what_the_system_refuses_is_a_line_and_no_traceback(
    error: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_given: object, **_options: object) -> None:
        raise OSError(error, os.strerror(error), "out/index.html")

    monkeypatch.setattr("truceline.cli.gather.known_mission", refused)
    code, told = refuse("gather", "-m", str(folder), str(folder), capsys=capsys)
    assert code == 1
    assert told.startswith(f"out/index.html: {os.strerror(error).lower()}")
    assert len(told.splitlines()) == 1


def test_a_mistake_of_ours_is_told_in_two_lines() -> None:
    script = (
        "from truceline.cli import main, publish; publish.known_mission = lambda _folder: 1 / 0; "
        "main(['publish', '-m', 'north'])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, env=env)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("unexpected: ZeroDivisionError: division by zero (")
    assert len(done.stderr.splitlines()) == 2


def test_a_mission_file_that_may_not_be_read_is_a_problem_among_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sources.toml").write_text("x = [", encoding="utf-8")
    read = Path.read_bytes

    def refuse_actors(path: Path) -> bytes:
        if path.name == "actors.toml":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_actors)
    code, told = refuse("mission", "check", str(folder), capsys=capsys)
    assert code == 2
    assert "actors.toml: it cannot be opened: permission denied" in told
    assert "sources.toml:" in told


def test_a_folder_given_for_an_article_is_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = refuse("check", str(folder), "-m", str(folder), capsys=capsys)
    assert (code, "give the file of one article" in told) == (2, True)


@pytest.mark.parametrize("grade", ["Z9", "²", "B22", "", "2B"])
def test_a_grade_the_scale_does_not_have_is_refused(grade: str) -> None:
    with pytest.raises(UsageError, match="--grade"):
        known_grade(grade)


def test_a_kind_no_table_names_is_refused_with_the_nearest() -> None:
    assert known_kind("aerial") == "aerial"
    assert known_kind("Air/drone strike") == "Air/drone strike"
    assert known_kind("1831") == "1831"
    with pytest.raises(UsageError, match="did you mean 'aerial'"):
        known_kind("arial")


def test_a_stretch_of_time_that_ends_before_it_begins_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = refuse("incidents", "-m", str(folder), "--since", "2020-04-02", "--until", "2020-04-01", capsys=capsys)
    assert (code, "does not come after" in told) == (2, True)
