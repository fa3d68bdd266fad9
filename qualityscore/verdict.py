"""`Verdict`: what is said about one page, and the record it becomes."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from qualityscore.document.blocks import Metadata
from qualityscore.model.abstention import Abstained
from qualityscore.model.kinds import Kind
from qualityscore.signals.registry import Evidence, Reading
from qualityscore.values import value

Band = Literal["ok", "suspect", "low_quality", "abstained"]
BANDS: tuple[Band, ...] = ("ok", "suspect", "low_quality", "abstained")

MEANING = (
    "score is the probability that the page is what content farms publish: mass-produced, automated, "
    "or made for search engines rather than for a reader. It is no proof about an author."
)


class SignalResult(NamedTuple):
    """A reading and what it adds to the log-odds (0 for evidence that carries no weight)."""

    reading: Reading
    contribution: float

    @property
    def quotes(self) -> bool:
        """Whether the evidence quotes the page, rather than comparing a level."""
        return any(e.where != "document" for e in self.reading.evidence)


@value
class NgramResult:
    """An n-gram, what it adds to the log-odds, and its spans in the text as a reader sees it."""

    ngram: str
    contribution: float
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for one page.

    Attributes:
        source: path, ``-`` or row the page came from.
        url: its address, ``None`` if unknown.
        title, language, words: of the article.
        score: calibrated probability in 0-1; ``None`` if abstained or failed.
        interval: where 90 % of the scores of models fitted on resampled networks lie, in 0-1;
            ``None`` without a score or if the model has no refits.
        kind: for pages above the 5 % threshold, what kind of farm page it would be; else ``None``.
        band: ``low_quality`` above ``threshold``, ``suspect`` above the 5 % threshold, else ``ok``;
            ``abstained`` for every page without a score, failed ones too.
        abstained: why there is no score.
        threshold: score above which a page is ``low_quality`` in this run.
        parts: log-odds of ``intercept``, ``lexical``, ``signals`` and ``page``; they sum to the
            log-odds of the score.
        signals: every signal's reading and contribution; empty for pages that are not English prose.
        lexical: the strongest n-grams (only if asked to explain).
        model: ``id`` and ``version``.
        error: one line if the page could not be read; then there is no score.
        text: the text that offsets point into.
        meta: what the page says about itself (author, dates, …); not part of the record.
    """

    source: str | None
    url: str | None
    title: str
    language: str
    words: int
    score: float | None
    band: Band
    abstained: Abstained | None
    threshold: float
    parts: Mapping[str, float] | None
    signals: Sequence[SignalResult]
    lexical: Sequence[NgramResult]
    model: Mapping[str, str]
    error: str | None = None
    text: str = field(default="", repr=False)
    meta: Metadata | None = field(default=None, repr=False)
    interval: tuple[float, float] | None = None
    kind: Kind | None = None

    def reasons(self, top: int = 5) -> list[SignalResult]:
        """Signals that raise the score: first those that quote the page, then levels; the strongest first in each."""
        raised = [s for s in self.signals if s.contribution > 0 and s.reading.evidence]
        return sorted(raised, key=lambda s: (not s.quotes, -s.contribution))[:top]

    def to_dict(self, *, with_text: bool = False) -> dict[str, Any]:
        """The record, as described by the JSON Schema `qualityscore.record_schema`."""
        record: dict[str, Any] = {
            "source": self.source,
            "url": self.url,
            "title": self.title,
            "language": self.language,
            "words": self.words,
            "score": _rounded(self.score),
            "interval": None if self.interval is None else [_rounded(v) for v in self.interval],
            "band": self.band,
            "abstained": self.abstained,
            "threshold": _rounded(self.threshold),
            "kind": None
            if self.kind is None
            else {
                "name": self.kind.name,
                "probabilities": {name: _rounded(p) for name, p in self.kind.probabilities.items()},
            },
            "parts": None
            if self.parts is None
            else {name: _rounded(value) for name, value in self.parts.items()},
            "signals": [_signal(result) for result in self.signals],
            "lexical": [
                {
                    "ngram": gram.ngram,
                    "contribution": _rounded(gram.contribution),
                    "spans": [list(span) for span in gram.spans],
                }
                for gram in self.lexical
            ],
            "model": dict(self.model),
            "error": self.error,
        }
        if with_text:
            record["text"] = self.text
        return record

    def to_json(self, *, with_text: bool = False, indent: int | None = None) -> str:
        """The record as JSON text; NaN becomes ``null``."""
        record = self.to_dict(with_text=with_text)
        # A record holds nothing that holds itself.
        return json.dumps(record, ensure_ascii=False, check_circular=False, indent=indent)


def _rounded(value: float | None) -> float | None:
    # Most numbers of a record are 0, and `round` is slow.
    if not value:
        return value
    return None if math.isnan(value) else round(value, 6)


def _signal(result: SignalResult) -> dict[str, Any]:
    reading = result.reading
    record: dict[str, Any] = {
        "id": reading.id,
        "family": reading.family,
        "status": reading.status,
        "values": {name: _rounded(value) for name, value in reading.values.items()},
        "contribution": _rounded(result.contribution),
        "evidence": [_evidence(evidence) for evidence in reading.evidence],
    }
    if reading.error:
        record["error"] = reading.error
    return record


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "where": evidence.where,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "note": evidence.note,
    }
