"""What an audit from WARC costs, beside bare scoring: ``python -m benchmarks.audit_cost --data DIR [--pages N]``.

Writes a WARC of the corpora's HTML pages, scores its records (`Scorer.score_many`), audits it, kills two
further audits on their way, resumes them and compares the bytes of their reports. Each step is a process of
its own. When the corpora have fewer pages than asked for they come again on other hosts with every fourth
paragraph left out, and the output says how many. Prints numbers only.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from qualityscore import Page, Scorer
from qualityscore.sources import read_items

_PARAGRAPH = re.compile(r"<p[ >]", re.I)
_LEFT_OUT = 4
_CHUNK = 200
FILES = ("report.html", "site.json", "summary.md", "pages.jsonl", "pages.parquet")


def corpus(data: Path) -> Iterator[tuple[str, bytes]]:
    """Address and HTML of every page of the corpora that is HTML."""
    warc = data / "bench" / "bench_small.warc.gz"
    for item in read_items([str(warc)]):
        if item.page is not None and isinstance(item.page.content, bytes):
            yield item.page.url or item.name, item.page.content
    for path in sorted((data / "sites").glob("*.jsonl.gz")):
        for row in _rows(path):
            if "html" in row:
                yield row["url"], row["html"].encode("utf-8", "replace")
    for path in sorted((data / "web").glob("*.jsonl.gz")):
        for number, row in enumerate(_rows(path)):
            if row["format"] == "html":
                host = re.sub(r"[^a-z0-9-]+", "-", row["group"].lower()).strip("-")
                yield f"https://{host}.example/{number}.html", row["raw"].encode("utf-8", "replace")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def changed(address: str, body: bytes, copy: int) -> tuple[str, bytes]:
    """The page on another host, without every fourth paragraph."""
    parts = re.split(_PARAGRAPH, body.decode("utf-8", "surrogateescape"))
    kept = [p for i, p in enumerate(parts) if i == 0 or (i + copy) % _LEFT_OUT]
    scheme, _, rest = address.partition("://")
    return f"{scheme}://copy{copy}.{rest}", "<p>".join(kept).encode("utf-8", "surrogateescape")


def write_warc(path: Path, data: Path, pages: int) -> int:
    """Write that many response records; how many of them are changed copies."""
    written = copies = 0
    with gzip.open(path, "wb", compresslevel=1) as out:
        for copy in range(100):
            for address, body in corpus(data):
                if written == pages:
                    return copies
                if copy:
                    address, body = changed(address, body, copy)
                    copies += 1
                http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
                head = (
                    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-11-23T00:00:00Z\r\n"
                    f"WARC-Target-URI: {quote(address, safe=':/?&=%#+,;')}\r\n"
                    f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{written:012}>\r\n"
                    "Content-Type: application/http; msgtype=response\r\n"
                    f"Content-Length: {len(http) + len(body)}\r\n\r\n"
                )
                out.write(head.encode("ascii") + http + body + b"\r\n\r\n")
                written += 1
    raise SystemExit("the corpora hold no HTML page")


def score(warc: Path) -> None:
    """Score the records of a WARC; prints the CPU seconds of the scoring alone and of all."""
    scorer = Scorer.load()
    pages: Iterator[Page] = (item.page for item in read_items([str(warc)]) if item.page is not None)
    begun, alone, count = time.process_time(), 0.0, 0
    while chunk := list(islice(pages, _CHUNK)):
        before = time.process_time()
        count += sum(1 for _ in scorer.score_many(chunk))
        alone += time.process_time() - before
    print(json.dumps({"pages": count, "scoring": alone, "with_reading": time.process_time() - begun}))


def timed(command: Sequence[str], *, heard: bool = False) -> tuple[float, float, float, str]:
    """User CPU seconds, all CPU seconds and peak memory (MB) of a process, and what it wrote if ``heard``.

    A process begins with the peak of the one that starts it: this one must stay small.
    """
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        text = told.read().decode() if heard else ""
    if process.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def killed(command: Sequence[str], folder: Path, share: float, whole: int) -> int:
    """Kill an audit when its rows have so many of the bytes of a whole one; rows left behind."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rows = folder / "pages.partial.jsonl"
    while process.poll() is None and not (rows.exists() and rows.stat().st_size >= share * whole):
        time.sleep(0.05)
    if process.poll() is not None:
        raise SystemExit("the audit was done before it was killed")
    process.send_signal(signal.SIGKILL)
    process.wait()
    return sum(1 for _ in rows.open("rb"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """A digest of each file of a report."""
    names = [*FILES, *sorted(f"report_data/{p.name}" for p in (folder / "report_data").glob("*"))]
    return {name: _digest(folder / name) for name in names}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder of the corpora")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--work", type=Path, help="keep the WARC and the reports here")
    parser.add_argument("--kill", type=float, nargs="*", default=[0.3, 1.0], help="shares of the rows")
    parser.add_argument("--score", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.score:
        score(args.score)
        return
    if not args.data:
        parser.error("--data is needed")
    with tempfile.TemporaryDirectory() as temporary:
        measure(args.data, args.pages, args.work or Path(temporary), args.kill)


def measure(data: Path, pages: int, work: Path, kills: Sequence[float]) -> None:
    """Print what each step costs and whether the resumed reports are the same."""
    work.mkdir(parents=True, exist_ok=True)
    warc = work / f"pages-{pages}.warc.gz"
    copies = write_warc(warc, data, pages)
    print(f"{pages} pages, {copies} of them changed copies; {warc.stat().st_size / 1e6:.0f} MB compressed")
    _, _, memory, told = timed(
        [sys.executable, "-m", "benchmarks.audit_cost", "--score", str(warc)], heard=True
    )
    bare = json.loads(told)
    print(
        f"score_many: {bare['scoring']:.0f} s of CPU, with reading {bare['with_reading']:.0f} s, {memory:.0f} MB"
    )

    _, rows, _, _ = timed(
        [
            sys.executable,
            "-m",
            "qualityscore",
            "score",
            str(warc),
            "--format",
            "jsonl",
            "--with-text",
            "--quiet",
        ]
    )
    print(f"qualityscore score, rows with text: {rows:.0f} s of CPU")

    def command(folder: Path, *more: str) -> list[str]:
        return [sys.executable, "-m", "qualityscore", "audit", str(warc), "-o", str(folder), "--quiet", *more]

    whole = work / "whole"
    user, cpu, memory, _ = timed(command(whole, "--overwrite"))
    print(
        f"audit: {cpu:.0f} s of CPU ({user:.0f} s user), {memory:.0f} MB; {cpu / bare['scoring']:.2f} times score_many, "
        f"{cpu / bare['with_reading']:.2f} times reading and scoring, {cpu / rows:.2f} times qualityscore score"
    )
    wanted = digests(whole)
    size = (whole / "pages.jsonl").stat().st_size
    for number, share in enumerate(kills):
        folder = work / f"killed-{number}"
        left = killed(command(folder, "--overwrite"), folder, min(share, 0.97), size)
        timed(command(folder, "--resume"))
        got = digests(folder)
        other = [name for name in wanted if got.get(name) != wanted[name]]
        print(
            f"killed at {left} rows and resumed: {'different ' + ', '.join(other) if other else 'the same bytes'}"
        )
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
