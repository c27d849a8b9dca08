"""Work that falls into independent pieces done by two processes, where there is enough of it to pay for the second."""

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from threading import Thread
from typing import Any, TypeVar

from truceline.errors import TrucelineError

Item = TypeVar("Item")
Made = TypeVar("Made")

LEAST = 20_000  # pieces: below it a second process costs more than it saves
CHUNK = 500  # pieces that are handed over together
END, FAILED = b"end", b"failed"


def in_halves(work: Callable[[Item], Made], items: Sequence[Item], *, least: int = LEAST) -> list[Made]:
    """What `work` makes of each item, in their order; of many items the second half is made by a forked process.

    `work` must depend on nothing but its item and on what stays as it is. Where no process can be forked, or only one
    processor is there, one process does it all. An error of either half is raised.
    """
    if len(items) < least or not hasattr(os, "fork") or count_processors() < 2:
        return [work(each) for each in items]
    middle = len(items) // 2
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    helper = context.Process(target=send_all, args=(work, items[middle:], theirs), daemon=True)
    helper.start()
    theirs.close()
    received: list[bytes] = []
    listener = Thread(target=listen, args=(ours, received), daemon=True)
    listener.start()
    try:
        first = [work(each) for each in items[:middle]]
        listener.join()
        return [*first, *unpack(received)]
    finally:
        if helper.is_alive() and (not received or received[-1] not in (END, FAILED)):
            helper.terminate()
        helper.join()
        ours.close()


def count_processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def send_all(work: Callable[[Item], Made], items: Sequence[Item], out: Connection) -> None:
    """The second process: what is made goes out in chunks, then whether all went well."""
    outcome = FAILED
    try:
        for at in range(0, len(items), CHUNK):
            out.send_bytes(ForkingPickler.dumps([work(each) for each in items[at : at + CHUNK]]))
        outcome = END
    finally:
        out.send_bytes(outcome)
        out.close()


def listen(ours: Connection, received: list[bytes]) -> None:
    """Takes in what the second process sends, so that it need not wait."""
    try:
        while not received or received[-1] not in (END, FAILED):
            received.append(ours.recv_bytes())
    except EOFError:
        received.append(FAILED)


def unpack(received: Sequence[bytes]) -> Iterator[Any]:
    """What was sent, in order: made by our own process, nothing from outside."""
    if received[-1] != END:
        raise TrucelineError("the second process failed while settling incidents; run with one worker to see why")
    for each in received[:-1]:
        yield from ForkingPickler.loads(each)
