"""The service over the small register of the publication's tests, and over an empty one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from served import fill, make_client
from views import small_view

from truceline.model.view import View

Serve = Callable[[View], TestClient]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    clients = []

    def start(view: View) -> TestClient:
        fill(tmp_path / "register", view)
        clients.append(make_client(view, tmp_path / "register"))
        return clients[-1]

    yield start
    for each in clients:
        each.app.state.keeper.close()  # type: ignore[attr-defined]


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve(small_view())


@pytest.fixture
def empty(tmp_path: Path) -> TestClient:
    return make_client(small_view(), tmp_path / "nowhere")
