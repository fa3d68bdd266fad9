"""A datatrove filter: ``pip install 'qualityscore[datatrove]'``::

LocalPipelineExecutor(pipeline=[
    WarcReader("crawl/"),
    QualityFilter(exclusion_writer=JsonlWriter("rejected/")),
    JsonlWriter("kept/"),
], tasks=8).run()
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from qualityscore.document import Page
from qualityscore.document.page import PageKind
from qualityscore.errors import MissingExtraError
from qualityscore.pipelines.policy import BATCH, Answer, Policy, Summary, check_kind, make_page, score_all
from qualityscore.rules import Rules
from qualityscore.scorer import Scorer
from qualityscore.sources.rows import page_url

try:
    from datatrove.data import Document
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.writers.disk_base import DiskWriter
except ImportError as error:
    raise MissingExtraError("datatrove", "datatrove") from error

PREFIX = "quality_"


class QualityFilter(BaseFilter):
    """Drops low-quality pages and notes in every document's metadata what was found.

    The metadata are those of `qualityscore.pipelines.policy.Summary` under ``quality_score``,
    ``quality_band`` and so on, always there and always of one type, as datatrove's Parquet writer needs them:
    no score is NaN, no text is empty, ``quality_reasons`` joins its ids with commas.

    Statistics: the mean, minimum and maximum of ``score``, and documents by ``band_…``, ``abstained_…``,
    ``error`` and, from datatrove itself, ``dropped_…`` with the reason.
    """

    name = "🌾 qualityscore"

    def __init__(
        self,
        scorer: Scorer | None = None,
        *,
        content: str = "text",
        kind: PageKind | None = None,
        rules: Rules | str | Path | None = None,
        on_abstain: Answer = "keep",
        on_error: Answer = "drop",
        record: bool = False,
        exclusion_writer: DiskWriter | None = None,
        batch_size: int = BATCH,
    ) -> None:
        """Set up the filter; it is pickled with its scorer for other processes and machines.

        Args:
            scorer: default: the shipped model, without evidence; its threshold decides.
            content: ``text`` for the document's text, else the key of the metadata that holds the page.
            kind: what the pages are; ``None``: what the metadata's key or ``format`` say of a page in the
                metadata; the document's text is looked at, since a WARC reader's is HTML.
            rules: rules or the path of a rules file, in place of the threshold.
            on_abstain: what becomes of pages too short, not English or not prose.
            on_error: what becomes of pages that could not be read; dropped ones go to the exclusion writer.
            record: add the whole record as JSON text, ``quality_record``.
            exclusion_writer: saves the dropped documents, with their ``filter_reason``.
            batch_size: documents scored together.

        Raises:
            ConfigError: a setting or rule is wrong.
        """
        super().__init__(exclusion_writer, batch_size)
        self.scorer = scorer or Scorer.load(evidence=False)
        self.content = content
        self.kind = check_kind(kind)
        if kind is None and content == "text":
            self.kind = "auto"
        if isinstance(rules, (str, Path)):
            rules = Rules.load(rules)
        self.policy = Policy(rules, on_abstain, on_error)
        self.record = record

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether to keep one document, else ``False`` and the reason."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: Sequence[Document]) -> list[bool | tuple[bool, str]]:
        """The same for several."""
        results: list[bool | tuple[bool, str]] = []
        verdicts = score_all(self.scorer, [self._page(doc) for doc in batch])
        for doc, verdict in zip(batch, verdicts, strict=True):
            summary = self.policy.summary(verdict)
            doc.metadata.update(_metadata(summary))
            if self.record:
                doc.metadata[PREFIX + "record"] = verdict.to_json()
            self._count(summary)
            results.append(True if summary["reason"] is None else (False, summary["reason"]))
        return results

    def _page(self, doc: Document) -> Page | str:
        content = doc.text if self.content == "text" else doc.metadata.get(self.content)
        row = doc.metadata
        return make_page(content, self.kind, field=self.content, row=row, url=page_url(row))

    def _count(self, summary: Summary) -> None:
        if summary["score"] is not None:
            self.stat_update("score", value=summary["score"])
            self.stat_update(f"band_{summary['band']}")
        elif summary["error"] is None:
            self.stat_update(f"abstained_{summary['abstained']}")
        else:
            self.stat_update("error")


def _metadata(summary: Summary) -> dict[str, object]:
    values: dict[str, object] = {
        PREFIX + key: "" if value is None else value for key, value in summary.items()
    }
    values[PREFIX + "score"] = math.nan if summary["score"] is None else summary["score"]
    values[PREFIX + "reasons"] = ",".join(summary["reasons"])
    return values
