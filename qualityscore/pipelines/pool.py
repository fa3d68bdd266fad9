"""Pages scored in this process or in several, in order, whatever becomes of a process."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from qualityscore.document.page import Page
from qualityscore.own_process import settle
from qualityscore.pipelines.judging import Judge
from qualityscore.pipelines.policy import BATCH, Summary
from qualityscore.sources import Item

# Pages handed over at once: enough that the hand-over does not count, few enough to hold.
CHUNK_PAGES = BATCH
CHUNK_BYTES = 4_000_000
_CHUNKS_AHEAD = 3  # a worker
# One thread a worker: pools of native threads would fight over the same cores.
_ENVIRONMENT = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")  # fmt: skip
_GRACE = 60.0  # seconds for processes to start
DIED = "the worker process died, or never came to an end, while scoring this page"

Result = tuple[Item, Summary | None]


def outcomes(items: Iterable[Item], judge: Judge, workers: int) -> Iterator[Result]:
    """Each item with its outcome, in order; ``None`` for items without a page.

    With several workers, a process that dies takes nothing along: its pages are scored once more, first
    together, then one by one; a page that kills a process again has an error.
    """
    chunks: Iterator[list[Item]] = _chunks(items)
    if workers <= 1:
        for chunk in chunks:
            yield from _joined(chunk, judge.outcomes(_pages(chunk)))
        return
    with _Pool(judge, workers) as pool:
        waiting: deque[tuple[list[Item], Future[list[Summary]]]] = deque()
        while True:
            for chunk in islice(chunks, workers * _CHUNKS_AHEAD - len(waiting)):
                waiting.append((chunk, pool.submit(_pages(chunk))))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                found = pool.result(future, chunk)
            except BrokenProcessPool:
                found = pool.again(_pages(chunk))
                waiting = deque((c, f if _good(f) else pool.submit(_pages(c))) for c, f in waiting)
            yield from _joined(chunk, found)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    pages = size = 0
    for item in items:
        chunk.append(item)
        if item.page is not None:
            pages += 1
            size += len(item.page.content)
        if pages >= CHUNK_PAGES or size >= CHUNK_BYTES or len(chunk) >= 8 * CHUNK_PAGES:
            yield chunk
            chunk, pages, size = [], 0, 0
    if chunk:
        yield chunk


def _pages(chunk: Sequence[Item]) -> list[Page]:
    return [item.page for item in chunk if item.page is not None]


def _joined(chunk: Sequence[Item], found: Sequence[Summary]) -> Iterator[Result]:
    rest = iter(found)
    for item in chunk:
        yield item, (next(rest) if item.page is not None else None)


def _good(future: Future[list[Summary]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


class _Pool:
    """Processes that are replaced when one of them dies."""

    def __init__(self, judge: Judge, workers: int) -> None:
        self._judge = judge
        self._workers = workers
        self._executor: Any = None

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, kill_workers=True)
            self._executor = None

    def submit(self, pages: list[Page]) -> Future[list[Summary]]:
        """Have pages scored; if the processes are broken already, the result says so."""
        if self._executor is None:
            from joblib.externals.loky.process_executor import ProcessPoolExecutor

            self._executor = ProcessPoolExecutor(
                self._workers, initializer=_begin, initargs=(self._judge, os.getpid()), env=_ENVIRONMENT
            )
        try:
            future: Future[list[Summary]] = self._executor.submit(_score, pages)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        return future

    def result(self, future: Future[list[Summary]], chunk: Sequence[object]) -> list[Summary]:
        """What was scored.

        Raises:
            BrokenProcessPool: a process died, or hangs in code that does not look at the clock.
        """
        limit = self._judge.scorer.limits.max_seconds
        try:
            # Two other chunks may be before this one.
            return future.result(_GRACE + 3 * limit * max(len(chunk), 1))
        except TimeoutError:
            raise BrokenProcessPool("no answer") from None

    def again(self, pages: list[Page]) -> list[Summary]:
        """Score pages whose process died, alone in a new pool."""
        self._stop()
        try:
            return self.result(self.submit(pages), pages)
        except BrokenProcessPool:
            self._stop()
        found: list[Summary] = []
        for page in pages:
            try:
                found += self.result(self.submit([page]), [page])
            except BrokenProcessPool:
                self._stop()
                found.append(self._judge.failure(page, DIED))
        return found


_JUDGE: Judge | None = None


def _begin(judge: Judge, parent: int) -> None:
    """Called once in each process."""
    global _JUDGE
    _JUDGE = judge
    settle()
    if os.name != "nt":
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process when the one that started it has gone, even if that was killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _score(pages: list[Page]) -> list[Summary]:
    assert _JUDGE is not None
    return _JUDGE.outcomes(pages)
