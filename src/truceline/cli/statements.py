"""`truceline statements`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.options import DatabaseAddress, MissionFolder, RegisterFolder, known_mission, open_register_of

if TYPE_CHECKING:
    from truceline.model.trend import Statements


class Format(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"


class Of(StrEnum):
    ALL = "all"
    TRENDS = "trends"
    PREDICTIONS = "predictions"


def statements(
    mission: MissionFolder,
    of: Annotated[Of, typer.Option("--of", help="Trends, predictions, or both.")] = Of.ALL,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print them.")] = Format.TABLE,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """Hold what texts state about trends, and what they foretell, against the register.

    'The fifth attack this week', 'calm has held since Monday', 'for the first time since March' are each put to a
    test on the counts; 'the register cannot tell' is an answer. Predictions are scored once their time has passed,
    with the mean Brier score of every source: 0 is best, 1 worst.

        truceline statements -m missions/syria-2016 --of predictions
    """
    from truceline.flow.tools import find_statements

    known = known_mission(mission)
    with open_register_of(known, register, database) as opened:
        found = find_statements(opened.view(known))
    if format is Format.JSONL:
        show_jsonl(found, of)
    else:
        show_tables(found, of)


def show_tables(found: "Statements", of: Of) -> None:
    from truceline.cli.shown import answers
    from truceline.publish.stated import count_answers

    if of is not Of.PREDICTIONS:
        show_trends(found)
    if of is not Of.TRENDS:
        show_predictions(found)
        show_sources(found)
    answers().print(count_answers(found), style="dim")


def show_trends(found: "Statements") -> None:
    from truceline.publish.stated import tell_figure, tell_test

    show_blocks(
        "Stated trends",
        [
            (
                f"{each.trend.published_on}  “{each.trend.words}”",
                tell_test(each.trend) + (f" · around {each.place}" if each.place else ""),
                f"{each.answer.value}: {tell_figure(each)}",
                " ".join((each.because, *each.caveats)),
            )
            for each in found.trends
        ],
    )


def show_predictions(found: "Statements") -> None:
    from truceline.publish.stated import tell_days, tell_likelihood, tell_what

    show_blocks(
        "Predictions",
        [
            (
                f"{each.prediction.published_on}  {each.prediction.source}: “{each.prediction.words}”",
                f"{tell_what(each.prediction)}, {tell_days(each.prediction.days)}; {tell_likelihood(each.prediction)}",
                f"{each.outcome.value}" + ("" if each.score is None else f": Brier score {each.score:.2f}"),
                each.because,
            )
            for each in found.predictions
        ],
    )


def show_blocks(title: str, blocks: list[tuple[str, ...]]) -> None:
    """Each block's first line, the others indented below it."""
    from rich.text import Text

    from truceline.cli.shown import answers
    from truceline.kit.visible import visible_line

    console = answers()
    console.print(title if blocks else f"{title}: none", style="bold" if blocks else "dim")
    for first, *others in blocks:
        console.print(Text(visible_line(first)), soft_wrap=True)
        for each in others:
            console.print(Text(f"    {visible_line(each)}"), soft_wrap=True)


def show_sources(found: "Statements") -> None:
    from truceline.publish.stated import tell_brier

    show_rows(
        "Brier score by source",
        ("source", "made", "scored", "pending", "cannot determine", "mean"),
        [
            (each.source, str(each.made), str(each.scored), str(each.pending), str(each.cannot_tell), tell_brier(each))
            for each in found.sources
        ],
    )


def show_rows(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from truceline.cli.shown import answers
    from truceline.kit.visible import visible_line

    if not rows:
        answers().print(f"{title}: none", style="dim")
        return
    table = Table(title=title, box=None, padding=(0, 2, 0, 0), header_style="bold", title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible_line(cell)) for cell in row))
    answers().print(table)


def show_jsonl(found: "Statements", of: Of) -> None:
    """One record a line: checks of trends, then predictions with their scores, then sources."""
    import json

    from truceline.store.records import adapter

    chosen = {
        Of.TRENDS: (("trend", found.trends),),
        Of.PREDICTIONS: (("prediction", found.predictions), ("source", found.sources)),
        Of.ALL: (("trend", found.trends), ("prediction", found.predictions), ("source", found.sources)),
    }[of]
    for kind, records in chosen:
        for each in records:
            print(json.dumps({"kind": kind, **adapter(type(each)).dump_python(each, mode="json")}, ensure_ascii=False))
