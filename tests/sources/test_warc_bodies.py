"""Bodies in WARC records: codings undone whatever the headers claim, and types that are not told."""

from __future__ import annotations

import gzip
import sys
import zlib
from pathlib import Path

import pytest
import zstandard

from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.sources import Item, read_items
from tests.sources.warcs import HTML, record, response


def read(path: Path, **settings: object) -> list[Item]:
    return list(read_items([str(path)], **settings))  # type: ignore[arg-type]


def shown(items: list[Item]) -> list[str]:
    return ["page" if i.page else "error" if i.error else "other" for i in items]


def body(headers: str, data: bytes, tmp_path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes | str:
    path = tmp_path / "a.warc"
    path.write_bytes(response(data, "Content-Type: text/html\r\n" + headers))
    (item,) = read(path, limits=limits)
    return item.page.content if item.page else item.error


def chunked(data: bytes) -> bytes:
    return b"%x;x=1\r\n%s\r\n0\r\n\r\n" % (len(data), data)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("headers", "data"),
    [("Transfer-Encoding: chunked", chunked(HTML)), ("Transfer-Encoding: chunked", HTML),
     ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(gzip.compress(HTML, mtime=0))),
     ("Transfer-Encoding: chunked", b"10\r\n" + HTML[:16] + b"\r\nzz\r\n".replace(b"\r\nzz\r\n", b"\r\n") + HTML[16:]),
     ("Content-Encoding: gzip", gzip.compress(HTML, mtime=0)), ("Content-Encoding: gzip", HTML),
     ("content-encoding: x-gzip, identity", gzip.compress(HTML, mtime=0)),
     ("Content-Encoding: deflate", zlib.compress(HTML)), ("Content-Encoding: deflate", raw_deflate(HTML)),
     ("Content-Encoding: deflate", HTML), ("Content-Encoding: br", HTML),
     ("Content-Encoding: zstd", zstandard.compress(HTML)), ("Content-Encoding: zstd", HTML),
     ("Content-Encoding: gzip\r\nContent-Encoding: zstd", zstandard.compress(gzip.compress(HTML, mtime=0))),
     ("X-Folded: a\r\n b", HTML)],
)  # fmt: skip
def test_bodies_are_decoded_whatever_the_headers_claim(tmp_path: Path, headers: str, data: bytes) -> None:
    assert body(headers, data, tmp_path) == HTML


def test_brotli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brotli = pytest.importorskip("brotli")
    assert body("Content-Encoding: br", brotli.compress(HTML), tmp_path) == HTML
    assert "limit" in str(
        body("Content-Encoding: br", brotli.compress(bytes(10**7)), tmp_path, Limits(max_bytes=5000))
    )
    assert "damaged brotli" in str(body("Content-Encoding: br", b"\xff\xfe\xfd" * 9, tmp_path))
    whole = brotli.compress(bytes(range(256)) * 30)
    assert isinstance(body("Content-Encoding: br", whole[: len(whole) // 2], tmp_path), bytes)
    monkeypatch.setitem(sys.modules, "brotli", None)
    assert "qualityscore[warc]" in str(body("Content-Encoding: br", brotli.compress(HTML), tmp_path))


@pytest.mark.parametrize(
    ("headers", "data", "says"),
    [("Content-Encoding: gzip", gzip.compress(bytes(10**7)), "larger than the limit"),
     ("Content-Encoding: zstd", zstandard.compress(bytes(10**7)), "larger than the limit"),
     ("Content-Encoding: deflate", zlib.compress(bytes(10**7)), "larger than the limit"),
     ("Content-Encoding: gzip,gzip,gzip,gzip", b"x", "compressed 4 times over"),
     ("Content-Encoding: gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00\xff\xff", "damaged gzip"),
     ("Content-Encoding: zstd", b"\x28\xb5\x2f\xfd" + b"nothing" * 10, "damaged zstd"),
     ("X: y", bytes(6000), "larger than the limit")],
)  # fmt: skip
def test_bombs_and_rubbish_in_a_body(tmp_path: Path, headers: str, data: bytes, says: str) -> None:
    assert says in str(body(headers, data, tmp_path, Limits(max_bytes=5000)))


def test_of_a_body_cut_short_the_beginning_counts(tmp_path: Path) -> None:
    text = b"<p>" + b" ".join(b"%d" % (i * i) for i in range(3000))
    packed = bytearray(gzip.compress(text))
    assert text.startswith(body("Content-Encoding: gzip", bytes(packed[:3000]), tmp_path))  # type: ignore[arg-type]
    packed[-4000] ^= 0xFF
    got = body("Content-Encoding: gzip", bytes(packed), tmp_path)
    assert isinstance(got, bytes) and got[:1000] == text[:1000]


def test_a_type_that_is_not_told_is_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(
        response(b" \n<!DOCTYPE html><p>x", "Server: x")
        + response(b"GIF89a", "Server: x")
        + record(b"<html>not a response", content_type="application/http")
        + record(b"1 2 3", content_type="text/dns")
    )
    assert shown(read(path)) == ["page", "other", "page", "other"]
