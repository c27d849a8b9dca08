"""Lines of a file of any size in bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line with its line end, numbered from 1; `octets` is None where it is longer than the limit."""

    number: int
    octets: bytes | None


def find_bounded_lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    """Every line up to `limit` bytes; a longer one is passed over in pieces and never held."""
    number = 0
    while octets := stream.readline(limit + 1):
        number += 1
        is_whole = len(octets) <= limit
        if not is_whole and not octets.endswith(b"\n"):
            _skip_to_line_end(stream)
        yield Line(number=number, octets=octets if is_whole else None)


def _skip_to_line_end(stream: BinaryIO) -> None:
    while piece := stream.readline(_PIECE):
        if piece.endswith(b"\n"):
            return
