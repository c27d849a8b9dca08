"""Putting decisions into effect: `truceline run` as a job of its own process, told of as it goes on."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

from truceline.web.work import Never, NotNow, Task

RUN = "run"
BUSY = 4  # the exit code of a run that met another one
NOT_ALL_READ = 3
SAY_EVERY = 1.0  # seconds
SUMS = ("documents", "incidents", "problems")  # the lines of a run's summary that are worth keeping


def rerun(mission: Path, register: Path, *, out: Path) -> "Rerun":
    """A handler that runs this mission; the environment says which database, as it does here."""
    command = (sys.executable, "-m", "truceline", "run", "-m", mission, "--register", register, "--out", out)
    return Rerun([str(each) for each in command])


class Rerun:
    """Runs a command; tells its last line, at the end what it says that the register holds, where it says so."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)

    def __call__(self, task: Task) -> str:
        """Raises NotNow where another run holds the register, Never where the run says that it cannot be."""
        last, said_at, sums = "", 0.0, dict.fromkeys(SUMS, "")
        with subprocess.Popen(  # noqa: S603  a command of ours, its folders those that the service was started with
            self._command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as running:
            assert running.stdout is not None
            for last in lines_of(running.stdout):
                name, _, rest = last.partition(" ")
                if name in sums:
                    sums[name] = f"{name}: {rest.strip()}"
                if monotonic() - said_at < SAY_EVERY:
                    continue
                said_at = monotonic()
                if not task.say(last):
                    running.terminate()
                    return "was taken up elsewhere, for it was held up here"
        if running.returncode == BUSY:
            raise NotNow(last or "another run holds the register")
        if running.returncode not in (0, NOT_ALL_READ):
            raise Never(last or f"the run ended with {running.returncode}")
        return ". ".join(filter(None, sums.values())) or last


def lines_of(stream: Iterator[str]) -> Iterator[str]:
    """The lines that say something; what rewrites a line in place counts as its last state."""
    for line in stream:
        said = line.rstrip("\n").rpartition("\r")[2].strip()
        if said:
            yield said
