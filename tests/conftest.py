"""What every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What the person who runs the tests has added to his gazetteer changes no test.
os.environ["TRUCELINE_GAZETTEER"] = "default"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material; the test is skipped where it does not exist."""
    folder = Path(os.environ.get("TRUCELINE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("needs the shared folder beside the project (set TRUCELINE_SHARED to point to it)")
    return folder
