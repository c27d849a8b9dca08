"""Where each key of a TOML text stands: the line numbers that the standard parser does not keep."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

TomlPath = tuple[str | int, ...]

_BLANK = " \t"
_ENDS_BARE_VALUE = ",]}#\n"
_ENDS_BARE_KEY = " \t.=]}\n"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def find_lines(toml: str) -> dict[TomlPath, int]:
    """The line (from 1) of every table, key and array element of a valid TOML text, by its path.

    A path is what one would subscript the parsed text with: `("actor", 2, "aliases", 0)`.
    The text must be one that `tomllib` accepts: parse it first.
    """
    walk = _Walk(toml)
    lines: dict[TomlPath, int] = {}
    for path, at in walk.places():
        lines.setdefault(path, walk.line(at))
    return lines


def line_of(path: TomlPath, lines: Mapping[TomlPath, int]) -> int:
    """The line of a path, else of the nearest table or key that holds it; 1 when nothing does."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _unescape(words: str) -> str:
    """A basic string as it reads: keys may be written with escapes too."""
    return _ESCAPE.sub(lambda found: _escaped(*found.groups()), words)


def _escaped(short: str | None, long: str | None, sign: str | None) -> str:
    if sign is not None:
        return _ESCAPED.get(sign, sign)
    return chr(int(short or long or "0", 16))


class _Walk:
    """A position in a TOML text that moves forward only."""

    def __init__(self, toml: str) -> None:
        self.toml = toml.replace("\r\n", "\n") + "\n"
        self.at = 0
        self.breaks = [at for at, char in enumerate(self.toml) if char == "\n"]
        self.array_lengths: dict[TomlPath, int] = {}

    def line(self, at: int) -> int:
        return bisect_right(self.breaks, at - 1) + 1

    def places(self) -> Iterator[tuple[TomlPath, int]]:
        table: TomlPath = ()
        while self.skip_blank_lines():
            at = self.at
            if self.toml[at] == "[":
                table = self.header()
                yield table, at
            else:
                yield from self.pair(table)

    def header(self) -> TomlPath:
        is_array = self.toml.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        keys = self.dotted_key()
        self.at += 2 if is_array else 1
        *above, last = keys
        table: TomlPath = ()
        for key in above:
            table = self.latest((*table, key))
        table = (*table, last)
        if is_array:
            self.array_lengths[table] = self.array_lengths.get(table, 0) + 1
        return self.latest(table)

    def latest(self, path: TomlPath) -> TomlPath:
        """The last element, where the path is an array of tables."""
        return (*path, self.array_lengths[path] - 1) if path in self.array_lengths else path

    def pair(self, table: TomlPath) -> Iterator[tuple[TomlPath, int]]:
        at = self.at
        keys = self.dotted_key()
        self.at += 1  # the equals sign
        self.skip_blanks()
        for depth in range(1, len(keys) + 1):
            yield (*table, *keys[:depth]), at
        yield from self.value((*table, *keys))

    def dotted_key(self) -> list[str]:
        keys = []
        while True:
            self.skip_blanks()
            keys.append(self.quoted() if self.toml[self.at] in "\"'" else self.bare(_ENDS_BARE_KEY))
            self.skip_blanks()
            if self.toml[self.at] != ".":
                return keys
            self.at += 1

    def value(self, path: TomlPath) -> Iterator[tuple[TomlPath, int]]:
        match self.toml[self.at]:
            case '"' | "'":
                self.quoted()
            case "[":
                yield from self.array(path)
            case "{":
                yield from self.inline_table(path)
            case _:
                self.bare(_ENDS_BARE_VALUE)

    def array(self, path: TomlPath) -> Iterator[tuple[TomlPath, int]]:
        self.at += 1
        index = 0
        while not self.closes("]"):
            yield (*path, index), self.at
            yield from self.value((*path, index))
            index += 1

    def inline_table(self, path: TomlPath) -> Iterator[tuple[TomlPath, int]]:
        self.at += 1
        while not self.closes("}"):
            yield from self.pair(path)

    def closes(self, bracket: str) -> bool:
        """Move past a comma to the next element; True, and past the bracket, where none follows."""
        while self.skip_blank_lines() and self.toml[self.at] == ",":
            self.at += 1
        if self.toml[self.at] != bracket:
            return False
        self.at += 1
        return True

    def quoted(self) -> str:
        mark = self.toml[self.at]
        if self.toml.startswith(mark * 3, self.at):
            return self.long_quoted(mark)
        self.at += 1
        start = self.at
        while self.toml[self.at] != mark:
            self.at += 2 if self.toml[self.at] == "\\" and mark == '"' else 1
        self.at += 1
        return self.toml[start : self.at - 1] if mark == "'" else _unescape(self.toml[start : self.at - 1])

    def long_quoted(self, mark: str) -> str:
        self.at += 3
        start = self.at
        while not self.toml.startswith(mark * 3, self.at):
            self.at += 2 if self.toml[self.at] == "\\" and mark == '"' else 1
        # Up to two quotation marks may stand right before the three that end it.
        while self.toml[self.at + 3 : self.at + 4] == mark:
            self.at += 1
        self.at += 3
        return self.toml[start : self.at - 3]

    def bare(self, ends: str) -> str:
        start = self.at
        while self.toml[self.at] not in ends:
            self.at += 1
        return self.toml[start : self.at]

    def skip_blanks(self) -> None:
        while self.toml[self.at] in _BLANK:
            self.at += 1

    def skip_blank_lines(self) -> bool:
        """Move to the next sign that is no blank, line end or comment; False at the end of the text."""
        while self.at < len(self.toml) and self.toml[self.at] in " \t\n#":
            self.at = self.toml.index("\n", self.at) if self.toml[self.at] == "#" else self.at + 1
        return self.at < len(self.toml)
