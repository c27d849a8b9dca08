"""The exit codes: scripts rely on them."""

from enum import IntEnum


class Exit(IntEnum):
    FINE = 0
    UNEXPECTED = 1
    USAGE = 2
    NOT_ALL_READ = 3
    BUSY = 4


# "\b" keeps the lines as they are.
EXITS = """\b
Exit codes:
  0  fine
  1  unexpected
  2  wrong usage, or mistakes in the mission's files that forbid it
  3  some of the input could not be read; the rest was
  4  another run holds the register
"""
