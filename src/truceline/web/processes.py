"""The service in one process or in several that share a port, on as many cores."""

import gc
from collections.abc import Callable
from functools import partial
from typing import Any

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.supervisors import Multiprocess

PATIENCE_SECONDS = 60  # until a process that does not answer is replaced: one may be busy with the whole register
# Those who wait are answered in turn: more that run at once would only share the one core that Python gives them.
THREADS = 8


def run_service(make: Callable[[], ASGIApp], *, workers: int, **options: Any) -> None:
    """Serve until stopped. `make` gives the application in each process, and is sent there; `options` are uvicorn's."""
    config = uvicorn.Config(
        partial(Turned, make),
        factory=True,
        workers=workers,
        timeout_worker_healthcheck=PATIENCE_SECONDS,
        **options,
    )
    if workers == 1:
        uvicorn.Server(config).run()
    else:
        Multiprocess(config, [config.bind_socket()]).run()


# Objects made before the youngest are looked through for cycles, and how often the older are: most of what a process
# holds is the columns of the register, which have none, and looking through them all costs more than a page.
COLLECTING = (50_000, 20, 50)


class Turned:
    """An application whose threads are few, and which is not held up by looking for garbage."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._app = make()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            current_default_thread_limiter().total_tokens = THREADS
            gc.set_threshold(*COLLECTING)
        await self._app(scope, receive, send)
