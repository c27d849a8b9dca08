"""`truceline mission …`."""

from pathlib import Path
from typing import Annotated

import typer


def make_app() -> typer.Typer:
    app = typer.Typer(help="Look after a mission folder.", no_args_is_help=True)
    app.callback()(look_after)
    app.command("check")(check)
    return app


def look_after() -> None:
    """Look after a mission folder."""


def check(
    folder: Annotated[Path, typer.Argument(help="The mission folder.", metavar="DIR", show_default=False)],
) -> None:
    """Tell every mistake in a mission's files at once.

    Each comes with its file and line.

        truceline mission check missions/syria-2016

    Ends with 2 when there is a mistake, with 0 when there is none (a warning is none).
    """
    from truceline.cli.options import known_mission

    mission = known_mission(folder)
    agreement = "no agreement: it only counts" if mission.agreement is None else mission.agreement.name
    print(f"{folder}: {mission.name}")
    print(f"  {mission.since} to {mission.until}, {agreement}")
    print(f"  {len(mission.actors)} actors, {len(mission.sources)} sources, {len(mission.places)} places")
