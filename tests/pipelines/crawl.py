"""A crawl in a process of its own (a reactor runs once): ``python -m tests.pipelines.crawl JOB OUT``."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import CrawlerProcess

from qualityscore.pipelines import scrapy as door
from qualityscore.reader import Reader


class Page(scrapy.Item):
    """An item without a field for annotations."""

    html = scrapy.Field()
    url = scrapy.Field()


class Spider(scrapy.Spider):
    """Fetches addresses and yields each in the form the job asks for."""

    name = "pages"
    urls: list[str]
    form: str
    rows: list[dict[str, Any]]

    async def start(self) -> Any:
        for url in self.urls:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response: Any) -> Any:
        original = response.headers.get("X-Address", b"").decode() or response.url
        if self.form == "response":
            yield {"page": response, "url": original}
        elif self.form == "rows":
            yield from self.rows
        elif self.form == "item":
            yield Page(html=response.text, url=original)
        else:
            yield {"html": response.text, "url": original}
            yield {"links": 3}


def _never(*_: object) -> None:
    raise AssertionError("a page was scored in the crawl's own process")


def main(job: dict[str, Any], out: Path) -> None:
    """Crawl, and write what came out."""
    passed: list[dict[str, Any]] = []
    dropped: list[dict[str, Any]] = []
    Reader.parse = _never  # type: ignore[assignment,method-assign]
    process = CrawlerProcess({"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False, **job["settings"]})
    crawler = process.create_crawler(Spider)

    def keep(item: Any, exception: Any = None, **_: Any) -> None:
        row = {k: v for k, v in dict(item).items() if k not in ("html", "page")}
        (passed if exception is None else dropped).append(row)

    def kill(**_: Any) -> None:
        crawler.signals.disconnect(kill, signals.item_scraped)
        for pid in list(crawler.get_item_pipeline(door.QualityPipeline)._pool._processes):
            os.kill(pid, signal.SIGKILL)

    if job.get("form") == "kill":
        crawler.signals.connect(kill, signals.item_scraped)
    if job.get("form") == "poison":
        score = door.score
        door.score = lambda page: os._exit(1) if page.url == "http://farm.example/1" else score(page)
    crawler.signals.connect(keep, signals.item_scraped)
    crawler.signals.connect(keep, signals.item_dropped)
    process.crawl(crawler, urls=job["urls"], form=job.get("form", "dict"), rows=job.get("rows"))
    process.start()
    stats = {k: v for k, v in crawler.stats.get_stats().items() if isinstance(v, (int, float, str))}
    out.write_text(json.dumps({"passed": passed, "dropped": dropped, "stats": stats, "pid": os.getpid()}))


# No guard against being imported: users' scripts often have none, and scoring must work from them.
main(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))
