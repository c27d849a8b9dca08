"""Ids and versions from content: the same parts give the same id on every machine and in every run."""

from hashlib import file_digest, sha256
from pathlib import Path

SEPARATOR = "\x1f"  # the ASCII unit separator: no report contains it, so parts cannot run together


def content_id(prefix: str, *parts: str) -> str:
    """`prefix` and the first twelve hex digits of the SHA-256 of the parts."""
    return prefix + sha256(SEPARATOR.join(parts).encode("utf-8")).hexdigest()[:12]


def sha256_of_text(text: str) -> str:
    """The hex SHA-256 of a text in UTF-8. Raises UnicodeEncodeError on a lone surrogate."""
    return sha256(text.encode("utf-8")).hexdigest()


def sha256_of_bytes(octets: bytes) -> str:
    """The hex SHA-256 of some bytes."""
    return sha256(octets).hexdigest()


def sha256_of_file(path: Path) -> str:
    """The hex SHA-256 of a file's bytes, read in pieces. Raises OSError."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
