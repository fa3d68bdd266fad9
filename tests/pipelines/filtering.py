"""Inputs in every format, and running the filter on them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import zstandard
from warcio.archiveiterator import ArchiveIterator

from qualityscore import Scorer
from qualityscore.document import Page
from qualityscore.pipelines.filter import run_filter
from qualityscore.pipelines.options import Counts, FilterOptions
from qualityscore.pipelines.policy import Policy, failed
from qualityscore.verdict import Verdict
from tests.pages import CAREFUL, FARM, SHORT
from tests.sources.warcs import member, record, response

TEXTS = (CAREFUL, FARM, SHORT)
_VERDICTS: dict[str, Verdict] = {}


def texts(count: int) -> list[str]:
    """Pages that are kept, rejected and not scored, in turn."""
    return [TEXTS[number % 3] for number in range(count)]


def cached_score_all(scorer: Scorer, pages: Sequence[Page | str]) -> list[Verdict]:
    """`score_all` for tests of anything but scores: the three texts are scored once."""
    found = []
    for page in pages:
        assert isinstance(page, Page)
        raw = page.content if isinstance(page.content, str) else page.content.decode("utf-8", "replace")
        text = next((t for t in TEXTS if t[:30] in raw), None)
        if text is None:
            found.append(failed(scorer, "a page that cannot be scored", page))
            continue
        if text not in _VERDICTS:
            _VERDICTS[text] = scorer.score(Page.from_text(text))
        found.append(_VERDICTS[text])
    return found


def jsonl(count: int) -> bytes:
    lines = [json.dumps({"id": n, "text": text, "n": [n]}).encode() for n, text in enumerate(texts(count))]
    lines[count // 2] = lines[count // 2][:40]  # cut in half
    return b"\n".join(lines) + b"\n"


def table(count: int) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["id", "text", "site"])
    for number, text in enumerate(texts(count)):
        rows.writerow([number, text, "a, b"][: 2 if number == count // 2 else 3])
    return out.getvalue().encode()


def archive(count: int, *, packed: bool) -> bytes:
    pack = member if packed else bytes
    found = [pack(record(b"software: x\r\n", "warcinfo", "application/warc-fields"))]
    for number, text in enumerate(texts(count)):
        body = f"<html><body>{''.join(f'<p>{line}</p>' for line in text.splitlines())}".encode()
        page = response(body, ident=f"<urn:uuid:{number}>")
        if number == count // 2:
            page = page.replace(b"Content-Length", b"Content-Size")
        found.append(pack(page))
    return b"".join(found)


def write_parquet(path: Path, count: int, **columns: Any) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: list[str | None] = list(texts(count))
    rows[count // 2] = None
    schema = pa.schema(
        [pa.field("id", pa.int64(), nullable=False), ("text", pa.string()), ("tags", pa.list_(pa.string()))],
        metadata={"made by": "a test"},
    )
    found = pa.table({"id": list(range(count)), "text": rows, "tags": [["a"]] * count}, schema=schema)
    for name, values in columns.items():
        found = found.append_column(name, values)
    pq.write_table(found, path, row_group_size=16)


def write_input(folder: Path, suffix: str, count: int) -> Path:
    """A file of pages, one of them damaged."""
    path = folder / f"in{suffix}"
    if suffix == ".parquet":
        write_parquet(path, count)
        return path
    stem = suffix.removesuffix(".gz").removesuffix(".zst")
    data = {".jsonl": jsonl, ".csv": table, ".warc": lambda n: archive(n, packed=suffix.endswith(".gz"))}[
        stem
    ](count)
    if suffix.endswith(".gz") and stem != ".warc":
        data = gzip.compress(data, mtime=0)
    elif suffix.endswith(".zst"):
        data = zstandard.compress(data)
    path.write_bytes(data)
    return path


def run(
    scorer: Scorer, source: Path | str, kept: Path | str, rejected: Path | None = None, **more: Any
) -> Counts:
    """Filter with small checkpoints."""
    policy = more.pop("policy", Policy(None, "keep", "drop"))
    settings = {"checkpoint_every": 5, **more}
    options = FilterOptions([str(source)], str(kept), str(rejected) if rejected else None, **settings)
    return run_filter(scorer, policy, options)


def warc_records(path: Path) -> list[tuple[str, bytes]]:
    """Type and block of every record, as warcio reads them."""
    found = []
    with path.open("rb") as file:
        for item in ArchiveIterator(file):
            found.append((item.rec_type, item.raw_stream.read()))
    return found
