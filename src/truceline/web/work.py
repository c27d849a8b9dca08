"""Background work of the service: a thread that takes jobs from the register, one after the other.

A job survives the service: whoever took it holds a lease, and another takes it up when that ran out. Several services
over one register share the work in this way.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from truceline.errors import RegisterError, TrucelineError
from truceline.model.job import Job
from truceline.store.jobs import Patience, fail, finish, renew, take_job
from truceline.store.team import Team

LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds


class NotNow(TrucelineError):
    """It did not work this time; it may later."""


class Never(TrucelineError):
    """It will not work, however often it is tried."""


@dataclass(frozen=True, slots=True)
class Task:
    """A job under way: `say` what it is at, which also holds it longer."""

    job: Job
    say: Callable[[str], object]


Handler = Callable[[Task], str]  # gives what is told of it at the end


@dataclass(slots=True)
class Worker:
    """Takes jobs of the kinds it has a handler for until it is stopped."""

    team: Team
    handlers: Mapping[str, Handler]
    patience: Patience = field(default_factory=Patience)
    look_every: float = LOOK_EVERY
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._work, name="truceline-jobs", daemon=True)
        self._thread.start()

    def stop(self, *, seconds: float = 5.0) -> None:
        """No further job; the one under way has so long, then it is another's when its lease has run out."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                busy = self.do_one()
            except RegisterError as error:
                LOG.warning("jobs wait: %s", error)
                busy = False
            if not busy:
                self._stopped.wait(self.look_every)

    def do_one(self) -> bool:
        """Take and do one job; False where there was none."""
        job = take_job(self.team, tuple(self.handlers), self.patience)
        if job is None:
            return False
        task = Task(job, lambda told: renew(self.team, job, self.patience, told=told))
        try:
            told = self.handlers[job.kind](task)
        except Never as error:
            fail(self.team, job, self.patience, told=str(error), is_final=True)
        except NotNow as error:
            fail(self.team, job, self.patience, told=str(error))
        except Exception:  # one job that breaks keeps no other from being done
            LOG.exception("job %s (%s) broke", job.id, job.kind)
            fail(self.team, job, self.patience, told="a mistake of ours; the service's log has it")
        else:
            finish(self.team, job, told=told)
        return True
