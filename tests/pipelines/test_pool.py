"""Scoring in several processes, some of which die."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from qualityscore import Page, Scorer
from qualityscore.limits import Limits
from qualityscore.model.bundle import Model
from qualityscore.pipelines import pool
from qualityscore.pipelines.judging import Judge
from qualityscore.pipelines.policy import Policy, Summary
from qualityscore.pipelines.pool import DIED, outcomes
from qualityscore.sources import Item

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")


@dataclass(frozen=True, slots=True)
class Deadly(Judge):
    """Dies of a page that says so: every time, or where there is a file, the first time."""

    marks: str = ""

    def outcomes(self, pages: Sequence[Page]) -> list[Summary]:
        for page in pages:
            if page.content == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if page.content == "die once":
                mark = Path(self.marks, "died")
                if not mark.exists():
                    mark.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
        return [self.failure(page, f"scored {page.content!s}") for page in pages]


def names(judge: Judge, contents: Sequence[str | None], workers: int) -> list[str | None]:
    items = [Item(str(n), Page(c, "text") if c is not None else None) for n, c in enumerate(contents)]
    found = list(outcomes(iter(items), judge, workers))
    assert [item for item, _ in found] == items
    return [outcome["error"] if outcome is not None else None for _, outcome in found]


def test_a_page_that_kills_its_process_costs_itself_alone(scorer: Scorer, tmp_path: Path) -> None:
    contents: list[str | None] = [str(n) for n in range(150)]
    contents[70] = "die"
    contents[71] = None
    contents[120] = "die once"
    found = names(Deadly(scorer, Policy(), str(tmp_path)), contents, 2)
    assert found[70] == DIED
    assert found[71] is None
    assert found[120] == "scored die once"
    others = [n for n in range(150) if n not in (70, 71, 120)]
    assert [found[n] for n in others] == [f"scored {n}" for n in others]


@dataclass(frozen=True, slots=True)
class Endless(Judge):
    """Never comes to an end on a page that says so."""

    def outcomes(self, pages: Sequence[Page]) -> list[Summary]:
        while any(page.content == "endless" for page in pages):
            time.sleep(1)
        return [self.failure(page, f"scored {page.content!s}") for page in pages]


def test_a_page_without_an_end_costs_itself_alone(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_GRACE", 10.0)
    scorer = Scorer(model, limits=Limits(max_seconds=0.001))
    assert names(Endless(scorer, Policy()), ["a", "endless"], 2) == ["scored a", DIED]


@dataclass(frozen=True, slots=True)
class Telling(Judge):
    """Tells who it is."""

    def outcomes(self, pages: Sequence[Page]) -> list[Summary]:
        time.sleep(0.05)
        told = f"{os.getpid()} {os.environ.get('OMP_NUM_THREADS')}"
        return [self.failure(page, told) for page in pages]


def test_processes_have_one_thread_and_end_with_the_run(scorer: Scorer) -> None:
    told = {str(error) for error in names(Telling(scorer, Policy()), ["x"] * 400, 2)}
    assert {t.split()[1] for t in told} == {"1"}
    for pid in (int(t.split()[0]) for t in told):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_nothing_is_read_far_ahead(scorer: Scorer) -> None:
    read = 0

    def items() -> object:
        nonlocal read
        for number in range(5000):
            read += 1
            yield Item(str(number), Page("x" * 100, "text"))

    found = outcomes(items(), Telling(scorer, Policy()), 2)  # type: ignore[arg-type]
    next(found)
    assert read < 400
    found.close()  # type: ignore[attr-defined]
