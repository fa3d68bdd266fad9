"""The filter on web archives: bytes, other records, records too large to hold, real damage."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tarfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from qualityscore import InputError, Page, Scorer
from qualityscore.limits import Limits
from qualityscore.pipelines import judging
from tests.pages import CAREFUL, SHORT
from tests.pipelines.filtering import (
    archive,
    cached_score_all,
    run,
    warc_records,
    write_input,
)
from tests.sources.warcs import member, record, response

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

COUNT = 31  # the middle one is damaged


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "score_all", cached_score_all)


def test_archives_keep_bytes_compression_and_order(scorer: Scorer, tmp_path: Path) -> None:
    for packed in (True, False):
        source = tmp_path / "in.warc"
        source.write_bytes(archive(COUNT, packed=packed))
        same, other = (
            tmp_path / ("k.warc.gz" if packed else "k.warc"),
            tmp_path / ("o.warc" if packed else "o.warc.gz"),
        )
        run(scorer, source, same)
        run(scorer, source, other)
        plain = gzip.decompress(same.read_bytes()) if packed else same.read_bytes()
        assert plain == (other.read_bytes() if packed else gzip.decompress(other.read_bytes()))
        assert same.read_bytes()[:200] in source.read_bytes()
        assert len(warc_records(same)) == len(warc_records(other)) == 21


def test_rejected_archives_say_why_behind_each_record(scorer: Scorer, tmp_path: Path) -> None:
    source = write_input(tmp_path, ".warc.gz", COUNT)
    rejected = tmp_path / "r.warc.gz"
    run(scorer, source, tmp_path / "k.warc.gz", rejected)
    records = []
    with rejected.open("rb") as file:
        for item in ArchiveIterator(file):
            records.append((item.rec_type, dict(item.rec_headers.headers), item.raw_stream.read()))
    assert [kind for kind, _, _ in records[:4]] == ["response", "metadata", "response", "metadata"]
    header, body = records[1][1], json.loads(records[1][2])
    assert header["WARC-Refers-To"] == records[0][1]["WARC-Record-ID"]
    assert header["WARC-Date"] == "2024-05-01T00:00:00Z"
    assert header["WARC-Target-URI"] == "http://a.example/"
    assert body["qualityscore"]["reason"] == "low_quality"
    errors = [json.loads(b)["qualityscore"]["error"] for kind, _, b in records if kind == "metadata"]
    assert [e for e in errors if e] == ["record without a usable Content-Length ('')"]
    assert len({h["WARC-Record-ID"] for _, h, _ in records}) == len(records)


def test_other_records_pass_or_are_left_out(scorer: Scorer, tmp_path: Path) -> None:
    source = tmp_path / "in.warc"
    ask = record(b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request")
    source.write_bytes(ask + response(CAREFUL.encode()) + ask)
    passed = run(scorer, source, tmp_path / "k.warc")
    assert (passed.read, passed.others_passed, passed.others_left_out) == (1, 2, 0)
    assert [k for k, _ in warc_records(tmp_path / "k.warc")] == ["request", "response", "request"]
    dropped = run(scorer, source, tmp_path / "k.warc", pass_others=False)
    assert (dropped.read, dropped.others_passed, dropped.others_left_out) == (1, 0, 2)
    assert (tmp_path / "k.warc").read_bytes() == response(CAREFUL.encode())
    into_lines = run(scorer, source, tmp_path / "k.jsonl")
    assert (into_lines.read, into_lines.others_left_out) == (1, 2)


@pytest.mark.parametrize("how", ["members", "plain", "one member", "stdin"])
def test_a_record_too_large_to_hold_is_copied(
    scorer: Scorer, tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Scorer(scorer.model, limits=Limits(max_bytes=20_000))
    video = record(bytes(range(256)) * 2000, "resource", "video/mp4")
    large = record(b"<p>" + bytes(600_000), "resource", "text/html")
    found = [response(CAREFUL.encode()), video, large, response(CAREFUL.encode())]
    data = b"".join(found)
    if how == "members":
        data = b"".join(map(member, found))
    elif how == "one member":
        data = gzip.compress(data)
    source: Path | str = tmp_path / "in.warc"
    Path(source).write_bytes(data)
    if how == "stdin":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        source = "-"
    for name in ("k.warc", "k.warc.gz"):
        if how == "stdin":
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        counts = run(small, source, tmp_path / name, tmp_path / f"r{name}")
        kept = [body for _, body in warc_records(tmp_path / name)]
        if how in ("members", "plain"):
            assert (counts.read, counts.kept, counts.failed, counts.others_passed) == (3, 2, 1, 1)
            assert kept[1] == bytes(range(256)) * 2000
            rejected = warc_records(tmp_path / f"r{name}")
            assert [k for k, _ in rejected] == ["resource", "metadata"] and len(rejected[0][1]) == 600_003
        else:
            assert (counts.read, counts.kept, counts.failed, counts.others_passed) == (4, 2, 2, 0)
            assert "too large" in " ".join(counts.errors)


DATA = os.environ.get("QUALITYSCORE_DATA", "")
HOSTILE = Path(DATA) / "hostile" / "warc.tar.gz"


@pytest.mark.skipif(
    not DATA or not HOSTILE.is_file(), reason="set QUALITYSCORE_DATA to the corpora's folder to run this"
)
def test_real_and_damaged_archives(scorer: Scorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every record of every file is kept, rejected, failed, passed on or left out, and outputs are whole."""
    verdict = scorer.score(Page.from_text(SHORT))
    monkeypatch.setattr(judging, "score_all", lambda scorer, pages: [verdict] * len(pages))
    with tarfile.open(HOSTILE) as archive_:
        archive_.extractall(tmp_path / "in", filter="data")
    files = [p for p in sorted(tmp_path.rglob("*")) if p.name.endswith((".warc", ".warc.gz", ".wet.gz"))]
    assert len(files) > 150
    for path in files:
        kept, rejected = tmp_path / "k.warc.gz", tmp_path / "r.jsonl"
        try:
            counts = run(scorer, path, kept, None, checkpoint_every=1000)
        except InputError as error:  # a file of one empty line
            assert "holds no records" in str(error) and not path.read_bytes().strip()
            continue
        assert counts.read == counts.kept + counts.rejected + counts.failed
        assert counts.kept == counts.abstained["too_short"]
        if not counts.kept + counts.others_passed:
            continue
        again = run(scorer, kept, tmp_path / "again.warc.gz", None, checkpoint_every=1000)
        assert (again.read, again.kept, again.others_passed) == (
            counts.kept,
            counts.kept,
            counts.others_passed,
        ), path
        assert kept.read_bytes() == (tmp_path / "again.warc.gz").read_bytes(), path
        run(scorer, path, tmp_path / "k.jsonl", rejected, checkpoint_every=1000)
        assert len(rejected.read_text().splitlines()) == counts.failed
