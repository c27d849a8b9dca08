"""Rows of UCDP GED and ACLED tables: each row is a document of its own."""

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import BinaryIO

from truceline.errors import Problem
from truceline.gather.draft import Draft
from truceline.gather.found import Found
from truceline.gather.limits import TABLE_LINE_BYTES
from truceline.gather.tableforms import TableForm, recognise
from truceline.kit.boundedlines import find_bounded_lines
from truceline.kit.csvrows import BrokenRow, Row, find_rows

_DAY_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%d %B %Y", "%d-%B-%Y", "%d/%m/%Y")


def find_table_drafts(found: Found, *, today: date) -> Iterator[Draft | Problem]:
    """A document a row, of a table known by its columns; `today` is the last day an event can have.

    A row publishes nothing by itself: it has no date of publication. Raises OSError.
    """
    with found.path.open("rb") as stream:
        lines = _Lines(stream, found)
        rows = find_rows(lines, delimiter=_delimiter_of(found))
        header = next(rows, None)
        columns = [column.strip() for column in header.cells] if isinstance(header, Row) else []
        form = recognise(columns)
        unread = lines.take_problems()
        yield from unread
        problem = _find_header_flaw(columns, form, found)
        if form is None or problem is not None:
            if problem is not None and (columns or not unread):
                yield problem
            return
        for row in rows:
            yield from lines.take_problems()
            yield from _find_row_parts(row, columns, form, found.where(row.line), today)
        yield from lines.take_problems()


class _Lines:
    """The decoded lines of a table; one that cannot be decoded, or is too long, is a problem and read as blank."""

    def __init__(self, stream: BinaryIO, found: Found) -> None:
        self.lines = find_bounded_lines(stream, TABLE_LINE_BYTES)
        self.found = found
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            words = "\n" if line.octets is None else self._decode(line.octets, line.number)
            if line.octets is None:
                self._refuse("table.line-too-long", f"the line is longer than {TABLE_LINE_BYTES:,} bytes", line.number)
            yield words

    def _decode(self, octets: bytes, number: int) -> str:
        try:
            words = octets.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            self._refuse("table.encoding", f"byte {error.start} of the line is not UTF-8; the line is not read", number)
            return "\n"
        if "\0" in words:
            self._refuse("table.encoding", "the line holds a zero byte and is not read", number)
            return "\n"
        return words

    def _refuse(self, code: str, message: str, number: int) -> None:
        self.problems.append(Problem(code=code, message=message, where=self.found.where(number)))

    def take_problems(self) -> list[Problem]:
        taken, self.problems = self.problems, []
        return taken


def _delimiter_of(found: Found) -> str:
    """Spreadsheets of some countries save with semicolons: the header shows it."""
    with found.path.open("rb") as stream:
        header = stream.readline(TABLE_LINE_BYTES)
    return ";" if header.count(b";") > header.count(b",") else ","


def _find_header_flaw(columns: list[str], form: TableForm | None, found: Found) -> Problem | None:
    if not columns:
        return Problem(code="document.empty", message="the table is empty", where=found.where())
    if form is None:
        message = "these columns are neither UCDP GED's nor ACLED's; the table is not read"
        return Problem(code="file.unknown", message=message, where=found.where(1))
    missing = [column for column in form.required if column not in columns]
    if missing:
        message = f"this {form.publisher} table lacks the columns {', '.join(missing)}; export it with all columns"
        return Problem(code="table.missing-columns", message=message, where=found.where(1))
    return None


def _find_row_parts(
    row: Row | BrokenRow, columns: list[str], form: TableForm, where: str, today: date
) -> Iterator[Draft | Problem]:
    if isinstance(row, BrokenRow):
        yield Problem(code="table.broken-row", message=f"the row is no CSV: {row.reason}", where=where)
        return
    cells = {column: cell for column, cell in zip(columns, row.cells, strict=False) if cell.strip()}
    if not cells or all(cell.startswith("#") for cell in cells.values()):
        return  # A blank row, or the row of HXL tags that exchange files carry under their header.
    problem = _find_row_flaw(row, cells, len(columns), form, where, today)
    if problem is not None:
        yield problem
        return
    yield Draft(
        id=f"{form.id_prefix}:{cells[form.id_column].strip()}",
        text="".join(f"{column}: {cell}\n" for column, cell in cells.items()),
        form=form.form,
        where=where,
        publisher=form.publisher,
        language=form.language,
        cells=tuple(cells.items()),
    )


def _find_row_flaw(
    row: Row, cells: Mapping[str, str], width: int, form: TableForm, where: str, today: date
) -> Problem | None:
    """The first thing that keeps the row from being read."""
    if len(row.cells) != width:
        message = f"{len(row.cells)} cells under {width} columns; the row is not read"
        return Problem(code="table.broken-row", message=message, where=where)
    empty = [column for column in form.filled if column not in cells]
    if empty:
        return Problem(code="table.empty-cell", message=f"{', '.join(empty)} must not be empty", where=where)
    return _find_number_flaw(cells, form, where) or _find_date_flaw(cells, form, where, today)


def _find_number_flaw(cells: Mapping[str, str], form: TableForm, where: str) -> Problem | None:
    bounds = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0)} | dict.fromkeys(form.counts, (0.0, math.inf))
    for column, (low, high) in bounds.items():
        number = _parse_number(cells.get(column, "0"))
        if number is None or not low <= number <= high:
            message = f"{column} '{cells[column]}' is no number from {low:g}"
            message += f" to {high:g}" if math.isfinite(high) else " upwards"
            return Problem(code="table.bad-number", message=f"{message}; the row is not read", where=where)
    return None


def _parse_number(words: str) -> float | None:
    try:
        number = float(words)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _find_date_flaw(cells: Mapping[str, str], form: TableForm, where: str, today: date) -> Problem | None:
    days: list[date] = []
    for column in form.dates:
        day = _parse_day(cells[column].strip())
        if day is None:
            message = f"{column} '{cells[column]}' is no day that exists; the row is not read"
            return Problem(code="date.impossible", message=message, where=where)
        if day > today:
            message = f"{column} {day} has not come yet; the row is not read"
            return Problem(code="date.future", message=message, where=where)
        days.append(day)
    if days != sorted(days):
        message = f"{form.dates[-1]} {days[-1]} comes before {form.dates[0]} {days[0]}; the row is not read"
        return Problem(code="date.impossible", message=message, where=where)
    return None


def _parse_day(words: str) -> date | None:
    for layout in _DAY_FORMATS:
        try:
            return datetime.strptime(words, layout).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    return None
