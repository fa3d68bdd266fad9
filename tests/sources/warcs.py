"""WARC records for tests."""

from __future__ import annotations

import gzip

HTML = b"<html><title>t</title><body><p>Some words on a page.</p></body></html>"


def record(
    block: bytes,
    kind: str = "response",
    content_type: str = "application/http; msgtype=response",
    uri: str = "http://a.example/",
    *,
    length: int | None = None,
    ident: str = "<urn:uuid:1>",
    date: str = "2024-05-01T00:00:00Z",
) -> bytes:
    """A record with its line ends; ``length`` lies about its size."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: {ident}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(body: bytes = HTML, headers: str = "Content-Type: text/html", **settings: object) -> bytes:
    """A response record."""
    block = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body
    return record(block, **settings)  # type: ignore[arg-type]


def member(data: bytes) -> bytes:
    """A gzip member without a time."""
    return gzip.compress(data, mtime=0)
