"""`truceline mission …`."""

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.exits import Exit


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

    Each comes with its file and line, and with what is left out until it is mended. Some forbid the mission: those in
    its window and in its agreement.

        truceline mission check missions/syria-2016

    Ends with 2 when there is a mistake, with 0 when there is none (a warning is none).
    """
    from truceline.cli.shown import complain_of, note
    from truceline.errors import Severity
    from truceline.flow.mission import load_mission

    mission = load_mission(folder)
    complain_of(mission.problems)
    agreement = "no agreement: it only counts" if mission.agreement is None else mission.agreement.name
    print(f"{folder}: {mission.name}")
    print(f"  {mission.since} to {mission.until}, {agreement}")
    print(f"  {len(mission.actors)} actors, {len(mission.sources)} sources, {len(mission.places)} places")
    mistakes = sum(problem.severity is Severity.ERROR for problem in mission.problems)
    if mistakes:
        note(f"{mistakes:,} mistakes: the mission is used without the parts they name")
        raise typer.Exit(Exit.USAGE)
