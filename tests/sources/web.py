"""A web server on 127.0.0.1 for tests, with a log of what was asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qualityscore.sources.fetch import Fetcher, FetchSettings
from qualityscore.sources.item import Item

Route = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Web:
    """The server's routes and what it was asked.

    Attributes:
        routes: path with query to what answers it; what is not there is 404.
        asked: (time, Host header, path) of every request, in order.
        agents: the User-Agent header of every request.
        clients: address and port of every connection.
        busy: requests under way per Host header, and the most there ever were.
    """

    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[tuple[float, str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    clients: set[object] = field(default_factory=set)
    busy: dict[str, int] = field(default_factory=dict)
    most_busy: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def named(self, name: str) -> str:
        return f"http://{name}:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for _, _, path in self.asked]

    def answer(
        self, path: str, body: bytes | str = b"", status: int = 200, kind: str = "text/html", **headers: str
    ) -> None:
        """Answer a path with a body; header names are written with underscores."""
        data = body.encode() if isinstance(body, str) else body
        sent = {"Content-Type": kind} if kind else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}

        def route(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in sent.items():
                request.send_header(name, value)
            if status != 204 and "Transfer-Encoding" not in sent:
                request.send_header("Content-Length", str(len(data)))
            request.end_headers()
            request.wfile.write(data)

        self.routes[path] = route

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self.answer(path, status=status, Location=to)

    def then(self, path: str, *routes: Route) -> None:
        """Answer a path in turn by each route, by the last one ever after."""
        left = list(routes)
        self.routes[path] = lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)

    def made(self, path: str) -> Route:
        return self.routes.pop(path)


@contextmanager
def serve(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """Run a server while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            host = self.headers.get("Host", "")
            with web.lock:
                web.asked.append((time.monotonic(), host, self.path))
                web.agents.append(self.headers.get("User-Agent", ""))
                web.clients.add(self.client_address)
                web.headers.append(dict(self.headers.items()))
                web.busy[host] = web.busy.get(host, 0) + 1
                web.most_busy[host] = max(web.most_busy.get(host, 0), web.busy[host])
            try:
                route = web.routes.get(self.path)
                if route is None:
                    self.send_response(404)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    route(self)
            except OSError:
                self.close_connection = True  # the client has gone
            finally:
                with web.lock:
                    web.busy[host] -= 1

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """Clients that go away in the middle are what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    web = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def to_loopback(host: str, port: int) -> Sequence[str]:
    """A name server that knows every name, and always the same address."""
    del host, port
    return ["127.0.0.1"]


def quick(**settings: Any) -> FetchSettings:
    """Settings for tests: no pauses, loopback permitted, names lead to the test's server."""
    given: dict[str, Any] = {
        "delay": 0.0,
        "retry_seconds": 0.01,
        "allow_private_addresses": True,
        "resolver": to_loopback,
        "user_agent": "testbot/1.0 (+https://example.org/bot)",
    }
    return FetchSettings(**(given | settings))


def fetch(url: str, **settings: object) -> Item:
    """Fetch one page with quick settings."""
    with Fetcher(quick(**settings)) as fetcher:
        return fetcher.page(url)
