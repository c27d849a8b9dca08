"""Mistakes and the parts they sit in: what of a mission's files is left out for one, so that the rest can be used.

The actors, the sources and the places may lack one and still mean something. The window, the name and the agreement may
not: with half an agreement every verdict would be wrong, so a mistake there forbids the mission.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from truceline.errors import Problem, Severity
from truceline.kit.tomlplace import TomlPath

ACTORS, SOURCES, PLACES = "actors.toml", "sources.toml", "places.csv"
# What can be left out of one table without changing what the rest of it says: file -> its array, the lists within.
# A status is none of them: an actor that loses its exclusion would be judged as a party.
TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    ACTORS: ("actor", ("aliases", "names", "memberships")),
    SOURCES: ("source", ("aliases",)),
}
TIES = {SOURCES: "actor"}  # a key that ties one table to another file
WORDS = {
    "actor": "the actor",
    "source": "the source",
    "aliases": "the alias",
    "names": "the name",
    "memberships": "the membership",
}

Part = tuple[str, TomlPath]  # a file, and the path into it; of places.csv the line of the row


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A problem and the parts it takes with it; an ERROR without a part forbids the mission."""

    problem: Problem
    parts: tuple[Part, ...] = ()

    @property
    def is_fatal(self) -> bool:
        return self.problem.severity is Severity.ERROR and not self.parts

    def told(self) -> Problem:
        """The problem of a mission that is used nevertheless: it says what was left out."""
        if not self.parts:
            return self.problem
        out = "both are" if len(self.parts) > 1 else f"{word_part(self.parts[0])} is"
        return replace(self.problem, message=f"{self.problem.message}; until then {out} left out")


def parts_at(file: str, path: TomlPath) -> tuple[Part, ...]:
    """The smallest part that can be left out for a mistake at a path; none where nothing can."""
    if file not in TABLES or not path:
        return ()
    table, lists = TABLES[file]
    if path[0] != table:
        return ((file, path[:1]),)
    if len(path) < 2:
        return ()
    within = (len(path) > 3 and path[2] in lists) or path[2:3] == (TIES.get(file),)
    return ((file, path[: (4 if len(path) > 3 else 3) if within else 2]),)


def word_part(part: Part) -> str:
    """'the membership', 'the row'; a table that no file has is called by its key."""
    file, path = part
    if file == PLACES:
        return "the row"
    if len(path) == 1:
        return f"'{path[0]}'"
    if path[2:3] == (TIES.get(file),):
        return "this tie"
    return WORDS[str(path[2] if len(path) > 2 else path[0])]


def without(tree: Any, paths: Collection[TomlPath], at: TomlPath = ()) -> Any:
    """The tree with everything at the paths left out."""
    if isinstance(tree, dict):
        return {key: without(held, paths, (*at, key)) for key, held in tree.items() if (*at, key) not in paths}
    if isinstance(tree, list):
        kept = ((index, held) for index, held in enumerate(tree) if (*at, index) not in paths)
        return [without(held, paths, (*at, index)) for index, held in kept]
    return tree


def left_out(faults: Iterable[Fault], file: str) -> frozenset[TomlPath]:
    """The paths of one file that faults take with them."""
    return frozenset(path for fault in faults for name, path in fault.parts if name == file)
