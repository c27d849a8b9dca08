"""`truceline totals`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.exits import Exit
from truceline.cli.options import (
    DatabaseAddress,
    MissionFolder,
    RegisterFolder,
    existing,
    known_mission,
    open_register_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.gauge.ucdp_totals import Line
    from truceline.model.coded import CodedTotal

VIOLENCE = {"1": "state-based", "2": "non-state", "3": "one-sided"}


def totals(
    file: Annotated[
        Path,
        typer.Argument(help="The UCDP GED file that the register was made from.", metavar="CSV", show_default=False),
    ],
    mission: MissionFolder,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """Lay what the register adds up to beside the data set's own totals.

    Events and deaths (low, best, high) by year and type of violence. Ends with 1 where a figure differs.

        truceline totals ged.csv -m missions/ucdp-syria-2017-2019
    """
    from truceline.gauge.ucdp_totals import add_up_file, lay_beside
    from truceline.watch.coded import count_coded

    existing([file])
    known = known_mission(mission)
    with open_register_of(known, register, database) as opened:
        view = opened.view(known)
    held = count_coded(view.incidents, view.documents, timezone=known.timezone)
    lines = lay_beside(held, add_up_file(file))
    show(lines, held)
    if not all(line.is_same for line in lines):
        raise typer.Exit(Exit.UNEXPECTED)


def show(lines: "Sequence[Line]", held: "Sequence[CodedTotal]") -> None:
    from rich.table import Table

    from truceline.cli.shown import answers
    from truceline.gauge.ucdp_totals import FIGURES

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("year", "violence", *FIGURES, *(f"{each}, file" for each in FIGURES), "same"):
        table.add_column(column, justify="left" if column in {"year", "violence"} else "right")
    for line in lines:
        table.add_row(
            str(line.year),
            VIOLENCE.get(line.kind, line.kind),
            *(f"{each:,}" for each in (*line.register, *line.file)),
            "yes" if line.is_same else "NO",
        )
    console = answers()
    console.print(table)
    low, high = sum(each.low for each in held), sum(each.high for each in held)
    least, most = sum(each.least for each in held), sum(each.most for each in held)
    console.print(f"{sum(line.is_same for line in lines)} of {len(lines)} lines are the same", style="dim")
    if (low, high) != (least, most):
        console.print(
            f"The ranges of the incidents add up to {least:,} to {most:,} deaths, the columns to {low:,} to {high:,}:"
            " rows whose estimates are out of order are held as ranges, each with its problem told at reading.",
            style="dim",
        )
