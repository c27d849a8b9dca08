"""A whole file as text, or why it cannot be one."""

from dataclasses import dataclass

from truceline.errors import Problem, Severity
from truceline.gather.draft import too_long
from truceline.gather.found import Found
from truceline.kit.textin import parse_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The text exactly as decoded, and the warnings that came with it."""

    text: str
    warnings: tuple[Problem, ...] = ()


def open_text(found: Found, *, limit: int) -> Opened | Problem:
    """The file's text; a problem where it is larger than `limit` bytes or binary. Raises OSError."""
    octets = read_octets(found, limit=limit)
    return octets if isinstance(octets, Problem) else decode(octets, found.where())


def read_octets(found: Found, *, limit: int) -> bytes | Problem:
    """The file's bytes, never more than the limit. Raises OSError."""
    with found.path.open("rb") as stream:
        octets = stream.read(limit + 1)
    return octets if len(octets) <= limit else too_long(found.where())


def decode(octets: bytes, where: str, *, declared: str | None = None) -> Opened | Problem:
    """The text of the bytes, with a warning where the encoding had to be guessed."""
    decoded = parse_text(octets, declared=declared)
    if decoded is None:
        return Problem(code="file.binary", message="this is binary, not text; it is not read", where=where)
    if not decoded.is_guess:
        return Opened(text=decoded.text)
    message = (
        f"this is not UTF-8 and was read as {decoded.encoding}, a guess; save it as UTF-8 to be sure of every sign"
    )
    guess = Problem(code="encoding.guessed", message=message, where=where, severity=Severity.WARNING)
    return Opened(text=decoded.text, warnings=(guess,))
