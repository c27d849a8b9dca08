"""The cells of one row with where each stands in the document's text, and what numbers and days they hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from truceline.errors import Problem, Severity
from truceline.model.document import Document
from truceline.model.span import Span


@dataclass(slots=True)
class Row:
    """A row under reading: its cells and spans by column, and the problems met so far."""

    document: Document
    values: dict[str, str]
    spans: dict[str, Span]
    problems: list[Problem] = field(default_factory=list)

    def get(self, column: str) -> str:
        """The cell, "" for an empty or missing one."""
        return self.values.get(column, "")

    def report(self, code: str, message: str, column: str, *, severity: Severity = Severity.ERROR) -> None:
        span = self.spans.get(column)
        self.problems.append(
            Problem(
                code=code,
                message=message,
                where=self.document.uri or self.document.id,
                start=span.start if span is not None else None,
                end=span.end if span is not None else None,
                severity=severity,
            )
        )

    def parse_count(self, column: str) -> int | None:
        """A whole number of people; a problem and None for anything else, plain None for an empty cell."""
        cell = self.get(column)
        if not cell:
            return None
        if not cell.isascii() or not cell.isdigit():
            number = parse_whole(cell)
            if number is None:
                self.report("number.impossible", f"{column} is '{cell}', not a number of people", column)
            return number
        return int(cell)

    def parse_degrees(self, column: str, limit: float) -> float | None:
        """A coordinate within ±limit; a problem and None for anything else."""
        cell = self.get(column)
        if not cell:
            return None
        try:
            degrees = float(cell)
        except ValueError:
            degrees = float("nan")
        if not -limit <= degrees <= limit:
            self.report("place.impossible", f"{column} is '{cell}', not a coordinate within {limit:g} degrees", column)
            return None
        return degrees

    def parse_day(self, column: str) -> date | None:
        """A day that exists; a problem and None for any other text, and for an empty cell."""
        cell = self.get(column)
        day = parse_day(cell)
        if day is None:
            self.report("date.impossible", f"{column} is '{cell}', no day that exists; the row keeps no time", column)
        return day

    def find_pieces(self, column: str, separator: str) -> Iterator[tuple[str, Span]]:
        """The parts of a cell between separators, stripped, each with its span."""
        span = self.spans.get(column)
        if span is None:
            return
        start = span.start
        for piece in self.get(column).split(separator):
            inner = piece.strip()
            if inner:
                inset = start + len(piece) - len(piece.lstrip())
                yield inner, Span(inset, inset + len(inner))
            start += len(piece) + len(separator)


def lay_out(document: Document) -> Row:
    """Cells of a document by column; those that its text does not hold as 'column: value' lines are a problem."""
    values: dict[str, str] = {}
    spans: dict[str, Span] = {}
    row = Row(document, values, spans)
    text, cursor = document.text, 0
    for column, cell in document.cells:
        if not cell.strip():
            continue
        line = f"{column}: {cell}"
        at = cursor if text.startswith(line, cursor) else text.find(line)
        if at < 0:
            row.report("table.cell-missing", f"the text has no line for column {column}", column)
            continue
        begin = at + len(column) + 2
        cursor = at + len(line) + 1
        stripped = cell.strip()
        inset = begin + len(cell) - len(cell.lstrip())
        values[column] = stripped
        spans[column] = Span(inset, inset + len(stripped))
    return row


def parse_whole(cell: str) -> int | None:
    """'12' and '12.0' as 12; None for what is no whole number from nought."""
    try:
        number = float(cell)
    except ValueError:
        return None
    return int(number) if number >= 0 and number.is_integer() else None


@lru_cache(maxsize=16384)
def parse_day(cell: str) -> date | None:
    """'2017-01-31', with or without a time after it, and ACLED's '31 January 2017'."""
    for text, layout in ((cell[:10], "%Y-%m-%d"), (cell, "%d %B %Y"), (cell, "%d-%b-%y"), (cell, "%d/%m/%Y")):
        try:
            return datetime.strptime(text, layout).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


@lru_cache(maxsize=16384)
def find_midnight(day: date, timezone: str) -> datetime:
    """The UTC instant at which a local day begins."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def is_last_day(day: date) -> bool:
    """The calendar ends here: no day follows."""
    return day > date.max - timedelta(days=40)
