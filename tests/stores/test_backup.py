"""One file holds the whole register, is proved, and fills either database."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from databases import Database
from filled import PAGE, fill
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import RegisterError, RegisterTooNew, UsageError
from truceline.store.backup import write_backup
from truceline.store.backup_file import COMMENT, MANIFEST, Manifest, TableSum, verify_backup
from truceline.store.records import as_json, parse_record
from truceline.store.restore import restore_backup
from truceline.store.sql import SqlRegister
from truceline.testing import NOON, doc, mission

Members = dict[str, bytes]


@pytest.fixture
def backup(file_database: Database, tmp_path: Path) -> Path:
    """The backup of a filled register in a file."""
    with file_database.open("backed up", writing=True) as register:
        fill(register, tmp_path)
        write_backup(register, tmp_path / "a.backup", now=NOON)
    return tmp_path / "a.backup"


def rewritten(path: Path, change: Callable[[Members, Manifest], Manifest]) -> Path:
    """A backup that is whole and holds something else: sums and hashes made anew."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = change(members, parse_record(Manifest, members.pop(MANIFEST).decode()))
    sums = {
        name: TableSum(columns=each.columns, rows=lines.count(b"\n"), sha256=hashlib.sha256(lines).hexdigest())
        for name, each in manifest.tables.items()
        if (lines := members.get(f"tables/{name}.jsonl")) is not None
    }
    written = as_json(replace(manifest, tables=sums)).encode()
    other = path.with_name("other.backup")
    with ZipFile(other, "w") as archive:
        for name, content in {**members, MANIFEST: written}.items():
            archive.writestr(name, content)
        archive.comment = COMMENT + hashlib.sha256(written).hexdigest().encode()
    return other


def everything(register: SqlRegister, folder: Path) -> tuple[object, ...]:
    return (
        register.view(mission(folder)),
        register.fingerprint(),
        register.counts(),
        register.decisions(),
        list(register.readings("reader-1")),
        list(register.shelf().of_islands(["i"])),
        register.checkpoint("reading"),
    )


def test_both_databases_give_the_same_backup(
    file_database: Database, server_database: Database, tmp_path: Path
) -> None:
    made = []
    for one in (file_database, server_database):
        with one.open(one.name, writing=True) as register:
            fill(register, tmp_path)
            for again in ("", " again"):
                path = tmp_path / f"{one.name}{again}"
                write_backup(register, path.with_suffix(".backup"), now=NOON)
                made.append(path.with_suffix(".backup").read_bytes())
    assert len(set(made)) == 1
    manifest = verify_backup(tmp_path / "sqlite.backup")
    empty = {name for name, each in manifest.tables.items() if each.rows == 0}
    assert empty == {"former_incidents", "revisions", "watches"}


