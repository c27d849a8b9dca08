"""`truceline publish`."""

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.options import DatabaseAddress, MissionFolder, RegisterFolder, known_mission, open_register_of


def publish(
    mission: MissionFolder,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to publish.", metavar="DIR", show_default="MISSION/out")
    ] = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """Write the bulletin, the map and the datasets.

    The bulletin is HTML and PDF. Everything opens from the disk, without a server and without a network.

        truceline publish -m missions/syria-2016 --out out
    """
    from truceline.cli.shown import progress_shown
    from truceline.flow.tools import publish_view

    known = known_mission(mission)
    folder = out or mission / "out"
    with open_register_of(known, register, database) as opened, progress_shown() as progress:
        view = opened.view(known)
        with progress.stage("publishing"):
            receipt = publish_view(view, folder)
    print(f"{len(receipt.files):,} files, listed with their hashes in {folder / 'manifest.json'}")
    print(f"Open {folder / 'index.html'}")
