"""Values in a mission's files that should name something defined elsewhere, with where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from truceline.errors import Problem, Severity
from truceline.flow.mission_faults import Fault, Part, parts_at
from truceline.flow.mission_files import TomlFile, Tree, tables_in
from truceline.kit.tomlplace import TomlPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A value somewhere in a file that should name something defined elsewhere."""

    file: TomlFile
    path: TomlPath
    value: str

    @property
    def where(self) -> str:
        return self.file.where(self.path)

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts_at(self.file.name, self.path)

    @property
    def table(self) -> Tree:
        """The table of an array that the value stands in."""
        return table_at(self.file.tree, self.path)

    def fault(self, code: str, message: str) -> Fault:
        return Fault(problem=Problem(code=code, message=message, where=self.where), parts=self.parts)


def table_at(tree: Tree, path: TomlPath) -> Tree:
    return next(each for index, each in tables_in(tree, str(path[0])) if index == path[1])


def warning(code: str, message: str, where: str) -> Fault:
    return Fault(problem=Problem(code=code, message=message, where=where, severity=Severity.WARNING))


def mentions(file: TomlFile, table: str, key: str) -> Iterator[Mention]:
    for index, each in file.tables(table):
        value = each.get(key)
        if isinstance(value, str) and value.strip():
            yield Mention(file=file, path=(table, index, key), value=value.strip())


def listed_mentions(file: TomlFile, table: str, key: str) -> Iterator[Mention]:
    for index, each in file.tables(table):
        values = each.get(key)
        for at, value in enumerate(values if isinstance(values, list) else ()):
            if isinstance(value, str) and value.strip():
                yield Mention(file=file, path=(table, index, key, at), value=value.strip())


def nested_mentions(file: TomlFile, table: str, inner: str, key: str) -> Iterator[Mention]:
    for index, each in file.tables(table):
        for at, held in tables_in(each, inner):
            value = held.get(key)
            if isinstance(value, str) and value.strip():
                yield Mention(file=file, path=(table, index, inner, at, key), value=value.strip())
