"""places.csv as rows with their lines. What cannot be read of it is told and left out, never guessed.

A table in another encoding than UTF-8 shows by its first impossible byte. Its rows of plain ASCII mean the same in
every encoding that could be meant, and stay; what the letters of the others are would be a guess, so these are left
out (docs/decisions/0008-a-mission-with-mistakes.md).
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from truceline.errors import Problem
from truceline.flow.mission_faults import PLACES, Part
from truceline.flow.mission_octets import find_foreign_byte, foreign_byte, read_octets
from truceline.kit.csvrows import BrokenRow, Row, find_rows
from truceline.kit.nearest import did_you_mean

PLACE_COLUMNS = ("id", "name", "kind", "lat", "lon", "radius_km", "country", "admin1", "admin2", "aliases", "source")
PLACE_COLUMNS_REQUIRED = ("id", "name", "kind", "lat", "lon")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One row of places.csv, blank cells left out; `line` is where it starts."""

    cells: Mapping[str, str]
    line: int

    @property
    def where(self) -> str:
        return f"{PLACES}:{self.line}"

    @property
    def parts(self) -> tuple[Part, ...]:
        return ((PLACES, (self.line,)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTable:
    """The rows, None where the header or the whole file cannot be read, and what is wrong."""

    rows: tuple[PlaceRow, ...] | None
    problems: tuple[Problem, ...] = ()


def read_places(path: Path) -> PlaceTable:
    """The places of a mission, as far as they can be read."""
    octets = read_octets(path)
    if isinstance(octets, Problem):
        return PlaceTable(rows=None, problems=(octets,))
    at = find_foreign_byte(octets)
    if at is None:
        return _parse_places(octets.decode("utf-8-sig"))
    if b"\0" in octets or not _first_line(octets).isascii():
        then = "no row can be read until the file is saved as UTF-8"
        return PlaceTable(rows=None, problems=(foreign_byte(PLACES, octets, at, then=then),))
    table = _parse_places(octets.decode("utf-8", "surrogateescape"), is_foreign=True)
    then = "save the file as UTF-8; until then only its rows of plain ASCII are read"
    told = foreign_byte(PLACES, octets, at, then=then)
    return replace(table, problems=(told, *(each for each in table.problems if each.where != told.where)))


def _first_line(octets: bytes) -> bytes:
    return octets.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]


def _parse_places(table: str, *, is_foreign: bool = False) -> PlaceTable:
    rows = find_rows(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    header = next(rows, None)
    columns = [column.strip() for column in header.cells] if isinstance(header, Row) else []
    problems = list(_find_column_mistakes(columns))
    if any(problem.code == "mission.missing-column" for problem in problems):
        return PlaceTable(rows=None, problems=tuple(problems))
    found = [_place_row(row, columns, is_foreign=is_foreign) for row in rows]
    problems.extend(each for each in found if isinstance(each, Problem))
    kept = tuple(each for each in found if isinstance(each, PlaceRow) and each.cells)
    return PlaceTable(rows=kept, problems=tuple(problems))


def _place_row(row: Row | BrokenRow, columns: list[str], *, is_foreign: bool) -> PlaceRow | Problem:
    where = f"{PLACES}:{row.line}"
    if isinstance(row, BrokenRow):
        return Problem(code="mission.syntax", message=f"this is not CSV: {row.reason}", where=where)
    if is_foreign and not all(cell.isascii() for cell in row.cells):
        message = "the row has letters beyond ASCII in a file that is not UTF-8; what they are is not known"
        return Problem(code="mission.encoding", message=f"{message}, so it is left out", where=where)
    if len(row.cells) > len(columns):
        message = f"{len(row.cells)} cells under {len(columns)} columns; put names that hold a comma in quotes"
        return Problem(code="mission.bad-value", message=message, where=where)
    return PlaceRow(cells=dict(_known_cells(row, columns)), line=row.line)


def _known_cells(row: Row, columns: list[str]) -> Iterator[tuple[str, str]]:
    for column, cell in zip(columns, row.cells, strict=False):
        if cell.strip() and column in PLACE_COLUMNS:
            yield column, cell.strip()


def _find_column_mistakes(columns: list[str]) -> Iterator[Problem]:
    for column in PLACE_COLUMNS_REQUIRED:
        if column not in columns:
            message = f"column '{column}' is missing, so no row is read; the header is: {','.join(PLACE_COLUMNS)}"
            yield Problem(code="mission.missing-column", message=message, where=f"{PLACES}:1")
    for column in columns:
        if column not in PLACE_COLUMNS:
            hint = did_you_mean(column, PLACE_COLUMNS) or f"; known: {', '.join(PLACE_COLUMNS)}"
            message = f"unknown column '{column}' is not read{hint}"
            yield Problem(code="mission.unknown-key", message=message, where=f"{PLACES}:1")
