"""Rows of a CSV text with the line each starts on; a broken row does not hide the ones after it."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; `line` (from 1) is where it starts, since a quoted cell may hold line breaks."""

    cells: list[str]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """Where the text is no CSV, and why."""

    reason: str
    line: int


def find_rows(lines: Iterable[str], *, delimiter: str = ",") -> Iterator[Row | BrokenRow]:
    """Every row, the header first, blank lines left out. Cells over 128 KiB break their row."""
    reader = csv.reader(lines, strict=True, delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield BrokenRow(reason=str(error), line=line)
        else:
            if cells is None:
                return
            if cells:
                yield Row(cells=cells, line=line)
        line = reader.line_num + 1
