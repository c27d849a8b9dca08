"""`truceline run`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.options import (
    PUBLIC,
    DatabaseAddress,
    MaybePaths,
    MissionFolder,
    RegisterFolder,
    Release,
    Wait,
    Workers,
    existing,
    known_mission,
    moment,
    open_register_of,
    workers_or_default,
)


def run(
    mission: MissionFolder,
    paths: MaybePaths = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to publish.", metavar="DIR", show_default="MISSION/out")
    ] = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    wait: Wait = None,
    workers: Workers = None,
    release: Release = PUBLIC,
) -> None:
    """Gather, read, fuse, judge, watch and publish.

    Only what changed is done again. A run that was killed is continued by the next one: nothing is lost and
    nothing is there twice.

        truceline run -m missions/syria-2016 --out out

        truceline run -m missions/ucdp-syria-2017-2019 ged.csv
    """
    from truceline.cli.report import end_with, show_run
    from truceline.cli.shown import progress_shown
    from truceline.flow.reading import prepare
    from truceline.flow.run import run as run_through
    from truceline.flow.tools import Tools
    from truceline.vocab.release import profile_named

    started = time.monotonic()
    known = known_mission(mission)
    profile_named(release, known)
    tools = Tools.for_mission(known, now=moment(), workers=workers_or_default(workers), release=release)
    folder = out or mission / "out"
    given = existing(paths) if paths else [mission / "documents"]
    with open_register_of(known, register, database, writing=True, wait=wait) as opened, progress_shown() as progress:
        prepare(given, progress)
        report = run_through(known, given, register=opened, tools=tools, out=folder, progress=progress)
    show_run(report, seconds=time.monotonic() - started, folder=folder)
    end_with(report.problems, known.problems)
