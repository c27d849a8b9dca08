"""The server itself, on a port of this machine: slow heads, slow bodies, two lengths."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from truceline.web.listening import Impatient

uvicorn = pytest.importorskip("uvicorn", reason="needs uvicorn")
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def port(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(Impatient, "head_seconds", 0.3)
    monkeypatch.setattr("truceline.web.security.BODY_SECONDS", 0.3)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(client.app, http=Impatient, ws="none", log_level="error", access_log=False))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    running.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    running.join(10)


def ask(port: int, head: bytes, *drops: bytes) -> str:
    """The first line of the answer, "" for a connection that was closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as made:
        made.sendall(head.replace(b"HOST", b"Host: 127.0.0.1:%d" % port))
        try:
            for each in drops:
                time.sleep(0.1)
                made.sendall(each)
            return made.recv(4096).partition(b"\r\n")[0].decode()
        except ConnectionError:
            return ""


def test_nobody_holds_a_connection_by_saying_little(port: int) -> None:
    assert "200" in ask(port, b"GET /login HTTP/1.1\r\nHOST\r\n\r\n")
    for head in (b"", b"GET /login HTTP/1.1\r\n"):
        assert ask(port, head) == ""
    assert ask(port, b"GET /login HTTP/1.1\r\nHOST\r\n", *(b"X-%d: a\r\n" % each for each in range(9))) == ""
    assert "200" in ask(port, b"GET /login HTTP/1.1\r\n", b"HOST\r\n\r\n".replace(b"HOST", b"Host: localhost"))
    assert "408" in ask(port, b"POST /login HTTP/1.1\r\nHOST\r\n" + FORM + b"Content-Length: 50\r\n\r\na=")


def test_a_request_with_two_lengths_is_refused(port: int) -> None:
    both = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert "400" in ask(port, b"POST /login HTTP/1.1\r\nHOST\r\n" + FORM + both)
    two = b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"
    assert "400" in ask(port, b"POST /login HTTP/1.1\r\nHOST\r\n" + FORM + two)


def test_a_body_in_pieces_is_cut_off_where_it_grows_too_large(port: int) -> None:
    piece = b"ffff\r\n" + b"a" * 65_535 + b"\r\n"
    assert "413" in ask(
        port, b"POST /login HTTP/1.1\r\nHOST\r\n" + FORM + b"Transfer-Encoding: chunked\r\n\r\n" + piece * 5
    )
