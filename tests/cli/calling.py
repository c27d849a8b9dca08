"""Calling the command line as a shell does, with stages simple enough to check by hand."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import simple_stages

from truceline.cli import main
from truceline.flow.tools import Tools


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    out: str
    err: str


Call = Callable[..., Answer]


def use_simple_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tools, "for_mission", lambda *_given, **_options: simple_stages.tools())


def make_mission(folder: Path) -> Path:
    """The commented mission that `init` writes, with two documents the simple stages can read."""
    with pytest.raises(SystemExit):
        main(["init", str(folder)])
    documents = folder / "documents"
    for path in documents.iterdir():
        path.unlink()
    (documents / "a.txt").write_text("shells fell", encoding="utf-8")
    (documents / "b.txt").write_text("more shells, no truce", encoding="utf-8")
    return folder


def caller(capsys: pytest.CaptureFixture[str]) -> Call:
    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        try:
            main([str(each) for each in arguments])
        except SystemExit as stop:
            code = stop.code
        else:
            code = 0
        sys.stdout.flush()
        captured = capsys.readouterr()
        return Answer(int(code or 0), captured.out, captured.err)

    return call
