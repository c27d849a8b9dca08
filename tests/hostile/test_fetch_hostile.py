"""Whatever is written as an address, and whatever a server answers: a page or a problem, never an accident."""

import asyncio
import ipaddress
import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_server import serving

from truceline.errors import Problem
from truceline.gather.addresses import Address, parse_address
from truceline.gather.fetch import PUBLIC, Fetched, Network, fetch, parse_media
from truceline.gather.fetched import parse_fetched

NOW = datetime(2016, 6, 5, 12, tzinfo=UTC)
PIECES = st.sampled_from(
    ["http", "https", "HTTP", "file", ":", "/", "//", "\\", "@", "#", "?", ".", "..", "%", "%00", "%2e", "[", "]",
     "::1", "127.0.0.1", "127.1", "0x7f", "017700000001", "2130706433", "localhost", "news.org", "metadata", "internal",
     "80", "443", "22", "a:b", "\t", "\n", "\r\n", "\0", " ", "。", "１", "ⓛ", "\u200b", "\u202e", "ß", "İ", "é",
     "xn--", "-", "169.254.169.254", "::ffff:", "fe80::1%eth0", "ب", "&", "=", "'", '"', "<", ">", "^", "`", "{", "|",
     "}"]
)  # fmt: skip


@settings(max_examples=600)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=9).map("".join).map("http://".__add__)))
def test_any_address_is_taken_apart_or_told_as_a_problem(written: str) -> None:
    parsed = parse_address(written, ports=(80, 443))
    if isinstance(parsed, Problem):
        assert parsed.code.startswith("address.")
        return
    assert parsed.scheme in ("http", "https")
    assert parsed.port in (80, 443)
    assert re.fullmatch(r"/[\x21-\x7e]*|\?[\x21-\x7e]*", parsed.target), parsed
    if parsed.literal is None:
        assert re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+", parsed.host), parsed
        assert not re.fullmatch(r"\d+|0x[0-9a-f]*", parsed.host.rpartition(".")[2])
    again = parse_address(parsed.text, ports=(80, 443))
    assert isinstance(again, Address)
    assert (again.host, again.port, again.scheme) == (parsed.host, parsed.port, parsed.scheme)


HEADS = st.sampled_from(
    [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\n", b"HTTP/1.0 200 \r\n", b"HTTP/1.1 101 Switching\r\n",
     b"HTTP/9 2\r\n"]
)  # fmt: skip
LINES = st.sampled_from(
    [b"Content-Type: text/html\r\n", b"Content-Type: text/plain; charset=utf-16\r\n", b"Content-Length: 3\r\n",
     b"Content-Length: 99\r\n", b"Transfer-Encoding: chunked\r\n", b"Location: //\r\n", b"Location: http://[\r\n",
     b"Location: \xff\xfe\r\n", b"Content-Encoding: gzip\r\n", b"Content-Type: text/html; charset=\"\r\n", b"X: \0\r\n",
     b"Set-Cookie: a=b\r\n", b": x\r\n", b"\xe2\x98\x83: x\r\n", b"Connection: upgrade\r\nUpgrade: h2c\r\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HEADS, st.lists(LINES, max_size=5), st.binary(max_size=120))
def test_any_answer_is_a_page_or_a_problem(head: bytes, lines: list[bytes], body: bytes) -> None:
    with serving() as pages:
        pages.answers["/"] = head + b"".join(lines) + b"\r\n" + body
        network = Network(
            limits=replace(PUBLIC.limits, ports=(pages.port,), seconds=2.0),
            resolve=lambda _name, _port: ("127.0.0.1",),
            may_reach=lambda address: address == ipaddress.ip_address("127.0.0.1"),
            is_there=lambda: True,
        )
        fetched = asyncio.run(fetch(f"http://news.org:{pages.port}/", now=lambda: NOW, network=network))
        if isinstance(fetched, Problem):
            assert fetched.message
        else:
            drawn = parse_fetched(fetched, now=NOW)
            assert drawn.document is not None or drawn.problems


@given(st.binary(max_size=400), st.sampled_from(PUBLIC.limits.media), st.none() | st.text(max_size=12))
def test_any_bytes_of_a_page_are_a_document_or_a_problem(octets: bytes, media: str, charset: str | None) -> None:
    address = "https://news.org/a"
    fetched = Fetched(asked=address, address=address, octets=octets, media=media, charset=charset, at=NOW)
    drawn = parse_fetched(fetched, now=NOW)
    assert drawn.document is not None or drawn.problems


@given(st.text(max_size=80))
def test_any_content_type_is_parsed(header: str) -> None:
    media, charset = parse_media(header)
    assert media == media.strip().lower()
    assert charset is None or charset
