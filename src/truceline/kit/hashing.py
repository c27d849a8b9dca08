"""Ids from content: the same parts give the same id on every machine and in every run."""

from hashlib import sha256

SEPARATOR = "\x1f"  # the ASCII unit separator: no report contains it, so parts cannot run together


def content_id(prefix: str, *parts: str) -> str:
    """`prefix` and the first twelve hex digits of the SHA-256 of the parts."""
    return prefix + sha256(SEPARATOR.join(parts).encode("utf-8")).hexdigest()[:12]
