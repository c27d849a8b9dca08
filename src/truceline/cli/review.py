"""`truceline review`."""

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from truceline.cli.options import DatabaseAddress, MissionFolder, RegisterFolder, known_mission, open_register_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.decision import Decision
    from truceline.model.view import View
    from truceline.review.agree import Agreement
    from truceline.review.items import Item


class Format(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"


class KindName(StrEnum):
    DUPLICATE = "duplicate"
    INCIDENT = "incident"
    GROUNDING = "grounding"
    VERDICT = "verdict"
    ACTOR = "actor"
    PLACE = "place"


def review(
    mission: MissionFolder,
    kind: Annotated[list[KindName] | None, typer.Option("--kind", help="Only these kinds of questions.")] = None,
    limit: Annotated[int, typer.Option("--limit", help="How many, the weightiest first; 0 for all.", min=0)] = 50,
    person: Annotated[
        str | None, typer.Option("--by", help="Only what this person has not answered yet.", metavar="NAME")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print them.")] = Format.TABLE,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="How far people agreed, in place of the queue.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export",
            help="Write the decisions as training cases to FILE.jsonl, or to a folder with the gauge's case files.",
            metavar="FILE",
        ),
    ] = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """List what waits for a person's decision, by how much it would change.

    Likely duplicates and incidents loosely held together, places in doubt, verdicts left open, words that mean nobody
    known. The weight is the chance that a decision differs from what the machine proposes, times what would move then,
    in incidents put right; jsonl tells how it comes about. `truceline decide` takes the id of an item.

        truceline review -m missions/syria-2016 --kind duplicate --limit 20

        truceline review -m missions/syria-2016 --export corrections
    """
    from truceline.review.agree import find_agreements
    from truceline.review.queue import find_items, for_reviewer

    known = known_mission(mission)
    with open_register_of(known, register, database) as opened:
        decisions = opened.decisions()
        if agreement:
            show_agreements(find_agreements(decisions))
            return
        view = opened.view(known)
    if export is not None:
        write_corrections(export, view, decisions)
        return
    items = find_items(view, decisions)
    wanted = {each.value for each in kind or ()}
    items = tuple(each for each in items if not wanted or each.kind.value in wanted)
    items = items if person is None else for_reviewer(items, person)
    shown = items[:limit] if limit else items
    if format is Format.JSONL:
        show_jsonl(shown)
    else:
        show_table(shown, len(items))


def write_corrections(path: Path, view: "View", decisions: "Sequence[Decision]") -> None:
    """What was decided as training cases, and how many made none, by the reason."""
    from truceline.review.export import export_corrections

    found = export_corrections(view, decisions)
    print(f"{len(found.lines):,} cases in {', '.join(map(str, found.write(path)))}")
    for reason, count in Counter(each.reason.partition(":")[0] for each in found.left_out).most_common():
        print(f"{count:,} left out: {reason}")


def show_table(shown: "Sequence[Item]", waiting: int) -> None:
    from rich.table import Table
    from rich.text import Text

    from truceline.cli.shown import answers
    from truceline.kit.visible import visible_line

    if not shown:
        answers().print("nothing waits for a decision", style="dim")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("id", no_wrap=True)
    table.add_column("weight", justify="right", no_wrap=True)
    table.add_column("question", overflow="fold", ratio=3)
    table.add_column("the machine proposes", overflow="fold", ratio=2)
    for each in shown:
        marks = [each.reopened, each.stage.value if each.reviewers else ""]
        asked = " — ".join((each.question, *(mark for mark in marks if mark)))
        table.add_row(each.id, f"{each.weight:.2f}", Text(visible_line(asked)), Text(visible_line(each.proposal.words)))
    console = answers()
    console.print(table)
    console.print(f"{len(shown):,} of {waiting:,} shown", style="dim")


def show_jsonl(shown: "Sequence[Item]") -> None:
    """One item a line, as records."""
    import json

    from truceline.store.records import adapter

    for each in shown:
        told: dict[str, Any] = adapter(type(each)).dump_python(each, mode="json")
        print(json.dumps(told, ensure_ascii=False))


def show_agreements(found: "Sequence[Agreement]") -> None:
    if not found:
        print("nothing was answered by two people yet")
    for each in found:
        name = "all" if each.kind is None else each.kind.value
        print(f"{name:<10} {each.words}")
