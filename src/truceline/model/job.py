"""Work that is done later and survives a restart."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # tried as often as allowed; somebody has to look


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work: its kind, what it is about (JSON), when it is due (aware UTC), what was told of it last.

    `leased_until`: who runs it says so until then; after that another may take it, for the first is dead.
    """

    id: str
    kind: str
    payload: str
    state: JobState
    due_at: datetime
    made_at: datetime
    tries: int = 0
    leased_until: datetime | None = None
    ended_at: datetime | None = None
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where to tell a program of another what happened; `events` are dotted verbs of the ledger, or all with "*"."""

    id: str
    name: str
    address: str
    events: tuple[str, ...]
    made_by: str
    made_at: datetime
    is_active: bool = True

    def wants(self, event: str) -> bool:
        """Whether it is told of this; "bulletin.*" stands for all of bulletins."""
        return any(
            each in ("*", event) or (each.endswith(".*") and event.startswith(each[:-1])) for each in self.events
        )
