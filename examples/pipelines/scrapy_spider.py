"""Crawl a site and keep the pages that are not low quality: ``python scrapy_spider.py URL OUT.jsonl``.

In a project the settings stand in ``settings.py``; `qualityscore.pipelines.scrapy` lists all of them.
"""

import sys
from urllib.parse import urlparse

import scrapy
from scrapy.crawler import CrawlerProcess

START, OUT = sys.argv[1:3]


class Spider(scrapy.Spider):
    """Follows the links of one site."""

    name = "site"
    start_urls = [START]
    allowed_domains = [urlparse(START).hostname]

    def parse(self, response):
        """One item a page."""
        yield {"url": response.url, "html": response.text}
        yield from response.follow_all(css="a::attr(href)")


process = CrawlerProcess(
    {
        "FEEDS": {OUT: {"format": "jsonlines", "overwrite": True}},
        "ITEM_PIPELINES": {"qualityscore.pipelines.scrapy.QualityPipeline": 500},
        "QUALITYSCORE_ACTION": "drop",
        "QUALITYSCORE_WORKERS": 2,
        "CLOSESPIDER_PAGECOUNT": 1000,
        "LOG_LEVEL": "WARNING",
    }
)
crawler = process.create_crawler(Spider)
process.crawl(crawler)
process.start()
for name, value in sorted(crawler.stats.get_stats().items()):
    if name.startswith("qualityscore/"):
        print(name, value)
