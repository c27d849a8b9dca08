"""The address of a page as somebody wrote it: taken apart, and refused where it is none that may be fetched."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import httpx

from truceline.errors import Problem

IP = IPv4Address | IPv6Address

# ASCII control signs, blanks of any kind, and what browsers and libraries take apart differently.
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\\\"<>^`{|}\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# ISATAP (RFC 5214): an IPv4 address, perhaps an inner one, stands in the last half of an IPv6 address.
_ISATAP = (0x5EFE, 0x0200_5EFE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is fetched, and from which ports, as `fetch.toml` says it."""

    ports: tuple[int, ...]
    redirects: int
    seconds: float
    connect_seconds: float
    addresses: int
    address_characters: int
    at_once: int
    media: tuple[str, ...]
    known_name: str
    user_agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address taken apart. `host` is a name in ASCII or a plain IP address, `target` the path with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def authority(self) -> str:
        """The host, with the port where it is not the scheme's own: what a Host header holds."""
        usual = {"http": 80, "https": 443}[self.scheme]
        return self.bracketed if self.port == usual else f"{self.bracketed}:{self.port}"

    @property
    def text(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def literal(self) -> IP | None:
        """The IP address that stands in place of a name; None where a name stands."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None


@cache
def limits() -> Limits:
    table: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in _table("limits").items()
    }
    return Limits(**table)


def parse_address(written: str, *, ports: Collection[int], longest: int = 2000) -> Address | Problem:
    """The address taken apart, or why it is none that may be fetched. Nothing is looked up."""
    words = written.strip()
    flaw = _find_flaw(words, longest)
    if flaw is not None:
        return _refusal(words, *flaw)
    try:
        url = httpx.URL(words)
        host, port = url.raw_host.decode("ascii").lower(), url.port
    except (httpx.InvalidURL, ValueError):
        return _refusal(words, "address.invalid", "this is no address of a page; copy it anew from the browser")
    scheme = url.scheme.lower()
    port = {"http": 80, "https": 443}[scheme] if port is None else port
    if port not in ports:
        allowed = " and ".join(str(each) for each in sorted(ports))
        return _refusal(words, "address.port", f"port {port} is not asked; pages lie at port {allowed}")
    flaw = _find_host_flaw(host)
    if flaw is not None:
        return _refusal(words, *flaw)
    return Address(scheme=scheme, host=host, port=port, target=url.raw_path.decode("ascii") or "/")


def _find_flaw(words: str, longest: int) -> tuple[str, str] | None:
    """What is wrong with it before it is taken apart: code and message."""
    if len(words) > longest:
        return "address.invalid", f"the address is longer than {longest:,} characters"
    if not re.match(r"https?://", words, re.IGNORECASE):
        return "address.scheme", "a page's address begins with https:// or http://; write it in full"
    authority = re.split(r"[/?#]", words.partition("://")[2], maxsplit=1)[0]
    if "@" in authority:
        return "address.password", "the address carries a name or password before its host; leave that out"
    if _ODD.search(words) or "%" in authority:
        return "address.invalid", "a sign in it has no place in an address; copy it anew from the browser"
    return None


def _find_host_flaw(host: str) -> tuple[str, str] | None:
    labels = host.split(".")
    if ":" in host or _NUMBER.fullmatch(labels[-1] or labels[-2] if len(labels) > 1 else labels[-1]):
        return None if is_plain(host) else ("address.number", f"a number in place of a name is written plainly; {ASK}")
    if host.endswith("."):
        return "address.invalid", "the name of the server ends in a dot; leave it out"
    if len(host) > 253 or not all(_LABEL.fullmatch(each) for each in labels):
        return "address.invalid", "this is no name of a server; copy the address anew from the browser"
    if len(labels) == 1 or any(host == each or host.endswith(f".{each}") for each in _table("closed")["names"]):
        return NOT_PUBLIC
    return None


ASK = "give the server's name, as in https://news.org/page"
NOT_PUBLIC = (
    "address.not-public",
    "this address is not public, or there is none of that name; check how it is written",
)


def is_plain(host: str) -> bool:
    """Whether it is an IP address as it is usually written: no octal, hexadecimal or shortened form."""
    try:
        return str(ip_address(host)) == host or ":" in host
    except ValueError:
        return False


def is_public(address: IP) -> bool:
    """Whether an IP address belongs to the public internet: what is in doubt does not."""
    if address.is_multicast or address.is_reserved or address.is_private or not address.is_global:
        return False
    if isinstance(address, IPv6Address) and (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return False
    return not any(address in each for each in closed_networks() if each.version == address.version)


@cache
def closed_networks() -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each) for each in _table("closed")["networks"])


def refuse_as_not_public(where: str) -> Problem:
    """The one thing that is said of everything inner, whatever is there: nothing, a server, or no such name."""
    return _refusal(where, *NOT_PUBLIC)


def _refusal(where: str, code: str, message: str) -> Problem:
    return Problem(code=code, message=message, where=where[:200])


@cache
def _table(name: str) -> dict[str, Any]:
    tables = tomllib.loads(files("truceline.gather").joinpath("fetch.toml").read_text("utf-8"))
    return dict(tables[name])
