"""Memory of one process over many pages.

``python -m benchmarks.memory --data DIR [--pages N] [--records N] [--model PATH]``

``DIR`` holds ``bench_small.warc.gz``. Its pages are scored in turns, each time with words that no page had
before, so that caches of spellings fill up as they would on a crawl. The goal is at most 350 MB, and no
more growth than 5 % from 10,000 pages on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

from benchmarks import bench_pages
from benchmarks.bench_pages import resident
from qualityscore import Page, Scorer
from qualityscore.own_process import settle

_NEW_WORDS = 60


def _new_words(number: int) -> bytes:
    """A paragraph of words that are new with every number: letters for digits."""
    letters = str.maketrans("0123456789", "abcdefghij")
    words = [f"q{number * _NEW_WORDS + k}".translate(letters) for k in range(_NEW_WORDS)]
    return f"<p>{' '.join(words)}.</p>".encode()


def pages(records: list[Page]) -> Iterator[Page]:
    """The pages again and again, endlessly, none like another."""
    for number, page in zip(count(), cycle(records), strict=False):
        content = page.content if isinstance(page.content, bytes) else page.content.encode()
        yield Page.from_html(content + _new_words(number), page.url, headers=page.headers)


def main() -> None:
    """Score pages and print the memory in between."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--records", type=int, default=400, help="different pages that take turns")
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    records = bench_pages.read_pages(args.data, args.records)
    held = sum(len(page.content) for page in records) / 1e6
    scorer = Scorer.load(args.model, evidence=False)
    settle()
    print(f"{len(records)} pages, of {held:.0f} MB in all, take turns")
    shown = sorted({args.pages // parts for parts in (100, 20, 10, 4, 2, 1)} - {0})
    for number, _ in enumerate(scorer.score_many(pages(records)), 1):
        if number == shown[0]:
            print(f"{number:9,} pages  {resident() - held:6.1f} MB without them", flush=True)
            shown.pop(0)
            if not shown:
                break


if __name__ == "__main__":
    main()