@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_what_is_restored_is_what_was_there_and_goes_on(
    database: Database, source: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    origin = request.getfixturevalue("file_database" if source == "sqlite" else "server_database")
    with origin.open("one", writing=True) as register:
        fill(register, tmp_path)
        write_backup(register, tmp_path / "a.backup", now=NOON)
        before = everything(register, tmp_path)
    with database.open("other", writing=True) as register:
        restore_backup(register, tmp_path / "a.backup")
        assert everything(register, tmp_path) == before
        kept = register.original(hashlib.sha256(PAGE.encode()).hexdigest())
        assert kept is not None
        assert kept.read_bytes() == PAGE.encode()
        assert kept.is_relative_to(tmp_path / "other")
        with register.writing() as writer:
            writer.add_documents([doc(id="later")], gathered_at=NOON)
        assert register.counts().documents == 4


def test_a_register_that_holds_something_is_replaced_only_when_that_is_wanted(
    database: Database, backup: Path, tmp_path: Path
) -> None:
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.add_documents([doc(id="mine")], gathered_at=NOON)
        with pytest.raises(UsageError, match=r"not empty \(1 documents\).*--replace"):
            restore_backup(register, backup)
        assert [each.id for each in register.documents()] == ["mine"]
        restore_backup(register, backup, replace=True)
        assert [each.id for each in register.documents()] == ["B", "a", "é"]


def double_a_row(members: Members, manifest: Manifest) -> Manifest:
    members["tables/decisions.jsonl"] *= 2
    return manifest


def spoil_a_row(members: Members, manifest: Manifest) -> Manifest:
    members["tables/decisions.jsonl"] = b'["decision-1"]\n'
    return manifest


def leave_out_a_value(members: Members, manifest: Manifest) -> Manifest:
    members["tables/decisions.jsonl"] = b'["decision-1",null,"{}"]\n'
    return manifest


def leave_out_a_table(members: Members, manifest: Manifest) -> Manifest:
    del members["tables/decisions.jsonl"]
    tables = {name: each for name, each in manifest.tables.items() if name != "decisions"}
    tables["strangers"] = manifest.tables["decisions"]
    members["tables/strangers.jsonl"] = b""
    return replace(manifest, tables=tables)


def rename_a_column(members: Members, manifest: Manifest) -> Manifest:
    odd = replace(manifest.tables["decisions"], columns=("id", "at", 'x" text); --'))
    return replace(manifest, tables={**manifest.tables, "decisions": odd})


@pytest.mark.parametrize("change", [double_a_row, spoil_a_row, leave_out_a_value, leave_out_a_table, rename_a_column])
def test_a_whole_file_of_wrong_rows_leaves_the_register_as_it_was(
    database: Database, backup: Path, tmp_path: Path, change: Callable[[Members, Manifest], Manifest]
) -> None:
    with database.open(writing=True) as register:
        with register.writing() as writer:
            writer.add_documents([doc(id="mine")], gathered_at=NOON)
        with pytest.raises(RegisterError, match=r"other\.backup"):
            restore_backup(register, rewritten(backup, change), replace=True)
        assert [each.id for each in register.documents()] == ["mine"]
        assert everything(register, tmp_path)[1] == register.fingerprint()


# What came after revision 0002.
LATER_TABLES = (
    *("revisions", "incident_words", "ledger", "accounts", "api_tokens", "comments", "reviews", "bulletins", "jobs"),
    "webhooks",
)
LATER_COLUMNS = ("event", "spot")


def test_a_backup_of_an_older_truceline_is_brought_up_to_date(database: Database, backup: Path) -> None:
    def make_older(members: Members, manifest: Manifest) -> Manifest:
        tables = {name: each for name, each in manifest.tables.items() if name not in LATER_TABLES}
        for name in LATER_TABLES:
            del members[f"tables/{name}.jsonl"]
        held = tables["incidents"].columns
        older = tuple(each for each in held if each not in LATER_COLUMNS)
        rows = [
            dict(zip(held, json.loads(line), strict=True)) for line in members["tables/incidents.jsonl"].splitlines()
        ]
        members["tables/incidents.jsonl"] = b"".join(
            json.dumps([row[name] for name in older], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            for row in rows
        )
        tables["incidents"] = replace(tables["incidents"], columns=older)
        return replace(manifest, tables=tables, revision="0002")

    with database.open(writing=True) as register:
        restore_backup(register, rewritten(backup, make_older))
        assert (register.counts().versions, register.revisions(), len(register.decisions())) == (4, (), 1)


def test_a_backup_of_a_newer_truceline_is_refused(backup: Path) -> None:
    for newer in ({"revision": "9999"}, {"format": 2}):
        with pytest.raises(RegisterTooNew, match="newer Truceline"):
            verify_backup(rewritten(backup, lambda _, manifest, newer=newer: replace(manifest, **newer)))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_a_byte_that_changed_is_found_out_or_changes_nothing(backup: Path, place: int, bit: int) -> None:
    whole, manifest = backup.read_bytes(), verify_backup(backup)
    spoilt = bytearray(whole)
    spoilt[place % len(whole)] ^= 1 << bit
    other = backup.with_name("spoilt.backup")
    other.write_bytes(spoilt)
    with suppress(RegisterError):
        assert verify_backup(other) == manifest


@pytest.mark.parametrize("kept", [0, 10, 1000, -1])
def test_a_file_cut_short_is_refused(backup: Path, kept: int) -> None:
    backup.write_bytes(backup.read_bytes()[:kept])
    with pytest.raises(RegisterError, match=r"a\.backup"):
        verify_backup(backup)


def test_a_part_that_nobody_named_and_a_name_that_leads_elsewhere_are_refused(backup: Path, tmp_path: Path) -> None:
    def add(members: Members, manifest: Manifest) -> Manifest:
        members["../../escaped"] = b"x"
        return manifest

    def lead_astray(members: Members, manifest: Manifest) -> Manifest:
        members["originals/../../escaped"] = b"x"
        return replace(manifest, originals={"../../../escaped": 1})

    for change, words in ((add, "other parts"), (lead_astray, "no hash")):
        with pytest.raises(RegisterError, match=words):
            verify_backup(rewritten(backup, change))


def test_a_file_of_something_else_is_neither_restored_nor_written_over(file_database: Database, tmp_path: Path) -> None:
    letter, archive = tmp_path / "letter.txt", tmp_path / "some.zip"
    letter.write_text("Dear all", encoding="utf-8")
    with ZipFile(archive, "w") as made:
        made.writestr("a", "b")
    with file_database.open(writing=True) as register:
        for path in (letter, archive):
            with pytest.raises(RegisterError, match="no backup"):
                restore_backup(register, path)
            with pytest.raises(RegisterError, match="no backup; give another name"):
                write_backup(register, path, now=NOON)
    assert letter.read_text(encoding="utf-8") == "Dear all"


def test_an_original_that_is_gone_or_damaged_is_named_and_the_rest_is_kept(
    file_database: Database, tmp_path: Path
) -> None:
    with file_database.open(writing=True) as register:
        fill(register, tmp_path)
        sha256 = hashlib.sha256(PAGE.encode()).hexdigest()
        kept = register.original(sha256)
        assert kept is not None
        kept.write_text("changed", encoding="utf-8")
        assert write_backup(register, tmp_path / "a.backup", now=NOON).missing == (sha256,)
        kept.unlink()
        manifest = write_backup(register, tmp_path / "a.backup", now=NOON)
    assert (manifest.missing, manifest.originals, manifest.tables["documents"].rows) == ((sha256,), {}, 4)


def test_a_backup_that_fails_leaves_the_one_before(
    backup: Path, file_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("truceline.store.backup.add_originals", fail)
    with file_database.open("backed up") as register, pytest.raises(OSError, match="disk full"):
        write_backup(register, backup, now=NOON)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.glob(".a.*")] == []


def test_rows_are_lines_that_any_program_reads(backup: Path) -> None:
    with ZipFile(backup) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        rows = [json.loads(line) for line in archive.read("tables/documents.jsonl").splitlines()]
    where = manifest["tables"]["documents"]["columns"].index("id")
    assert sorted(row[where] for row in rows) == ["B", "a", "a", "é"]
