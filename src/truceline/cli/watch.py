"""`truceline watch`."""

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.options import MissionFolder, RegisterFolder, known_mission, open_register_of


def watch(
    mission: MissionFolder,
    plots: Annotated[
        Path | None,
        typer.Option("--plots", help="Also write plots there, as Vega-Lite and each as a table.", metavar="DIR"),
    ] = None,
    register: RegisterFolder = None,
) -> None:
    """Tell what is changing: rates, changes, alerts, who follows whom, and who fell silent.

    Every figure stands with its interval, and with what becomes of it when one source is left out. Days without
    reports are told as such and never as days without incidents.

        truceline watch -m missions/syria-2016

        truceline watch -m missions/syria-2016 --plots plots
    """
    from truceline.errors import UsageError
    from truceline.kit.visible import visible_in_terminal
    from truceline.publish.plots import write_plots
    from truceline.publish.watching import watch_words

    known = known_mission(mission)
    with open_register_of(known, register) as opened:
        watched = opened.view(known).watch
    if watched is None:
        raise UsageError("the register has not been watched yet; do: truceline run -m MISSION")
    names = {each.id: each.name for each in known.sources}
    for heading, lines in watch_words(watched, names):
        print(heading)
        for line in lines or ("Nothing to tell.",):
            print(f"  {visible_in_terminal(line)}")
    if plots is not None:
        written = write_plots(watched, plots)
        print(f"{len(written)} files in {plots}")
