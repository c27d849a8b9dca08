"""One request after the other: over a safe line only, again where that is safe, never with the token in sight."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from truceline.client.errors import raise_problem, unreachable
from truceline.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SAFE = ("GET", "HEAD")
AGAIN = (429, 503)
MOST_SECONDS = 60.0  # a service that asks to be left alone for longer is left alone: the caller decides


def checked_base(base: str, token: str | None) -> httpx.URL:
    """The address of the service. Raises UsageError where it is none, or where a token would be sent in the open."""
    try:
        url = httpx.URL(base)
    except httpx.InvalidURL as error:
        raise UsageError(f"{base!r} is no address ({error}); write it as http://127.0.0.1:8000") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise UsageError(f"{base!r} is no address of a service; write it as http://127.0.0.1:8000 or https://HOST")
    if url.userinfo:
        raise UsageError(f"{url.host}: leave name and password out of the address; hand over a token")
    if token is not None and not (token.isascii() and token.isprintable() and token and " " not in token):
        raise UsageError("the token holds signs that none has; copy it anew from the page that made it")
    if token is not None and url.scheme == "http" and url.host not in LOOPBACK:
        raise UsageError(
            f"http://{url.host}: a token would go there for everybody on the way to read; use https, "
            f"or a tunnel (ssh -L 8000:127.0.0.1:8000 {url.host}) and http://127.0.0.1:8000"
        )
    return url.copy_with(query=None, fragment=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks one service. `tries` is how often at the most; `pause` waits so many seconds."""

    http: httpx.Client = field(repr=False)
    tries: int
    pause: Callable[[float], None] = time.sleep

    @contextmanager
    def answer(
        self, path: str, *, params: Mapping[str, str] | None = None, mark: str | None = None
    ) -> Iterator[httpx.Response]:
        """The answer to a GET, its body not read yet; 304 where `mark` is still that of it.

        Raises UnknownId, ServiceRefused, ServiceUnreachable, ServiceError.
        """
        headers = {} if mark is None else {"If-None-Match": mark}
        request = self.http.build_request("GET", path, params=params, headers=headers)
        answer = self._send(request)
        try:
            raise_problem(answer)
            yield answer
        except httpx.HTTPError as error:
            raise unreachable(request.url, error) from error
        finally:
            answer.close()

    def post(self, path: str, body: Mapping[str, object]) -> httpx.Response:
        """The answer to a POST of JSON. It is sent once: whether it was done cannot be known where no answer came."""
        answer = self._send(self.http.build_request("POST", path, json=dict(body)))
        try:
            raise_problem(answer)
            answer.read()
        except httpx.HTTPError as error:
            raise unreachable(answer.request.url, error) from error
        finally:
            answer.close()
        return answer

    def _send(self, request: httpx.Request) -> httpx.Response:
        tries = self.tries if request.method in SAFE else 1
        for at in range(1, tries + 1):
            try:
                answer = self.http.send(request, stream=True)
            except httpx.TransportError as error:
                if at == tries:
                    raise unreachable(request.url, error) from error
                self.pause(back_off(at))
                continue
            seconds = seconds_to_wait(answer, at)
            if at == tries or answer.status_code not in AGAIN or seconds > MOST_SECONDS:
                return answer
            answer.close()
            self.pause(seconds)
        raise AssertionError("a request is sent at least once")


def back_off(at: int) -> float:
    """Half a second, one, two …"""
    return min(0.5 * 2.0 ** (at - 1), MOST_SECONDS)


def seconds_to_wait(answer: httpx.Response, at: int) -> float:
    """As Retry-After has it, in seconds or as a date (RFC 9110), else as we back off."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal():
        return float(told[:9])
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return back_off(at)
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
