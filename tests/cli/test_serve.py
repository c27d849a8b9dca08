"""`truceline serve` stays on this machine unless told otherwise, and prints the first link once."""

import socket
from pathlib import Path

import pytest
from calling import Call

from truceline.store.sqlite import open_team
from truceline.testing import NOON

pytest.importorskip("uvicorn", reason="needs uvicorn")


@pytest.mark.parametrize("host", [".".join("0000"), "192.168.1.4", "::", "example.org", ""])
def test_an_address_others_could_reach_is_refused(call: Call, folder: Path, host: str) -> None:
    answer = call("serve", "--mission", folder, "--host", host)
    assert answer.code == 2
    assert "--certificate and --key" in answer.err


def test_who_listens_for_others_says_by_which_name(call: Call, folder: Path) -> None:
    answer = call("serve", "--mission", folder, "--host", "192.168.1.4", "--behind-proxy")
    assert answer.code == 2
    assert "--name" in answer.err


def test_a_port_in_use_is_told(call: Call, folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = call("serve", "--mission", folder, "--port", taken.getsockname()[1])
    assert answer.code == 2
    assert "choose another" in answer.err


def test_it_listens_on_this_machine_and_says_where(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    given: dict[str, object] = {}
    monkeypatch.setattr(uvicorn, "run", lambda _app, **options: given.update(options))
    answer = call("serve", "--mission", folder, "--port", 8123)
    assert answer.code == 0
    assert (given["host"], given["port"]) == ("127.0.0.1", 8123)
    first, second = answer.out.splitlines()
    assert first == "Open http://127.0.0.1:8123/"
    assert second.startswith("First admin: http://127.0.0.1:8123/join/")
    again = call("serve", "--mission", folder, "--port", 8123)
    assert again.out.splitlines()[1] != second
    with open_team(folder / "register", now=lambda: NOON) as team, team.reading() as connection:
        links = connection.exec_driver_sql("SELECT id FROM invitations").all()
    assert len(links) == 1
    assert links[0][0] not in answer.out + again.out
