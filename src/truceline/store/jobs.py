"""Jobs: taken by one worker at a time, taken up again when that one died, tried so often and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from truceline.model.job import Job, JobState
from truceline.store import tables
from truceline.store.records import as_instant, parse_instant
from truceline.store.seals import new_id
from truceline.store.team import Desk, Team

TOLD_CHARACTERS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a worker may hold a job, how often one is tried, and how long it then waits (seconds, doubled)."""

    lease: float = 120.0
    tries: int = 8
    wait: float = 10.0
    longest: float = 6 * 3600.0

    def after(self, tries: int) -> timedelta:
        """The time to wait after so many tries."""
        return timedelta(seconds=min(self.wait * 2 ** max(0, tries - 1), self.longest))


def add_job(desk: Desk, kind: str, payload: str, *, due_at: datetime | None = None) -> str:
    """A new job, in the transaction of what it follows from: both are kept, or neither."""
    row = {
        "id": new_id("job"),
        "kind": kind,
        "state": JobState.WAITING.value,
        "due_at": as_instant(due_at or desk.now),
        "leased_until": None,
        "tries": 0,
        "made_at": as_instant(desk.now),
        "ended_at": None,
        "record": payload,
        "told": "",
    }
    desk.connection.execute(insert(tables.jobs), row)
    return str(row["id"])


def take_job(team: Team, kinds: Sequence[str], patience: Patience) -> Job | None:
    """The job that is due the longest, held for this worker; None where there is nothing to do."""
    with team.reading() as connection:  # looking needs no lock, and most of the time there is nothing
        if connection.execute(select(tables.jobs.c.id).where(_is_due(kinds, team.now())).limit(1)).first() is None:
            return None
    column = tables.jobs.c
    with team.writing(who="system") as desk:
        wanted = select(tables.jobs).where(_is_due(kinds, desk.now)).order_by(column.due_at, column.id).limit(1)
        row = desk.connection.execute(wanted).mappings().first()
        if row is None:
            return None
        held = {
            "state": JobState.RUNNING.value,
            "tries": row["tries"] + 1,
            "leased_until": as_instant(desk.now + timedelta(seconds=patience.lease)),
        }
        desk.connection.execute(update(tables.jobs).where(column.id == row["id"]).values(**held))
        return parse_job({**row, **held})


def _is_due(kinds: Sequence[str], now: datetime) -> ColumnElement[bool]:
    """Waiting for its time, or left by a worker that died."""
    column, moment = tables.jobs.c, as_instant(now)
    waiting = and_(column.state == JobState.WAITING.value, column.due_at <= moment)
    left = and_(column.state == JobState.RUNNING.value, column.leased_until <= moment)
    return and_(column.kind.in_(kinds), or_(waiting, left))


def renew(team: Team, job: Job, patience: Patience, *, told: str = "") -> bool:
    """Hold it longer; False when it is no longer ours."""
    with team.writing(who="system") as desk:
        until = as_instant(desk.now + timedelta(seconds=patience.lease))
        return _change(desk.connection, job, leased_until=until, told=told[-TOLD_CHARACTERS:])


def finish(team: Team, job: Job, *, told: str = "") -> bool:
    with team.writing(who="system") as desk:
        return _end(desk, job, JobState.DONE, told)


def fail(team: Team, job: Job, patience: Patience, *, told: str, is_final: bool = False) -> bool:
    """It did not work: again later, or no more after so many tries."""
    with team.writing(who="system") as desk:
        if is_final or job.tries >= patience.tries:
            return _end(desk, job, JobState.FAILED, told)
        due = as_instant(desk.now + patience.after(job.tries))
        waiting = JobState.WAITING.value
        return _change(desk.connection, job, state=waiting, due_at=due, leased_until=None, told=told[-TOLD_CHARACTERS:])


def again(desk: Desk, id: str) -> bool:
    """Try one that failed once more; False where there is no such."""
    column = tables.jobs.c
    failed = (column.id == id, column.state == JobState.FAILED.value)
    values = {"state": JobState.WAITING.value, "due_at": as_instant(desk.now), "tries": 0, "ended_at": None}
    return desk.connection.execute(update(tables.jobs).where(*failed).values(**values)).rowcount == 1


def _end(desk: Desk, job: Job, state: JobState, told: str) -> bool:
    ended = {"state": state.value, "ended_at": as_instant(desk.now), "leased_until": None}
    return _change(desk.connection, job, **ended, told=told[-TOLD_CHARACTERS:])


def _change(connection: Connection, job: Job, **values: Any) -> bool:
    """Only by the worker that took it this time: another try has another number."""
    column = tables.jobs.c
    ours = (column.id == job.id, column.state == JobState.RUNNING.value, column.tries == job.tries)
    return connection.execute(update(tables.jobs).where(*ours).values(**values)).rowcount == 1


def jobs(connection: Connection, *, kind: str | None = None, limit: int = 100) -> tuple[Job, ...]:
    """The newest jobs."""
    column = tables.jobs.c
    wanted = select(tables.jobs).order_by(column.made_at.desc(), column.id).limit(limit)
    if kind is not None:
        wanted = wanted.where(column.kind == kind)
    return tuple(parse_job(row) for row in connection.execute(wanted).mappings())


def is_waiting(connection: Connection, kind: str) -> bool:
    """Whether a job of this kind is still to be done or under way."""
    column = tables.jobs.c
    open_ones = column.state.in_([JobState.WAITING.value, JobState.RUNNING.value])
    return connection.execute(select(column.id).where(column.kind == kind, open_ones).limit(1)).first() is not None


def parse_job(row: Any) -> Job:
    leased, ended = row["leased_until"], row["ended_at"]
    return Job(
        id=row["id"],
        kind=row["kind"],
        payload=row["record"],
        state=JobState(row["state"]),
        due_at=parse_instant(row["due_at"]),
        made_at=parse_instant(row["made_at"]),
        tries=row["tries"],
        leased_until=None if leased is None else parse_instant(leased),
        ended_at=None if ended is None else parse_instant(ended),
        told=row["told"],
    )
