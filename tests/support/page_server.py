"""A web server on this machine that answers with the very bytes a test gives it, and notes what it was asked."""

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = bytes | Iterator[bytes]
HTML = b"text/html; charset=utf-8"


@dataclass
class Pages:
    """What is answered by path (None: the line is closed unanswered), and the requests that came."""

    port: int = 0
    answers: dict[str, Callable[[], Answer] | Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


def page(body: bytes, *, media: bytes = HTML, status: bytes = b"200 OK", more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
    return head % (status, media, len(body), more) + body


def redirect(location: str, status: bytes = b"302 Found") -> bytes:
    return page(b"", status=status, more=b"Location: " + location.encode() + b"\r\n")


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Pages]:
    """A server on a free port of 127.0.0.1, with TLS where a context is given."""
    pages = Pages()

    class Door(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                line = self.request if context is None else context.wrap_socket(self.request, server_side=True)
                head = b""
                while b"\r\n\r\n" not in head and (part := line.recv(4096)):
                    head += part
                pages.asked.append(head.decode("latin-1"))
                answer = pages.answers.get(head.split(b" ", 2)[1].decode("latin-1"), page(b"", status=b"404 Not Found"))
                given = answer() if callable(answer) else answer
                for part in (given,) if isinstance(given, bytes) else given:
                    line.sendall(part)
                if context is not None:
                    line.close()
            except (OSError, IndexError):
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Door) as server:
        pages.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield pages
        server.shutdown()
