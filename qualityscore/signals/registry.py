"""Discovery and running of signals: the one place that calls them."""

from __future__ import annotations

import importlib
import math
import pkgutil
import time
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import field
from functools import cache
from operator import attrgetter
from typing import Literal

from qualityscore.document import Document
from qualityscore.errors import ConfigError, LimitExceeded, SignalError
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.native import compiled
from qualityscore.signals import api
from qualityscore.signals.api import Finding, Measured, Signal, Where
from qualityscore.signals.phrases import Hits, PhraseFinder
from qualityscore.values import value

Status = Literal["ok", "not_applicable", "error"]
_NO_HITS = Hits({}, {})
_NAN = float("nan")
_BOUNDS = attrgetter("start", "end")


@value
class Evidence:
    """A passage behind a value, as reported.

    For ``where="text"``, ``start`` and ``end`` are code-point offsets into the text as a reader
    sees it and ``text`` is exactly that slice; elsewhere both are ``None``.
    """

    where: Where
    start: int | None
    end: int | None
    text: str
    note: str = ""


@value
class Reading:
    """What one signal said about one page.

    Attributes:
        id, family: of the signal.
        status: ``ok``; ``not_applicable`` if its needs were not met; ``error`` if it raised.
        values: feature values; NaN could not be measured, 0 none found. Empty unless ``ok``.
        evidence: passages, sorted by position.
        error: what went wrong, empty unless ``error``.
    """

    id: str
    family: str
    status: Status
    values: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    error: str = ""


@cache
def all_signals() -> Mapping[str, Signal]:
    """Every signal of the package by id, sorted by family and id."""
    from qualityscore import signals

    for family in api.FAMILIES:
        name = f"{signals.__name__}.{family}"
        package = importlib.import_module(name)
        for module in pkgutil.iter_modules(package.__path__):
            if not module.name.startswith("_"):
                importlib.import_module(f"{name}.{module.name}")
    order = list(api.FAMILIES)
    found = sorted(api.registered().values(), key=lambda s: (order.index(s.family), s.id))
    return {signal.id: signal for signal in found}


class Runner:
    """Runs a fixed set of signals over documents. Immutable, thread-safe, picklable."""

    def __init__(self, disable: Iterable[str] = (), only: Iterable[str] | None = None) -> None:
        """Run all signals but those in ``disable``, or just those in ``only``.

        Raises:
            ConfigError: an id is unknown.
        """
        known = all_signals()
        wanted = list(known) if only is None else list(only)
        skipped = set(disable)
        for name in [*wanted, *skipped]:
            if name not in known:
                raise ConfigError(f"no signal is called {name!r}: see  qualityscore signals list")
        self.signals = tuple(known[name] for name in wanted if name not in skipped)
        self._tasks = [_Task(signal) for signal in self.signals]
        self._finder = PhraseFinder(
            (s.id, name, phrases, lists is s.chrome_phrases)
            for s in self.signals
            for lists in (s.phrases, s.chrome_phrases)
            for name, phrases in lists.items()
        )

    def __reduce__(self) -> tuple[type[Runner], tuple[tuple[str, ...], tuple[str, ...]]]:
        return Runner, ((), tuple(s.id for s in self.signals))

    def run(
        self,
        doc: Document,
        limits: Limits = DEFAULT_LIMITS,
        *,
        strict: bool = False,
        evidence: bool = True,
        deadline: float | None = None,
    ) -> list[Reading]:
        """Read all signals from a document; arguments as for `run_many`.

        Args:
            deadline: `time.monotonic` moment after which the page is given up.

        Raises:
            LimitExceeded: the deadline passed.
            SignalError: a signal raised and ``strict`` is set.
        """
        seconds = math.inf if deadline is None else deadline - time.monotonic()
        (found,) = self.run_many([doc], limits, strict=strict, evidence=evidence, seconds=[seconds])
        if isinstance(found, LimitExceeded):
            raise found
        return found

    def run_many(
        self,
        docs: Sequence[Document],
        limits: Limits = DEFAULT_LIMITS,
        *,
        strict: bool = False,
        evidence: bool = True,
        seconds: Sequence[float] | None = None,
        timings: MutableMapping[str, float] | None = None,
    ) -> list[list[Reading] | LimitExceeded]:
        """Read all signals from documents: of each the readings, or the error if its time ran out.

        A signal reads all documents before the next signal does, while its code and tables are in the
        processor's cache: a batch of 32 takes a sixth less time than one document after the other.

        Args:
            strict: raise `SignalError` where a reading would say ``error``.
            evidence: whether to quote passages; values are the same without.
            seconds: left for each document, checked between signals; default: no bound.
            timings: seconds spent are added here by signal id, ``phrases`` for the one pass.

        Raises:
            SignalError: a signal raised and ``strict`` is set.
        """
        clock = time.perf_counter
        last = clock()
        works = [_Work(doc, math.inf if seconds is None else seconds[i]) for i, doc in enumerate(docs)]
        for work in works:
            work.hits = self._finder.find(work.doc)
            now = clock()
            if timings is not None:
                timings["phrases"] = timings.get("phrases", 0.0) + now - last
            work.left -= now - last
            last = now
        going = [work for work in works if work.left >= 0]
        for task in self._tasks:
            began = last
            last, late = _read(task, going, limits, strict, evidence, clock, last)
            if late:
                going = [work for work in going if work.left >= 0]
            if timings is not None:
                timings[task.id] = timings.get(task.id, 0.0) + last - began
        return [
            work.readings
            if work.left >= 0
            else LimitExceeded(f"page took longer than {limits.max_seconds:g} s")
            for work in works
        ]


