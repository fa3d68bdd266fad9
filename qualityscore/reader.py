"""`Reader`: from a page to everything the model and the verdict need of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter

from qualityscore.document import Document, Page, Parsed, parse_page, segment
from qualityscore.document.blocks import Metadata
from qualityscore.errors import InputError, LimitExceeded
from qualityscore.limits import Limits
from qualityscore.model.abstention import Abstained, abstention
from qualityscore.model.bundle import Model
from qualityscore.model.summing import Summing, Weights
from qualityscore.signals.registry import Reading, Runner
from qualityscore.verdict import NgramResult

# Views of a document that are derived on first use, and that nearly every signal takes.
_VIEWS = (attrgetter("sentences"), attrgetter("tokens"), attrgetter("hashes"))


@dataclass(slots=True)
class Read:
    """What the model and the verdict need of a page; the document itself is not kept.

    Attributes:
        source, url: of the page.
        parsed: until its batch is read.
        size: what it takes of a batch, in characters of text to be read; markup weighs a tenth.
        seconds: spent on it so far.
        html: whether the page part of the model applies.
        summing: the weights that are for this page; ``None`` if there is no score.
        lexical: log-odds of the lexical part, 0 if there is no score.
        ngrams: the strongest n-grams, if asked to explain.
        text, title, language, words, meta: of the document; empty if there is none.
    """

    source: str | None
    url: str | None
    parsed: Parsed | None = None
    size: int = 0
    seconds: float = 0.0
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


class Reader:
    """Reads batches of pages. Immutable after construction, thread-safe and picklable."""

    def __init__(
        self, runner: Runner, weights: Weights, limits: Limits, *, strict: bool, evidence: bool, explain: int
    ) -> None:
        """Read with these signals and weights; the settings are those of the scorer."""
        self._runner = runner
        self._weights = weights
        self._limits = limits
        self._strict = strict
        self._evidence = evidence
        self._explain = explain

    def parse(self, page: Page, timings: MutableMapping[str, float] | None = None) -> Read:
        """Decode and parse a page; what is wrong with it is recorded.

        Raises:
            InputError: it cannot be read, and ``strict`` is set.
        """
        started = time.monotonic()
        if not isinstance(page, Page):
            raise TypeError(
                f"score takes pages, not {type(page).__name__}: make one with Page.from_text(...), "
                "Page.from_html(...), Page.from_markdown(...) or Page.from_file(...)"
            )
        read = Read(page.source, page.url, title=page.title)
        with self._recorded(read):
            read.parsed = parsed = parse_page(page, self._limits)
            read.size = parsed.chars + len(page.content) // 10
        read.seconds = spent(started, timings, "document")
        return read

    @contextmanager
    def _recorded(self, read: Read) -> Iterator[None]:
        """Record that a page cannot be read, unless strict."""
        try:
            yield
        except InputError as error:
            if self._strict:
                raise
            read.abstained, read.error = None, str(error)

    def read(self, reads: Sequence[Read], timings: MutableMapping[str, float] | None) -> None:
        """Segment and measure parsed pages, stage by stage over the whole batch; the documents are let go.

        Code that goes over page after page stays in the processor's cache: this takes a tenth less time
        than all stages page by page.

        Raises:
            InputError, SignalError: only if ``strict`` is set.
        """
        docs: list[tuple[Read, Document]] = []
        for read in reads:
            started = time.monotonic()
            parsed, read.parsed = read.parsed, None
            if parsed is None:
                continue
            with self._recorded(read):
                doc = segment(parsed, read.url, self._limits)
                read.html, read.text, read.title = (
                    doc.markup is not None,
                    doc.text,
                    doc.meta.title or read.title,
                )
                read.language, read.words, read.meta = doc.language, doc.n_words, doc.meta
                read.abstained = abstention(doc)
                # Signals read English prose; on anything else their findings would be noise.
                if read.abstained in (None, "too_short"):
                    docs.append((read, doc))
            read.seconds += spent(started, timings, "document")
        for view in _VIEWS:
            for read, doc in docs:
                started = time.monotonic()
                view(doc)
                read.seconds += spent(started, timings, "document")
        found = self._runner.run_many(
            [doc for _, doc in docs],
            self._limits,
            strict=self._strict,
            evidence=self._evidence,
            seconds=[self._limits.max_seconds - read.seconds for read, _ in docs],
            timings=timings,
        )
        started = time.monotonic()
        for (read, _), readings in zip(docs, found, strict=True):
            with self._recorded(read):
                if isinstance(readings, LimitExceeded):
                    raise readings
                read.readings = readings
            if read.scored:
                read.summing = self._weights.of(read.readings)
        for summing in self._weights.all:
            own = [(read, doc) for read, doc in docs if read.summing is summing]
            lexical = summing.model.lexical.log_odds([doc for _, doc in own])
            for (read, doc), log_odds in zip(own, lexical.tolist(), strict=True):
                read.lexical = summing.model.slope * log_odds
                if self._explain:
                    read.ngrams = self._ngrams(doc, summing.model)
        spent(started, timings, "model")

    def _ngrams(self, doc: Document, model: Model) -> list[NgramResult]:
        found = model.lexical.explain(doc, self._explain, model.slope)
        return [
            NgramResult(gram.ngram, gram.contribution, [doc.original_span(*span) for span in gram.spans])
            for gram in found
        ]


def spent(started: float, timings: MutableMapping[str, float] | None, stage: str) -> float:
    """Seconds since ``started``, which are added to the stage's."""
    seconds = time.monotonic() - started
    if timings is not None:
        timings[stage] = timings.get(stage, 0.0) + seconds
    return seconds
