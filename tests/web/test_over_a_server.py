"""The service over a PostgreSQL database answers what it answers over a file."""

import re
from collections.abc import Iterator
from pathlib import Path

import postgres_server
import pytest
from fastapi.testclient import TestClient
from served import fill, make_client
from test_pages import HELD, PAGES
from views import small_view

from truceline.errors import RegisterError
from truceline.store.address import parse_address
from truceline.store.browse import Sought

# Tokens of forms are those of one running server.
TOKEN = re.compile(rb'name="token" value="[^"]+"')
ASKED = (
    "/?q=tuman", "/?kind=air&party=rus.vks", "/?grade=B2&verdict=contested", "/?from=2016-05-30&to=2016-06-02",
    "/?q=the", "/api/v1/incidents?limit=4&kind=air", "/api/v1/search?q=khan+tum&limit=1",
    "/api/v1/heaps?zoom=7", "/api/v1/heaps?zoom=9&bbox=36,35,38,37&kind=air",
    "/api/v1/incidents.geojson?bbox=36,35,38,37&limit=2",
)  # fmt: skip


@pytest.fixture(scope="module")
def both(
    started_server: postgres_server.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, TestClient]]:
    folder, view = tmp_path_factory.mktemp("both"), small_view()
    address = parse_address(started_server.address())
    fill(folder / "file", view)
    fill(folder / "server", view, address)
    clients = make_client(view, folder / "file"), make_client(view, folder / "server", address)
    yield clients
    for each in clients:
        each.app.state.keeper.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", [*PAGES, *HELD, *ASKED])
def test_both_databases_give_the_same_answer(both: tuple[TestClient, TestClient], address: str) -> None:
    one, other = (each.get(address) for each in both)
    assert one.status_code == other.status_code == 200
    if address != "/bulletin.pdf":
        assert TOKEN.sub(b"", one.content) == TOKEN.sub(b"", other.content)


def test_what_a_run_writes_into_a_database_is_shown_at_once(server: postgres_server.Server, tmp_path: Path) -> None:
    view, address = small_view(), parse_address(server.address())
    client = make_client(view, tmp_path, address)
    assert "Nothing is held yet" in client.get("/").text
    fill(tmp_path, view, address)
    assert "Airstrike on Khan Tuman" in client.get("/").text
    client.app.state.keeper.close()  # type: ignore[attr-defined]


def test_a_server_that_is_away_is_told_and_come_back_serves_again(tmp_path: Path) -> None:
    reason = postgres_server.why_not()
    if reason is not None:
        pytest.skip(reason)
    with postgres_server.running() as server:
        view, address = small_view(), parse_address(server.address())
        fill(tmp_path, view, address)
        keeper = make_client(view, tmp_path, address).app.state.keeper  # type: ignore[attr-defined]
        sought = Sought(words="tuman")
        before = keeper.held()
        assert before.browser.count(sought) > 0
        server.stop()
        with pytest.raises(RegisterError) as told:
            keeper.held()
        assert postgres_server.PASSWORD not in str(told.value)
        with pytest.raises(RegisterError):
            before.browser.page(Sought(), limit=5)
        server.start()
        assert keeper.held().browser.count(sought) > 0
        keeper.close()
