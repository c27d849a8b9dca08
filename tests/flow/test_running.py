import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import simple_stages
from simple_stages import SlowReader, tools

from truceline.errors import MissingModel
from truceline.flow.run import PROSE_WORTH_WORKERS, RunReport, read_one, run
from truceline.model.document import Document
from truceline.model.reading import Reading
from truceline.model.view import View
from truceline.store.register import Kept, Register
from truceline.store.sqlite import FILE, open_register
from truceline.testing import NOON, FixedClock, doc, mission


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    write(documents, "a", "shells fell")
    write(documents, "b", "more shells, no truce")
    write(documents, "empty", "")
    return documents


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path / "register", now=NOON, writing=True) as opened:
        yield opened


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def walk(folder: Path, register: Register, *, out: Path | None = None, **given: Any) -> RunReport:
    return run(mission(folder), [folder], register=register, tools=tools(**given), out=out)


def test_one_run_walks_from_files_to_what_is_published(folder: Path, register: Register, tmp_path: Path) -> None:
    report = walk(folder, register, out=tmp_path / "out")
    assert report.gathered.kept == {Kept.NEW: 2}
    assert [each.code for each in report.problems] == ["file.empty"]
    assert (report.read.given, report.read.kept, report.counts.incidents) == (2, 2, 1)
    assert report.verdicts == (("alleged, not assessed", 1),)
    assert (tmp_path / "out" / "index.html").read_text() == register.view(mission(folder)).fingerprint


def test_what_is_dropped_is_counted_by_its_reason(folder: Path, register: Register) -> None:
    fused = next(each for each in walk(folder, register).tallies if each.stage == "fuse")
    assert (fused.given, fused.kept, fused.dropped) == (3, 2, (("no act", 1),))


def test_running_again_adds_nothing_and_recomputes_nothing(folder: Path, register: Register) -> None:
    first = walk(folder, register)
    again = walk(folder, register, fuse=None)  # would fail if it were called
    assert again.gathered.kept == {Kept.SAME: 2}
    assert (again.read.given, again.recomputed, first.recomputed) == (0, False, True)
    assert again.counts == first.counts


def test_a_changed_page_is_read_again_and_what_follows_is_recomputed(folder: Path, register: Register) -> None:
    walk(folder, register)
    write(folder, "a", "only a truce")
    report = walk(folder, register)
    assert report.gathered.kept == {Kept.CHANGED: 1, Kept.SAME: 1}
    assert (report.read.given, report.recomputed) == (1, True)
    assert register.incidents()[0].id == "b:shells"


def test_dropping_what_is_derived_and_running_again_gives_the_same_register(folder: Path, register: Register) -> None:
    walk(folder, register)
    before = register.view(mission(folder))
    with register.writing() as writer:
        writer.drop_derived()
    assert walk(folder, register).recomputed
    assert register.view(mission(folder)) == before


def test_another_reader_reads_everything_again(folder: Path, register: Register) -> None:
    walk(folder, register)
    report = walk(folder, register, make_reader=lambda: SlowReader(fingerprint="slow-reader-2"))
    assert (report.read.given, report.recomputed, report.counts.readings) == (2, True, 4)


def test_a_changed_mission_is_judged_again_without_reading_again(folder: Path, register: Register) -> None:
    walk(folder, register)
    wider = mission(folder, window_km=30.0)
    report = run(wider, [folder], register=register, tools=tools(), out=None)
    assert (report.read.given, report.recomputed) == (0, True)


def test_a_document_we_fail_on_is_a_problem_of_ours_and_the_rest_is_read(folder: Path, register: Register) -> None:
    write(folder, "c", "stumble")
    report = walk(folder, register)
    assert (report.read.given, report.read.kept, report.read.dropped) == (3, 2, (("internal.reader", 1),))
    (problem,) = [each for each in report.problems if each.code == "internal.reader"]
    assert problem.where == "c.txt"
    assert "KeyError: 'stumbled'" in problem.message
    assert problem in register.problems()
    assert walk(folder, register).read.given == 0


def test_a_problem_that_was_mended_is_no_longer_told(folder: Path, register: Register) -> None:
    write(folder, "c", "stumble")
    walk(folder, register)
    assert {each.code for each in register.problems()} == {"file.empty", "internal.reader"}
    write(folder, "empty", "no longer")
    mended = partial(SlowReader, fingerprint="slow-reader-2", stumbles_over="nothing")
    assert walk(folder, register, make_reader=mended).problems == ()
    assert register.problems() == ()


def test_a_missing_model_stops_the_run_with_its_own_words() -> None:
    class Bare:
        fingerprint = "bare"

        def read(self, document: Document) -> Reading:
            raise MissingModel("install it")

    with pytest.raises(MissingModel, match="install it"):
        read_one(Bare(), doc())


def test_reading_in_two_processes_gives_the_same_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(simple_stages.__file__).parent))
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(40):
        write(folder, f"{number:02}", f"{number} shells " + "x" * (PROSE_WORTH_WORKERS // 39))
    prints = []
    for workers in (1, 2):
        with open_register(tmp_path / str(workers), now=NOON, writing=True) as register:
            walk(folder, register, workers=workers)
            prints.append(register.view(mission(folder)).fingerprint)
    assert prints[0] == prints[1]


# ---- killed


def start(folder: Path, register: Path, *, seconds: float) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, simple_stages.__file__, str(folder), str(register), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def readings_count(register: Path) -> int:
    if not (register / FILE).is_file():
        return 0
    with open_register(register, now=NOON) as opened:
        return opened.counts().readings


def test_a_killed_run_continues_without_a_duplicate_or_a_loss(tmp_path: Path) -> None:
    folder, killed, whole = tmp_path / "documents", tmp_path / "killed", tmp_path / "whole"
    folder.mkdir()
    for number in range(80):
        write(folder, f"{number:03}", f"shells number {number} " + "x" * 3_000)  # several batches of reading
    process = start(folder, killed, seconds=0.01)
    assert process.stdout is not None
    process.stdout.readline()
    deadline = time.monotonic() + 20
    while readings_count(killed) == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert 0 < readings_count(killed) < 80

    views = []
    for each in (killed, whole):
        with open_register(each, now=NOON, writing=True) as register:
            report = walk(folder, register)
            views.append(register.view(mission(folder)))
    assert report.counts.readings == 80
    assert views[0] == views[1]


def test_what_waited_for_its_release_is_published_by_a_run_that_finds_nothing_new(
    folder: Path, register: Register, tmp_path: Path
) -> None:
    asked: list[datetime] = []
    clock = FixedClock()

    def publish(view: View, out: Path) -> datetime | None:
        simple_stages.publish(view, out)
        (out / "manifest.json").write_text('{"files": {}}', encoding="utf-8")
        asked.append(clock.now)
        return NOON + timedelta(hours=2) if len(asked) == 1 else None

    def again() -> bool:
        return walk(folder, register, out=tmp_path / "out", publish=publish, now=clock.now).published

    assert (again(), again()) == (True, False)
    clock.move(hours=3)
    assert (again(), again()) == (True, False)
    assert asked == [NOON, NOON + timedelta(hours=3)]
