"""The only network code: one page, fetched because a person asked for it by its address.

Nobody is led into an inner network: the name is resolved once, every address it has must be public, the connection goes
to exactly the address that was checked, and each redirect is checked like the first. No cookie, no referrer, no proxy
from the environment, no second request but a redirect's.
"""

import asyncio
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urljoin

import httpx

from truceline.errors import Problem
from truceline.gather.addresses import IP, Address, Limits, is_public, limits, parse_address, refuse_as_not_public
from truceline.gather.limits import PAGE_BYTES

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One page as its server gave it. `address` is where it lay in the end, `at` the instant (UTC) it was fetched."""

    asked: str
    address: str
    octets: bytes
    media: str
    charset: str | None
    at: datetime
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An answer that leads on; `location` as worded."""

    location: str


def resolve(name: str, port: int) -> tuple[str, ...]:
    """The IP addresses of a name, once. The dot keeps a search domain from being added. Raises OSError."""
    found = socket.getaddrinfo(f"{name}.", port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def has_network() -> bool:
    """Whether a way leads out of this machine. Its own routes are asked; nothing is sent (RFC 5737, RFC 3849)."""
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as tried:
                tried.connect((far, 80))
                return True
        except OSError:
            continue
    return False


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that certificates are held against: those of certifi, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What the fetcher may reach and how it finds it. The defaults are the public internet and nothing else."""

    limits: Limits = field(default_factory=limits)
    resolve: Callable[[str, int], tuple[str, ...]] = resolve
    may_reach: Callable[[IP], bool] = is_public
    is_there: Callable[[], bool] = has_network
    trust: ssl.SSLContext | None = None
    page_bytes: int = PAGE_BYTES


PUBLIC = Network()


async def fetch(asked: str, *, now: Callable[[], datetime], network: Network = PUBLIC) -> Fetched | Problem:
    """The page at an address, or why it was not fetched. `now` is a clock (aware)."""
    where = asked.strip()[:200]
    seconds = network.limits.seconds
    try:
        async with asyncio.timeout(seconds):
            return await _follow(asked, now, network)
    except TimeoutError:
        return _problem(
            where, "fetch.slow", f"the page did not come within {seconds:g} seconds; paste its text instead"
        )


async def _follow(asked: str, now: Callable[[], datetime], network: Network) -> Fetched | Problem:
    allowed = network.limits
    address = parse_address(asked, ports=allowed.ports, longest=allowed.address_characters)
    passed: list[str] = []
    while not isinstance(address, Problem):
        answer = await _ask(address, network)
        if isinstance(answer, _Page):
            return Fetched(
                asked=asked.strip(),
                address=address.text,
                octets=answer.octets,
                media=answer.media,
                charset=answer.charset,
                at=now(),
                redirects=tuple(passed),
            )
        if isinstance(answer, Problem):
            return answer
        passed.append(address.text)
        if len(passed) > allowed.redirects:
            message = f"the page leads on more than {allowed.redirects} times; give the address it ends at"
            return _problem(passed[0], "fetch.redirects", message)
        address = _lead_on(address, answer, allowed)
    return address


def _lead_on(address: Address, answer: Redirect, allowed: Limits) -> Address | Problem:
    """Where a redirect leads, checked like an address that somebody wrote."""
    try:
        location = urljoin(address.text, answer.location.strip())
    except ValueError:
        location = ""
    following = parse_address(location, ports=allowed.ports, longest=allowed.address_characters)
    if isinstance(following, Address) and (address.scheme, following.scheme) == ("https", "http"):
        return _problem(address.text, "fetch.downgrade", "the page leads from https to http, which is not followed")
    return following


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    octets: bytes
    media: str
    charset: str | None


async def _ask(address: Address, network: Network) -> _Page | Redirect | Problem:
    """One request, to the first of the name's addresses that answers."""
    peers = await find_peers(address, network)
    if isinstance(peers, Problem):
        return peers
    failure: Exception | None = None
    for peer in peers[: network.limits.addresses]:
        try:
            return await _speak(address, peer, network)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            message = "the server's answer breaks off or is no HTTP; try again, or paste the text instead"
            return _problem(address.text, "fetch.broken", message)
    return _unconnected(address, failure, network)


async def find_peers(address: Address, network: Network) -> list[IP] | Problem:
    """The addresses of a host, all of them public; a host with any other is refused as a whole."""
    literal = address.literal
    if literal is not None:
        peers = [literal]
    else:
        if not network.is_there():
            return _offline(address)
        try:
            found = await asyncio.to_thread(network.resolve, address.host, address.port)
            peers = [ip_address(each) for each in found]
        except (OSError, UnicodeError, ValueError):
            is_answered = await asyncio.to_thread(_are_names_known, network)
            return refuse_as_not_public(address.text) if is_answered else _offline(address)
    if not peers or not all(network.may_reach(each) for each in peers):
        return refuse_as_not_public(address.text)
    return peers


def _are_names_known(network: Network) -> bool:
    """Whether any name can be looked up, whatever became of the one that was asked for: that one tells nothing."""
    try:
        return bool(network.resolve(network.limits.known_name, 443))
    except OSError:
        return False


async def _speak(address: Address, peer: IP, network: Network) -> _Page | Redirect | Problem:
    """The request to one checked address, under the name that was asked for. Raises httpx.TransportError."""
    headers = {"Accept": ", ".join(network.limits.media), "Accept-Encoding": "gzip"}
    request = make_request(address, peer, network, headers=headers)
    transport = open_transport(network)
    async with transport:
        response = await transport.handle_async_request(request)
        try:
            if not is_peer(response, peer):
                return refuse_as_not_public(address.text)
            return await _take(response, address, network)
        finally:
            await response.aclose()


def open_transport(network: Network) -> httpx.AsyncHTTPTransport:
    """A line of our own: nothing of the environment says where it leads."""
    return httpx.AsyncHTTPTransport(verify=network.trust or trusted(), trust_env=False)


def make_request(
    address: Address, peer: IP, network: Network, *, headers: Mapping[str, str], octets: bytes | None = None
) -> httpx.Request:
    """A request to one checked address under the name that was asked for; a POST where something is sent along."""
    allowed = network.limits
    seconds = {"connect": allowed.connect_seconds, "read": allowed.seconds, "write": allowed.seconds, "pool": 1.0}
    return httpx.Request(
        "GET" if octets is None else "POST",
        httpx.URL(scheme=address.scheme, host=str(peer), port=address.port, raw_path=address.target.encode("ascii")),
        headers={"Host": address.authority, "User-Agent": allowed.user_agent, "Connection": "close", **headers},
        content=octets,
        extensions={"sni_hostname": address.host, "timeout": seconds},
    )


def is_peer(response: httpx.Response, peer: IP) -> bool:
    """Whether the other end is the address that was checked."""
    connected = response.extensions["network_stream"].get_extra_info("server_addr")
    return connected is not None and ip_address(connected[0]) == peer


async def _take(response: httpx.Response, address: Address, network: Network) -> _Page | Redirect | Problem:
    if response.status_code in REDIRECTS and "location" in response.headers:
        return Redirect(location=response.headers["location"])
    flaw = _find_flaw(response, network)
    if flaw is not None:
        return _problem(address.text, *flaw)
    taken = bytearray()
    async for part in response.aiter_raw():
        taken += part
        if len(taken) > network.page_bytes:
            return _problem(address.text, *_too_large(network))
    octets = bytes(taken)
    if response.headers.get("content-encoding", "").strip().lower() in ("gzip", "x-gzip"):
        unpacked = gunzip(octets, limit=network.page_bytes)
        if unpacked is None:
            return _problem(address.text, "fetch.broken", "the page came packed and cannot be unpacked; paste its text")
        octets = unpacked
    if len(octets) > network.page_bytes:
        return _problem(address.text, *_too_large(network))
    media, charset = parse_media(response.headers.get("content-type", ""))
    return _Page(octets=octets, media=media, charset=charset)


def _find_flaw(response: httpx.Response, network: Network) -> tuple[str, str] | None:
    """Why an answer is not taken, before any of its body is."""
    status = response.status_code
    if status != HTTPStatus.OK:
        return (
            "fetch.status",
            f"the server answers {status}{phrase(status)}; open the page in a browser and paste its text",
        )
    media, _ = parse_media(response.headers.get("content-type", ""))
    if media not in network.limits.media:
        said = f"{media[:60]}" if media else "nothing known"
        return "fetch.media", f"the server says that this is {said}; only pages and plain text are read"
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        return "fetch.broken", "the page came packed in a way that was not asked for; paste its text"
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > network.page_bytes:
        return _too_large(network)
    return None


def _too_large(network: Network) -> tuple[str, str]:
    return "fetch.large", f"the page is larger than {network.page_bytes / 1e6:g} MB; paste the part that is to be read"


def phrase(status: int) -> str:
    """' (Not Found)'; '' for a number that means nothing."""
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""


def parse_media(header: str) -> tuple[str, str | None]:
    """The media type and the charset of a Content-Type header, both in lower case."""
    media, *parameters = header.split(";")
    named = (each.partition("=") for each in parameters)
    charset = next(
        (value.strip(" \t\"'").lower() for name, _, value in named if name.strip().lower() == "charset"), None
    )
    return media.strip().lower(), charset or None


def gunzip(octets: bytes, *, limit: int) -> bytes | None:
    """The unpacked bytes, at most one more than the limit whatever they would grow to; None where they are broken."""
    unpacked = bytearray()
    while octets:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            unpacked += unpacker.decompress(octets, limit + 1 - len(unpacked))
        except zlib.error:
            return None
        if len(unpacked) > limit:
            return bytes(unpacked)
        if not unpacker.eof:
            return None
        octets = unpacker.unused_data
    return bytes(unpacked)


def _unconnected(address: Address, failure: Exception | None, network: Network) -> Problem:
    if not network.is_there():
        return _offline(address)
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            message = "the server's certificate does not hold for this name, so nothing was read; check the address"
            return _problem(address.text, "fetch.certificate", message)
        cause = cause.__cause__ or cause.__context__
    message = "the server does not answer; try again later, or paste the text instead"
    return _problem(address.text, "fetch.no-answer", message)


def _offline(address: Address) -> Problem:
    message = "this machine has no network, so no page can be fetched; paste the text instead"
    return _problem(address.text, "fetch.offline", message)


def _problem(where: str, code: str, message: str) -> Problem:
    return Problem(code=code, message=message, where=where[:200])
