"""One writer at a time: a lock beside the register, and a note on who holds it."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from truceline.errors import RegisterBusy
from truceline.store.records import as_instant


def holder_of(folder: Path) -> str:
    """Who holds the lock, in words; the note may be missing for an instant."""
    try:
        note = json.loads((folder / "holder.json").read_text(encoding="utf-8"))
        return f"process {note['pid']}, since {note['since'][:19]}Z"
    except (OSError, ValueError, KeyError):
        return "another process"


@contextmanager
def locked(
    folder: Path, *, now: datetime, wait_seconds: float = 0.0, told: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the register's lock; `told` hears who holds it before waiting. Raises RegisterBusy."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock")
    acquire(lock, folder, wait_seconds=wait_seconds, told=told)
    note = folder / "holder.json"
    try:
        note.write_text(json.dumps({"pid": os.getpid(), "since": as_instant(now)}), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def is_free(lock: FileLock) -> bool:
    """Whether the lock was there for the taking; then it is taken."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True


def acquire(lock: FileLock, folder: Path, *, wait_seconds: float, told: Callable[[str], None] | None) -> None:
    if is_free(lock):
        return
    held = f"{folder}: held by another run ({holder_of(folder)})"
    if wait_seconds <= 0:
        raise RegisterBusy(f"{held}; wait for it to end, or give --wait SECONDS")
    if told is not None:
        told(f"{held}; waiting up to {wait_seconds:g} s")
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=0.1)
    except Timeout as error:
        raise RegisterBusy(f"{held}, and still was after {wait_seconds:g} s; try again later") from error
