"""`truceline serve` stays on this machine."""

import socket
from pathlib import Path

import pytest
from calling import Call

pytest.importorskip("uvicorn", reason="needs uvicorn")


@pytest.mark.parametrize("host", [".".join("0000"), "192.168.1.4", "::", "example.org", ""])
def test_an_address_others_could_reach_is_refused(call: Call, folder: Path, host: str) -> None:
    answer = call("serve", "--mission", folder, "--host", host)
    assert answer.code == 2
    assert "there are no accounts yet" in answer.err


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
    assert answer.out == "Open http://127.0.0.1:8123/\n"
