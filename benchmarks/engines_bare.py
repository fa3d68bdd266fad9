"""The bare scorer of `benchmarks.engines`, in processes of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

from qualityscore import Page, Scorer
from qualityscore.own_process import settle


@cache
def _scorer() -> Scorer:
    scorer = Scorer.load(evidence=False)
    settle()
    return scorer


def score_files(paths: list[Path]) -> int:
    """Score the pages of these files; how many there are."""
    count = 0
    for path in paths:
        for batch in pq.ParquetFile(path).iter_batches(256, columns=["url", "html"]):
            pages = (Page.from_html(row["html"], row["url"]) for row in batch.to_pylist())
            count += sum(1 for _ in _scorer().score_many(pages))
    return count
