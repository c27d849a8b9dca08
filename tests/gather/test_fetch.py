"""One page is fetched from where it lies in public, and nobody is led anywhere else."""

import asyncio
import gzip
import ipaddress
import itertools
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
from gathering import NOW
from hypothesis import given
from hypothesis import strategies as st
from page_server import Pages, page, redirect, serving

from truceline.errors import Problem
from truceline.gather.addresses import Address, is_public, parse_address
from truceline.gather.fetch import PUBLIC, Fetched, Network, fetch, gunzip
from truceline.gather.fetched import parse_fetched

ARTICLE = (
    b"<html lang=en><head><title>Shells fall on Zakiya</title><meta property='og:site_name' content='The Daily'>"
    b"<meta property='article:published_time' content='2016-06-04T10:00:00Z'></head><body><nav>Home</nav><article>"
    b"<h1>Shells fall on Zakiya</h1><p>Shells fell on Zakiya on Friday evening, residents of the town said by "
    b"telephone.</p><p>The ministry denied that its forces had fired at the town during the truce.</p></article></body>"
)
LOOPBACK = ipaddress.ip_address("127.0.0.1")


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serving() as server:
        yield server


def network(port: int, **other: object) -> Network:
    """The policy of these tests: every name lies at 127.0.0.1, which with this port counts as public."""
    allowed = {
        "limits": replace(PUBLIC.limits, ports=(port,), seconds=3.0, connect_seconds=1.0),
        "resolve": lambda _name, _port: ("127.0.0.1",),
        "may_reach": lambda address: address == LOOPBACK,
        "is_there": lambda: True,
        "page_bytes": 100_000,
    }
    return Network(**{**allowed, **other})


def get(pages: Pages, path: str = "/", *, host: str = "news.org", **other: object) -> Fetched | Problem:
    address = f"http://{host}:{pages.port}{path}"
    return asyncio.run(fetch(address, now=lambda: NOW, network=network(pages.port, **other)))


def code(answer: object) -> str:
    assert isinstance(answer, Problem), answer
    return answer.code


# ---- a page


def test_a_page_comes_with_where_it_lay_and_what_it_says_of_itself(pages: Pages) -> None:
    pages.answers["/a?b=1"] = page(ARTICLE)
    fetched = get(pages, "/a?b=1#part")
    assert isinstance(fetched, Fetched)
    assert fetched.address == f"http://news.org:{pages.port}/a?b=1"
    assert (fetched.at, fetched.redirects) == (NOW, ())
    drawn = parse_fetched(fetched, now=NOW, publisher="Somebody else")
    document = drawn.document
    assert document is not None
    assert drawn.problems == ()
    assert "residents of the town said" in document.text
    assert "Home" not in document.text
    assert (document.title, document.publisher) == ("Shells fall on Zakiya", "The Daily")
    assert document.uri == document.id == fetched.address
    assert document.published_at is not None
    assert document.published_at.isoformat() == "2016-06-04T10:00:00+00:00"


def test_what_the_page_does_not_say_is_filled_in_by_whoever_asks(pages: Pages) -> None:
    pages.answers["/"] = page("Снаряды упали на Закию.".encode("cp1251"), media=b"text/plain; charset=windows-1251")
    fetched = get(pages)
    assert isinstance(fetched, Fetched)
    drawn = parse_fetched(fetched, now=NOW, publisher="The Daily", published="2016-06-04")
    document = drawn.document
    assert document is not None
    assert drawn.problems == ()
    assert drawn.given == ("publisher", "date of publication")
    assert (document.text, document.publisher) == ("Снаряды упали на Закию.", "The Daily")


