"""Work on a stream of pages: workers, a bounded number of pages in memory, order kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TypeVar

import joblib
from joblib.externals.loky.process_executor import BrokenProcessPool

from qualityscore.document import Page
from qualityscore.errors import InputError
from qualityscore.fitting.table import Row, extract
from qualityscore.limits import DEFAULT_LIMITS, Limits

Note = TypeVar("Note")
Result = TypeVar("Result")
CHUNK = 25


def stream(
    pages: Iterable[tuple[Note, Page]], work: Callable[[list[Page]], list[Result]], workers: int = 1
) -> Iterator[tuple[Note, Result]]:
    """What ``work`` makes of pages, in order, each with the note that came with its page.

    At most a few chunks of pages a worker are held at a time.

    Args:
        work: a picklable function that gives one result a page.

    Raises:
        InputError: a worker process died.
    """
    iterator = iter(pages)
    notes: deque[list[Note]] = deque()

    def chunks() -> Iterator[list[Page]]:
        while chunk := list(islice(iterator, CHUNK)):
            notes.append([note for note, _ in chunk])
            yield [page for _, page in chunk]

    if workers == 1:
        found: Iterable[list[Result]] = (work(chunk) for chunk in chunks())
    else:
        task = joblib.delayed(work)
        pool = joblib.Parallel(n_jobs=workers, return_as="generator", pre_dispatch="2*n_jobs", batch_size=1)
        found = pool(task(chunk) for chunk in chunks())
    try:
        for results in found:
            yield from zip(notes.popleft(), results, strict=True)
    except BrokenProcessPool as error:
        raise InputError("a worker process died, perhaps for want of memory: use fewer workers") from error


def extract_stream(
    pages: Iterable[tuple[Note, Page]], *, workers: int = 1, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[Note, Row]]:
    """Features of pages; of a page nothing else stays.

    A signal that fails on a page leaves its columns NaN; a page that cannot be read is a row with an
    error.
    """
    return stream(pages, partial(extract, limits=limits, strict=False), workers)
