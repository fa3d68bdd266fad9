"""Pages and timing tools that the speed benchmarks share."""

from __future__ import annotations

import io
import math
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

import benchmarks.single_thread  # noqa: F401
from qualityscore.document import Page, build_document
from qualityscore.errors import InputError
from qualityscore.limits import DEFAULT_LIMITS
from qualityscore.sources import WarcOrigin, read_items
from qualityscore.sources.raw import Raw
from qualityscore.sources.streams import Unpacked
from qualityscore.sources.warc import read_warc

# As many pages as the scorer takes at once.
CHUNK = 32
T = TypeVar("T")


@dataclass(frozen=True)
class Variant(Generic[T]):
    """Something to time: ``run`` takes a chunk of the items."""

    name: str
    run: Callable[[Sequence[T]], object]
    pages: Sequence[T]


def each(run: Callable[[T], object]) -> Callable[[Sequence[T]], None]:
    """Run on one item at a time."""

    def chunk(items: Sequence[T]) -> None:
        for item in items:
            run(item)

    return chunk


def read_records(data: Path, count: int | None) -> list[bytes]:
    """Compressed response records of ``bench_small.warc.gz``, evenly spread if limited."""
    records = [
        item.origin.member
        for item in read_items([str(data / "bench_small.warc.gz")])
        if item.page is not None and isinstance(item.origin, WarcOrigin) and item.origin.member is not None
    ]
    if count is None or count >= len(records):
        return records
    return [records[i * len(records) // count] for i in range(count)]


def pages_of(warc: bytes) -> Iterator[Page]:
    """Pages of a WARC file, read as every command reads it."""
    source = Unpacked(Raw(io.BytesIO(warc)), keep=2 * DEFAULT_LIMITS.max_bytes)
    for item in read_warc("bench.warc.gz", source, "auto", DEFAULT_LIMITS):
        if item.page is not None:
            yield item.page


def read_pages(data: Path, count: int | None) -> list[Page]:
    """The pages of `read_records`, named by their addresses."""
    return [
        replace(page, source=page.url) for record in read_records(data, count) for page in pages_of(record)
    ]


def plain_texts(pages: Sequence[Page], words: int = 800) -> list[Page]:
    """English main texts of at least ``words`` words, cut at the line that reaches that number."""
    texts: list[Page] = []
    for page in pages:
        try:
            doc = build_document(page)
        except InputError:
            continue
        if doc.language != "en" or doc.n_words < words:
            continue
        line = next((line for line in doc.lines if line.last >= words), doc.lines[-1])
        if line.last <= 1.5 * words:
            texts.append(Page.from_text(doc.text[: doc.original_span(line.start, line.end)[1]]))
    return texts


def race(variants: Sequence[Variant[Any]], rounds: int) -> dict[str, float]:
    """CPU seconds per item of every variant.

    Small chunks of all variants take turns in changing order, and each chunk counts with the median of
    its rounds, so that a busy machine or caches that are warm from the same pages favour none.
    """
    seconds: dict[str, list[list[float]]] = {v.name: [] for v in variants}
    order = random.Random(0)
    chunks = max((len(v.pages) + CHUNK - 1) // CHUNK for v in variants)
    for _ in range(rounds):
        for v in variants:
            seconds[v.name].append([])
        for number in range(chunks):
            for v in order.sample(variants, len(variants)):
                chunk = v.pages[number * CHUNK : (number + 1) * CHUNK]
                if chunk:
                    started = time.process_time()
                    v.run(chunk)
                    seconds[v.name][-1].append(time.process_time() - started)
    return {
        v.name: sum(map(statistics.median, zip(*seconds[v.name], strict=True))) / len(v.pages)
        for v in variants
        if v.pages
    }


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Least-squares slope of ``log y`` over ``log x``: 1 is linear growth, 2 quadratic."""
    pairs = [(math.log(a), math.log(b)) for a, b in zip(x, y, strict=True) if a > 0 and b > 0]
    if len({a for a, _ in pairs}) < 2:
        return float("nan")
    return statistics.linear_regression([a for a, _ in pairs], [b for _, b in pairs]).slope


def table(title: str, seconds: Mapping[str, float], total: float, top: int | None = None) -> None:
    """Print microseconds an item and the share of ``total``, largest first."""
    print(title)
    ranked = sorted(seconds.items(), key=lambda item: -item[1])
    for name, value in ranked[:top]:
        print(f"  {name:32} {1e6 * value:9.1f} µs {100 * value / total:6.1f} %")
    rest = ranked[top:] if top is not None else []
    if rest:
        value = sum(v for _, v in rest)
        print(f"  {f'{len(rest)} others':32} {1e6 * value:9.1f} µs {100 * value / total:6.1f} %")


def resident() -> float:
    """Megabytes in memory now; where the system does not tell, the most there ever were."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6
