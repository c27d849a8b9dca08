"""The command line as a page of the guide: `python -m truceline.cli.guide > docs/guide/commands.md`."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any

import typer

from truceline.cli.app import make_app

HEAD = """# The commands

Written by `python -m truceline.cli.guide`; a test fails when this page and the command line part ways.
Answers go to standard output, progress and problems to standard error.
"""


def guide() -> str:
    """The whole page in Markdown: every command with its help."""
    return "\n".join([HEAD, *sections()])


def sections() -> Iterator[str]:
    for path in [(), *find_commands(typer.main.get_command(make_app()))]:
        name = " ".join(("truceline", *path))
        yield f"## {name}\n\n```\n{help_of(path)}\n```\n"


def find_commands(group: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The commands as they are typed, in their order; a group of commands comes before what is in it."""
    for name, command in group.commands.items():
        yield (*above, name)
        if hasattr(command, "commands"):
            yield from find_commands(command, (*above, name))


def help_of(path: tuple[str, ...]) -> str:
    """What `--help` prints at a width of 80."""
    shown = io.StringIO()
    with redirect_stdout(shown):
        make_app()([*path, "--help"], prog_name="truceline", standalone_mode=False, terminal_width=80)
    return "\n".join(line.rstrip() for line in shown.getvalue().strip().splitlines())


if __name__ == "__main__":
    print(guide(), end="")
