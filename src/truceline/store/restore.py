"""A register from its backup: the file is proved first, what stands in the tables afterwards, then it takes effect."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from sqlalchemy import Connection, MetaData, Table, func, inspect, select
from sqlalchemy.exc import OperationalError, StatementError

from truceline.errors import RegisterError, UsageError
from truceline.store.backup import lines_of
from truceline.store.backup_file import (
    NEXT,
    Manifest,
    Summing,
    TableSum,
    member_of_original,
    member_of_table,
    proved,
    refuse_difference,
)
from truceline.store.evidence import Evidence
from truceline.store.migrations import HEAD, SEARCH, upgrade
from truceline.store.rows import Row
from truceline.store.sql import SqlRegister
from truceline.store.standing import step_on
from truceline.store.tables import METADATA, PASSING


def restore_backup(register: SqlRegister, path: Path, *, replace: bool = False) -> Manifest:
    """Put what a backup holds in the place of what the register holds, in one transaction.

    Raises RegisterError for a file that is damaged, before anything is touched, RegisterTooNew for one of a newer
    Truceline, and UsageError for a register that holds something already unless `replace` is given.
    """
    with proved(path) as (archive, manifest):
        if not replace:
            refuse_what_is_held(register)
        take_originals(archive, manifest, register.evidence)
        with refusing_rows(path), register.transaction() as connection:
            rebuild(connection, register, archive, manifest, path)
            step_on(connection)
    return manifest


@contextmanager
def refusing_rows(path: Path) -> Iterator[None]:
    """A file can be whole and hold what no register takes."""
    try:
        yield
    except StatementError as error:
        if isinstance(error, OperationalError):
            raise
        raise RegisterError(f"{path}: holds rows that no register takes ({error.orig}); {NEXT}") from error


def refuse_what_is_held(register: SqlRegister) -> None:
    with register.engine.connect() as connection:
        held = {
            table.name: count
            for table in METADATA.sorted_tables
            if table not in PASSING
            and (count := connection.execute(select(func.count()).select_from(table)).scalar_one())
        }
    if held:
        told = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in held.items())
        raise UsageError(f"the register is not empty ({told}); back it up first, then give --replace to lose all that")


def take_originals(archive: ZipFile, manifest: Manifest, evidence: Evidence) -> None:
    """Kept by hash, they stand in nobody's way: those that are there stay."""
    for sha256 in manifest.originals:
        if evidence.find(sha256) is None:
            with archive.open(member_of_original(sha256)) as stream:
                evidence.receive(sha256, stream, told_as=member_of_original(sha256))


def rebuild(connection: Connection, register: SqlRegister, archive: ZipFile, manifest: Manifest, path: Path) -> None:
    """The tables as they were when the backup was made, filled, proved, then brought up to date."""
    drop_all(connection)
    upgrade(connection, manifest.revision)
    register.after_migrating(connection)
    for table in tables_of(connection, manifest, path):
        told = manifest.tables[table.name]
        with archive.open(member_of_table(table.name)) as lines:
            register.put(connection, table, rows_of(lines, told, f"{path}: {member_of_table(table.name)}"))
        summing = Summing()
        for _ in summing.through(lines_of(connection, table, told.columns)):
            pass
        refuse_difference(f"{table.name}, as restored", told, summing.of(told.columns))
    register.after_loading(connection)
    if manifest.revision != HEAD:
        upgrade(connection)
        register.after_migrating(connection)


def drop_all(connection: Connection) -> None:
    METADATA.drop_all(connection)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {SEARCH}")
    if inspect(connection).has_table("alembic_version"):
        connection.exec_driver_sql("DROP TABLE alembic_version")


def tables_of(connection: Connection, manifest: Manifest, path: Path) -> list[Table]:
    """The tables in an order in which each may be filled. Raises RegisterError where the backup has others."""
    if not set(manifest.tables) <= set(inspect(connection).get_table_names()):
        raise RegisterError(f"{path}: holds other tables than revision {manifest.revision} has; {NEXT}")
    reflected = MetaData()
    reflected.reflect(connection, only=sorted(manifest.tables), resolve_fks=False)
    for table in reflected.sorted_tables:
        if set(manifest.tables[table.name].columns) != set(table.c.keys()):
            raise RegisterError(f"{path}: {table.name} has other columns than revision {manifest.revision}; {NEXT}")
    return reflected.sorted_tables


def rows_of(lines: IO[bytes], told: TableSum, where: str) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        try:
            yield dict(zip(told.columns, json.loads(line), strict=True))
        except (ValueError, TypeError) as error:
            raise RegisterError(f"{where}:{number}: is no row of this table; {NEXT}") from error
