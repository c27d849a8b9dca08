"""`truceline publish`."""

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.options import (
    PUBLIC,
    DatabaseAddress,
    MissionFolder,
    RegisterFolder,
    Release,
    known_mission,
    moment,
    open_register_of,
)


def publish(
    mission: MissionFolder,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to publish.", metavar="DIR", show_default="MISSION/out")
    ] = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    release: Release = PUBLIC,
) -> None:
    """Write the bulletin, the map and the datasets.

    The bulletin is HTML and PDF. Everything opens from the disk, without a server and without a network. What the
    release profile withholds is in none of the files; truceline release tells what that is.

        truceline publish -m missions/syria-2016 --out out

        truceline publish -m missions/syria-2016 --out for-partners --release partner
    """
    from truceline.cli.shown import progress_shown
    from truceline.flow.release import publish_view
    from truceline.publish.words import release_words
    from truceline.vocab.release import profile_named

    known = known_mission(mission)
    profile_named(release, known)
    folder = out or mission / "out"
    with open_register_of(known, register, database) as opened, progress_shown() as progress:
        view = opened.view(known)
        with progress.stage("publishing"):
            published = publish_view(view, folder, release=release, now=moment())
    count = len(published.receipt.files)
    print(f"{count:,} files, listed with their hashes in {folder / 'manifest.json'}")
    print(f"Released as {release_words(published.profile)}")
    print(f"Open {folder / 'index.html'}")
