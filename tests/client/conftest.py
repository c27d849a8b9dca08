"""A service on this machine, as `truceline serve` runs one, over the small register of the publication's tests."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

import pytest
import uvicorn
from served import fill, make_client
from views import small_view

from truceline.client import Client


@pytest.fixture(scope="package")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    view, folder = small_view(), tmp_path_factory.mktemp("served") / "register"
    fill(folder, view)
    app = make_client(view, folder).app
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    app.state.keeper.close()  # type: ignore[attr-defined]


@pytest.fixture
def client(base: str) -> Iterator[Client]:
    with Client(base) as opened:
        yield opened
