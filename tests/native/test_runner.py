"""The compiled loop over signals against the one in Python."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from qualityscore.document import Document
from qualityscore.errors import SignalError
from qualityscore.limits import DEFAULT_LIMITS
from qualityscore.model.columns import fill_rows_in_python
from qualityscore.signals import registry
from qualityscore.signals.api import Feature, Finding, Measured, Needs, Signal
from tests.native.documents import document

native = pytest.importorskip("qualityscore.native.runner", reason="the compiled parts were not built")

_TEXT = "We took the slow train from Leeds to Skipton, and it rained all the way. Nobody minded that.\n\n" * 3


def _signal(values: Mapping[str, Any], findings: list[Finding] | None = None, **changes: object) -> Signal:
    def function(doc: Document) -> Measured:
        if values.get("raise"):
            raise KeyError("odd")
        return Measured(values, findings or [])

    plain = next(s for s in registry.all_signals().values() if not s.phrases and not s.chrome_phrases)
    features = (Feature("one", "words", high=5.0), Feature("two", "words", low=-2.0, found=False))
    settings = {"features": features, "needs": Needs(), "document_wide": "", **changes}
    return replace(plain, function=function, **settings)  # type: ignore[arg-type]


def _read(read: Any, signal: Signal, left: float, evidence: bool) -> tuple[list[registry.Reading], bool]:
    work = registry._Work(document(_TEXT), left)
    task = registry._Task(signal)
    _, late = read(
        task, [work, work], DEFAULT_LIMITS, False, evidence, time.perf_counter, time.perf_counter()
    )
    return work.readings, late


_SPANS = [Finding(9, 20, "b"), Finding(0, 0, "t", "title", "Title"), Finding(3, 7)]


@pytest.mark.parametrize("evidence", [True, False])
@pytest.mark.parametrize(
    "signal",
    [
        _signal({"one": 0.0, "two": 0.0}),
        _signal({"one": 0, "two": np.float64(0.0)}),
        _signal({"one": -0.0, "two": 0.0}),
        _signal({"one": 0.0, "two": 0.0}, _SPANS),
        _signal({"one": 3, "two": -1.5}, _SPANS),
        _signal({"one": 3.0, "two": -1.5}, document_wide="all of it"),
        _signal({"one": 0.0, "two": 9.0}, document_wide="all of it"),
        _signal({"one": math.nan, "two": 1.0}, document_wide="all of it"),
        _signal({"one": 6.0, "two": 1.0}),
        _signal({"one": 1.0}),
        _signal({"one": 0.0, "two": 0.0, "three": 0.0}),
        _signal({"raise": True}),
        _signal({"one": 1.0, "two": 1.0}, needs=Needs(min_words=1000)),
        _signal({"one": 1.0, "two": 1.0}, needs=Needs(min_sentences=100)),
        _signal({"one": 1.0, "two": 1.0}, needs=Needs(html=True)),
        _signal({"one": 0.0, "two": 0.0}, features=(Feature("one", ""), Feature("two", ""))),
        _signal({"one": -0.0, "two": 0.0}, features=(Feature("one", ""), Feature("two", ""))),
        _signal({"one": 0.0}, features=(Feature("one", ""), Feature("two", ""))),
        _signal({"one": 0.0, "two": 0.0}, _SPANS, features=(Feature("one", ""), Feature("two", ""))),
    ],
)
def test_same_readings(signal: Signal, evidence: bool) -> None:
    for left in (math.inf, -1.0):
        found, expected = (
            _read(read, signal, left, evidence) for read in (registry._read, registry.read_in_python)
        )
        assert repr(found) == repr(expected) and found[1] == (left < 0 and expected[1])


def test_no_call_without_phrases_where_it_says_nothing() -> None:
    features = (Feature("one", ""), Feature("two", ""))
    silent = _signal({"raise": True}, features=features, phrases={"p": ["no such phrase"]}, phrases_only=True)
    for read in (registry._read, registry.read_in_python):
        readings, late = _read(read, silent, -1.0, True)
        assert [reading.values for reading in readings] == [{"one": 0.0, "two": 0.0}] * 2 and not late


def test_a_broken_signal_is_told_when_strict() -> None:
    task, work = registry._Task(_signal({"raise": True})), registry._Work(document(_TEXT), 1.0)
    for read in (registry._read, registry.read_in_python):
        with pytest.raises(SignalError, match="KeyError"):
            read(task, [work], DEFAULT_LIMITS, True, True, time.perf_counter, 0.0)


def test_same_rows() -> None:
    def reading(*values: float) -> registry.Reading:
        return registry.Reading("a", "shape", "ok", dict(zip("xyz", values, strict=False)))

    pages = [[reading(1, 2, 3), reading(4), reading()], [reading(), reading(math.nan), reading(7, 8)]]
    wanted = [(0, [("z", 0), ("x", 3)]), (1, [("x", 1)]), (2, [("y", 2)])]
    found, expected = np.full((2, 5), math.nan), np.full((2, 5), math.nan)
    native.fill_rows(pages, wanted, found)
    fill_rows_in_python(pages, wanted, expected)
    assert np.array_equal(found, expected, equal_nan=True)
    assert np.count_nonzero(~np.isnan(found)) == 4
    with pytest.raises(IndexError):
        native.fill_rows(pages, [(0, [("x", 5)])], found)
    with pytest.raises(IndexError):
        native.fill_rows([*pages, *pages], wanted, found)
