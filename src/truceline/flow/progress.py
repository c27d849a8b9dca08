"""How a long walk tells where it is: the protocol, silence, and plain lines for logs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TextIO

Advance = Callable[[int], None]


class Progress(Protocol):
    """Stages are opened one at a time; `advance(n)` says that n more are done. `total` None: not known."""

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Advance]: ...

    def say(self, line: str) -> None: ...


class Silent:
    """Tells nothing."""

    @contextmanager
    def stage(self, _name: str, _total: int | None = None) -> Iterator[Advance]:
        yield lambda _count: None

    def say(self, line: str) -> None:
        pass


class Lines:
    """One plain line every few seconds, for logs and pipes; `clock` counts seconds and only differences matter."""

    def __init__(self, stream: TextIO, clock: Callable[[], float], *, every_seconds: float = 3.0) -> None:
        self._stream = stream
        self._clock = clock
        self._every_seconds = every_seconds

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        done, last = 0, self._clock()

        def advance(count: int) -> None:
            nonlocal done, last
            done += count
            if self._clock() - last >= self._every_seconds:
                last = self._clock()
                self.say(f"{name}: {done:,}" if total is None else f"{name}: {done:,} of {total:,}")

        yield advance

    def say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)
