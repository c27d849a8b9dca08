"""The files of a mission folder as parsed, with the line of every key; mistakes of syntax are problems."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from truceline.errors import Problem, Severity
from truceline.flow.mission_octets import decode
from truceline.flow.mission_places import PlaceRow, PlaceTable, read_places
from truceline.kit.nearest import did_you_mean, find_nearest
from truceline.kit.tomlplace import TomlPath, find_lines, line_of

REQUIRED = ("mission.toml", "actors.toml", "sources.toml")
OPTIONAL = ("agreement.toml", "release.toml", "places.csv")
NO_DAY = "no day of the calendar: "  # what stands in a tree for a day that does not exist

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
class MissionFiles:
    """Every file that could be parsed, and what was wrong with the others."""

    tomls: Mapping[str, TomlFile]
    place_rows: tuple[PlaceRow, ...] | None
    problems: tuple[Problem, ...]


def read_mission_files(folder: Path) -> MissionFiles:
    """All files of the folder, parsed as far as each can be."""
    problems = list(_find_missing(folder))
    tomls = {}
    for name in (*REQUIRED, "agreement.toml", "release.toml"):
        match _parse_toml(folder / name):
            case TomlFile() as parsed:
                tomls[name] = parsed
            case Problem() as problem:
                problems.append(problem)
    path = folder / "places.csv"
    places = read_places(path) if path.is_file() else PlaceTable(rows=())
    return MissionFiles(tomls=tomls, place_rows=places.rows, problems=(*problems, *places.problems))


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


def _parse_toml(path: Path) -> TomlFile | Problem | None:
    """The file; a day that no calendar has becomes words that say so, so that it hides no other mistake."""
    if not path.is_file():
        return None
    toml = decode(path)
    if isinstance(toml, Problem):
        return toml
    while True:
        try:
            tree = tomllib.loads(toml)
        except tomllib.TOMLDecodeError as error:
            problem = _syntax_problem(path.name, toml, str(error))
            told = _telling_impossible_day(toml, problem)
            if told is None:
                return problem
            toml = told
        except RecursionError:
            return Problem(code="mission.syntax", message="brackets are nested too deeply to be read", where=path.name)
        else:
            return TomlFile(name=path.name, tree=tree, lines=find_lines(toml))


_DAY = re.compile(r"\b\d{4,}-\d{1,2}-\d{1,2}(?:[Tt ]\d[\d:.]*(?:[Zz]|[+-]\d\d:\d\d)?)?")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")


def _telling_impossible_day(toml: str, problem: Problem) -> str | None:
    """The file with the impossible day on the line of a syntax problem in words; None where there is none."""
    lines = toml.split("\n")
    at = int(problem.where.rpartition(":")[2]) - 1
    if not 0 <= at < len(lines):
        return None
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), lines[at])
    for found in _DAY.finditer(bare):
        if not _is_day(found[0]):
            lines[at] = f'{lines[at][: found.start()]}"{NO_DAY}{found[0]}"{lines[at][found.end() :]}'
            return "\n".join(lines)
    return None


def _is_day(written: str) -> bool:
    try:
        datetime.fromisoformat(written.upper())
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
