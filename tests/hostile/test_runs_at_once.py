"""Two runs on one register, as two processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from truceline.flow.mission import init_mission

ROOT = Path(__file__).parents[2]

# A run of the simple stages by the command line; the first argument is how long reading one document takes.
SCRIPT = """
import sys, simple_stages
from truceline.cli import main
from truceline.flow.tools import Tools
seconds = float(sys.argv[1])
Tools.for_mission = classmethod(lambda cls, *given, **options: simple_stages.tools(seconds=seconds))
main(sys.argv[2:])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_mission(tmp_path / "north")
    documents = tmp_path / "north" / "documents"
    for number in range(30):
        (documents / f"{number:02}.txt").write_text(f"{number} shells", encoding="utf-8")
    return tmp_path / "north"


def run(seconds: float, *arguments: str) -> "subprocess.Popen[str]":
    paths = [str(ROOT / "src"), str(ROOT / "tests" / "support")]
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(seconds), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def wait_for(path: Path, process: "subprocess.Popen[str]") -> None:
    while not path.exists():
        assert process.poll() is None, "the first run ended before it held the register"


def test_a_second_run_names_the_first_and_stops_or_waits_and_goes_on_when_it_is_killed(folder: Path) -> None:
    first = run(60.0, "run", "-m", str(folder))
    wait_for(folder / "register" / "holder.json", first)
    refused = run(0.0, "run", "-m", str(folder))
    _out, told = refused.communicate()
    assert refused.returncode == 4
    assert f"process {first.pid}" in told

    waiting = run(0.0, "run", "-m", str(folder), "--wait", "60")
    assert waiting.stderr is not None
    assert f"process {first.pid}" in waiting.stderr.readline()
    first.kill()
    first.communicate()
    out, _told = waiting.communicate()
    assert waiting.returncode == 0
    assert "30 same; 30 held" in out
    assert "30 readings held" in out