class _Work:
    """A document that is being read, and the seconds left for it."""

    __slots__ = ("doc", "hits", "html", "left", "n_words", "readings")

    def __init__(self, doc: Document, left: float) -> None:
        self.doc, self.left = doc, left
        self.n_words, self.html = doc.n_words, doc.markup is not None
        self.hits: Mapping[str, Hits] = {}
        self.readings: list[Reading] = []


class _Task:
    """What running a signal takes, looked up once.

    ``not_applicable`` and ``nothing``, which is all zeros, are each one reading for all pages; ``nothing`` is
    ``None`` if no 0 is nothing. ``level`` is the evidence where all of a page is what was found.
    """

    __slots__ = (
        "family", "features", "html", "id", "level", "min_sentences", "min_words", "not_applicable", "nothing",
        "phrases", "phrases_only", "signal",
    )  # fmt: skip

    def __init__(self, signal: Signal) -> None:
        self.signal, self.id, self.family = signal, signal.id, signal.family
        needs = signal.needs
        self.min_words, self.min_sentences, self.html = needs.min_words, needs.min_sentences, needs.html
        self.phrases = bool(signal.phrases or signal.chrome_phrases)
        self.phrases_only = signal.phrases_only
        self.features = [(f.name, f.low, f.high, f.found) for f in signal.features]
        wide = signal.document_wide
        zeros = all(low == 0 for _, low, _, _ in self.features)
        self.nothing = (
            Reading(self.id, self.family, "ok", {f.name: 0.0 for f in signal.features}) if zeros else None
        )
        self.level = (Evidence("document", None, None, "", wide),) if wide else ()
        self.not_applicable = Reading(signal.id, signal.family, "not_applicable")


def read_in_python(
    task: _Task,
    going: list[_Work],
    limits: Limits,
    strict: bool,
    evidence: bool,
    clock: Callable[[], float],
    last: float,
) -> tuple[float, bool]:
    """Read one signal from documents.

    Args:
        going: documents whose time is not up.
        clock: tells the time in seconds.
        last: when what came before ended.

    Returns:
        When it ended, and whether the time of a document is up.
    """
    late = False
    for work in going:
        if (
            work.n_words < task.min_words
            or (task.html and not work.html)
            or (task.min_sentences and len(work.doc.sentences) < task.min_sentences)
        ):
            work.readings.append(task.not_applicable)
            continue
        if task.phrases_only and task.id not in work.hits:
            assert task.nothing is not None
            work.readings.append(task.nothing)
            continue
        try:
            if task.phrases:
                measured = task.signal.function(work.doc, work.hits.get(task.id, _NO_HITS))
            else:
                measured = task.signal.function(work.doc)
            values = _checked(task, measured.values)
            found = _evidence(task, work.doc, measured, values, limits) if evidence else ()
            reading = Reading(task.id, task.family, "ok", values, found)
        except Exception as error:
            reading = _failed(task, error, strict)
        work.readings.append(reading)
        now = clock()
        work.left -= now - last
        last = now
        late = late or work.left < 0
    return last, late


def _failed(task: _Task, error: Exception, strict: bool) -> Reading:
    """The reading of a signal that raised.

    Its caller holds the one broad except of the package: a broken signal must not end a bulk run, and its
    reading says so instead of looking clean.
    """
    if strict:
        raise SignalError(f"signal {task.id} failed: {error!r}") from error
    return Reading(task.id, task.family, "error", {}, (), f"{type(error).__name__}: {error}")


def _checked(task: _Task, measured: Mapping[str, float]) -> dict[str, float]:
    values: dict[str, float] = {}
    for name, low, high, _ in task.features:
        value = float(measured[name])
        if low <= value <= high:
            values[name] = value
        elif value != value:
            values[name] = _NAN
        else:
            raise ValueError(f"{name} = {value} is outside {low} to {high}")
    if len(measured) != len(values):
        raise ValueError("returned a value that no feature declares")
    return values


def _evidence(
    task: _Task, doc: Document, measured: Measured, values: Mapping[str, float], limits: Limits
) -> tuple[Evidence, ...]:
    if measured.findings:
        return _quoted(doc, measured.findings, limits)
    return task.level if any(found and values[name] > low for name, low, _, found in task.features) else ()


def _quoted(doc: Document, findings: Sequence[Finding], limits: Limits) -> tuple[Evidence, ...]:
    """The evidence of findings: those in the text first, in order."""
    if len(findings) > 1:
        findings = sorted(findings, key=_BOUNDS)
        if any(map(_elsewhere, findings)):
            findings.sort(key=_elsewhere)
    return tuple([quote(doc, f, limits.max_evidence_chars) for f in findings[: limits.max_evidence]])


def _elsewhere(finding: Finding) -> bool:
    return finding.where != "text"


def quote(doc: Document, finding: Finding, max_chars: int) -> Evidence:
    """Turn a finding into evidence that quotes the page as the reader sees it."""
    if finding.where != "text":
        return Evidence(finding.where, None, None, finding.text[:max_chars], finding.note)
    start, end = finding.start, finding.end
    if not finding.raw:
        start, end = doc.original_span(start, end)
    end = min(end, start + max_chars)
    return Evidence("text", start, end, doc.text[start:end], finding.note)


_compiled = compiled("runner")
_read = read_in_python if _compiled is None else _compiled.Runner(Reading, _NO_HITS, _quoted, _failed).read
