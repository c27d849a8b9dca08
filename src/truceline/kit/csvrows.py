"""Rows of a CSV text with the line each starts on."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; `line` (from 1) is where it starts, since a quoted cell may hold line breaks."""

    cells: list[str]
    line: int


class BrokenCsvError(ValueError):
    """The text stops being CSV at `line`."""

    def __init__(self, reason: str, line: int) -> None:
        self.reason = reason
        self.line = line
        super().__init__(f"line {line}: {reason}")


def find_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Every row, the header first, blank lines left out. Raises BrokenCsvError where the text is no CSV."""
    reader = csv.reader(lines, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BrokenCsvError(str(error), max(reader.line_num, 1)) from error
        if cells is None:
            return
        if cells:
            yield Row(cells=cells, line=line)
        line = reader.line_num + 1
