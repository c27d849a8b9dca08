"""Options that several commands take, and what they become."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.settings import Settings, parse_moment

if TYPE_CHECKING:
    from truceline.model.mission import Mission
    from truceline.store.register import Register
    from truceline.store.sql import SqlRegister
    from truceline.store.team import Team

MissionFolder = Annotated[
    Path, typer.Option("--mission", "-m", help="The mission folder.", metavar="DIR", show_default=False)
]
MaybeMissionFolder = Annotated[
    Path | None,
    typer.Option(
        "--mission", "-m", help="A mission folder: its actors, places and sources are known then.", metavar="DIR"
    ),
]
RegisterFolder = Annotated[
    Path | None,
    typer.Option("--register", help="Where the register lies.", metavar="DIR", show_default="MISSION/register"),
]
DatabaseAddress = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="A PostgreSQL database that holds the register, postgresql://USER@HOST/NAME; the originals stay in the "
        "register's folder. The password: PGPASSWORD or a password file.",
        metavar="ADDRESS",
        show_default="TRUCELINE_DATABASE, else a file in the register's folder",
    ),
]
Paths = Annotated[list[Path], typer.Argument(help="Files and folders.", show_default=False, metavar="PATH")]
MaybePaths = Annotated[
    list[Path] | None,
    typer.Argument(help="Files and folders.", show_default="MISSION/documents", metavar="PATH"),
]
Wait = Annotated[
    float | None,
    typer.Option(
        "--wait",
        help="How long to wait when another run holds the register; else stop with exit code 4.",
        metavar="SECONDS",
        min=0,
        show_default="0",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Processes that read, when there is enough to read.", show_default="2"),
]
PublishedAt = Annotated[
    str | None,
    typer.Option(
        "--published-at",
        help="When it was published, for documents that do not say: 2016-06-04 or 2016-06-04T14:20:00+03:00.",
        metavar="DATE",
    ),
]
Publisher = Annotated[
    str | None, typer.Option("--publisher", help="Who published it, for documents that do not say.", metavar="NAME")
]

PUBLIC = "public"
Release = Annotated[
    str,
    typer.Option(
        "--release",
        help="For whom: public, partner, internal or a profile of the mission's release.toml.",
        metavar="PROFILE",
    ),
]

DictionariesFolder = Annotated[
    Path | None,
    typer.Option(
        "--dictionaries",
        help="jsonl: code events too, with the TABARI or PETRARCH dictionaries in this folder (actors, agents, "
        "verbs, discards).",
        metavar="DIR",
    ),
]


def settings() -> Settings:
    return Settings.from_environment(os.environ, cores=os.cpu_count() or 1)


def moment() -> datetime:
    """Now: the one place where a clock is read."""
    return settings().now or datetime.now(UTC)


def moment_or_none(text: str | None, *, name: str) -> datetime | None:
    return None if text is None else parse_moment(text, name=name)


def workers_or_default(workers: int | None) -> int:
    return settings().workers if workers is None else workers


def known_mission(folder: Path) -> "Mission":
    """The mission, what was left out of it told. Raises MissionError where its mistakes forbid it."""
    from truceline.cli.shown import PROBLEMS_SHOWN, complain_of
    from truceline.flow.mission import load_mission

    mission = load_mission(folder)
    complain_of(mission.problems, most=PROBLEMS_SHOWN, whole=f"all told by: truceline mission check {folder}")
    return mission


@contextmanager
def open_register_of(
    mission: "Mission",
    folder: Path | None,
    database: str | None = None,
    *,
    writing: bool = False,
    wait: float | None = None,
) -> Iterator["Register"]:
    """The mission's register, or the one in `folder`, or the one in `database` with its originals there."""
    place = folder or mission.folder / "register"
    with open_register_at(place, database, writing=writing, wait=wait) as register:
        yield register


@contextmanager
def open_register_at(
    folder: Path, database: str | None, *, writing: bool = False, wait: float | None = None
) -> Iterator["SqlRegister"]:
    """The same for a folder that is known; the environment's database where none is given."""
    from truceline.cli.shown import note

    known = settings()
    seconds = known.wait_seconds if wait is None else wait
    address = database or known.database
    if address is None:
        from truceline.store import sqlite

        opening = sqlite.open_register(folder, now=moment(), writing=writing, wait_seconds=seconds, told=note)
    else:
        from truceline.store import postgres
        from truceline.store.address import parse_address

        at = parse_address(address)
        opening = postgres.open_register(at, folder, now=moment(), writing=writing, wait_seconds=seconds, told=note)
    with opening as register:
        yield register


@contextmanager
def open_team_at(folder: Path, database: str | None) -> Iterator["Team"]:
    """What people keep in the register in `folder`, or in `database`: made where there is none."""
    address = database or settings().database
    if address is None:
        from truceline.store import sqlite

        opening = sqlite.open_team(folder, now=moment)
    else:
        from truceline.store import postgres
        from truceline.store.address import parse_address

        opening = postgres.open_team(parse_address(address), now=moment)
    with opening as team:
        yield team


def known_dictionaries(folder: Path | None) -> Path | None:
    """The folder, its dictionaries readable; lines that were left out are told. Raises UsageError."""
    from truceline.cli.shown import Complaints, note
    from truceline.errors import UsageError
    from truceline.vocab.dictionaries import load_dictionaries

    if folder is None:
        return None
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; give the one that holds the dictionaries")
    problems = load_dictionaries(folder).problems
    complaints = Complaints()
    for problem in problems:
        complaints.tell_one(problem)
    if problems:
        note(f"{len(problems):,} lines of the dictionaries were left out or read with a doubt; the rest is used")
    return folder


def existing(paths: list[Path]) -> list[Path]:
    """The paths as given. Raises UsageError, naming every one that is not there."""
    from truceline.errors import UsageError

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"{', '.join(missing)}: no such file or folder")
    return paths
