"""Proving the ledger when somebody asks: one walk at a time, beside the requests, its outcome kept until the next."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from truceline.errors import RegisterError
from truceline.model.ledger import Proof
from truceline.store.team import Team

PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the last walk found, and when it ended (aware UTC); `fault`: why there was none."""

    at: datetime
    proof: Proof | None
    fault: str = ""


class Prover:
    """Walks the ledger of one team in a thread of its own, however many ask."""

    def __init__(self, team: Team) -> None:
        self._team = team
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="prove")
        self._running: Future[None] | None = None
        self._last: Outcome | None = None
        self._busy = Lock()

    def prove(self, *, patience: float = PATIENCE_SECONDS) -> None:
        """Begin a walk, or join the one that runs, and wait so many seconds for it; a longer one goes on alone."""
        with self._busy:
            if self._running is None or self._running.done():
                self._running = self._thread.submit(self.walk, self._team.verify)
            running = self._running
        if running in wait([running], timeout=patience).done:
            running.result()

    def walk(self, verify: Callable[[], Proof]) -> None:
        try:
            self._last = Outcome(at=self._team.now(), proof=verify())
        except RegisterError as error:
            self._last = Outcome(at=self._team.now(), proof=None, fault=str(error))

    @property
    def last(self) -> Outcome | None:
        return self._last

    @property
    def is_running(self) -> bool:
        return self._running is not None and not self._running.done()
