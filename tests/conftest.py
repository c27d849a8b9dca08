"""What every test may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import postgres_server
import pytest

ROOT = Path(__file__).parents[1]
# What the person who runs the tests has added to his gazetteer changes no test.
os.environ["TRUCELINE_GAZETTEER"] = "default"
os.environ.pop("TRUCELINE_DATABASE", None)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material; the test is skipped where it does not exist."""
    folder = Path(os.environ.get("TRUCELINE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("needs the shared folder beside the project (set TRUCELINE_SHARED to point to it)")
    return folder


@pytest.fixture(scope="session")
def started_server() -> Iterator[postgres_server.Server]:
    """A PostgreSQL server; the test is skipped with the reason where none can be started."""
    reason = postgres_server.why_not()
    if reason is not None:
        pytest.skip(reason)
    with postgres_server.running() as server:
        yield server


@pytest.fixture
def server(started_server: postgres_server.Server) -> Iterator[postgres_server.Server]:
    """The same, without what this test put there afterwards."""
    yield started_server
    started_server.drop_schemas()
