"""Columns and cells of the published tables, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from truceline.kit.visible import visible

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, its HXL hashtag ('' where none fits) and what it means."""

    name: str
    tag: str
    meaning: str


def csv_of(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> str:
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in line] for line in lines)
    return page.getvalue()


# Spreadsheets run a cell as a formula when its text starts like this (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = visible(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def joined(words: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(each for each in words if each))


def instant_cell(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
