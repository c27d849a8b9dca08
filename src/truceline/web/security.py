"""What may come in, and the headers on everything that goes out.

The Host header must name the service as it was started (DNS rebinding), nothing is shared across origins, and a form
that is posted must come from a page of ours. Who may do what is decided in `visitor`.
"""

import asyncio
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
BODY_BYTES = 220_000  # a pasted text of 200 kB and what the form adds
BODY_SECONDS = 30
BODILESS = ("GET", "HEAD", "OPTIONS")
QUERY_BYTES = 4_000
TOKEN_SECONDS = 12 * 3600

# MapLibre starts its worker from a blob and reads it back; all else comes from this server.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; worker-src blob:; "
    "connect-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

Refuse = Callable[[str, int, str], Response]


class Guard:
    """Stands before the application. `refuse` makes the answer for a path, a status and a reason.

    `names` are host names that the service answers to beside those of this machine.
    """

    def __init__(self, app: ASGIApp, *, refuse: Refuse, names: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._refuse = refuse
        self._names = names | frozenset(LOOPBACK)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = find_refusal(scope, self._names)
            if refusal is None and scope["method"] not in BODILESS:
                receive, refusal = await whole(receive)
            answer = self._app if refusal is None else self._refuse(scope["path"], *refusal)
            await answer(scope, bounded(receive), guarded(send))
        # Nothing here speaks over a web socket: such a connection is closed by not being answered.


def find_refusal(scope: Scope, names: frozenset[str]) -> tuple[int, str] | None:
    """The status and the reason for which a request is not let in; None for one that is."""
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not is_named(hosts[0], names):
        return 421, "This service does not answer to that name; on this machine it is 127.0.0.1 or localhost."
    if "\0" in scope["path"]:
        return 404, "There is a zero byte in the address; nothing here is named so."
    if b"%00" in scope["query_string"] or b"\0" in scope["query_string"]:
        return 400, "There is a zero byte in what was asked for, which no word has."
    if len(scope["query_string"]) > QUERY_BYTES:
        return 414, f"The address is longer than {QUERY_BYTES:,} bytes; shorten the filters."
    if "content-length" in headers and "transfer-encoding" in headers:  # RFC 9112, 6.1: perhaps two requests in one
        return 400, "The request says its length in two ways."
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > BODY_BYTES:
        return 413, TOO_LARGE
    return None


TOO_LARGE = "That is more than 200 kB; paste a shorter text."
TOO_SLOW = f"What was sent did not come within {BODY_SECONDS} s; send it again."


def is_named(host: str, names: Collection[str] = LOOPBACK) -> bool:
    """Whether a Host header is one of these names, with a port or without."""
    name, colon, port = host.lower().rpartition(":") if not host.endswith("]") else (host.lower(), "", "")
    if not colon:
        return (name or port) in names
    return name in names and port.isdecimal()


async def whole(receive: Receive) -> tuple[Receive, tuple[int, str] | None]:
    """The body, waited for before it is found out who asks, and what it is refused for.

    Who is closed out must not finish a form that was begun before, however slowly it is sent.
    """
    parts, taken = list[Message](), 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while not parts or parts[-1].get("more_body", False):
                parts.append(await receive())
                taken += len(parts[-1].get("body", b""))
                if taken > BODY_BYTES:
                    return receive, (413, TOO_LARGE)
    except TimeoutError:
        return receive, (408, TOO_SLOW)
    waiting = iter(parts)

    async def give() -> Message:
        return next(waiting, None) or await receive()

    return give, None


def bounded(receive: Receive) -> Receive:
    """The body as it comes, refused where more comes than was said or allowed."""
    taken = 0

    async def take() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > BODY_BYTES:
            raise HTTPException(413, TOO_LARGE)
        return message

    return take


def guarded(send: Send) -> Send:
    """Every answer with our headers."""

    async def give(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return give


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Tokens for the forms of one running server: only a page of ours can carry one."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    clock: Callable[[], float] = time.time

    def make(self) -> str:
        made = str(int(self.clock()))
        return f"{made}.{self._sign(made)}"

    def is_ours(self, token: str) -> bool:
        made, _, signed = token.partition(".")
        if not made.isascii() or not made.isdecimal() or not signed.isascii():
            return False
        fresh = 0 <= self.clock() - int(made[:15]) <= TOKEN_SECONDS
        return hmac.compare_digest(signed, self._sign(made)) and fresh

    def _sign(self, made: str) -> str:
        return hmac.new(self.secret, made.encode(), hashlib.sha256).hexdigest()


def is_same_site(headers: Headers) -> bool:
    """Whether a post comes from a page of this server, as far as the browser says."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if site is not None and origin == "null":
        return True  # what our own pages send, for they tell nobody where they are (no-referrer)
    return origin is None or named_in(origin) == headers.get("host", "").lower()


def named_in(origin: str) -> str | None:
    """The host, with its port, that an origin names; None for what is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
