"""The whole register of one moment into one file; `backup_file` says how it is made up."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, Table, select

from truceline.errors import RegisterError
from truceline.store import tables
from truceline.store.backup_file import (
    COMMENT,
    FORMAT,
    MANIFEST,
    Manifest,
    Summing,
    TableSum,
    is_backup,
    member_of_original,
    member_of_table,
    verify_backup,
)
from truceline.store.evidence import CHUNK, Evidence, hash_of
from truceline.store.migrations import HEAD
from truceline.store.records import as_instant, as_json
from truceline.store.sql import ROWS_HELD, SqlRegister

NO_TIME = (1980, 1, 1, 0, 0, 0)  # what a file was made from decides its bytes, not when


def write_backup(register: SqlRegister, path: Path, *, now: datetime) -> Manifest:
    """Everything of one moment in `path`, read again and proved before it is there; others go on writing meanwhile.

    Raises RegisterError where `path` is a file of something else.
    """
    if path.exists() and not is_backup(path):
        raise RegisterError(f"{path}: is there already and is no backup; give another name")
    arriving = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with arriving.open("xb") as stream:
            with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
                manifest = fill(archive, register, now=now)
            stream.flush()
            os.fsync(stream.fileno())
        verify_backup(arriving)
        arriving.replace(path)
    finally:
        arriving.unlink(missing_ok=True)
    return manifest


def fill(archive: ZipFile, register: SqlRegister, *, now: datetime) -> Manifest:
    sums: dict[str, TableSum] = {}
    with register.engine.connect() as connection:
        for table in tables.METADATA.sorted_tables:
            if table in tables.PASSING:
                continue
            columns = tuple(column.name for column in table.columns)
            lines = lines_of(connection, table, columns)
            sums[table.name] = add_lines(archive, member_of_table(table.name), lines, columns)
        wanted = select(tables.originals.c.sha256).order_by(tables.originals.c.sha256)
        names = connection.execute(wanted).scalars().all()
    held, missing = add_originals(archive, register.evidence, names)
    manifest = Manifest(
        format=FORMAT, revision=HEAD, made_at=as_instant(now), tables=sums, originals=held, missing=missing
    )
    written = as_json(manifest).encode()
    archive.writestr(named(MANIFEST), written)
    archive.comment = COMMENT + hashlib.sha256(written).hexdigest().encode()
    return manifest


def named(name: str) -> ZipInfo:
    member = ZipInfo(name, NO_TIME)
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


def lines_of(connection: Connection, table: Table, columns: Sequence[str]) -> Iterator[bytes]:
    """The rows as they stand in a backup, by primary key."""
    wanted = select(*(table.c[name] for name in columns)).order_by(*table.primary_key.columns)
    with closing(connection.execute(wanted, execution_options={"yield_per": ROWS_HELD})) as rows:
        for row in rows:
            yield json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def add_lines(archive: ZipFile, name: str, lines: Iterable[bytes], columns: tuple[str, ...]) -> TableSum:
    summing = Summing()
    with archive.open(named(name), "w", force_zip64=True) as member:
        for line in summing.through(lines):
            member.write(line)
    return summing.of(columns)


def add_originals(archive: ZipFile, evidence: Evidence, names: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """The sizes of those put in, and those that are gone or are not what their hash says."""
    held: dict[str, int] = {}
    missing: list[str] = []
    for sha256 in names:
        path = evidence.find(sha256)
        if path is None or hash_of(path) != sha256:
            missing.append(sha256)
            continue
        with path.open("rb") as reading, archive.open(named(member_of_original(sha256)), "w", force_zip64=True) as kept:
            while some := reading.read(CHUNK):
                kept.write(some)
        held[sha256] = path.stat().st_size
    return held, tuple(missing)
