"""How connections are spoken to: the server's own way, and nobody holds one by saying nothing."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0


class Impatient(H11Protocol):
    """Closes a connection on which the head of a request does not come in time: there is room for so many only."""

    head_seconds = HEAD_SECONDS
    _ends: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _look(self) -> None:
        """The time runs from the first that came, however much comes in drops."""
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if is_answering or self.transport.is_closing():
            self._stop()
        elif self._ends is None:
            self._ends = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None
