"""Pages a second on one core, beside extraction alone, and where the time goes.

``python -m benchmarks.throughput --data DIR [--pages N] [--rounds N] [--passes N] [--model PATH]``

``DIR`` holds ``bench_small.warc.gz``. All variants run in one process and take turns on small chunks of
pages already in memory; figures are CPU time, medians over rounds. The row of two workers is wall-clock
time and needs two idle cores. Absolute figures depend on the machine: compare the ratios.
"""

from __future__ import annotations

import argparse
import importlib
import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import bench_pages
from benchmarks.bench_pages import CHUNK, Variant, each, pages_of, table
from benchmarks.stages import document_stages, growth, score_stages
from qualityscore import Scorer
from qualityscore.document import Page
from qualityscore.own_process import settle

WARC = "WARC to score, no evidence"
HTML = "HTML to verdict with evidence"
PLAIN = "HTML to verdict, no evidence"
ONE = "HTML to verdict, page by page"
RESILIPARSE = "resiliparse main text alone"
TRAFILATURA = "trafilatura fast alone"
TEXT = "plain text of 800 words to score"
TEXT_EVIDENCE = "plain text of 800 words, evidence"


def _resiliparse() -> Callable[[Page], object]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def run(page: Page) -> object:
        body = page.content
        if isinstance(body, str):
            return extract_plain_text(HTMLTree.parse(body), main_content=True)
        encoding = detect_encoding(body) or "utf-8"
        return extract_plain_text(HTMLTree.parse_from_bytes(body, encoding), main_content=True)

    return run


def _trafilatura() -> Callable[[Page], object] | None:
    try:
        importlib.import_module("lxml_html_clean")
        trafilatura = importlib.import_module("trafilatura")
    except ImportError as error:
        print(f"trafilatura left out: {error}")
        return None

    def run(page: Page) -> object:
        extracted: object = trafilatura.extract(page.content, fast=True)
        return extracted

    return run


def _score_warc(scorer: Scorer, records: Sequence[bytes]) -> int:
    """Score the pages of a WARC file made of these records; how many there are."""
    return sum(1 for _ in scorer.score_many(pages_of(b"".join(records))))


def _score_pages(scorer: Scorer, pages: Sequence[Page]) -> int:
    """Score pages in batches, as every door does; how many there are."""
    return sum(1 for _ in scorer.score_many(pages))


_taken: list[Scorer] = []


def _take(scorer: Scorer) -> None:
    _taken.append(scorer)


def _score_chunk(records: Sequence[bytes]) -> int:
    return _score_warc(_taken[0], records)


def _variants(model: Path | None, records: list[bytes], pages: list[Page]) -> list[Variant[Any]]:
    full, bare = Scorer.load(model), Scorer.load(model, evidence=False)
    texts = bench_pages.plain_texts(pages)
    variants: list[Variant[Any]] = [
        Variant(WARC, partial(_score_warc, bare), records),
        Variant(HTML, partial(_score_pages, full), pages),
        Variant(PLAIN, partial(_score_pages, bare), pages),
        Variant(ONE, each(full.score), pages),
        Variant(RESILIPARSE, each(_resiliparse()), pages),
    ]
    trafilatura = _trafilatura()
    if trafilatura is not None:
        variants.append(Variant(TRAFILATURA, each(trafilatura), pages))
    variants.append(Variant(TEXT, partial(_score_pages, bare), texts))
    variants.append(Variant(TEXT_EVIDENCE, partial(_score_pages, full), texts))
    return variants


def workers(model: Path | None, records: Sequence[bytes], rounds: int) -> None:
    """Print how much faster two processes score a WARC file than one; wall-clock time, best of the rounds."""
    chunks = [records[i : i + CHUNK] for i in range(0, len(records), CHUNK)]
    scorer = Scorer.load(model, evidence=False)
    best: dict[int, float] = {}
    for count in (1, 2):
        # As in the filter, a worker gets the scorer once and not with every chunk.
        with ProcessPoolExecutor(count, initializer=_take, initargs=(scorer,)) as pool:
            for _ in range(rounds + 1):  # the first one starts the processes and fills their caches
                started = time.perf_counter()
                list(pool.map(_score_chunk, chunks))
                best[count] = min(time.perf_counter() - started, best.get(count, math.inf))
    print(f"two workers against one: {best[1] / best[2]:.2f}\n")


def memory(model: Path | None, records: Sequence[bytes], passes: int) -> None:
    """Print the memory of a process after each pass over the pages, none of which it keeps."""
    with ProcessPoolExecutor(1) as pool:
        sizes = pool.submit(_memory, Scorer.load(model, evidence=False), records, passes).result()
    print(f"memory in MB after each {len(records)} pages: {', '.join(f'{size:.0f}' for size in sizes)}")


def _memory(scorer: Scorer, records: Sequence[bytes], passes: int) -> list[float]:
    sizes = []
    for _ in range(passes):
        _score_warc(scorer, records)
        sizes.append(bench_pages.resident())
    return sizes


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pages", type=int, help="that many, evenly spread (default: all)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--passes", type=int, default=3, help="over the pages, to watch the memory")
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    records = bench_pages.read_records(args.data, args.pages)
    pages = list(pages_of(b"".join(records)))
    size = sum(len(page.content) for page in pages)
    variants = _variants(args.model, records, pages)
    settle()  # as the commands and their workers do
    print(
        f"{len(pages)} pages, {size / len(pages) / 1000:.0f} kB on average; {len(variants[-1].pages)} plain texts"
    )
    for variant in variants:
        variant.run(variant.pages[:3])
    seconds = bench_pages.race(variants, args.rounds)
    base = seconds[HTML]
    print(f"{'':34} {'pages/s':>8} {'ms/page':>8} {'time / verdict with evidence':>30}")
    for name, value in seconds.items():
        print(f"{name:34} {1 / value:8.1f} {1000 * value:8.3f} {value / base:30.3f}")
    if TRAFILATURA in seconds:
        print(f"speed against trafilatura fast: {seconds[TRAFILATURA] / base:.2f}")
        print(f"speed of WARC to score against it: {seconds[TRAFILATURA] / seconds[WARC]:.2f}")
    print(
        f"cost over resiliparse: {base / seconds[RESILIPARSE]:.2f} with evidence, "
        f"{seconds[WARC] / seconds[RESILIPARSE]:.2f} from WARC to score; "
        f"evidence adds {base / seconds[PLAIN] - 1:.1%}"
    )
    workers(args.model, records, args.rounds)
    scorer = Scorer.load(args.model)
    stages, times, words = score_stages(scorer, pages, args.rounds)
    whole = sum(stages.values())
    groups: dict[str, float] = {
        name: stages.pop(name) for name in ("document", "phrases", "model") if name in stages
    }
    table("a page, by stage", {**groups, "signals": sum(stages.values())}, whole)
    table("a page, steps of the document", document_stages(pages, args.rounds), whole)
    table("a page, by signal", stages, whole, 25)
    mean = sum(words) / len(words)
    print(f"pages have {mean:.0f} words on average\n")
    growth(scorer, pages, times, words)
    memory(args.model, records, args.passes)


if __name__ == "__main__":
    main()
