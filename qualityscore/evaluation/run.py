"""Score labelled pages and keep what a report needs: all scores, and the pages that went most wrong."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from qualityscore.document import Page
from qualityscore.document.decode import decode
from qualityscore.document.plain import sniff
from qualityscore.errors import InputError
from qualityscore.evaluation.labels import Labelled
from qualityscore.evaluation.scored import Row, ScoredSet
from qualityscore.fitting.stream import stream
from qualityscore.scorer import Scorer
from qualityscore.verdict import Verdict

WORST = 12
# A page kept for the report is held in memory as it came.
_MOST_BYTES = 2_000_000
_REASONS = 6
_NGRAMS = 8


@dataclass(slots=True)
class Worst:
    """The pages a threshold gets most wrong, on both sides.

    Attributes:
        false_positives: (score, -order, row, page) of negative pages, highest score first out.
        misses: (-score, -order, row, page) of positive pages.
    """

    threshold: float
    size: int = WORST
    false_positives: list[tuple[float, int, Row, Page]] = field(default_factory=list)
    misses: list[tuple[float, int, Row, Page]] = field(default_factory=list)

    def offer(self, order: int, row: Row, page: Page) -> None:
        """Keep the page if it is among the worst so far."""
        if row.score is None or len(page.content) > _MOST_BYTES:
            return
        if row.y == 0 and row.score > self.threshold:
            self._keep(self.false_positives, (row.score, -order, row, page))
        elif row.y == 1 and row.score <= self.threshold:
            self._keep(self.misses, (-row.score, -order, row, page))

    def _keep(self, heap: list[tuple[float, int, Row, Page]], entry: tuple[float, int, Row, Page]) -> None:
        if len(heap) < self.size:
            heapq.heappush(heap, entry)
        else:
            heapq.heappushpop(heap, entry)

    def explained(self, explain: Callable[[Row, Page], Verdict]) -> dict[str, list[dict[str, Any]]]:
        """Both lists with the strongest evidence, worst first."""
        return {
            name: [told(row, explain(row, page)) for _, _, row, page in sorted(heap, reverse=True)]
            for name, heap in (("false_positives", self.false_positives), ("misses", self.misses))
        }


def score_labelled(
    scorer: Scorer,
    pages: Iterable[Labelled],
    *,
    workers: int = 1,
    step: Callable[[], None] = lambda: None,
) -> tuple[ScoredSet, Worst]:
    """Score pages lazily; rows without a label are left out and counted, unreadable pages get no score.

    Memory grows with the number of rows, not with their size.
    """
    out, worst = ScoredSet(), Worst(scorer.threshold)
    waiting: deque[Labelled] = deque()

    def readable() -> Iterator[tuple[None, Page]]:
        for labelled in pages:
            if labelled.other:
                out.set_aside += 1
            elif labelled.y < 0:
                out.leave_out(labelled.name, labelled.error)
            else:
                waiting.append(labelled)
                if labelled.page is not None:
                    yield None, labelled.page
            step()

    def flush() -> None:
        # What had no page to score waits for the pages before it.
        while waiting and waiting[0].page is None:
            add(waiting.popleft(), None)

    def add(labelled: Labelled, verdict: Verdict | None) -> None:
        row = row_of(labelled, verdict)
        out.rows.append(row)
        if labelled.page is not None:
            worst.offer(len(out.rows), row, labelled.page)

    for _, verdict in stream(readable(), partial(_verdicts, scorer), workers):
        flush()
        add(waiting.popleft(), verdict)
    flush()
    return out, worst


def _verdicts(scorer: Scorer, pages: list[Page]) -> list[Verdict]:
    """Verdicts without what is not counted, so that little travels between processes."""
    return [replace(v, signals=(), lexical=(), text="") for v in scorer.score_many(pages)]


def row_of(labelled: Labelled, verdict: Verdict | None) -> Row:
    """The row of a labelled page."""
    page = labelled.page
    error = labelled.error if verdict is None else verdict.error or ""
    if verdict is None and not error:
        error = "could not be read"
    return Row(
        name=labelled.name,
        label=labelled.label,
        y=labelled.y,
        score=None if verdict is None else verdict.score,
        no_score="failed" if error else (verdict.abstained or "") if verdict is not None else "",
        error=error,
        words=0 if verdict is None else verdict.words,
        format=page_format(page) if page is not None and not error else "",
        id=labelled.id,
        group=labelled.group,
        kind=labelled.kind,
        source=labelled.source,
        year=labelled.year,
        url=labelled.url,
    )


def page_format(page: Page) -> str:
    """``html``, ``markdown`` or ``text``: as declared, else as the parser would take it."""
    if page.kind != "auto":
        return page.kind
    try:
        return str(sniff(decode(page.content, page.headers)))
    except InputError:
        return ""


def explainer(scorer: Scorer) -> Scorer:
    """The same scorer with evidence and n-grams, for the few pages of a report."""
    return Scorer(
        scorer.model,
        threshold=scorer.threshold,
        limits=scorer.limits,
        evidence=True,
        explain=_NGRAMS,
    )


def told(row: Row, verdict: Verdict) -> dict[str, Any]:
    """What a report says about one page that went wrong."""
    weighty = sorted((s for s in verdict.signals if s.contribution), key=lambda s: -abs(s.contribution))
    return {
        "name": row.name,
        "url": row.url or None,
        "title": verdict.title[:300],
        "label": row.label,
        "group": row.group,
        "kind": row.kind or None,
        "words": row.words,
        "score": round(row.score, 6) if row.score is not None else None,
        "parts": None if verdict.parts is None else {k: round(v, 4) for k, v in verdict.parts.items()},
        "signals": [
            {
                "id": s.reading.id,
                "contribution": round(s.contribution, 4),
                "evidence": [e.text[:300] for e in s.reading.evidence if e.text][:2],
                "note": next((e.note[:300] for e in s.reading.evidence if e.note and not e.text), ""),
            }
            for s in weighty[:_REASONS]
        ],
        "ngrams": [
            {"ngram": g.ngram[:100], "contribution": round(g.contribution, 4)} for g in verdict.lexical
        ],
    }
