"""Somewhere a register can lie, in each kind of database."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import postgres_server
from sqlalchemy import URL, Engine

from truceline.store import postgres, sqlite
from truceline.store.address import parse_address
from truceline.store.browse import Browser
from truceline.store.door import Door
from truceline.store.sql import SqlRegister
from truceline.store.team import Team
from truceline.testing import NOON

Open = Callable[..., AbstractContextManager[SqlRegister]]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a register can lie, empty at first."""

    open: Open
    open_team: Callable[[], AbstractContextManager[Team]]
    engine: Callable[[], Engine]
    folder: Path
    address: URL | None = None

    def open_to_read(self) -> AbstractContextManager[tuple[Browser, SqlRegister]]:
        if self.address is None:
            return sqlite.open_to_read(self.folder)
        return postgres.open_to_read(self.address, self.folder, now=NOON)

    def door(self) -> Door:
        return Door(self.folder, self.address, now=lambda: NOON)


@dataclass(frozen=True, slots=True)
class Database:
    """A kind of database; `place(name)` is the same one each time it is asked for."""

    name: str
    make: Callable[[Path], Place]
    folder: Path
    places: dict[str, Place] = field(default_factory=dict)

    def place(self, name: str = "register") -> Place:
        if name not in self.places:
            self.places[name] = self.make(self.folder / name)
        return self.places[name]

    def open(self, name: str = "register", **options: Any) -> AbstractContextManager[SqlRegister]:
        return self.place(name).open(**{"now": NOON, **options})

    def open_team(self, name: str = "register") -> AbstractContextManager[Team]:
        return self.place(name).open_team()


def in_a_file(folder: Path) -> Place:
    return Place(
        partial(sqlite.open_register, folder),
        partial(sqlite.open_team, folder, now=lambda: NOON),
        lambda: sqlite.engine_for(folder / sqlite.FILE),
        folder,
    )


def on_a_server(server: postgres_server.Server, folder: Path) -> Place:
    address = parse_address(server.address())
    return Place(
        partial(postgres.open_register, address, folder),
        partial(postgres.open_team, address, now=lambda: NOON),
        lambda: postgres.engine_for(address, now=NOON),
        folder,
        address,
    )
