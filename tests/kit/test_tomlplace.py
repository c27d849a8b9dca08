import tomllib

from hypothesis import given
from hypothesis import strategies as st

from truceline.kit.tomlplace import TomlPath, find_lines, line_of

TOML = '''\
# a remark with [brackets] and "quotes"
title = "one # no remark"
day = 2016-02-27 01:00:00
"quoted.key" = 'C:\\'
many.dotted . keys = 1

[table]  # remark
long = """
[not.a.table]
x = 1 \\"""
"""
after = [ 1, [2, 3],
  # remark ]
  { a = "}", b = [
    4 ] },
]

[[actor]]
id = "a"
[actor.inner]
key = true
[[actor.names]]
name = "n"
[[actor]]
id = "b"
[[actor.names]]
name = "m"
literal = \'\'\'
it\'s [[actor]]\'\'\'\'
end = 1
'''


def test_every_kind_of_key_is_found_on_its_line() -> None:
    lines = find_lines(TOML)
    assert {path: line for path, line in lines.items() if len(path) <= 2 or "names" in path} == {
        ("title",): 2,
        ("day",): 3,
        ("quoted.key",): 4,
        ("many",): 5,
        ("many", "dotted"): 5,
        ("table",): 7,
        ("table", "long"): 8,
        ("table", "after"): 12,
        ("actor", 0): 18,
        ("actor", 1): 24,
        ("actor", 0, "names", 0): 22,
        ("actor", 0, "names", 0, "name"): 23,
        ("actor", 1, "names", 0): 26,
        ("actor", 1, "names", 0, "name"): 27,
        ("actor", 1, "names", 0, "literal"): 28,
        ("actor", 1, "names", 0, "end"): 30,
    }
    assert lines["actor", 0, "inner", "key"] == 21
    assert lines["table", "after", 2, "b", 0] == 15


def test_a_path_that_is_not_written_has_the_line_of_what_holds_it() -> None:
    lines = find_lines(TOML)
    assert line_of(("actor", 1, "kind"), lines) == 24
    assert line_of(("nowhere",), lines) == 1


def test_windows_line_ends_count_once() -> None:
    assert find_lines("a = 1\r\n\r\nb = 2\r\n") == {("a",): 1, ("b",): 3}


def paths_of(tree: object, path: TomlPath = ()) -> set[TomlPath]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return {path} - {()} | {found for key, held in inner for found in paths_of(held, (*path, key))}


# Bars stand for line breaks inside one piece.
PIECES = r"""
[a]
[[b]]
[b.c]
[[b.d]]
[e]
k = 1
l = "x\"y"
m = [1, {n = 2}, [ ],]
o = {p.q = 'r'}
# s
t = '''u|'''
y = [|#]|]
v = '''w\'''
'x y' = 2016-01-01T00:00:00Z
"\u0041" = 1.5e3
"""


@given(st.lists(st.sampled_from(PIECES.splitlines()), max_size=12))
def test_on_any_text_that_parses_every_path_has_a_line_within_it(pieces: list[str]) -> None:
    toml = "\n".join(pieces).replace("|", "\n")
    try:
        tree = tomllib.loads(toml)
    except tomllib.TOMLDecodeError:
        return
    lines = find_lines(toml)
    assert set(lines) <= paths_of(tree)
    assert all(1 <= line <= toml.count("\n") + 1 for line in lines.values())
    written = {path for path in paths_of(tree) if not isinstance(path[-1], int)}
    headed = {path[:depth] for path in lines for depth in range(len(path))}
    assert written <= set(lines) | headed
