"""`truceline read`."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from truceline.cli.annotated import Format
from truceline.cli.exits import Exit
from truceline.cli.options import (
    DictionariesFolder,
    MaybeMissionFolder,
    Paths,
    PublishedAt,
    Publisher,
    Workers,
    existing,
    known_dictionaries,
    known_mission,
    moment,
    moment_or_none,
    workers_or_default,
)

if TYPE_CHECKING:
    from truceline.model.mission import Mission
    from truceline.model.reading import Reading


def read(
    paths: Paths,
    mission: MaybeMissionFolder = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the readings.")] = Format.TEXT,
    published_at: PublishedAt = None,
    publisher: Publisher = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="jsonl: add the text that the offsets count in.")
    ] = False,
    dictionaries: DictionariesFolder = None,
    workers: Workers = None,
) -> None:
    """Print what documents say, without a register.

    `jsonl` prints one JSON object a document, in input order: who says what on whose word, where, when, how many
    (docs/reference/reading.md). A document that cannot be read has its line too, and the line says why.

        truceline read report.txt --published-at 2016-06-04 --publisher "Harbour Courier"

        truceline read --format jsonl dispatches/ > readings.jsonl

        truceline read --format jsonl --dictionaries cameo/ dispatches/ > coded.jsonl
    """
    from truceline.cli.shown import Complaints, progress_shown
    from truceline.flow.reading import Particulars, prepare, read_paths
    from truceline.flow.tools import Tools

    given = Particulars(
        published_at=moment_or_none(published_at, name="--published-at"),
        publisher=publisher,
    )
    known = None if mission is None else known_mission(mission)
    tools = Tools.for_mission(
        known,
        now=moment(),
        workers=workers_or_default(workers),
        once=False,
        dictionaries=known_dictionaries(dictionaries),
    )
    put = printer(format, with_text=with_text, mission=known)
    complaints = Complaints()
    failed = False
    with progress_shown() as progress:
        prepare(existing(paths), progress)
    with progress_shown() as progress, progress.stage("reading") as advance:
        readings = read_paths(existing(paths), tools, given=given, advance=advance, tell=complaints.tell_one)
        for reading in readings:
            failed = failed or has_error(reading)
            complaints.tell(reading.problems)
            put(reading)
    complaints.close()
    if failed:
        raise typer.Exit(Exit.NOT_ALL_READ)


def has_error(reading: "Reading") -> bool:
    from truceline.errors import Severity

    return any(problem.severity is Severity.ERROR for problem in reading.problems)


def printer(format: Format, *, with_text: bool, mission: "Mission | None") -> "Callable[[Reading], None]":
    """What prints one reading in the format asked for."""
    names = {} if mission is None else {actor.id: actor.name for actor in mission.actors}
    match format:
        case Format.JSONL:
            return lambda reading: print_contract(reading, with_text=with_text)
        case Format.HTML:
            return lambda reading: print_rendered(reading, "html", names)
        case Format.TEXT:
            return lambda reading: print_rendered(reading, "text", names)


def print_rendered(reading: "Reading", format: Literal["text", "html"], names: dict[str, str]) -> None:
    from truceline.publish import render_reading

    print(render_reading(reading, actors=names, format=format))


def print_contract(reading: "Reading", *, with_text: bool) -> None:
    from truceline.read.contract import as_contract

    print(json.dumps(as_contract(reading, with_text=with_text), ensure_ascii=False), flush=True)
