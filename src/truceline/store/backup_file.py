"""The whole register as one portable file: a zip of JSON lines and originals that either database is restored from.

    tables/NAME.jsonl      one row a line, a list of values in the order of the manifest's columns, by primary key
    originals/ab/cdef…     the originals, by their SHA-256
    manifest.json          revision of the tables; rows and SHA-256 of each table; size of each original
    (comment of the zip)   "truceline register" and the SHA-256 of the manifest

The same register gives the same tables from SQLite and from PostgreSQL, byte for byte.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from pydantic import ValidationError

from truceline.errors import RegisterError, RegisterTooNew
from truceline.store.evidence import CHUNK
from truceline.store.migrations import REVISIONS
from truceline.store.records import parse_record

FORMAT = 1
MANIFEST = "manifest.json"
COMMENT = b"truceline register "
SHA256 = re.compile(r"[0-9a-f]{64}")
NEXT = "take another copy of it"
# What reading a damaged zip ends in: another method, a password wanted, a place that is nowhere.
DAMAGE = (BadZipFile, EOFError, LZMAError, OSError, RuntimeError, ValueError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSum:
    """What one table held; `sha256` over its lines as they stand in the file."""

    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. `originals` are sizes in bytes by SHA-256; `missing` were gone or damaged."""

    format: int
    revision: str
    made_at: str
    tables: dict[str, TableSum]
    originals: dict[str, int]
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables.values())


def member_of_table(name: str) -> str:
    return f"tables/{name}.jsonl"


def member_of_original(sha256: str) -> str:
    return f"originals/{sha256[:2]}/{sha256[2:]}"


@dataclass(slots=True)
class Summing:
    """Counts and hashes lines as they pass."""

    rows: int = 0
    hashed: Any = field(default_factory=hashlib.sha256)

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self.hashed.update(line)
            self.rows += 1
            yield line

    def of(self, columns: tuple[str, ...]) -> TableSum:
        return TableSum(columns=columns, rows=self.rows, sha256=self.hashed.hexdigest())


def is_backup(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return archive.comment.startswith(COMMENT)
    except (BadZipFile, OSError):
        return False


@contextmanager
def proved(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """A backup and what it holds, every byte of it proved. Raises RegisterError and RegisterTooNew."""
    with ExitStack() as closing:
        try:
            archive = closing.enter_context(ZipFile(path))
            manifest = prove(archive, path)
        except DAMAGE as error:
            raise RegisterError(f"{path}: is damaged or no backup ({error}); {NEXT}") from error
        yield archive, manifest


def verify_backup(path: Path) -> Manifest:
    """What a backup holds. Raises as `proved` does."""
    with proved(path) as (_, manifest):
        return manifest


def prove(archive: ZipFile, path: Path) -> Manifest:
    manifest = manifest_of(archive, path)
    expected = {MANIFEST, *map(member_of_table, manifest.tables), *map(member_of_original, manifest.originals)}
    names = archive.namelist()
    if len(names) != len(expected) or set(names) != expected:
        raise RegisterError(f"{path}: holds other parts than its manifest says; {NEXT}")
    for name, told in manifest.tables.items():
        summing = Summing()
        with archive.open(member_of_table(name)) as lines:
            for _ in summing.through(lines):
                pass
        refuse_difference(f"{path}: {member_of_table(name)}", told, summing.of(told.columns))
    for sha256, size in manifest.originals.items():
        with archive.open(member_of_original(sha256)) as stream:
            found, length = hash_and_size(stream)
        if (found, length) != (sha256, size):
            raise RegisterError(f"{path}: {member_of_original(sha256)} is not what its hash says; {NEXT}")
    return manifest


def manifest_of(archive: ZipFile, path: Path) -> Manifest:
    if not archive.comment.startswith(COMMENT) or MANIFEST not in archive.namelist():
        raise RegisterError(f"{path}: is no backup of a register; make one with `truceline backup`")
    written = archive.read(MANIFEST)
    if hashlib.sha256(written).hexdigest().encode() != archive.comment.removeprefix(COMMENT):
        raise RegisterError(f"{path}: its manifest was changed or damaged; {NEXT}")
    try:
        manifest = parse_record(Manifest, written.decode())
    except (ValidationError, UnicodeDecodeError) as error:
        raise RegisterError(f"{path}: its manifest cannot be read; {NEXT}") from error
    if manifest.format > FORMAT or manifest.revision not in REVISIONS:
        what = f"format {manifest.format}, revision {manifest.revision}"
        raise RegisterTooNew(f"{path}: was made by a newer Truceline ({what}); use that one, or a newer one")
    if not all(SHA256.fullmatch(each) for each in manifest.originals):
        raise RegisterError(f"{path}: names an original by something that is no hash; {NEXT}")
    return manifest


def refuse_difference(where: str, told: TableSum, found: TableSum) -> None:
    if told.rows != found.rows:
        raise RegisterError(f"{where}: {found.rows:,} rows where the manifest says {told.rows:,}; {NEXT}")
    if told.sha256 != found.sha256:
        raise RegisterError(f"{where}: the rows are not those that were backed up; {NEXT}")


def hash_and_size(stream: IO[bytes]) -> tuple[str, int]:
    hashed, size = hashlib.sha256(), 0
    while some := stream.read(CHUNK):
        hashed.update(some)
        size += len(some)
    return hashed.hexdigest(), size
