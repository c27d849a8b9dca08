"""The commands on a register in a database, and its backups."""

from pathlib import Path

import pytest
from calling import Call
from postgres_server import PASSWORD, Server

from truceline.store.address import parse_address
from truceline.store.postgres import open_register
from truceline.testing import NOON


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_mission_is_walked_and_looked_at_in_a_database(
    call: Call, folder: Path, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.address()
    ran = call("run", "-m", folder, "--out", tmp_path / "out", "--database", address)
    assert (ran.code, "2 new, 0 changed, 0 same" in ran.out) == (0, True)
    assert not (folder / "register" / "register.sqlite").exists()
    monkeypatch.setenv("TRUCELINE_DATABASE", address)
    listed, explained = call("incidents", "-m", folder), call("explain", "a:shells", "-m", folder)
    assert (listed.code, explained.code, "a:shells" in listed.out) == (0, 0, True)
    for answer in (ran, listed, explained):
        assert PASSWORD not in answer.out + answer.err


def test_a_register_that_another_run_holds_ends_with_the_code_for_it(
    call: Call, folder: Path, tmp_path: Path, server: Server
) -> None:
    address = server.address()
    with open_register(parse_address(address), tmp_path, now=NOON, writing=True):
        answer = call("run", "-m", folder, "--out", tmp_path / "out", "--database", address)
    assert answer.code == 4
    assert "held by another run (process" in answer.err
    assert PASSWORD not in answer.err


def test_a_backup_of_a_file_fills_a_database_and_publishes_the_same(
    call: Call, folder: Path, tmp_path: Path, server: Server
) -> None:
    address, file = server.address(), tmp_path / "north.backup"
    call("run", "-m", folder, "--out", tmp_path / "out")
    made = call("backup", file, "-m", folder)
    assert made.code == 0
    assert "2 versions of documents, 1 incidents, 0 decisions, 2 originals" in made.out
    restored = call("restore", file, "--register", tmp_path / "elsewhere", "--database", address)
    assert (restored.code, restored.out.startswith("restored 2 versions")) == (0, True)
    again = call("restore", file, "--register", tmp_path / "elsewhere", "--database", address)
    assert (again.code, "--replace" in again.err) == (2, True)
    assert call("restore", file, "-m", folder, "--replace").code == 0
    call("publish", "-m", folder, "--out", tmp_path / "before")
    call("publish", "-m", folder, "--database", address, "--out", tmp_path / "after")
    assert bytes_of(tmp_path / "after") == bytes_of(tmp_path / "before")
    assert "index.html" in bytes_of(tmp_path / "before")
    for answer in (restored, again):
        assert PASSWORD not in answer.out + answer.err


def test_a_damaged_backup_makes_no_register(call: Call, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "north.backup"
    call("run", "-m", folder, "--out", tmp_path / "out")
    call("backup", file, "-m", folder)
    spoilt = bytearray(file.read_bytes())
    spoilt[len(spoilt) // 3] ^= 1
    file.write_bytes(spoilt)
    answer = call("restore", file, "--register", tmp_path / "elsewhere")
    assert (answer.code, "north.backup" in answer.err) == (1, True)
    assert not (tmp_path / "elsewhere").exists()


def test_a_lost_original_is_named_and_the_backup_made(call: Call, folder: Path, tmp_path: Path) -> None:
    call("run", "-m", folder, "--out", tmp_path / "out")
    gone = next(path for path in (folder / "register" / "originals").rglob("*") if path.is_file())
    gone.unlink()
    answer = call("backup", tmp_path / "north.backup", "-m", folder)
    assert (answer.code, f"{gone.parent.name}{gone.name}" in answer.err) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("backup", "a"), "which register"),
        (("backup", "a", "-m", "nowhere"), "nowhere: no such folder"),
        (("restore", "nothing.backup", "-m", "."), "nothing.backup: no such file"),
        (("backup", "a", "-m", ".", "--database", "mysql://a:hush@b/c"), "--database"),
    ],
)
def test_a_command_that_cannot_work_says_why(call: Call, arguments: tuple[str, ...], words: str) -> None:
    answer = call(*arguments)
    assert (answer.code, words in answer.err, "hush" in answer.err) == (2, True, False)
