"""Where a register lies, for a service that reads it: opened once, and asked each time which state it is in."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from truceline.errors import NoRegister
from truceline.store import postgres, sqlite
from truceline.store.browse import Browser
from truceline.store.sql import SqlRegister

State = tuple[int, ...]
NOTHING: State = ()


class Door:
    """A file in `folder`, or the database at an address; `now` is a clock. Not for several threads at once."""

    def __init__(self, folder: Path, database: URL | None, *, now: Callable[[], datetime]) -> None:
        self._folder, self._database, self._now = folder, database, now
        self._opened = ExitStack()
        self._file: State = NOTHING
        self._read: tuple[Browser, SqlRegister] | None = None

    def state(self) -> State:
        """What changes when a run has written; NOTHING where none ever has. Raises RegisterError."""
        if not self._is_open():
            return NOTHING
        assert self._read is not None
        version = self._read[1].version()
        return (*self._file, version) if version else NOTHING

    def read(self) -> tuple[Browser, SqlRegister] | None:
        """The register of this moment twice over, page by page and as a whole; None where nothing is held."""
        if self.state() == NOTHING or self._read is None:
            return None
        browser, register = self._read
        return browser.anew(), register

    def close(self) -> None:
        self._opened.close()
        self._read = None

    def _is_open(self) -> bool:
        """Open what is there by now, anew where another file lies in its place."""
        there = self._file_there()
        if self._read is not None and there == self._file:
            return True
        self.close()
        try:
            self._read = self._opened.enter_context(self._opening())
        except NoRegister:
            return False
        self._file = self._file_there()
        return True

    def _file_there(self) -> State:
        if self._database is not None:
            return NOTHING
        try:
            found = (self._folder / sqlite.FILE).stat()
        except OSError:
            return NOTHING
        return found.st_dev, found.st_ino

    def _opening(self) -> AbstractContextManager[tuple[Browser, SqlRegister]]:
        if self._database is None:
            return sqlite.open_to_read(self._folder)
        return postgres.open_to_read(self._database, self._folder, now=self._now())
