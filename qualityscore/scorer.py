"""`Scorer`: the one pipeline everything else calls."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from qualityscore.document import Document, Page, build_document
from qualityscore.document.blocks import Metadata
from qualityscore.errors import ConfigError, InputError
from qualityscore.limits import DEFAULT_LIMITS, Limits
from qualityscore.model.abstention import Abstained, abstention
from qualityscore.model.bundle import Model
from qualityscore.model.kinds import Kind
from qualityscore.model.odds import logistic, logit
from qualityscore.model.shipped import shipped_model_path
from qualityscore.model.spread import interval
from qualityscore.model.summing import Summing, Sums, Weights
from qualityscore.model.thresholds import LOW_QUALITY_FPR, SUSPECT_FPR
from qualityscore.signals.registry import Reading, Runner
from qualityscore.verdict import Band, NgramResult, SignalResult, Verdict

_BATCH = 32
_WORTH_A_NOTE = 0.05


@dataclass(slots=True)
class _Read:
    """What the model and the verdict need of a page; the document itself is not kept.

    Attributes:
        html: whether the page part of the model applies.
        summing: the weights that are for this page; ``None`` if there is no score.
        lexical: log-odds of the lexical part, 0 if there is no score.
        ngrams: the strongest n-grams, if asked to explain.
        text, title, language, words, meta: of the document; empty if there is none.
    """

    page: Page
    readings: Sequence[Reading] = ()
    abstained: Abstained | None = None
    error: str | None = None
    html: bool = False
    summing: Summing | None = None
    lexical: float = 0.0
    ngrams: list[NgramResult] = field(default_factory=list)
    text: str = ""
    title: str = ""
    language: str = ""
    words: int = 0
    meta: Metadata | None = None

    @property
    def scored(self) -> bool:
        """Whether there is a score."""
        return self.abstained is None and self.error is None


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

    def _at(self, rate: float) -> float:
        """The score threshold of a false-positive rate at the prevalence in use."""
        threshold = self.model.thresholds.at(rate)
        return logistic(logit(threshold) + self._shift) if self._shift else threshold

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

    def failed(self, error: str, source: str | None = None, url: str | None = None) -> Verdict:
        """The verdict on an input that led to no page: no score, and ``error`` as one line."""
        read = _Read(Page("", "text", url, source), error=" ".join(error.split()))
        return self._verdict(read, None, "abstained", None, [])

    def _read(self, page: Page, timings: MutableMapping[str, float] | None) -> _Read:
        started = time.monotonic()
        if not isinstance(page, Page):
            raise TypeError(
                f"score takes pages, not {type(page).__name__}: make one with Page.from_text(...), "
                "Page.from_html(...), Page.from_markdown(...) or Page.from_file(...)"
            )
        read = _Read(page, title=page.title)
        try:
            doc = build_document(page, self.limits)
            read.html, read.text, read.title = doc.markup is not None, doc.text, doc.meta.title or page.title
            read.language, read.words, read.meta = doc.language, doc.n_words, doc.meta
            if timings is not None:
                _ = doc.sentences, doc.tokens, doc.hashes
                timings["document"] = timings.get("document", 0.0) + time.monotonic() - started
            read.abstained = abstention(doc)
            # Signals read English prose; on anything else their findings would be noise.
            if read.abstained in (None, "too_short"):
                read.readings = self._runner.run(
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
            read.abstained, read.error = None, str(error)
            return read
        if read.scored:
            started = time.monotonic()
            read.summing = summing = self._weights.of(read.readings)
            read.lexical = summing.model.slope * summing.model.lexical.log_odds(doc)
            if self.explain:
                read.ngrams = self._ngrams(doc, summing.model)
            if timings is not None:
                timings["model"] = timings.get("model", 0.0) + time.monotonic() - started
        return read

    def _ngrams(self, doc: Document, model: Model) -> list[NgramResult]:
        found = model.lexical.explain(doc, self.explain, model.slope)
        return [
            NgramResult(gram.ngram, gram.contribution, [doc.original_span(*span) for span in gram.spans])
            for gram in found
        ]

    def _verdicts(self, reads: list[_Read], timings: MutableMapping[str, float] | None) -> list[Verdict]:
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
        if timings is not None:
            timings["model"] = timings.get("model", 0.0) + time.monotonic() - started
        return verdicts

    def _with_score(self, read: _Read, summing: Summing, sums: Sums) -> Verdict:
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
        results = list(map(SignalResult, read.readings, sums.by_signal))
        if self.evidence:
            for i, result in enumerate(results):
                if abs(result.contribution) >= _WORTH_A_NOTE and not result.reading.evidence:
                    compared = summing.compared(result.reading, sums.by_column)
                    results[i] = SignalResult(compared, result.contribution)
        sure = None if sums.deviation is None else interval(log_odds, sums.deviation)
        return self._verdict(read, score, band, parts, results, sure, kind)

    def _without_score(self, read: _Read) -> Verdict:
        results = [SignalResult(reading, 0.0) for reading in read.readings]
        return self._verdict(read, None, "abstained", None, results)

    def _verdict(
        self,
        read: _Read,
        score: float | None,
        band: Band,
        parts: dict[str, float] | None,
        signals: list[SignalResult],
        sure: tuple[float, float] | None = None,
        kind: Kind | None = None,
    ) -> Verdict:
        return Verdict(
            source=read.page.source,
            url=read.page.url,
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
