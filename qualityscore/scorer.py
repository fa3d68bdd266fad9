"""`Scorer`: the one pipeline everything else calls."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qualityscore.document import Document, Page, build_document
from qualityscore.errors import ConfigError, InputError
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.model.abstention import Abstained, abstention
from qualityscore.model.bundle import Model
from qualityscore.model.shipped import shipped_model_path
from qualityscore.model.thresholds import LOW_QUALITY_FPR, SUSPECT_FPR
from qualityscore.signals.registry import Evidence, Reading, Runner
from qualityscore.verdict import Band, NgramResult, SignalResult, Verdict

_BATCH = 32
_WORTH_A_NOTE = 0.05
_Places = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A page after reading, before the model."""

    page: Page
    doc: Document | None
    readings: list[Reading]
    abstained: Abstained | None
    error: str | None


class Scorer:
    """Scores pages. Immutable after construction, thread-safe and picklable.

    Example:
        >>> scorer = Scorer.load()
        >>> verdict = scorer.score(Page.from_text(open("page.txt").read()))
        >>> verdict.score, verdict.band
    """

    def __init__(
        self,
        model: Model,
        *,
        threshold: float | None = None,
        max_fpr: float | None = None,
        disable: Iterable[str] = (),
        limits: Limits = DEFAULT_LIMITS,
        evidence: bool = True,
        explain: int = 0,
        strict: bool = False,
    ) -> None:
        """Combine a model with settings.

        Args:
            model: a loaded model.
            threshold: score in 0-1 above which a page is ``low_quality``.
            max_fpr: instead of a threshold, a false-positive rate on human pages, 0-1.
            disable: ids of signals not to run; they contribute nothing.
            limits: bounds on one page.
            evidence: quote passages; scores are the same without.
            explain: how many n-grams to name per page.
            strict: raise where the default records an error in the verdict.

        Raises:
            ConfigError: a setting is out of range or contradicts another.
            ModelVersionError: the model needs columns that are not measured.
        """
        if threshold is not None and max_fpr is not None:
            raise ConfigError("give either a threshold or a false-positive rate, not both")
        if threshold is not None and not 0 <= threshold <= 1:
            raise ConfigError(f"threshold must lie between 0 and 1, not {threshold:g}")
        if max_fpr is not None and not 0 < max_fpr <= 1:
            raise ConfigError(f"false-positive rate must lie above 0 and up to 1, not {max_fpr:g}")
        disabled = frozenset(disable)
        self.model = model
        self.limits = limits
        self.evidence = evidence
        self.explain = explain
        self.strict = strict
        rate = LOW_QUALITY_FPR if max_fpr is None else max_fpr
        self.threshold = model.thresholds.at(rate) if threshold is None else threshold
        self.suspect_threshold = min(self.threshold, model.thresholds.at(SUSPECT_FPR))
        self.caveat = model.thresholds.caveat(rate) if threshold is None else ""
        full = Runner()
        model.require([c for s in full.signals for c in s.columns])
        self._runner = Runner(disable=disabled) if disabled else full
        self._text_at = _places(model.text.columns)
        self._page_at = _places(model.page.columns)
        self._ordinary = {
            name: float(value)
            for part in (model.text, model.page)
            for name, value in zip(part.columns, part.reference, strict=True)
        }

    @classmethod
    def load(cls, path: str | Path | None = None, **settings: object) -> Scorer:
        """Load a model file (default: the shipped model) and build a scorer.

        ``settings`` are the keyword arguments of the constructor.

        Raises:
            ModelError: the file is missing, damaged or of another version.
            ConfigError: a setting is wrong.
        """
        model = Model.load(Path(path) if path is not None else shipped_model_path())
        return cls(model, **settings)  # type: ignore[arg-type]

    def score(self, page: Page, *, timings: MutableMapping[str, float] | None = None) -> Verdict:
        """Score one page.

        Args:
            timings: seconds are added here by stage and signal id.

        Raises:
            InputError, SignalError: only with ``strict=True``.
        """
        return self._verdicts([self._read(page, timings)], timings)[0]

    def score_many(self, pages: Iterable[Page]) -> Iterator[Verdict]:
        """Score pages lazily, in order; the model runs on batches inside."""
        iterator = iter(pages)
        while batch := list(islice(iterator, _BATCH)):
            yield from self._verdicts([self._read(page, None) for page in batch], None)

    def _read(self, page: Page, timings: MutableMapping[str, float] | None) -> _Read:
        started = time.monotonic()
        doc = None
        try:
            doc = build_document(page, self.limits)
            if timings is not None:
                _ = doc.sentences, doc.tokens, doc.hashes
                timings["document"] = timings.get("document", 0.0) + time.monotonic() - started
            abstained = abstention(doc)
            readings: list[Reading] = []
            # Signals read English prose; on anything else their findings would be noise.
            if abstained in (None, "too_short"):
                readings = self._runner.run(
                    doc,
                    self.limits,
                    strict=self.strict,
                    evidence=self.evidence,
                    deadline=started + self.limits.max_seconds,
                    timings=timings,
                )
        except InputError as error:
            if self.strict:
                raise
            return _Read(page, doc, [], None, str(error))
        return _Read(page, doc, readings, abstained, None)

    def _verdicts(self, reads: list[_Read], timings: MutableMapping[str, float] | None) -> list[Verdict]:
        started = time.monotonic()
        scored = [r for r in reads if r.doc is not None and r.abstained is None and r.error is None]
        text_x = _matrix(scored, self._text_at)
        page_x = _matrix(scored, self._page_at)
        text = self.model.text.contributions(text_x) * self.model.slope
        page = self.model.page.contributions(page_x)
        verdicts: list[Verdict] = []
        row = 0
        for read in reads:
            if read.doc is None or read.abstained is not None or read.error is not None:
                verdicts.append(self._without_score(read))
            else:
                verdicts.append(self._with_score(read, read.doc, text[row], page[row]))
                row += 1
        if timings is not None:
            timings["model"] = timings.get("model", 0.0) + time.monotonic() - started
        return verdicts

    def _with_score(
        self,
        read: _Read,
        doc: Document,
        text: npt.NDArray[np.float64],
        page: npt.NDArray[np.float64],
    ) -> Verdict:
        model = self.model
        html = doc.markup is not None
        parts = {
            "intercept": model.intercept + (model.page_intercept if html else 0.0),
            "lexical": model.slope * model.lexical.log_odds(doc),
            "signals": float(text.sum()),
            "page": float(page.sum()) if html else 0.0,
        }
        log_odds = sum(parts.values())
        score = _logistic(log_odds)
        by_signal = _by_signal(self._text_at, text.tolist())
        if html:
            for signal_id, value in _by_signal(self._page_at, page.tolist()).items():
                by_signal[signal_id] = by_signal.get(signal_id, 0.0) + value
        lexical: list[NgramResult] = []
        if self.explain:
            for gram in model.lexical.explain(doc, self.explain, model.slope):
                spans = [doc.original_span(*span) for span in gram.spans]
                lexical.append(NgramResult(gram.ngram, gram.contribution, spans))
        band: Band = "ok"
        if score > self.threshold:
            band = "low_quality"
        elif score > self.suspect_threshold:
            band = "suspect"
        results = [self._result(r, by_signal.get(r.id, 0.0)) for r in read.readings]
        return self._verdict(read, score, band, parts, results, lexical)

    def _result(self, reading: Reading, contribution: float) -> SignalResult:
        """A level that every page has quotes nothing: say how it compares with human pages."""
        if self.evidence and not reading.evidence and abs(contribution) >= _WORTH_A_NOTE:
            compared = [
                f"{name.replace('_', ' ')} {value:.3g}, human pages {self._ordinary[f'{reading.id}.{name}']:.3g}"
                for name, value in reading.values.items()
                if f"{reading.id}.{name}" in self._ordinary and not math.isnan(value)
            ]
            note = "; ".join(compared) + " (median)"
            compared_with = (Evidence("document", None, None, "", note),)
            reading = Reading(reading.id, reading.family, reading.status, reading.values, compared_with)
        return SignalResult(reading, contribution)

    def _without_score(self, read: _Read) -> Verdict:
        results = [SignalResult(reading, 0.0) for reading in read.readings]
        return self._verdict(read, None, "abstained", None, results, [])

    def _verdict(
        self,
        read: _Read,
        score: float | None,
        band: Band,
        parts: dict[str, float] | None,
        signals: list[SignalResult],
        lexical: list[NgramResult],
    ) -> Verdict:
        doc = read.doc
        return Verdict(
            source=read.page.source,
            url=read.page.url,
            title=doc.meta.title if doc else "",
            language=doc.language if doc else "",
            words=doc.n_words if doc else 0,
            score=score,
            band=band,
            abstained=read.abstained,
            threshold=self.threshold,
            parts=parts,
            signals=signals,
            lexical=lexical,
            model={"id": self.model.id, "version": self.model.version},
            error=read.error,
            text=doc.text if doc else "",
            meta=doc.meta if doc else None,
        )


def _places(columns: Iterable[str]) -> _Places:
    """Features of each signal and the numbers of their columns."""
    places: _Places = {}
    for number, column in enumerate(columns):
        signal_id, _, feature = column.partition(".")
        places.setdefault(signal_id, []).append((feature, number))
    return places


def _matrix(reads: list[_Read], places: _Places) -> npt.NDArray[np.float64]:
    """Feature rows of pages, shape (n, d); NaN where a signal did not measure."""
    rows: list[list[float]] = []
    width = sum(map(len, places.values()))
    for read in reads:
        row = [math.nan] * width
        for reading in read.readings:
            if reading.values:
                for feature, column in places.get(reading.id, ()):
                    row[column] = reading.values[feature]
        rows.append(row)
    return np.array(rows, dtype=np.float64).reshape(len(reads), width)


def _by_signal(places: _Places, contributions: list[float]) -> dict[str, float]:
    return {
        signal_id: sum([contributions[column] for _, column in columns])
        for signal_id, columns in places.items()
    }


def _logistic(log_odds: float) -> float:
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    grown = math.exp(log_odds)
    return grown / (1.0 + grown)
