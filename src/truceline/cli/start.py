"""`truceline init`."""

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.", metavar="DIR", show_default=False)],
) -> None:
    """Write a commented mission folder to start from.

    The files load as they are: a small invented mission, each key explained. Replace its facts with yours.

        truceline init my-mission

        truceline mission check my-mission
    """
    from truceline.cli.shown import note
    from truceline.flow.mission import init_mission

    for path in init_mission(folder):
        print(path)
    note(f"Next: edit these files, then `truceline mission check {folder}` and `truceline run --mission {folder}`.")
