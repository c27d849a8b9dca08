import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from calling import Call

from truceline.cli.guide import guide
from truceline.store.sqlite import open_register
from truceline.testing import NOON

ROOT = Path(__file__).parents[2]


def test_every_command_is_documented_as_it_is() -> None:
    page = ROOT / "docs" / "guide" / "commands.md"
    assert page.read_text(encoding="utf-8") == guide(), "run: python -m truceline.cli.guide > docs/guide/commands.md"


def test_help_teaches_and_tells_the_exit_codes(call: Call) -> None:
    answer = call("--help")
    assert answer.code == 0
    for words in ("truceline init north", "3  some of the input could not be read", "4  another run holds"):
        assert words in answer.out


def test_help_comes_before_anything_heavy_is_loaded() -> None:
    script = (
        "import sys, truceline.cli.app as app; app.make_app(); "
        "heavy = ('spacy', 'sqlalchemy', 'pydantic', 'numpy', 'shapely', 'rich'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "[]"


def test_help_is_quick() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "truceline", "--help"], capture_output=True, check=True, env=env)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(seconds) < 0.5  # of processor time: the wall clock also counts what else the machine does


def test_a_new_mission_folder_loads_as_it_is(call: Call, tmp_path: Path) -> None:
    assert call("init", tmp_path / "north").code == 0
    answer = call("mission", "check", tmp_path / "north")
    assert (answer.code, answer.err) == (0, "")
    assert "5 actors, 2 sources, 2 places" in answer.out


def test_mistakes_in_a_mission_come_all_at_once_with_file_and_line(call: Call, folder: Path) -> None:
    path = folder / "mission.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("timezone", "timezon") + "\nnonsense = 1\n", encoding="utf-8"
    )
    answer = call("run", "-m", folder)
    assert answer.code == 2
    assert "mission.toml:" in answer.err
    assert "timezone" in answer.err
    assert "nonsense" in answer.err
    assert "Traceback" not in answer.err


def test_a_run_prints_what_it_did_and_where_the_bulletin_is(call: Call, folder: Path, tmp_path: Path) -> None:
    answer = call("run", "-m", folder, "--out", tmp_path / "out")
    assert answer.code == 0
    assert "2 new, 0 changed, 0 same" in answer.out
    assert "1 alleged, not assessed" in answer.out
    assert f"Open {tmp_path / 'out' / 'index.html'}" in answer.out
    assert (tmp_path / "out" / "index.html").is_file()


