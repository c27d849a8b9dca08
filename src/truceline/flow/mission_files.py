"""The files of a mission folder as parsed, with the line of every key; mistakes of syntax are problems."""

import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from truceline.errors import Problem, Severity
from truceline.kit.csvrows import BrokenRow, Row, find_rows
from truceline.kit.nearest import did_you_mean, find_nearest
from truceline.kit.tomlplace import TomlPath, find_lines, line_of

REQUIRED = ("mission.toml", "actors.toml", "sources.toml")
OPTIONAL = ("agreement.toml", "places.csv")
PLACE_COLUMNS = ("id", "name", "kind", "lat", "lon", "radius_km", "country", "admin1", "admin2", "aliases", "source")
PLACE_COLUMNS_REQUIRED = ("id", "name", "kind", "lat", "lon")

Tree = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """One parsed file: `tree` as `tomllib` gives it, `lines` by path into the tree."""

    name: str
    tree: Tree
    lines: Mapping[TomlPath, int]

    def where(self, path: TomlPath) -> str:
        return f"{self.name}:{line_of(path, self.lines)}"

    def tables(self, key: str) -> Iterator[tuple[int, Tree]]:
        """The tables of an array with their index, whatever else is wrong with them."""
        yield from tables_in(self.tree, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One row of places.csv, blank cells left out; `line` is where it starts."""

    cells: Mapping[str, str]
    line: int

    @property
    def where(self) -> str:
        return f"places.csv:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionFiles:
    """Every file that could be parsed, and what was wrong with the others."""

    tomls: Mapping[str, TomlFile]
    place_rows: tuple[PlaceRow, ...] | None
    problems: tuple[Problem, ...]


def read_mission_files(folder: Path) -> MissionFiles:
    """All files of the folder, parsed as far as each can be."""
    problems = list(_find_missing(folder))
    tomls = {}
    for name in (*REQUIRED, "agreement.toml"):
        match _parse_toml(folder / name):
            case (parsed, mistakes):
                tomls[name] = parsed
                problems.extend(mistakes)
            case Problem() as problem:
                problems.append(problem)
    rows: tuple[PlaceRow, ...] | None = ()
    if (folder / "places.csv").is_file():
        rows, found = _parse_places(folder / "places.csv")
        problems.extend(found)
    return MissionFiles(tomls=tomls, place_rows=rows, problems=tuple(problems))


def tables_in(tree: Tree, key: str) -> Iterator[tuple[int, Tree]]:
    """The tables of an array of tables, with their index; nothing where the key holds something else."""
    held = tree.get(key)
    for index, table in enumerate(held if isinstance(held, list) else ()):
        if isinstance(table, dict):
            yield index, table


def _find_missing(folder: Path) -> Iterator[Problem]:
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.suffix in {".toml", ".csv"})
    strangers = [name for name in names if name not in (*REQUIRED, *OPTIONAL)]
    absent = [name for name in (*REQUIRED, *OPTIONAL) if name not in names]
    for name in absent:
        if name in REQUIRED:
            meant = find_nearest(name, strangers)
            hint = "add it (truceline init writes a commented one)" if meant is None else f"rename '{meant}'?"
            yield Problem(code="mission.missing-file", message=f"the file is missing; {hint}", where=name)
    for name in strangers:
        hint = did_you_mean(name, absent) or "; remove it, or put it under documents/"
        message = f"no file of a mission has this name, so it is not read{hint}"
        yield Problem(code="mission.unknown-file", message=message, where=name, severity=Severity.WARNING)


def _parse_toml(path: Path) -> tuple[TomlFile, list[Problem]] | Problem | None:
    """The file; a day that no calendar has is told and set aside, so that it hides no other mistake."""
    if not path.is_file():
        return None
    toml = _decode(path)
    if isinstance(toml, Problem):
        return toml
    mistakes: list[Problem] = []
    while True:
        try:
            tree = tomllib.loads(toml)
        except tomllib.TOMLDecodeError as error:
            problem = _syntax_problem(path.name, toml, str(error))
            dated = _without_impossible_day(toml, problem)
            if dated is None:
                return problem
            toml, mistake = dated
            mistakes.append(mistake)
        except RecursionError:
            return Problem(code="mission.syntax", message="brackets are nested too deeply to be read", where=path.name)
        else:
            return TomlFile(name=path.name, tree=tree, lines=find_lines(toml)), mistakes


_DAY = re.compile(r"\b\d{4,}-\d{1,2}-\d{1,2}\b")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_STAND_IN = "2000-01-01"  # never used: a mission with a mistake is not loaded


def _without_impossible_day(toml: str, problem: Problem) -> tuple[str, Problem] | None:
    """The file with a possible day in place of the impossible one on the line of a syntax problem, and what to tell."""
    lines = toml.split("\n")
    at = int(problem.where.rpartition(":")[2]) - 1
    if not 0 <= at < len(lines):
        return None
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), lines[at])
    for found in _DAY.finditer(bare):
        if _is_day(found[0]):
            continue
        lines[at] = lines[at][: found.start()] + _STAND_IN + lines[at][found.end() :]
        message = f"'{found[0]}' is no day of the calendar; write one like 2016-02-27, or leave the key out"
        return "\n".join(lines), Problem(code="mission.impossible-date", message=message, where=problem.where)
    return None


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _syntax_problem(name: str, toml: str, error: str) -> Problem:
    placed = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", error)
    reason = error[: placed.start()] if placed else error
    line = int(placed[1]) if placed and placed[1] else toml.count("\n") + (not toml.endswith("\n"))
    lines = toml.splitlines()
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    message = f"this is not TOML: {reason[:1].lower()}{reason[1:]}; look at or before: {shown[:80]}"
    return Problem(code="mission.syntax", message=message, where=f"{name}:{max(line, 1)}")


def _decode(path: Path) -> str | Problem:
    try:
        octets = path.read_bytes()
    except OSError as error:
        message = f"it cannot be opened: {(error.strerror or str(error)).lower()}"
        return Problem(code="mission.unreadable", message=message, where=path.name)
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = octets.count(b"\n", 0, error.start) + 1
        message = f"byte {octets[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        return Problem(code="mission.encoding", message=message, where=f"{path.name}:{line}")


def _parse_places(path: Path) -> tuple[tuple[PlaceRow, ...] | None, list[Problem]]:
    """The rows, None where the header or the whole file cannot be read, and what is wrong."""
    table = _decode(path)
    if isinstance(table, Problem):
        return None, [table]
    rows = find_rows(io.StringIO(table, newline=""))
    header = next(rows, None)
    columns = [column.strip() for column in header.cells] if isinstance(header, Row) else []
    problems = list(_find_column_mistakes(columns))
    if any(problem.code == "mission.missing-column" for problem in problems):
        return None, problems
    found = [_place_row(row, columns) for row in rows]
    problems.extend(each for each in found if isinstance(each, Problem))
    return tuple(each for each in found if isinstance(each, PlaceRow) and each.cells), problems


def _place_row(row: Row | BrokenRow, columns: list[str]) -> PlaceRow | Problem:
    where = f"places.csv:{row.line}"
    if isinstance(row, BrokenRow):
        return Problem(code="mission.syntax", message=f"this is not CSV: {row.reason}", where=where)
    if len(row.cells) > len(columns):
        message = f"{len(row.cells)} cells under {len(columns)} columns; put names that hold a comma in quotes"
        return Problem(code="mission.bad-value", message=message, where=where)
    known = {
        column: cell.strip()
        for column, cell in zip(columns, row.cells, strict=False)
        if cell.strip() and column in PLACE_COLUMNS
    }
    return PlaceRow(cells=known, line=row.line)


def _find_column_mistakes(columns: list[str]) -> Iterator[Problem]:
    for column in PLACE_COLUMNS_REQUIRED:
        if column not in columns:
            message = f"column '{column}' is missing; the header is: {','.join(PLACE_COLUMNS)}"
            yield Problem(code="mission.missing-column", message=message, where="places.csv:1")
    for column in columns:
        if column not in PLACE_COLUMNS:
            hint = did_you_mean(column, PLACE_COLUMNS) or f"; known: {', '.join(PLACE_COLUMNS)}"
            yield Problem(code="mission.unknown-key", message=f"unknown column '{column}'{hint}", where="places.csv:1")