def test_the_request_tells_who_we_are_and_nothing_of_who_asks(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    pages.answers["/"] = page(b"", status=b"302 Found", more=b"Location: /b\r\nSet-Cookie: a=b\r\n")
    pages.answers["/b"] = page(ARTICLE)
    assert isinstance(get(pages), Fetched)
    assert len(pages.asked) == 2
    for asked in pages.asked:
        names = {line.partition(":")[0].lower() for line in asked.split("\r\n")[1:] if line}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert f"Host: news.org:{pages.port}\r\n" in asked
        assert "Truceline" in asked


def test_a_page_cannot_pass_for_one_of_another_host(pages: Pages) -> None:
    for own, expected in (("https://www.news.org/a", "https://www.news.org/a"), ("https://agency.org/a", None)):
        pages.answers["/a"] = page(ARTICLE.replace(b"<title>", f"<link rel=canonical href='{own}'><title>".encode()))
        fetched = get(pages, "/a")
        assert isinstance(fetched, Fetched)
        drawn = parse_fetched(fetched, now=NOW)
        document = drawn.document
        assert document is not None
        assert document.id == document.uri == (expected or fetched.address)


# ---- redirects


def test_redirects_are_followed_and_told(pages: Pages) -> None:
    pages.answers |= {"/": redirect("/1", b"301 Moved"), "/1": redirect(f"//other.org:{pages.port}/2")}
    pages.answers["/2"] = page(ARTICLE)
    fetched = get(pages)
    assert isinstance(fetched, Fetched)
    assert fetched.address == f"http://other.org:{pages.port}/2"
    assert [each.rpartition("/")[2] for each in fetched.redirects] == ["", "1"]
    assert "Host: other.org" in pages.asked[-1]


def test_a_sixth_redirect_is_not_followed(pages: Pages) -> None:
    pages.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(9)}
    assert code(get(pages, "/0")) == "fetch.redirects"
    assert len(pages.asked) == 6


@pytest.mark.parametrize(
    ("location", "expected"),
    [("http://169.254.169.254/latest/meta-data/", "address.port"), ("http://10.0.0.1:PORT/", "address.not-public"),
     ("http://[::1]:PORT/", "address.not-public"), ("http://localhost:PORT/", "address.not-public"),
     ("http://inner.corp:PORT/", "address.not-public"), ("file:///etc/passwd", "address.scheme"),
     ("gopher://news.org:PORT/", "address.scheme"), ("http://a:b@news.org:PORT/", "address.password"),
     ("http://news.org:22/", "address.port"), ("http://0x7f000001:PORT/", "address.number"),
     ("javascript:alert(1)", "address.scheme"), ("http://[", "address.scheme")],
)  # fmt: skip
def test_a_redirect_is_checked_like_the_first_address(pages: Pages, location: str, expected: str) -> None:
    pages.answers["/"] = redirect(location.replace("PORT", str(pages.port)))
    assert code(get(pages)) == expected
    assert len(pages.asked) == 1


