"""The bytes of a mission's file as UTF-8, or where they are none."""

from pathlib import Path

from truceline.errors import Problem


def read_octets(path: Path) -> bytes | Problem:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"it cannot be opened: {(error.strerror or str(error)).lower()}"
        return Problem(code="mission.unreadable", message=message, where=path.name)


def decode(path: Path) -> str | Problem:
    """The text of a file, or its first byte that is not UTF-8, with its line."""
    octets = read_octets(path)
    if isinstance(octets, Problem):
        return octets
    at = find_foreign_byte(octets)
    return octets.decode("utf-8-sig") if at is None else foreign_byte(path.name, octets, at)


def find_foreign_byte(octets: bytes) -> int | None:
    """Where the first byte stands that no UTF-8 text has; a byte of zero, as UTF-16 has them, is one too."""
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    at = octets.find(b"\0")
    return at if at >= 0 else None


def foreign_byte(name: str, octets: bytes, at: int, *, then: str = "save the file as UTF-8") -> Problem:
    line = octets.count(b"\n", 0, at) + 1
    message = f"byte {octets[at]:#04x} at offset {at:,} is not UTF-8, and no encoding is guessed; {then}"
    return Problem(code="mission.encoding", message=message, where=f"{name}:{line}")
