"""Features of a stream of pages: workers, a bounded number of pages in memory, order kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

import joblib

from qualityscore.document import Page
from qualityscore.fitting.table import Row, extract
from qualityscore.limits import DEFAULT_LIMITS, Limits

Note = TypeVar("Note")
CHUNK = 25


def extract_stream(
    pages: Iterable[tuple[Note, Page]], *, workers: int = 1, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[Note, Row]]:
    """Rows of pages in order, each with the note that came with its page.

    At most a few chunks of pages a worker are held at a time; of a page only its features stay. A
    signal that fails on a page leaves its columns NaN; a page that cannot be read is a row with an
    error.
    """
    iterator = iter(pages)
    notes: deque[list[Note]] = deque()

    def chunks() -> Iterator[list[Page]]:
        while chunk := list(islice(iterator, CHUNK)):
            notes.append([note for note, _ in chunk])
            yield [page for _, page in chunk]

    if workers == 1:
        found: Iterable[list[Row]] = (_chunk(chunk, limits) for chunk in chunks())
    else:
        task = joblib.delayed(_chunk)
        pool = joblib.Parallel(n_jobs=workers, return_as="generator", pre_dispatch="2*n_jobs", batch_size=1)
        found = pool(task(chunk, limits) for chunk in chunks())
    for rows in found:
        yield from zip(notes.popleft(), rows, strict=True)


def _chunk(pages: list[Page], limits: Limits) -> list[Row]:
    return extract(pages, limits=limits, strict=False)
