"""What the commands say: answers on standard output, all else on standard error."""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from truceline.errors import Problem, Severity
from truceline.flow.progress import Advance, Lines, Progress
from truceline.kit.visible import visible_in_terminal, visible_line

PROBLEMS_SHOWN = 12  # more are told by kind
ALIKE_SHOWN = 3  # of one kind
TOLD_APART = 10_000  # problems remembered so that none is told twice
WIDTH_OF_FILES = 160  # of tables that go to a file or a pipe, which have no width of their own


def answers() -> Console:
    """Standard output; made on each call, since a test may have put another one in its place."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH_OF_FILES)


def asides() -> Console:
    return Console(stderr=True, highlight=False)


def note(line: str) -> None:
    asides().print(escape(visible_line(line)), soft_wrap=True)


def complain(line: str) -> None:
    asides().print(f"[red]{escape(visible_in_terminal(line))}[/red]", soft_wrap=True)


def complain_of(
    problems: Iterable[Problem], *, most: int | None = None, whole: str = "all kept in the register"
) -> None:
    """Each problem on its line; where there are more than `most`, some of each kind and how many more there are.

    `whole` says where all of them are found.
    """
    listed = list(problems)
    if most is None or len(listed) <= most:
        for problem in listed:
            complain_of_one(problem)
        return
    kinds: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(listed, key=lambda each: each.severity is not Severity.ERROR):
        kinds[problem.code].append(problem)
    for code, alike in kinds.items():
        for problem in alike[:ALIKE_SHOWN]:
            complain_of_one(problem)
        note_more(code, len(alike) - ALIKE_SHOWN)
    note(f"{len(listed):,} problems, {whole}")


def complain_of_one(problem: Problem) -> None:
    style = "red" if problem.severity is Severity.ERROR else "yellow"
    asides().print(f"[{style}]{escape(visible_line(str(problem)))}[/{style}]", soft_wrap=True)


def note_more(code: str, count: int) -> None:
    if count > 0:
        note(f"    … and {count:,} more of this kind ({code})")


class Complaints:
    """Problems told as they come, each once; of one kind only the first ones, the others are counted."""

    def __init__(self, *, alike: int = ALIKE_SHOWN) -> None:
        self._alike = alike
        self._told: set[Problem] = set()
        self._counts: Counter[str] = Counter()

    def tell(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.tell_one(problem)

    def tell_one(self, problem: Problem) -> None:
        if problem in self._told:
            return
        if len(self._told) < TOLD_APART:
            self._told.add(problem)
        self._counts[problem.code] += 1
        if self._counts[problem.code] <= self._alike:
            complain_of_one(problem)

    def close(self, fate: str = "each in the reading it belongs to") -> None:
        more = {code: count - self._alike for code, count in self._counts.items() if count > self._alike}
        if more:
            kinds = ", ".join(f"{count:,} {code}" for code, count in more.items())
            note(f"… and {sum(more.values()):,} more problems, {fate}: {kinds}")


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
