"""What a run did, for people."""

from collections.abc import Iterable
from pathlib import Path

import typer
from rich.markup import escape

from truceline.cli.exits import Exit
from truceline.cli.shown import PROBLEMS_SHOWN, answers, complain_of
from truceline.errors import Problem, Severity
from truceline.flow.run import Gathered, RunReport
from truceline.flow.tally import StageTally
from truceline.store.register import Kept

NAMES_WIDTH = 12


def end_with(problems: Iterable[Problem], told: Iterable[Problem] = ()) -> None:
    """Tell the problems; leave with 3 when some input was not read, also of what was `told` before."""
    met = tuple(problems)
    complain_of(met, most=PROBLEMS_SHOWN)
    if any(problem.severity is Severity.ERROR for problem in (*met, *told)):
        raise typer.Exit(Exit.NOT_ALL_READ)


def show_gathered(gathered: Gathered) -> None:
    print(documents_line(gathered))


def documents_line(gathered: Gathered) -> str:
    return ", ".join(f"{gathered.kept.get(kept, 0):,} {kept.value}" for kept in Kept)


def show_run(report: RunReport, *, seconds: float, folder: Path) -> None:
    """The summary of a run, and where the bulletin is."""
    console = answers()
    for name, words in (*run_lines(report), ("time", f"{seconds:.1f} s")):
        console.print(f"[bold]{name:<{NAMES_WIDTH}}[/bold]{escape(words)}", soft_wrap=True)
    unchanged = "" if report.published else " (already there, unchanged)"
    console.print(f"\nOpen {escape(str(folder / 'index.html'))}{unchanged}", soft_wrap=True)


def run_lines(report: RunReport) -> Iterable[tuple[str, str]]:
    counts = report.counts
    held = f"{counts.documents:,} held" + (
        f" in {counts.versions:,} versions" if counts.versions > counts.documents else ""
    )
    yield "documents", f"{documents_line(report.gathered)}; {held}"
    failed = f", {report.read.dropped_count:,} failed" if report.read.dropped_count else ""
    yield "read", f"{report.read.kept:,} now{failed}; {counts.readings:,} readings held"
    yield "claims", f"{counts.tellings:,}"
    yield "incidents", f"{counts.incidents:,}" + ("" if report.recomputed else " (nothing had changed)")
    if report.verdicts:
        yield "verdicts", ", ".join(f"{count:,} {verdict}" for verdict, count in report.verdicts)
    for tally in report.tallies:
        if tally.dropped:
            yield "left out", f"{tally.dropped_count:,} claims make no incident: {reasons_line(tally)}"
    yield "problems", f"{counts.problems:,} kept, {len(report.problems):,} met in this run"


def reasons_line(tally: StageTally) -> str:
    shown = ", ".join(f"{count:,} {reason}" for reason, count in tally.dropped[:4])
    return shown + (" …" if len(tally.dropped) > 4 else "")
