"""Tasks that take turns by key."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.sources.interleave import interleave


def run(
    tasks: Iterable[str],
    work: Callable[[str], str] = str.upper,
    *,
    workers: int = 4,
    size: int = 1,
    ready_at: Callable[[str], float] = lambda _: 0.0,
    **bounds: int,
) -> Iterator[str]:
    return interleave(
        tasks,
        key=lambda t: t[0],
        work=work,
        size=lambda _: size,
        ready_at=ready_at,
        workers=workers,
        **bounds,
    )


@given(
    st.lists(st.sampled_from(["a1", "a2", "b1", "c1", "c2", "d1"]), max_size=30),
    st.integers(1, 5),
    st.integers(1, 12),
    st.integers(0, 4),
)
@settings(max_examples=80, deadline=None)
def test_results_come_in_order_and_keys_never_meet(
    tasks: list[str], workers: int, ahead: int, waiting: int
) -> None:
    busy: defaultdict[str, int] = defaultdict(int)
    met: list[str] = []
    done: list[str] = []
    lock = threading.Lock()

    def work(task: str) -> str:
        with lock:
            busy[task[0]] += 1
            if busy[task[0]] > 1 or sum(busy.values()) > workers:
                met.append(task)
        time.sleep(0.0005)
        with lock:
            busy[task[0]] -= 1
            done.append(task)
        return task.upper()

    found = list(run(tasks, work, workers=workers, read_ahead=ahead, waiting_bytes=waiting))
    assert found == [task.upper() for task in tasks]
    assert not met
    for key in "abcd":
        assert [t for t in done if t[0] == key] == [t for t in tasks if t[0] == key]


def test_reading_ahead_is_bounded() -> None:
    read = 0

    def tasks() -> Iterator[str]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield "a"

    results = run(tasks(), read_ahead=10)
    next(results)
    time.sleep(0.05)
    next(results)
    assert read <= 13
    results.close()


def test_what_waits_is_bounded() -> None:
    """A slow first task holds the others back once enough of their results wait."""
    over = threading.Event()
    begun: list[str] = []

    def work(task: str) -> str:
        begun.append(task)
        if task == "a":
            over.wait(5)
        return task

    results = run(["a"] + ["b", "c"] * 50, work, waiting_bytes=10)
    threading.Timer(0.3, over.set).start()
    assert next(results) == "a"
    assert len(begun) < 16
    assert len(list(results)) == 100


def test_keys_that_are_not_ready_wait() -> None:
    start = time.monotonic()
    order: list[str] = []

    def work(task: str) -> str:
        order.append(task)
        return task

    later = {"a": start + 0.2, "b": 0.0}
    assert list(run(["a1", "b1", "b2"], work, workers=1, ready_at=later.__getitem__)) == ["a1", "b1", "b2"]
    assert order == ["b1", "b2", "a1"] and time.monotonic() - start >= 0.2


def test_failures_come_after_what_was_before_them() -> None:
    def tasks() -> Iterator[str]:
        yield "a"
        yield "b"
        raise OSError("no more")

    results = run(tasks())
    assert [next(results), next(results)] == ["A", "B"]
    with pytest.raises(OSError, match="no more"):
        next(results)

    def work(task: str) -> str:
        if task == "b":
            raise ZeroDivisionError
        return task

    results = run(["a", "b", "c"], work)
    assert next(results) == "a"
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_threads_end() -> None:
    before = threading.active_count()
    assert list(run([])) == []
    assert len(list(run(["a", "b", "c", "d"] * 10))) == 40
    results = run(["a", "b", "c", "d"] * 1000, lambda t: (time.sleep(0.001), t)[1])
    next(results)
    results.close()
    for _ in range(100):
        if threading.active_count() <= before:
            break
        time.sleep(0.02)
    assert threading.active_count() <= before
