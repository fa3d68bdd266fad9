"""A Scrapy item pipeline: ``pip install 'qualityscore[scrapy]'`` and, in ``settings.py``::

    ITEM_PIPELINES = {"qualityscore.pipelines.scrapy.QualityPipeline": 500}

Pages are scored in processes of their own, so that the crawl goes on meanwhile. A bounded number of pages
waits for them; behind it items wait, and then Scrapy's own back-pressure slows the downloads.

======================= ============ =================================================================
setting                 default      meaning
======================= ============ =================================================================
QUALITYSCORE_CONTENT    html         the item's field with the page: text, bytes or a Scrapy response
QUALITYSCORE_URL        as in files  the item's field with its address; a response brings its own
QUALITYSCORE_KIND       as in files  html, markdown, text or auto, which looks at each page
QUALITYSCORE_ACTION     annotate     annotate items, or drop the bad ones as well
QUALITYSCORE_FIELD      qualityscore the field that gets the annotation, a dict
QUALITYSCORE_MODEL      shipped      path of another model
QUALITYSCORE_MAX_FPR    0.01         false-positive rate on human pages that sets low_quality
QUALITYSCORE_THRESHOLD               or the score above which a page is low_quality
QUALITYSCORE_RULES                   or the path of a rules file, which decides instead
QUALITYSCORE_ON_ABSTAIN keep         keep or drop pages too short, not English or not prose
QUALITYSCORE_ON_ERROR   keep         keep or drop pages that cannot be read
QUALITYSCORE_RECORD     False        add the whole record, with evidence, as ``record``
QUALITYSCORE_WORKERS    1            processes that score
QUALITYSCORE_QUEUE      16           pages they have at a time, being scored or waiting
======================= ============ =================================================================

As in files of rows: the address is in ``url``, ``link``, ``source_url`` or ``warc-target-uri``; the kind is what the
content's field is called, else what a field such as ``format`` says; ``title`` names pages without a title.

Items without the field (other kinds of items) pass untouched. Statistics begin with ``qualityscore/``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from joblib.externals.loky.process_executor import BrokenProcessPool, ProcessPoolExecutor

from qualityscore.document import Page
from qualityscore.errors import MissingExtraError
from qualityscore.pipelines.policy import failed, make_page
from qualityscore.pipelines.scrapy_settings import Asked
from qualityscore.pipelines.worker import score, start
from qualityscore.sources.rows import page_url
from qualityscore.verdict import Verdict

try:
    from itemadapter import ItemAdapter
    from scrapy.crawler import Crawler
    from scrapy.exceptions import DropItem
    from scrapy.http import Response
    from scrapy.utils.asyncio import is_asyncio_available
    from scrapy.utils.defer import maybe_deferred_to_future
    from twisted.internet.defer import Deferred, DeferredSemaphore
except ImportError as error:
    raise MissingExtraError("Scrapy (2.14 or later)", "scrapy") from error

logger = logging.getLogger(__name__)


class QualityPipeline:
    """Scores the pages in items; the module's documentation lists the settings."""

    def __init__(self, crawler: Crawler) -> None:
        """Read the settings of a crawl.

        Raises:
            ConfigError: a setting, the model or a rule is wrong.
        """
        self.stats = crawler.stats
        self.asked = Asked.read(crawler.settings)
        self._room = DeferredSemaphore(self.asked.queue)
        self._waiting = 0
        self._pool: ProcessPoolExecutor | None = None
        self._unannotated: set[type] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> QualityPipeline:
        """Called by Scrapy."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Start the processes."""
        self._pool = self._new_pool()

    def close_spider(self) -> None:
        """Stop the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)

    async def process_item(self, item: Any) -> Any:
        """Annotate an item.

        Raises:
            DropItem: the page is bad and the action is ``drop``; the item is annotated all the same.
        """
        adapter = ItemAdapter(item)
        if self.asked.content not in adapter:
            self._count("without_content")
            return item
        page = self._page(adapter)
        verdict = failed(self.asked.scorer, page) if isinstance(page, str) else await self._verdict(page)
        summary = self.asked.policy.summary(verdict)
        reason = summary["reason"]
        annotation: dict[str, Any] = {**summary}
        if self.asked.record:
            annotation["record"] = verdict.to_dict()
        self._annotate(adapter, annotation)
        self._count("pages")
        if summary["score"] is not None:
            self._count(f"band/{summary['band']}")
        else:
            self._count("error" if summary["error"] is not None else f"abstained/{summary['abstained']}")
        if reason is not None and self.asked.drops:
            self._count(f"dropped/{reason}")
            raise DropItem(f"qualityscore: {reason}, {verdict.url or 'no url'}")
        return item

    def _page(self, adapter: ItemAdapter) -> Page | str:
        asked = self.asked
        content = adapter[asked.content]
        if isinstance(content, Response):
            declared = (content.headers.get("Content-Type") or b"").decode("latin-1")
            return make_page(
                content.body,
                asked.kind,
                field=asked.content,
                row=adapter,
                url=content.url,
                content_type=declared,
            )
        return make_page(
            content, asked.kind, field=asked.content, row=adapter, url=page_url(adapter, asked.url)
        )

    async def _verdict(self, page: Page) -> Verdict:
        """The verdict of a worker; a page whose worker dies is tried once more, then it has an error."""
        await maybe_deferred_to_future(self._room.acquire())
        self._waiting += 1
        if self.stats is not None:
            self.stats.max_value("qualityscore/queue_max", self._waiting)
        try:
            for _ in range(2):
                pool = self._pool
                assert pool is not None
                try:
                    verdict: Verdict = await _result(pool.submit(score, page))
                    return verdict
                except BrokenProcessPool:
                    self._count("workers_died")
                    if self._pool is pool:
                        self._pool = self._new_pool()
            return failed(self.asked.scorer, "the process that scored it died", page)
        finally:
            self._waiting -= 1
            self._room.release()

    def _new_pool(self) -> ProcessPoolExecutor:
        # loky: unlike the standard library's pool it does not run the crawl's script again in each process.
        one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        return ProcessPoolExecutor(
            self.asked.workers, initializer=start, initargs=(self.asked.scorer,), env=one_thread, timeout=None
        )

    def _annotate(self, adapter: ItemAdapter, annotation: dict[str, Any]) -> None:
        try:
            adapter[self.asked.field] = annotation
        except KeyError:
            self._count("not_annotated")
            if adapter.item.__class__ not in self._unannotated:
                self._unannotated.add(adapter.item.__class__)
                logger.warning(
                    "%s has no field %r: its items are scored but not annotated",
                    adapter.item.__class__.__name__,
                    self.asked.field,
                )

    def _count(self, name: str) -> None:
        if self.stats is not None:
            self.stats.inc_value(f"qualityscore/{name}")


def _result(future: Any) -> Awaitable[Any]:
    """A future of the pool, to be awaited under either kind of event loop."""
    if is_asyncio_available():
        return asyncio.wrap_future(future)
    from twisted.internet import reactor

    deferred: Deferred[Any] = Deferred()

    def fire() -> None:
        error = future.exception()
        if error is not None:
            deferred.errback(error)
        else:
            deferred.callback(future.result())

    future.add_done_callback(lambda _: reactor.callFromThread(fire))
    awaited: Awaitable[Any] = deferred
    return awaited
