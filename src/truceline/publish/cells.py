"""Cells and columns of the published tables, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from truceline.kit.visible import visible
from truceline.model.quantity import Range
from truceline.schemas.columns import Column

Cell = str | int | float | None


def columns(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    """Columns without hashtags."""
    return tuple(Column(name=name, tag="", meaning=meaning) for name, meaning in pairs)


def write_table(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> str:
    """CSV after RFC 4180."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in line] for line in lines)
    return page.getvalue()


# Spreadsheets run a cell as a formula when its text starts like this (OWASP, "CSV injection"), in some
# languages also in the wide signs.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = visible(cell).replace("\r\n", "\n").replace("\r", "\n")  # a writer may leave a lone one unquoted
    return f"'{text}" if text.startswith(FORMULA) else text


def joined(words: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(each for each in words if each))


def bounds(told: Range | None) -> tuple[int | None, int | None]:
    return (None, None) if told is None else (told.low, told.high)


def instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
