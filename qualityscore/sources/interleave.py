"""Tasks that take turns by key, several at once, their results in the order of the tasks."""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

READ_AHEAD = 10_000
WAITING_BYTES = 64_000_000
_IDLE_SECONDS = 0.5


def interleave(
    tasks: Iterable[T],
    *,
    key: Callable[[T], str],
    work: Callable[[T], R],
    size: Callable[[R], int],
    ready_at: Callable[[str], float],
    workers: int,
    read_ahead: int = READ_AHEAD,
    waiting_bytes: int = WAITING_BYTES,
) -> Iterator[R]:
    """Run ``work`` on every task in threads; yield the results in the order of the tasks.

    Tasks of one key run one after the other, in order. Closing the iterator stops the threads after
    the task each is at.

    Args:
        tasks: read in the calling thread, at most ``read_ahead`` beyond the last result given out.
        size: bytes that a result holds while it waits for its turn.
        ready_at: when a key may run again (`time.monotonic`); keys that are ready go first.
        workers: threads, at most.
        waiting_bytes: with more than this waiting, only the task that is next in order is begun.

    Raises:
        Exception: what ``tasks`` or ``work`` raised, after the results before it.
    """
    run = _Run(key, work, size, ready_at, workers, waiting_bytes)
    source = iter(tasks)
    read = given = 0
    exhausted = False
    failure: BaseException | None = None
    try:
        while True:
            room = not exhausted and read - given < read_ahead
            if run.has(given, wait=not room and read > given):
                yield run.take(given)
                given += 1
            elif room:
                try:
                    task = next(source)
                except StopIteration:
                    exhausted = True
                except Exception as error:
                    exhausted, failure = True, error
                else:
                    run.add(read, task)
                    read += 1
            elif exhausted and given == read:
                break
        if failure is not None:
            raise failure
    finally:
        run.stop()


class _Run(Generic[T, R]):
    """The state that the threads share, under one lock."""

    def __init__(
        self,
        key: Callable[[T], str],
        work: Callable[[T], R],
        size: Callable[[R], int],
        ready_at: Callable[[str], float],
        workers: int,
        waiting_bytes: int,
    ) -> None:
        self._key, self._work, self._size, self._ready_at = key, work, size, ready_at
        self._max_threads, self._max_bytes = workers, waiting_bytes
        self._changed = threading.Condition()
        self._queues: dict[str, deque[tuple[int, T]]] = {}
        self._busy: set[str] = set()
        # Idle keys as (ready, number of its first task, key); an entry is stale unless that is still so.
        self._idle: list[tuple[float, int, str]] = []
        self._keys: dict[int, str] = {}
        self._done: dict[int, tuple[R | None, BaseException | None]] = {}
        self._bytes = 0
        self._next = 0
        self._threads = 0
        self._stopped = False

    def add(self, number: int, task: T) -> None:
        key = self._key(task)
        with self._changed:
            self._keys[number] = key
            queue = self._queues.setdefault(key, deque())
            queue.append((number, task))
            if len(queue) == 1 and key not in self._busy:
                self._offer(key)
                if self._threads < min(self._max_threads, len(self._queues)):
                    self._threads += 1
                    threading.Thread(target=self._loop, name="qualityscore-fetch", daemon=True).start()
                self._changed.notify_all()

    def has(self, number: int, *, wait: bool) -> bool:
        """Whether a result is there; with ``wait``, after some time at most."""
        with self._changed:
            if wait and number not in self._done:
                self._changed.wait(_IDLE_SECONDS)
            return number in self._done

    def take(self, number: int) -> R:
        with self._changed:
            result, error = self._done.pop(number)
            del self._keys[number]
            self._next = number + 1
            if error is None and result is not None:
                self._bytes -= self._size(result)
            self._changed.notify_all()
        if error is not None:
            raise error
        assert result is not None
        return result

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _offer(self, key: str) -> None:
        heapq.heappush(self._idle, (self._ready_at(key), self._queues[key][0][0], key))

    def _loop(self) -> None:
        while True:
            with self._changed:
                picked = self._pick()
                while picked is None:
                    if self._stopped:
                        return
                    self._changed.wait(self._until_ready())
                    picked = None if self._stopped else self._pick()
            key, number, task = picked
            result: R | None = None
            error: BaseException | None = None
            try:
                result = self._work(task)
            except BaseException as raised:
                error = raised
            with self._changed:
                self._done[number] = (result, error)
                if result is not None:
                    self._bytes += self._size(result)
                self._busy.discard(key)
                if self._queues[key]:
                    self._offer(key)
                else:
                    del self._queues[key]
                self._changed.notify_all()

    def _pick(self) -> tuple[str, int, T] | None:
        if self._bytes > self._max_bytes:
            key = self._keys.get(self._next, "")
            first = self._queues.get(key)
            if self._next in self._keys and key not in self._busy and first and first[0][0] == self._next:
                return self._start(key)
            return None
        self._drop_stale()
        if self._idle and self._idle[0][0] <= time.monotonic():
            return self._start(heapq.heappop(self._idle)[2])
        return None

    def _start(self, key: str) -> tuple[str, int, T]:
        self._busy.add(key)
        number, task = self._queues[key].popleft()
        return key, number, task

    def _drop_stale(self) -> None:
        while self._idle:
            _, number, key = self._idle[0]
            queue = self._queues.get(key)
            if key not in self._busy and queue and queue[0][0] == number:
                return
            heapq.heappop(self._idle)

    def _until_ready(self) -> float:
        self._drop_stale()
        if not self._idle or self._bytes > self._max_bytes:
            return _IDLE_SECONDS
        return min(max(self._idle[0][0] - time.monotonic(), 0.001), _IDLE_SECONDS)