def test_a_redirect_to_a_name_that_lies_inside_is_not_followed(pages: Pages) -> None:
    pages.answers["/"] = redirect(f"http://inside.org:{pages.port}/secret")
    pages.answers["/secret"] = page(ARTICLE)

    def resolve(name: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.2",) if name == "inside.org" else ("127.0.0.1",)

    assert code(get(pages, resolve=resolve)) == "address.not-public"
    assert len(pages.asked) == 1


# ---- names


def test_a_name_is_resolved_once_and_the_address_that_was_checked_is_spoken_to(pages: Pages) -> None:
    """A resolver that answers with a public address first and an inner one after: rebinding."""
    pages.answers["/"] = page(ARTICLE)
    answers = itertools.chain([("127.0.0.1",)], itertools.repeat(("127.0.0.9",)))
    looked_up: list[str] = []

    def resolve(name: str, _port: int) -> tuple[str, ...]:
        looked_up.append(name)
        return next(answers)

    assert isinstance(get(pages, resolve=resolve), Fetched)
    assert looked_up == ["news.org"]
    assert code(get(pages, resolve=resolve)) == "address.not-public"


def test_a_name_with_one_inner_address_among_public_ones_is_refused(pages: Pages) -> None:
    assert code(get(pages, resolve=lambda _n, _p: ("127.0.0.1", "10.0.0.1"))) == "address.not-public"
    assert pages.asked == []


def test_the_next_address_is_tried_where_the_first_does_not_answer(pages: Pages) -> None:
    pages.answers["/"] = page(ARTICLE)
    both = {"127.0.0.2", "127.0.0.1"}
    allowed = network(pages.port).limits
    with socket.socket() as taken:  # bound and not listening: a connection to it is refused at once
        taken.bind(("127.0.0.2", pages.port))
        fetched = get(
            pages, resolve=lambda _n, _p: ("127.0.0.2", "127.0.0.1"), may_reach=lambda ip: str(ip) in both,
            limits=allowed,
        )  # fmt: skip
    assert isinstance(fetched, Fetched)


def test_nothing_is_told_apart_of_what_lies_inside(pages: Pages) -> None:
    """Whether a name is unknown, or known and inner, or an inner server answers, the words are the same."""

    def unknown(name: str, _port: int) -> tuple[str, ...]:
        if name == PUBLIC.limits.known_name:
            return ("198.41.0.4",)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def unanswered(name: str, port: int) -> tuple[str, ...]:
        if name == PUBLIC.limits.known_name:
            return unknown(name, port)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    pages.answers["/"] = page(ARTICLE)
    said = {
        str(get(pages, host=host, resolve=resolve, may_reach=is_public))
        for host, resolve in (
            ("db.org", unknown),
            ("db.org", unanswered),
            ("db.org", lambda _n, _p: ("127.0.0.1",)),
            ("db.org", lambda _n, _p: ("10.0.0.1",)),
            ("db.org", lambda _n, _p: ()),
        )
    }
    assert len(said) == 1
    assert "not public" in said.pop()
    assert pages.asked == []


def test_without_a_network_that_is_said_at_once(pages: Pages) -> None:
    def never(_name: str, _port: int) -> tuple[str, ...]:
        raise AssertionError("asked without a network")

    answer = get(pages, resolve=never, is_there=lambda: False)
    assert code(answer) == "fetch.offline"
    assert "no network" in str(answer)


def test_where_no_name_can_be_looked_up_there_is_no_network(pages: Pages) -> None:
    def unanswered(_name: str, _port: int) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    assert code(get(pages, resolve=unanswered)) == "fetch.offline"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ftp://news.org/", "address.scheme"), ("file:///etc/passwd", "address.scheme"),
        ("news.org/a", "address.scheme"), ("data:text/html,x", "address.scheme"),
        ("", "address.scheme"), ("https:/news.org", "address.scheme"),
        ("http://user@news.org/", "address.password"), ("http://a:b@news.org/", "address.password"),
        ("http://news.org@127.0.0.1/", "address.password"), ("http://news.org:8080/", "address.port"),
        ("http://news.org:0/", "address.port"), ("http://news.org:99999/", "address.port"),
        ("http://2130706433/", "address.number"), ("http://0x7f000001/", "address.number"),
        ("http://0177.0.0.1/", "address.invalid"), ("http://127.1/", "address.number"),
        ("http://0x7f.0.0.1/", "address.number"), ("http://1.2.3.4.5/", "address.number"),
        ("http://127.0.0.1./", "address.number"), ("http://news.0x10/", "address.number"),
        ("http://localhost/", "address.not-public"), ("http://LOCALHOST/", "address.not-public"),
        ("http://a.localhost/", "address.not-public"), ("http://metadata/", "address.not-public"),
        ("http://metadata.google.internal/", "address.not-public"), ("http://router.lan/", "address.not-public"),
        ("http://printer.local/", "address.not-public"), ("http://x.home.arpa/", "address.not-public"),
        ("http://news.org./", "address.invalid"), ("http://localhost./", "address.invalid"),
        ("http:///a", "address.invalid"), ("http://./", "address.invalid"), ("http://a..org/", "address.invalid"),
        ("http://news.org\\@127.0.0.1/", "address.password"), ("http://news.org\\.evil.org/", "address.invalid"),
        ("http://news%2eorg/", "address.invalid"), ("http://127.0.0.1%00.org/", "address.invalid"),
        ("http://news.org/\r\nHost: x", "address.invalid"), ("http://news .org/", "address.invalid"),
        ("http://１２７.0.0.1/", "address.invalid"), ("http://ⓛocalhost/", "address.invalid"),
        ("http://local\u00adhost/", "address.invalid"), ("http://loc\u200balhost/", "address.invalid"),
        ("http://news.org/" + "a" * 2000, "address.invalid"), ("http://-a.org/", "address.invalid"),
        ("http://[::1/", "address.invalid"), ("http://[fe80::1%25eth0]/", "address.invalid"),
        ("http://[::ffff:127.0.0.1]x/", "address.invalid"), ("http://localhost。/", "address.invalid"),
    ],
)  # fmt: skip
def test_an_address_that_is_none_of_a_public_page_is_refused_as_written(address: str, expected: str) -> None:
    def never(_name: str, _port: int) -> tuple[str, ...]:
        raise AssertionError("looked up")

    asked = replace(PUBLIC, resolve=never, is_there=lambda: True)
    assert code(asyncio.run(fetch(address, now=lambda: NOW, network=asked))) == expected


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://[::1]/", "http://0.0.0.0/", "http://10.1.2.3/", "http://169.254.169.254/",
     "http://100.100.100.200/", "http://168.63.129.16/", "http://192.168.0.1/", "http://[::ffff:127.0.0.1]/",
     "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
     "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "http://[fd00:ec2::254]/", "http://[fe80::1]/",
     "http://[2a00:1450::5efe:10.0.0.1]/", "http://127。0。0。1/", "http://224.0.0.1/", "http://255.255.255.255/",
     "http://[::]/", "http://[ff02::1]/", "http://198.18.0.1/"],
)  # fmt: skip
def test_a_number_that_is_not_public_is_never_spoken_to(address: str) -> None:
    def never(_name: str, _port: int) -> tuple[str, ...]:
        raise AssertionError("looked up")

    asked = replace(PUBLIC, resolve=never, is_there=lambda: True)
    assert code(asyncio.run(fetch(address, now=lambda: NOW, network=asked))) == "address.not-public"


