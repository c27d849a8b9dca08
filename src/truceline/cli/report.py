"""What a run did, for people."""

from collections.abc import Iterable
from pathlib import Path

import typer
from rich.table import Table

from truceline.cli.exits import Exit
from truceline.cli.shown import PROBLEMS_SHOWN, answers, complain_of
from truceline.errors import Problem, Severity
from truceline.flow.run import Gathered, RunReport
from truceline.flow.tally import StageTally
from truceline.store.register import Kept


def end_with(problems: Iterable[Problem]) -> None:
    """Tell the problems; leave with 3 when some input was not read."""
    met = tuple(problems)
    complain_of(met, most=PROBLEMS_SHOWN)
    if any(problem.severity is Severity.ERROR for problem in met):
        raise typer.Exit(Exit.NOT_ALL_READ)


def show_gathered(gathered: Gathered) -> None:
    print(documents_line(gathered))


def documents_line(gathered: Gathered) -> str:
    return ", ".join(f"{gathered.kept.get(kept, 0):,} {kept.value}" for kept in Kept)


def show_run(report: RunReport, *, seconds: float, folder: Path) -> None:
    """The summary of a run as one table, and where the bulletin is."""
    console = answers()
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column()
    for name, words in run_lines(report):
        table.add_row(name, words)
    table.add_row("time", f"{seconds:.1f} s")
    console.print(table)
    console.print(f"\nOpen {folder / 'index.html'}", soft_wrap=True)


def run_lines(report: RunReport) -> Iterable[tuple[str, str]]:
    counts = report.counts
    yield "documents", f"{documents_line(report.gathered)}; {counts.documents:,} held in {counts.versions:,} versions"
    yield "read", f"{report.read.kept:,} of {report.read.given:,} unread"
    yield "claims", f"{counts.tellings:,}"
    yield "incidents", f"{counts.incidents:,}" + ("" if report.recomputed else " (nothing had changed)")
    if report.verdicts:
        yield "verdicts", ", ".join(f"{count:,} {verdict}" for verdict, count in report.verdicts)
    for tally in report.tallies:
        if tally.dropped:
            yield f"left out ({tally.stage})", reasons_line(tally)
    yield "problems", f"{counts.problems:,} kept, {len(report.problems):,} met in this run"


def reasons_line(tally: StageTally) -> str:
    shown = ", ".join(f"{count:,} {reason}" for reason, count in tally.dropped[:4])
    return shown + (" …" if len(tally.dropped) > 4 else "")
