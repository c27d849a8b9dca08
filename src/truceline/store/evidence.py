"""Originals by hash: the very bytes a document was taken from, kept as they came."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import IO

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
        if not kept.is_file():
            with source.open("rb") as stream:
                self.receive(sha256, stream, told_as=str(source))
        return kept.stat().st_size

    def receive(self, sha256: str, stream: IO[bytes], *, told_as: str) -> None:
        """Keep what a stream gives under its hash. Raises RegisterError when the hash is another."""
        kept = self.path_of(sha256)
        kept.parent.mkdir(parents=True, exist_ok=True)
        arriving = kept.with_name(f".{kept.name}.{os.getpid()}")
        try:
            with arriving.open("wb") as writing:
                shutil.copyfileobj(stream, writing, CHUNK)
                writing.flush()
                os.fsync(writing.fileno())
            if hash_of(arriving) != sha256:
                raise RegisterError(f"{told_as}: changed while it was being gathered; gather it again")
            arriving.replace(kept)
        finally:
            arriving.unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
