"""`truceline serve` stays on this machine unless told otherwise, and prints the first link once."""

import socket
from pathlib import Path

import pytest
from calling import Call

from truceline.model.person import Role
from truceline.store.accounts import add_account
from truceline.store.sessions import open_invitations
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


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def test_it_listens_on_this_machine_and_says_where(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from truceline.web import processes

    port = free_port()
    given: dict[str, object] = {}
    monkeypatch.setattr(processes, "run_service", lambda _make, **options: given.update(options))
    answer = call("serve", "--mission", folder, "--port", port)
    assert answer.code == 0
    assert (given["host"], given["port"]) == ("127.0.0.1", port)
    first, second = answer.out.splitlines()
    assert first == f"Open http://127.0.0.1:{port}/"
    assert second.startswith(f"First admin: http://127.0.0.1:{port}/join/")
    again = call("serve", "--mission", folder, "--port", port)
    assert again.out.splitlines()[1] != second
    with open_team(folder / "register", now=lambda: NOON) as team, team.reading() as connection:
        links = connection.exec_driver_sql("SELECT id FROM invitations").all()
    assert len(links) == 1
    assert links[0][0] not in answer.out + again.out


def test_behind_a_proxy_the_link_is_the_one_that_others_can_open(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from truceline.web import processes

    monkeypatch.setattr(processes, "run_service", lambda _make, **_options: None)
    first, second = call("serve", "-m", folder, "--name", "truce.example.org", "--behind-proxy").out.splitlines()
    assert first == "Open https://truce.example.org/"
    assert second.startswith("First admin: https://truce.example.org/join/")


def test_a_further_admin_is_let_in_only_when_asked_for_and_that_is_entered(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from truceline.web import processes

    monkeypatch.setattr(processes, "run_service", lambda _make, **_options: None)
    with open_team(folder / "register", now=lambda: NOON) as team, team.writing(who="system") as desk:
        add_account(desk, login="rima", name="Rima", role=Role.ADMIN)
    assert "admin" not in call("serve", "--mission", folder).out
    first, second = (call("serve", "--mission", folder, "--admin-link").out for _ in range(2))
    assert "One more admin: http://127.0.0.1:8000/join/" in first
    assert first != second
    with open_team(folder / "register", now=lambda: NOON) as team:
        with team.reading() as connection:
            assert [each.role for each in open_invitations(connection, now=NOON)] == [Role.ADMIN]
        told = [(each.change.who, each.change.what) for each in team.history("accounts")]
    assert told == [("cli:serve", "account.invited")] * 2


def test_a_provider_set_by_halves_is_told_before_anything_is_served(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUCELINE_OIDC_ISSUER", "https://id.example.org")
    answer = call("serve", "--mission", folder)
    assert answer.code == 2
    assert "TRUCELINE_OIDC_CLIENT_ID" in answer.err
