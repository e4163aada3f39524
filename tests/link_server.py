"""A web server of the tests' own: it answers what a test tells it to, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Reply:
    """One answer: its text, status and headers."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Heard:
    """One request as the server heard it."""

    path: str
    body: str
    agent: str


@dataclass
class Served:
    """A running server: its address, and the requests so far."""

    url: str
    heard: list[Heard]


@contextmanager
def serving(answer: Callable[[Heard, int], Reply]) -> Iterator[Served]:
    """Run a server on a free port of this machine; ``answer`` gets each request and its number from 0."""
    heard: list[Heard] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            request = Heard(self.path, body, self.headers.get("User-Agent", ""))
            heard.append(request)
            reply = answer(request, len(heard) - 1)
            data = reply.text.encode()
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(data)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _answer  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Say nothing: a test's output is its own."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of clients that hang up."""

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}", heard)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
