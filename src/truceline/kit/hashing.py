"""Content hashes: what names versions and originals."""

import hashlib
from pathlib import Path


def sha256_of_text(text: str) -> str:
    """The hex SHA-256 of a text in UTF-8. Raises UnicodeEncodeError on a lone surrogate."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sha256_of_file(path: Path) -> str:
    """The hex SHA-256 of a file's bytes, read in pieces. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
