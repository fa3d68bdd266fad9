"""Bounds on the size and the time of a page, however it is sent."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler

import pytest

from qualityscore.sources.fetch import fetch_items
from tests.pages import CAREFUL
from tests.sources.web import Web, fetch, quick, to_loopback


def test_a_large_page_is_cut_off_early(web: Web) -> None:
    sent = [0]

    def endless(request: BaseHTTPRequestHandler, declared: bool) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header(
            "Content-Length" if declared else "Connection", "100000000" if declared else "close"
        )
        request.end_headers()
        request.close_connection = True
        for _ in range(100):
            request.wfile.write(b"x" * 1_000_000)
            sent[0] += 1_000_000

    for declared in (True, False):
        sent[0] = 0
        web.routes["/a"] = lambda request, declared=declared: endless(request, declared)  # type: ignore[misc]
        started = time.monotonic()
        item = fetch(web.root + "/a", max_bytes=2_000_000)
        assert item.error == "the page is larger than the limit of 2.0 MB" and item.values == {
            "failure": "size"
        }
        assert time.monotonic() - started < 5 and sent[0] < 50_000_000


def test_chunked_pages(web: Web) -> None:
    def chunked(request: BaseHTTPRequestHandler, broken: bool) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for word in (b"<p>", b"one ", b"two"):
            request.wfile.write(b"%x\r\n%s\r\n" % (len(word), word))
        request.wfile.write(b"not a size\r\n" if broken else b"0\r\n\r\n")
        request.close_connection = broken

    web.routes["/a"] = lambda request: chunked(request, False)
    web.routes["/b"] = lambda request: chunked(request, True)
    good, bad = fetch_items([web.root + "/a", web.root + "/b"], quick(retries=0))
    assert good.page is not None and good.page.content == b"<p>one two"
    assert bad.error == "the connection broke off or does not speak HTTP"


@pytest.mark.parametrize("name", ["gzip", "x-gzip", "deflate", "bare"])
def test_compressed_pages(web: Web, name: str) -> None:
    data = CAREFUL.encode() * 50
    packed = {
        "deflate": zlib.compress(data),
        "bare": zlib.compress(data)[2:-4],
    }.get(name, gzip.compress(data[:1000]) + gzip.compress(data[1000:]) + b"\0" * 9)
    web.answer("/a", packed, kind="text/plain", Content_Encoding="deflate" if name == "bare" else name)
    item = fetch(web.root + "/a")
    assert item.page is not None and item.page.content == data


def test_compressed_pages_that_are_traps(web: Web) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000, 9)
    assert len(bomb) < 100_000
    web.answer("/bomb", bomb, Content_Encoding="gzip")
    packed = gzip.compress(CAREFUL.encode())
    web.answer("/broken", packed[:50] + b"!!!!!!!!" + packed[58:], Content_Encoding="gzip")
    web.answer("/short", packed[:-20], Content_Encoding="gzip")
    web.answer("/members", gzip.compress(b"") * 3000, Content_Encoding="gzip")
    web.answer("/twice", bomb, Content_Encoding="gzip, gzip")
    web.answer("/brotli", b"x", Content_Encoding="br")
    names = ["bomb", "broken", "short", "members", "twice", "brotli"]
    errors = [
        item.error for item in fetch_items([f"{web.root}/{n}" for n in names], quick(max_bytes=1_000_000))
    ]
    assert errors == [
        "the page is larger than the limit of 1.0 MB",
        "the compressed data is damaged",
        "the compressed data breaks off",
        "the compressed data is damaged",
        "the page is compressed in a way that was not asked for",
        "the page is compressed in a way that was not asked for",
    ]


@pytest.mark.parametrize("where", ["headers", "body", "silent"])
def test_the_time_of_a_page_is_bounded_however_it_trickles(web: Web, where: str) -> None:
    over = threading.Event()

    def trickle(request: BaseHTTPRequestHandler) -> None:
        if where == "body":
            request.send_response(200)
            request.send_header("Content-Type", "text/html")
            request.send_header("Content-Length", "1000")
            request.end_headers()
        elif where == "headers":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(100):
            if over.wait(0.05):
                break
            if where != "silent":
                request.wfile.write(b"x")
                request.wfile.flush()
        request.close_connection = True

    web.routes["/a"] = trickle
    started = time.monotonic()
    item = fetch(web.root + "/a", max_seconds=0.4)
    over.set()
    assert item.error == "the page did not arrive in time" and item.values == {"failure": "time"}
    assert time.monotonic() - started < 2


def test_a_name_server_that_hangs(web: Web) -> None:
    over = threading.Event()

    def resolver(host: str, port: int) -> Sequence[str]:
        over.wait(5)
        return to_loopback(host, port)

    started = time.monotonic()
    item = fetch(web.named("slow.example"), resolver=resolver, connect_seconds=0.2)
    over.set()
    assert item.error.endswith("the name server did not answer in time")
    assert time.monotonic() - started < 2
