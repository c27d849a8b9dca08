"""The register in each of the databases: one suite for both."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import postgres_server
import pytest
from databases import Database, in_a_file, on_a_server

from truceline.store.register import Register


@pytest.fixture
def file_database(tmp_path: Path) -> Database:
    return Database("sqlite", in_a_file, tmp_path)


@pytest.fixture
def server_database(server: postgres_server.Server, tmp_path: Path) -> Database:
    return Database("postgresql", partial(on_a_server, server), tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    found: Database = request.getfixturevalue("file_database" if request.param == "sqlite" else "server_database")
    return found


@pytest.fixture
def register(database: Database) -> Iterator[Register]:
    with database.open(writing=True) as opened:
        yield opened
