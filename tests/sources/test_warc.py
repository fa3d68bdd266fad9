"""WARC files, whole and damaged."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tarfile
from pathlib import Path

import pytest
import zstandard

from qualityscore.limits import Limits
from qualityscore.sources import Item, WarcOrigin, read_items
from tests.sources.warcs import HTML, member, record, response

FILLER = b"WARC-ish text that is no record\r\n" * 40


def read(path: Path, **settings: object) -> list[Item]:
    return list(read_items([str(path)], **settings))  # type: ignore[arg-type]


def shown(items: list[Item]) -> list[str]:
    return ["page" if i.page else "error" if i.error else "other" for i in items]


RECORDS = [
    record(b"software: x\r\n", "warcinfo", "application/warc-fields"),
    record(b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
    response(),
    response(b"\x89PNG", "Content-Type: image/png"),
    record(HTML, "resource", "text/html"),
    record(b"Plain words.", "conversion", "text/plain"),
    record(b"", "metadata", "application/warc-fields"),
    response(b"# Title", "Content-Type: text/markdown; charset=utf-8"),
]
OUTCOMES = ["other", "other", "page", "other", "page", "page", "other", "page"]


@pytest.mark.parametrize("how", ["plain", "members", "one member", "zstd", "stdin", "stdin members"])
def test_records_of_every_type(tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"".join(RECORDS)
    if how.endswith("members"):
        data = b"".join(map(member, RECORDS))
    elif how == "one member":
        data = gzip.compress(data)
    elif how == "zstd":
        data = b"".join(zstandard.compress(r) for r in RECORDS)
    path = tmp_path / "crawl.warc"
    path.write_bytes(data)
    if how.startswith("stdin"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        items = list(read_items(["-"]))
    else:
        items = read(path)
    assert shown(items) == OUTCOMES
    assert [i.page.kind for i in items if i.page] == ["html", "html", "text", "markdown"]
    third = items[2]
    assert third.page is not None and third.page.content == HTML
    assert third.page.url == "http://a.example/" and third.page.headers["content-type"] == "text/html"
    assert third.values["warc-date"] == "2024-05-01T00:00:00Z" and third.id == "<urn:uuid:1>"
    for item, raw in zip(items, RECORDS, strict=True):
        assert isinstance(item.origin, WarcOrigin)
        assert item.origin.raw == raw
        assert item.origin.own_member == (how in ("members", "stdin members", "zstd"))
        assert item.origin.member == (
            member(raw) if "members" in how else zstandard.compress(raw) if how == "zstd" else None
        )
        if how in ("plain", "members"):
            part = data[item.origin.start : item.origin.end]
            assert part == (raw if how == "plain" else member(raw))


GOOD = response(b"<p>good</p>")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("bad", "says"),
    [(b"rubbish\r\n" * 1000, "where a record should begin"),
     (b"WARC/1.0\r\nContent-Type: x\r\n" + b"x: y\r\n" * 9, "header"),
     (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "Content-Length"),
     (b"WARC/1.0\r\nContent-Length: -5\r\n\r\nabcde\r\n\r\n", "Content-Length"),
     (response(FILLER, length=9 * len(FILLER)), "cut short"),
     (response(FILLER, length=10**9), "cut short")],
)  # fmt: skip
def test_damage_costs_one_record(tmp_path: Path, bad: bytes, says: str, packed: bool) -> None:
    pack = member if packed else bytes
    path = tmp_path / "a.warc"
    path.write_bytes(pack(GOOD) + pack(bad) + pack(GOOD) + pack(GOOD))
    items = read(path)
    pages = [i for i in items if i.page]
    assert len(pages) == 3
    assert {i.page.content for i in pages if i.page} == {b"<p>good</p>"}
    errors = [i.error for i in items if i.error]
    assert len(errors) == 1
    assert says in errors[0]


@pytest.mark.parametrize("over", [1, 3, 4, 9, 12, 15, 20])
def test_a_length_that_reaches_into_the_next_record(tmp_path: Path, over: int) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(GOOD + response(FILLER, length=len(FILLER) + 45 + over) + GOOD + GOOD)
    items = read(path)
    assert [i.page.content for i in items if i.page][-2:] == [b"<p>good</p>"] * 2
    assert len(items) == 4


def test_a_record_in_several_members(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(member(GOOD[:200]) + member(GOOD[200:230]) + member(GOOD[230:]) + member(GOOD))
    first, second = read(path)
    assert first.page is not None and first.page.content == b"<p>good</p>"
    assert isinstance(first.origin, WarcOrigin) and isinstance(second.origin, WarcOrigin)
    assert (first.origin.raw, first.origin.member, first.origin.own_member) == (GOOD, None, False)
    assert second.origin.member == member(GOOD)


def test_a_length_that_is_too_small_leaves_rubbish_that_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(GOOD + response(FILLER, length=500) + GOOD)
    assert shown(read(path)) == ["page", "page", "error", "page"]


@pytest.mark.parametrize("how", ["flipped", "cut", "checksum"])
def test_a_damaged_member_costs_one_record(tmp_path: Path, how: str) -> None:
    text = b"<p>" + b" ".join(b"%d" % (i * i) for i in range(900))
    members = [member(response(text + b"%d" % i)) for i in range(4)]
    damaged = bytearray(members[1])
    if how == "flipped":
        damaged[400] ^= 0xFF
    elif how == "checksum":
        damaged[-6] ^= 0xFF
    else:
        del damaged[len(damaged) // 2 :]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(members[0] + bytes(damaged) + members[2] + members[3])
    items = read(path)
    assert shown(items) == ["page", "error", "page", "page"]
    assert "damaged gzip data" in items[1].error


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_cut_anywhere_gives_whole_records_and_at_most_one_error(tmp_path: Path, packed: bool) -> None:
    pack = member if packed else bytes
    data = b"".join(pack(r) for r in (GOOD, GOOD, GOOD))
    one = len(data) // 3
    path = tmp_path / "a.warc"
    for size in range(0, len(data), 7):
        path.write_bytes(data[:size])
        if size < 12:
            continue
        items = read(path)
        whole = size // one
        assert whole <= len([i for i in items if i.page]) <= whole + 1, size
        assert len([i for i in items if i.error]) <= 1
        assert len(items) >= 1


def test_a_large_record_is_never_held(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "a.warc.gz"
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: %s\r\nContent-Length: 60000000\r\n\r\n"
    large = [
        gzip.compress(head % kind + bytes(60_000_000) + b"\r\n\r\n", 1)
        for kind in (b"text/html", b"video/mp4")
    ]
    path.write_bytes(member(GOOD) + large[0] + large[1] + member(GOOD))
    tracemalloc.start()
    items = read(path, limits=Limits(max_bytes=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert shown(items) == ["page", "error", "other", "page"]
    assert "60.0 MB, the limit is 0.1 MB" in items[1].error
    for item, raw in zip(items[1:3], large, strict=True):
        assert isinstance(item.origin, WarcOrigin)
        assert item.origin.raw is None and item.origin.own_member
        assert path.read_bytes()[item.origin.start : item.origin.end] == raw
    assert peak < 5_000_000


def test_lying_lengths_do_not_make_reading_quadratic(tmp_path: Path) -> None:
    import time

    path = tmp_path / "a.warc"
    path.write_bytes(response(b"x", length=10_000_000) * 30_000)
    started = time.process_time()
    items = read(path)
    assert time.process_time() - started < 20
    assert items


DATA = os.environ.get("QUALITYSCORE_DATA", "")
HOSTILE = Path(DATA) / "hostile" / "warc.tar.gz"


@pytest.mark.skipif(
    not DATA or not HOSTILE.is_file(), reason="set QUALITYSCORE_DATA to the corpora's folder to run this"
)
def test_real_and_damaged_files_against_warcio(tmp_path: Path) -> None:
    """Where warcio reads a file to its end without a complaint, the numbers of records are the same.

    The exceptions are records that are cut off: warcio gives their beginning, here they are errors.
    """
    from warcio.archiveiterator import ArchiveIterator

    with tarfile.open(HOSTILE) as archive:
        archive.extractall(tmp_path, filter="data")
    compared = fewer = 0
    for path in sorted(tmp_path.rglob("*")):
        if path.is_file() and not path.read_bytes()[:99].strip():
            continue  # a file of one empty line: warcio counts one record, here there is none
        if not path.name.endswith((".warc", ".warc.gz", ".wet", ".wet.gz", ".wat", ".wat.gz")):
            continue
        theirs, stopped = 0, False
        try:
            with path.open("rb") as file:
                for found in ArchiveIterator(file):
                    theirs += 1
                    found.raw_stream.read()
        except Exception:
            stopped = True
        items = read(path)
        whole = [i for i in items if i.origin is not None]
        damaged = [i for i in items if i.origin is None]
        if not stopped and not damaged:
            assert len(whole) == theirs, path
            compared += 1
        else:
            # Nothing that warcio gives is lost: it is there, or it is named as damaged.
            assert len(whole) + len(damaged) >= theirs, path
            fewer += 1
    assert compared > 80
    assert fewer > 40
