"""What the commands say: answers on standard output, all else on standard error."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from truceline.errors import Problem, Severity
from truceline.flow.progress import Advance, Lines, Progress

PROBLEMS_SHOWN = 20
WIDTH_OF_FILES = 160  # of tables that go to a file or a pipe, which have no width of their own


def answers() -> Console:
    """Standard output; made on each call, since a test may have put another one in its place."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH_OF_FILES)


def asides() -> Console:
    return Console(stderr=True, highlight=False)


def note(line: str) -> None:
    asides().print(escape(line), soft_wrap=True)


def complain(line: str) -> None:
    asides().print(f"[red]{escape(line)}[/red]", soft_wrap=True)


def complain_of(problems: Iterable[Problem], *, most: int | None = None) -> None:
    """Each problem on its line; beyond `most` only how many more there are."""
    console, listed = asides(), list(problems)
    for problem in listed[:most]:
        style = "red" if problem.severity is Severity.ERROR else "yellow"
        console.print(f"[{style}]{escape(str(problem))}[/{style}]", soft_wrap=True)
    if most is not None and len(listed) > most:
        console.print(f"… and {len(listed) - most:,} more, all kept in the register", soft_wrap=True)


class Complaints:
    """Problems told as they come, each once; beyond `most` they are only counted."""

    def __init__(self, *, most: int = PROBLEMS_SHOWN) -> None:
        self._most = most
        self._told: set[Problem] = set()

    def tell(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.tell_one(problem)

    def tell_one(self, problem: Problem) -> None:
        if problem in self._told:
            return
        self._told.add(problem)
        if len(self._told) <= self._most:
            complain_of([problem])

    def close(self) -> None:
        more = len(self._told) - self._most
        if more > 0:
            note(f"… and {more:,} more problems, each in the reading it belongs to")


class Bar:
    """Progress as bars on a terminal."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        task = self._bars.add_task(name, total=total)
        yield lambda count: self._bars.advance(task, count)
        done = self._bars.tasks[self._bars.task_ids.index(task)].completed
        self._bars.update(task, total=max(done, 1), completed=max(done, 1))

    def say(self, line: str) -> None:
        self._bars.console.print(escape(line))


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Bars when standard error is a terminal, else a plain line every few seconds."""
    console = asides()
    if not console.is_terminal:
        yield Lines(sys.stderr, time.monotonic)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console) as bars:
        yield Bar(bars)