@pytest.mark.parametrize(
    ("address", "host", "target"),
    [("HTTPS://News.ORG", "news.org", "/"), (" https://bücher.de/ü?q=é ", "xn--bcher-kva.de", "/%C3%BC?q=%C3%A9"),
     ("https://news.org:443/a%20b/../c?x=1&y=[2]#z", "news.org", "/c?x=1&y=[2]"),
     ("https://صحيفة.org/", "xn--ogbhx3c3b.org", "/"), ("http://8.8.8.8/", "8.8.8.8", "/")],
)  # fmt: skip
def test_an_address_of_a_public_page_is_taken_apart(address: str, host: str, target: str) -> None:
    parsed = parse_address(address, ports=(80, 443))
    assert isinstance(parsed, Address), parsed
    assert (parsed.host, parsed.target) == (host, target)


SPECIAL = [
    network
    for constants in (ipaddress._IPv4Constants, ipaddress._IPv6Constants)  # type: ignore[attr-defined]
    for value in vars(constants).values()
    for network in (value if isinstance(value, list) else [value])
    if isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network)
]


@given(st.sampled_from(SPECIAL).flatmap(lambda each: st.ip_addresses(network=each)))
def test_no_address_of_a_special_range_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("each", SPECIAL, ids=str)
def test_no_special_range_is_public_at_its_ends(each: ipaddress.IPv4Network | ipaddress.IPv6Network) -> None:
    assert not is_public(each[0])
    assert not is_public(each[-1])


@given(st.ip_addresses(v=4))
def test_an_inner_ipv4_address_is_not_public_inside_an_ipv6_one_either(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    carriers = [
        (0xFFFF << 32) | number, number, (0x64FF9B << 96) | number, (0x2002 << 112) | (number << 80),
        (0x20010000 << 96) | (number ^ 0xFFFFFFFF),
    ]  # fmt: skip
    assert not any(is_public(ipaddress.IPv6Address(each)) for each in carriers)


@given(st.ip_addresses())
def test_what_python_calls_inner_is_never_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not is_public(address)


def test_public_addresses_are_public() -> None:
    for each in ("8.8.8.8", "193.0.6.139", "2a00:1450:4001:80e::200e", "2606:4700::6810:84e5", "172.32.0.1"):
        assert is_public(ipaddress.ip_address(each)), each


# ---- servers that mean harm


def chunked(parts: Iterator[bytes]) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    for part in parts:
        yield b"%x\r\n%s\r\n" % (len(part), part)


def dripping(first: bytes, drop: bytes, pause: float = 0.1) -> Iterator[bytes]:
    yield first
    while True:
        time.sleep(pause)
        yield drop


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BOMB = gzip.compress(b"\0" * 50_000_000)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (lambda: chunked(itertools.repeat(b"x" * 50_000)), "fetch.large"),
        (lambda: page(b"x" * 100_001), "fetch.large"),
        (lambda: HEAD + b"Content-Length: 99999999999\r\n\r\n", "fetch.large"),
        (lambda: page(BOMB, more=b"Content-Encoding: gzip\r\n"), "fetch.large"),
        (lambda: page(gzip.compress(ARTICLE)[:-9], more=b"Content-Encoding: gzip\r\n"), "fetch.broken"),
        (lambda: page(b"no gzip", more=b"Content-Encoding: gzip\r\n"), "fetch.broken"),
        (lambda: page(b"x", more=b"Content-Encoding: br\r\n"), "fetch.broken"),
        (lambda: page(b"x", more=b"Content-Encoding: gzip, gzip\r\n"), "fetch.broken"),
        (lambda: HEAD + b"Content-Length: 900\r\n\r\nshort", "fetch.broken"),
        (lambda: HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort", "fetch.broken"),
        (lambda: HEAD + b"Content-Length: -5\r\n\r\nshort", "fetch.broken"),
        (lambda: b"SSH-2.0-OpenSSH\r\n", "fetch.broken"),
        (lambda: b"", "fetch.broken"),
        (lambda: (HEAD if n == 0 else b"X-More: %s\r\n" % (b"y" * 900) for n in range(10_000)), "fetch.broken"),
        (lambda: page(b"x", media=b"application/pdf"), "fetch.media"),
        (lambda: page(b"x", media=b"image/png"), "fetch.media"),
        (lambda: page(b"x", media=b""), "fetch.media"),
        (lambda: page(ARTICLE, status=b"404 Not Found"), "fetch.status"),
        (lambda: page(ARTICLE, status=b"206 Partial Content"), "fetch.status"),
        (lambda: page(ARTICLE, status=b"302 Found"), "fetch.status"),
        (lambda: page(ARTICLE, status=b"999 Odd"), "fetch.status"),
        (lambda: redirect("/x" + "y" * 3000), "address.invalid"),
    ],
)  # fmt: skip
def test_a_server_that_means_harm_gets_no_further(pages: Pages, answer: object, expected: str) -> None:
    pages.answers["/"] = answer  # type: ignore[assignment]
    assert code(get(pages)) == expected


