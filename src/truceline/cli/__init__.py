"""The command line: one file per command; nothing heavy is loaded before a command needs it."""

from truceline.cli.app import main

__all__ = ["main"]
