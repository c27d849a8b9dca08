from pathlib import Path

import pytest
from calling import Call, caller, make_mission, use_simple_stages


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small mission folder, walked by the simple stages."""
    use_simple_stages(monkeypatch)
    return make_mission(tmp_path / "north")