def test_a_second_run_says_that_nothing_had_changed(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    answer = call("run", "-m", folder)
    assert "0 new, 0 changed, 2 same" in answer.out
    assert "nothing had changed" in answer.out


def test_input_that_cannot_be_read_ends_with_3_and_the_rest_is_there(call: Call, folder: Path) -> None:
    (folder / "documents" / "empty.txt").write_text("", encoding="utf-8")
    answer = call("run", "-m", folder)
    assert answer.code == 3
    assert "empty.txt: the file is empty" in answer.err
    assert "2 new" in answer.out


def test_gathering_again_adds_nothing(call: Call, folder: Path) -> None:
    assert call("gather", "-m", folder, folder / "documents").out == "2 new, 0 changed, 0 same\n"
    assert call("gather", "-m", folder, folder / "documents").out == "0 new, 0 changed, 2 same\n"


def test_a_path_that_is_not_there_is_wrong_usage(call: Call, folder: Path) -> None:
    answer = call("gather", "-m", folder, folder / "nowhere")
    assert (answer.code, answer.out) == (2, "")
    assert "nowhere: no such file or folder" in answer.err


def test_a_busy_register_ends_with_4_and_names_the_holder(call: Call, folder: Path) -> None:
    with open_register(folder / "register", now=NOON, writing=True):
        answer = call("run", "-m", folder)
        waited = call("run", "-m", folder, "--wait", "0.2")
    assert answer.code == 4
    assert f"process {os.getpid()}" in answer.err
    assert waited.code == 4
    assert "waiting up to 0.2 s" in waited.err


def test_asking_an_empty_register_says_how_to_fill_it(call: Call, folder: Path) -> None:
    answer = call("incidents", "-m", folder)
    assert answer.code == 1
    assert "truceline run" in answer.err


# ---- read


def test_reading_prints_one_line_a_document_in_order_even_where_one_cannot_be_read(call: Call, folder: Path) -> None:
    (folder / "documents" / "aa.txt").write_text("", encoding="utf-8")
    answer = call("read", folder / "documents", "--format", "jsonl")
    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 3
    assert [line["document"]["id"] for line in lines] == ["a", (folder / "documents" / "aa.txt").as_posix(), "b"]
    assert [len(line["claims"]) for line in lines] == [1, 0, 2]
    assert lines[1]["problems"][0]["code"] == "file.empty"
    assert "the file is empty" in answer.err


def test_reading_touches_no_register(call: Call, folder: Path) -> None:
    assert call("read", folder / "documents", "-f", "jsonl", "-m", folder).code == 0
    assert not (folder / "register").exists()


def test_the_text_comes_with_the_reading_when_asked_for(call: Call, folder: Path) -> None:
    line = json.loads(call("read", folder / "documents", "-f", "jsonl", "--with-text").out.splitlines()[0])
    assert line["text"] == "shells fell"


def test_a_date_that_is_none_is_wrong_usage(call: Call, folder: Path) -> None:
    answer = call("read", folder / "documents", "--published-at", "4 June")
    assert answer.code == 2
    assert "write 2016-06-04" in answer.err


# ---- incidents and explain


def test_incidents_are_listed_in_every_format(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    assert "Shelling of Aleppo" in call("incidents", "-m", folder).out
    line = json.loads(call("incidents", "-m", folder, "-f", "jsonl").out)
    assert (line["title"], line["assessment"]["verdict"]) == ("Shelling of Aleppo", "alleged, not assessed")
    header, row = call("incidents", "-m", folder, "-f", "csv").out.splitlines()
    assert header.startswith("id,title,kind")
    assert "Shelling of Aleppo" in row
    feature = json.loads(call("incidents", "-m", folder, "-f", "geojson").out)["features"][0]
    assert feature["geometry"]["coordinates"] == [37.16, 36.2]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--since", "2016-05-03", "--until", "2016-05-04"), True),
        (("--since", "2016-05-05"), False),
        (("--kind", "heavy-weapons"), True),
        (("--kind", "aerial"), False),
        (("--verdict", "alleged"), True),
        (("--verdict", "violation"), False),
        (("--place", "alep"), True),
        (("--grade", "C3"), True),
        (("--text", "shelling of"), True),
        (("--text", "nothing of the kind"), False),
    ],
)
def test_a_filter_narrows_the_list(call: Call, folder: Path, options: tuple[str, ...], found: bool) -> None:
    call("run", "-m", folder)
    answer = call("incidents", "-m", folder, "-f", "jsonl", *options)
    assert (answer.code, bool(answer.out)) == (0, found)


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (("--actor", "nor.armi"), "did you mean 'nor.army'?"),
        (("--source", "nothing-like-it"), "sources.toml has no 'nothing-like-it'"),
        (("--verdict", "guilty"), "choose one of violation"),
    ],
)
def test_a_filter_by_a_name_nobody_bears_is_wrong_usage(
    call: Call, folder: Path, options: tuple[str, ...], hint: str
) -> None:
    call("run", "-m", folder)
    answer = call("incidents", "-m", folder, *options)
    assert answer.code == 2
    assert hint in answer.err


@pytest.mark.parametrize("id", ["a:shells|b:shells", "a:shells|", "b:shells", "assessment-of-a:shells|b:shells"])
def test_an_incident_is_explained_from_any_of_its_ids(call: Call, folder: Path, id: str) -> None:
    call("run", "-m", folder)
    answer = call("explain", id, "-m", folder)
    assert answer.code == 0
    for words in ("Shelling of Aleppo", "“Shells”", "characters 0 to 6", "In force?", "what would change it"):
        assert words in answer.out


def test_an_unknown_id_suggests_the_nearest(call: Call, folder: Path) -> None:
    call("run", "-m", folder)
    answer = call("explain", "a:shels", "-m", folder)
    assert answer.code == 2
    assert "did you mean 'a:shells'?" in answer.err


# ---- without a traceback


def test_a_wrong_setting_is_wrong_usage(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCELINE_NOW", "yesterday")
    answer = call("run", "-m", folder)
    assert answer.code == 2
    assert "TRUCELINE_NOW: 'yesterday' is no date" in answer.err


def test_a_mistake_of_ours_is_told_in_two_lines() -> None:
    script = "import sys, truceline.cli.app as app; app.make_app = lambda: 1 / 0; app.main([])"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 1
    assert done.stderr.startswith("unexpected: ZeroDivisionError: division by zero (<string>:1)\n")
    assert "Traceback" not in done.stderr


def test_an_unknown_option_is_wrong_usage(call: Call) -> None:
    assert call("run", "--misson", "x").code == 2


def test_statements_are_listed_with_their_answers(call: Call, folder: Path) -> None:
    words = "There have been no air strikes for three days. Shelling is very likely within two days."
    (folder / "documents" / "c.txt").write_text(words, encoding="utf-8")
    assert call("run", "-m", folder).code == 0
    answer = call("statements", "-m", folder)
    assert answer.code == 0
    for told in ("no air strikes for three days", "the register cannot tell", "Brier score by source"):
        assert told in " ".join(answer.out.split()), told
    lines = [json.loads(line) for line in call("statements", "-m", folder, "--format", "jsonl").out.splitlines()]
    assert [each["kind"] for each in lines] == ["trend", "prediction", "source"]
    assert lines[0]["trend"]["counted"] == "airstrikes"
    only = call("statements", "-m", folder, "--of", "trends", "--format", "jsonl").out.splitlines()
    assert len(only) == 1