@pytest.mark.parametrize(
    "answer",
    [lambda: dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"y"), lambda: dripping(HEAD + b"\r\n", b"<p>"),
     lambda: dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), lambda: dripping(b"", b"")],
    ids=["headers", "body", "continue", "silence"],
)  # fmt: skip
def test_a_slow_answer_is_given_up_in_time(pages: Pages, answer: object) -> None:
    pages.answers["/"] = answer  # type: ignore[assignment]
    started = time.monotonic()
    assert code(get(pages, limits=replace(network(pages.port).limits, seconds=0.6))) == "fetch.slow"
    assert time.monotonic() - started < 2


def test_time_runs_over_all_redirects_together(pages: Pages) -> None:
    def late(n: int) -> Iterator[bytes]:
        time.sleep(0.3)
        yield redirect(f"/{n + 1}")

    pages.answers |= {f"/{n}": lambda n=n: late(n) for n in range(5)}
    assert code(get(pages, "/0", limits=replace(network(pages.port).limits, seconds=0.7))) == "fetch.slow"


def test_a_packed_page_is_unpacked_and_a_bomb_never_grows() -> None:
    assert gunzip(gzip.compress(b"a" * 10) + gzip.compress(b"b"), limit=100) == b"a" * 10 + b"b"
    unpacked = gunzip(BOMB, limit=1000)
    assert unpacked is not None
    assert len(unpacked) == 1001


def test_a_packed_page_is_read(pages: Pages) -> None:
    pages.answers["/"] = page(gzip.compress(ARTICLE), more=b"Content-Encoding: gzip\r\n")
    fetched = get(pages)
    assert isinstance(fetched, Fetched)
    assert fetched.octets == ARTICLE


def test_where_nobody_listens_that_is_said(pages: Pages) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        asked = network(taken.getsockname()[1])
        address = f"http://news.org:{taken.getsockname()[1]}/"
        assert code(asyncio.run(fetch(address, now=lambda: NOW, network=asked))) == "fetch.no-answer"


# ---- TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate with its key, for news.org."""
    openssl = which("openssl")
    if openssl is None:
        pytest.skip("needs openssl to make a certificate for the test")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    wanted = ["-subj", "/CN=news.org", "-addext", "subjectAltName=DNS:news.org", "-days", "2"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(path)]
    made = path.with_name("made.pem")
    subprocess.run([openssl, "req", "-x509", *key, "-out", str(made), *wanted], check=True, capture_output=True)
    path.write_text(path.read_text() + made.read_text())
    return path


def test_the_name_is_what_the_certificate_is_held_against(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    named: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    trust = ssl.create_default_context(cafile=str(certificate))
    with serving(context) as pages:
        pages.answers["/"] = page(ARTICLE)
        found = {}
        for host, given in (("news.org", trust), ("other.org", trust), ("news.org", None)):
            asked = network(pages.port, trust=given)
            address = f"https://{host}:{pages.port}/"
            found[host, given is trust] = asyncio.run(fetch(address, now=lambda: NOW, network=asked))
        assert isinstance(found["news.org", True], Fetched)
        assert code(found["other.org", True]) == "fetch.certificate"
        assert code(found["news.org", False]) == "fetch.certificate"
        assert named == ["news.org", "other.org", "news.org"]


def test_nobody_is_led_from_https_to_http(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as pages:
        pages.answers["/"] = redirect(f"http://news.org:{pages.port}/b")
        asked = network(pages.port, trust=ssl.create_default_context(cafile=str(certificate)))
        answer = asyncio.run(fetch(f"https://news.org:{pages.port}/", now=lambda: NOW, network=asked))
        assert code(answer) == "fetch.downgrade"
        assert len(pages.asked) == 1
