"""Originals by hash: the very bytes a document was taken from, kept as they came."""

import hashlib
import os
import shutil
from pathlib import Path

from truceline.errors import RegisterError

CHUNK = 1 << 20


class Evidence:
    """A folder of originals, `ab/cdef…` by SHA-256; a file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:]

    def find(self, sha256: str) -> Path | None:
        path = self.path_of(sha256)
        return path if path.is_file() else None

    def keep(self, sha256: str, source: Path) -> int:
        """Copy `source` in under its hash; gives its size in bytes. Raises RegisterError when the hash is another."""
        kept = self.path_of(sha256)
        if kept.is_file():
            return kept.stat().st_size
        kept.parent.mkdir(parents=True, exist_ok=True)
        arriving = kept.with_name(f".{kept.name}.{os.getpid()}")
        try:
            with source.open("rb") as reading, arriving.open("wb") as writing:
                shutil.copyfileobj(reading, writing, CHUNK)
                writing.flush()
                os.fsync(writing.fileno())
            if hash_of(arriving) != sha256:
                raise RegisterError(f"{source}: changed while it was being gathered; gather it again")
            arriving.replace(kept)
        finally:
            arriving.unlink(missing_ok=True)
        return kept.stat().st_size


def hash_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
