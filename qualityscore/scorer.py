"""`Scorer`: the one pipeline everything else calls."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, MutableMapping
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from qualityscore.document import Page
from qualityscore.errors import ConfigError
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.model.bundle import Model
from qualityscore.model.kinds import Kind
from qualityscore.model.odds import logistic, logit
from qualityscore.model.shipped import shipped_model_path
from qualityscore.model.spread import interval
from qualityscore.model.summing import Summing, Sums, Weights
from qualityscore.model.thresholds import LOW_QUALITY_FPR, SUSPECT_FPR
from qualityscore.reader import Read, Reader, spent
from qualityscore.signals.registry import Runner
from qualityscore.verdict import Band, SignalResult, Verdict

# A batch is this many pages, or fewer if they are long: memory stays bounded.
_BATCH = 32
_BATCH_SIZE = 1_000_000
_WORTH_A_NOTE = 0.05
# Without a step of Python: there are as many as signals.
_result = partial(tuple.__new__, SignalResult)


class ScorerSettings(TypedDict, total=False):
    """The keyword arguments of `Scorer`, for type checkers."""

    threshold: float | None
    max_fpr: float | None
    prevalence: float | None
    disable: Iterable[str]
    limits: Limits
    evidence: bool
    explain: int
    strict: bool


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
        prevalence: float | None = None,
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
            prevalence: share of farm pages among yours, above 0 and below 1; moves every score to
                that base rate, and the thresholds by false-positive rate with it, so that the
                same pages are flagged. Default: that of the pages that calibrated the model.
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
        if prevalence is not None and not 0 < prevalence < 1:
            raise ConfigError(f"prevalence must lie above 0 and below 1, not {prevalence:g}")
        if isinstance(disable, str):
            raise ConfigError(f"disable takes a list of signal ids, not the text {disable!r}")
        if explain < 0:
            raise ConfigError(f"explain must be 0 or more n-grams, not {explain}")
        disabled = frozenset(disable)
        self.model = model
        self.limits = limits
        self.evidence = evidence
        self.explain = explain
        self.strict = strict
        rate = LOW_QUALITY_FPR if max_fpr is None else max_fpr
        # Other base rate, same evidence (Saerens et al. 2002): a constant in log-odds.
        self._shift = 0.0 if prevalence is None else logit(prevalence) - logit(model.prevalence)
        self.threshold = self._at(rate) if threshold is None else threshold
        self.suspect_threshold = min(self.threshold, self._at(SUSPECT_FPR))
        self.caveat = model.thresholds.caveat(rate) if threshold is None else ""
        full = Runner()
        model.require([c for s in full.signals for c in s.columns])
        self._runner = Runner(disable=disabled) if disabled else full
        run = [signal.id for signal in self._runner.signals]
        self._weights = Weights(model, run)
        self._reader = Reader(
            self._runner, self._weights, limits, strict=strict, evidence=evidence, explain=explain
        )

    def _at(self, rate: float) -> float:
        """The score threshold of a false-positive rate at the prevalence in use."""
        threshold = self.model.thresholds.at(rate)
        return logistic(logit(threshold) + self._shift) if self._shift else threshold

    @classmethod
    def load(cls, path: str | Path | None = None, **settings: Unpack[ScorerSettings]) -> Scorer:
        """Load a model file (default: the shipped model) and build a scorer.

        ``settings`` are the keyword arguments of the constructor.

        Raises:
            ModelError: the file is missing, damaged or of another version.
            ConfigError: a setting is wrong.
        """
        model = Model.load(Path(path) if path is not None else shipped_model_path())
        return cls(model, **settings)

    def score(self, page: Page, *, timings: MutableMapping[str, float] | None = None) -> Verdict:
        """Score one page.

        Args:
            timings: seconds are added here by stage and signal id.

        Raises:
            InputError, SignalError: only with ``strict=True``.
        """
        return self._verdicts([self._reader.parse(page, timings)], timings)[0]

    def score_many(self, pages: Iterable[Page]) -> Iterator[Verdict]:
        """Score pages lazily, in order; the work is done on batches inside, which is faster."""
        batch: list[Read] = []
        size = 0
        for page in pages:
            read = self._reader.parse(page, None)
            batch.append(read)
            size += read.size
            if len(batch) >= _BATCH or size >= _BATCH_SIZE:
                yield from self._verdicts(batch, None)
                batch, size = [], 0
        yield from self._verdicts(batch, None)

    def failed(self, error: str, source: str | None = None, url: str | None = None) -> Verdict:
        """The verdict on an input that led to no page: no score, and ``error`` as one line."""
        read = Read(source, url, error=" ".join(error.split()))
        return self._verdict(read, None, "abstained", None, [])

    def _verdicts(self, reads: list[Read], timings: MutableMapping[str, float] | None) -> list[Verdict]:
        self._reader.read(reads, timings)
        started = time.monotonic()
        scored = [
            (read.summing, read.readings, read.html, read.lexical)
            for read in reads
            if read.scored and read.summing is not None
        ]
        sums = iter(self._weights.sums(scored))
        verdicts = [
            self._with_score(read, read.summing, next(sums))
            if read.scored and read.summing is not None
            else self._without_score(read)
            for read in reads
        ]
        spent(started, timings, "model")
        return verdicts

    def _with_score(self, read: Read, summing: Summing, sums: Sums) -> Verdict:
        model = summing.model
        parts = {
            "intercept": model.intercept + self._shift + (model.page_intercept if read.html else 0.0),
            "lexical": read.lexical,
            "signals": sums.text,
            "page": sums.page,
        }
        log_odds = sum(parts.values())
        score = logistic(log_odds)
        band: Band = "ok"
        if score > self.threshold:
            band = "low_quality"
        elif score > self.suspect_threshold:
            band = "suspect"
        kind = self._weights.kind(read.readings) if band != "ok" else None
        results = list(map(_result, zip(read.readings, sums.by_signal, strict=True)))
        if self.evidence:
            for i, result in enumerate(results):
                if abs(result.contribution) >= _WORTH_A_NOTE and not result.reading.evidence:
                    compared = summing.compared(result.reading, sums.by_column)
                    results[i] = SignalResult(compared, result.contribution)
        sure = None if sums.deviation is None else interval(log_odds, sums.deviation)
        return self._verdict(read, score, band, parts, results, sure, kind)

    def _without_score(self, read: Read) -> Verdict:
        results = [SignalResult(reading, 0.0) for reading in read.readings]
        return self._verdict(read, None, "abstained", None, results)

    def _verdict(
        self,
        read: Read,
        score: float | None,
        band: Band,
        parts: dict[str, float] | None,
        signals: list[SignalResult],
        sure: tuple[float, float] | None = None,
        kind: Kind | None = None,
    ) -> Verdict:
        return Verdict(
            source=read.source,
            url=read.url,
            title=read.title,
            language=read.language,
            words=read.words,
            score=score,
            band=band,
            abstained=read.abstained,
            threshold=self.threshold,
            parts=parts,
            signals=signals,
            lexical=read.ngrams,
            model={"id": self.model.id, "version": self.model.version},
            error=read.error,
            text=read.text,
            meta=read.meta,
            interval=sure,
            kind=kind,
        )
