"""A site's pages: by its sitemaps, else by its links; and lists of addresses in files."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from qualityscore.document import Page
from qualityscore.errors import FetchError, InputError
from qualityscore.sources.address import is_address, origin, parse_address, same_site
from qualityscore.sources.fetch import Fetcher, FetchSettings, fetch_items
from qualityscore.sources.item import Item
from qualityscore.sources.lists import read_url_list
from qualityscore.sources.sitemap import sitemap_urls
from qualityscore.sources.sitemap_reader import Problem

if TYPE_CHECKING:
    import httpx

MAX_PAGES = 50_000
_USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")

# Bounds on traps: calendars, endless filters, paths that repeat themselves.
_MAX_LINKS = 2_000
_MAX_WAITING = 100_000
_MAX_SEGMENTS = 16
_MAX_QUERIES = 20
_MAX_LINK_CHARS = 1_000
_NOT_PAGES = tuple(
    ".jpg .jpeg .png .gif .webp .avif .svg .ico .bmp .tif .tiff .mp3 .mp4 .m4a .ogg .wav .webm .avi .mov .mkv "
    ".pdf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .epub .zip .gz .bz2 .xz .7z .rar .tar .tgz .exe .dmg .apk "
    ".iso .bin .css .js .mjs .json .xml .rss .atom .woff .woff2 .ttf .eot .csv".split()
)
_HEAD = 65_536
_BASE = re.compile(r"<base\s[^>]{0,300}?href\s{0,3}=\s{0,3}[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_META_ROBOTS = re.compile(r"<meta\s[^>]{0,300}?name\s{0,3}=\s{0,3}[\"']?robots[^>]{0,300}", re.IGNORECASE)


def site_urls(
    address: str,
    settings: FetchSettings | None = None,
    *,
    max_pages: int = MAX_PAGES,
    fetcher: Fetcher | None = None,
    on_problem: Problem | None = None,
) -> Iterator[str]:
    """Addresses of a site's pages, lazily: those its sitemaps name, else those its links lead to.

    Without a sitemap every page must be fetched to find the next: use `site_items` where the pages
    are wanted too. Arguments and errors are those of `site_items`.
    """
    with _Site(address, settings, max_pages, fetcher, on_problem) as site:
        yield from site.listed() or (item.name for item in site.crawl())


def site_items(
    address: str,
    settings: FetchSettings | None = None,
    *,
    max_pages: int = MAX_PAGES,
    fetcher: Fetcher | None = None,
    on_problem: Problem | None = None,
) -> Iterator[Item]:
    """A site's pages, lazily, each fetched once.

    robots.txt names the sitemaps; else they are looked for at their usual places; else links are
    followed from the address, nearest pages first, within its host (``www.`` or not). An address
    with a path stands for what lies below the path.

    Args:
        address: ``https://example.org/``.
        max_pages: pages at most, those that fail included.
        fetcher: to go on with what is known of the hosts, instead of ``settings``.
        on_problem: is told of sitemaps that cannot be read and of addresses that were left out.

    Raises:
        FetchError: the host cannot be reached, is refused, or forbids everything.
    """
    with _Site(address, settings, max_pages, fetcher, on_problem) as site:
        urls = site.listed()
        if urls is not None:
            yield from fetch_items(urls, fetcher=site.fetcher)
        else:
            yield from site.crawl()


class _Site:
    """One site and the fetcher to ask it with."""

    def __init__(
        self,
        address: str,
        settings: FetchSettings | None,
        max_pages: int,
        fetcher: Fetcher | None,
        on_problem: Problem | None,
    ) -> None:
        self.start = parse_address(address)
        self.fetcher = fetcher or Fetcher(settings)
        self._own = fetcher is None
        self._max_pages = max_pages
        self._report: Problem = on_problem or (lambda _: None)
        self._prefix = self.start.path[: self.start.path.rfind("/") + 1]
        self._foreign = 0

    def __enter__(self) -> _Site:
        return self

    def __exit__(self, *_: object) -> None:
        if self._foreign:
            self._report(f"{self.start}: {self._foreign} addresses of other sites or folders were left out")
        if self._own:
            self.fetcher.close()

    def listed(self) -> Iterator[str] | None:
        """Pages that sitemaps name, or ``None`` if there are none."""
        rules = self.fetcher.robots(str(self.start))
        if rules.closed:
            raise FetchError(f"{self.start}: {rules.closed}", rules.closed_kind)
        root = origin(self.start)
        named = [urljoin(root + "/", sitemap) for sitemap in rules.sitemaps]
        urls: Iterator[str] = chain.from_iterable(self._sitemap(address, True) for address in named)
        if not named:
            urls = self._usual(root)
        within = filter(self._within, urls)
        first = next(within, None)
        return None if first is None else islice(_once(chain([first], within)), self._max_pages)

    def _usual(self, root: str) -> Iterator[str]:
        for path in _USUAL_SITEMAPS:
            found = self._sitemap(root + path, False)
            first = next(found, None)
            if first is not None:
                yield first
                yield from found
                return

    def _sitemap(self, address: str, named: bool) -> Iterator[str]:
        try:
            yield from sitemap_urls(address, fetcher=self.fetcher, on_problem=self._report)
        except InputError as error:
            if named:
                self._report(str(error))

    def _within(self, address: str) -> bool:
        url = parse_address(address)
        inside = same_site(url.host, self.start.host) and url.path.startswith(self._prefix)
        self._foreign += not inside
        return inside

    def crawl(self) -> Iterator[Item]:
        """Pages by their links, breadth first."""
        waiting = deque([str(self.start)])
        seen = {str(self.start)}
        fetched: set[str] = set()
        queries: Counter[str] = Counter()
        given = 0
        while waiting and given < self._max_pages:
            address = waiting.popleft()
            # The address that was given may lead to another host: that one is the site, then.
            item = self.fetcher.page(address, site=self.start.host if given else "")
            if item.page is not None and item.page.url is not None:
                found = item.page.url
                if found in fetched:
                    continue  # a second way to a page that was given
                fetched.add(found)
                seen.add(found)
                if not given:
                    self._move(found)
            given += 1
            yield item
            if item.page is None or len(waiting) > _MAX_WAITING:
                continue
            for link in _links(item.page):
                if link not in seen and self._is_wanted(link, queries):
                    seen.add(link)
                    waiting.append(link)

    def _move(self, address: str) -> None:
        moved = parse_address(address)
        if not same_site(moved.host, self.start.host):
            self._report(f"{self.start}: leads to {moved.host}, which is read instead")
            self._prefix = moved.path[: moved.path.rfind("/") + 1]
        self.start = moved

    def _is_wanted(self, link: str, queries: Counter[str]) -> bool:
        url = parse_address(link)
        path = url.path
        if not (same_site(url.host, self.start.host) and path.startswith(self._prefix)):
            return False
        segments = [s for s in path.split("/") if s]
        repeats = max(Counter(segments).values(), default=0)
        if path.lower().endswith(_NOT_PAGES) or len(segments) > _MAX_SEGMENTS or repeats > 3:
            return False
        if url.query:
            queries[path] += 1
            return queries[path] <= _MAX_QUERIES
        return True


def _once(urls: Iterable[str]) -> Iterator[str]:
    seen: set[int] = set()
    for url in urls:
        if hash(url) not in seen:
            seen.add(hash(url))
            yield url


def _links(page: Page) -> Iterator[str]:
    """Addresses that a page links to, unless it or the link says ``nofollow``."""
    from qualityscore.document.decode import decode_page
    from qualityscore.document.html import parse_html
    from qualityscore.limits import DEFAULT_LIMITS

    if page.kind not in ("html", "auto") or page.url is None:
        return
    try:
        source = decode_page(page.content, page.headers)
        markup = parse_html(source, DEFAULT_LIMITS).markup
    except InputError:
        return  # its verdict says so
    head = source.text[:_HEAD]
    if (meta := _META_ROBOTS.search(head)) and "nofollow" in meta[0].lower():
        return
    if markup is None:
        return
    base = parse_address(page.url)
    if written := _BASE.search(head):
        base = _joined(written[1], base) or base
    for link in islice(markup.links, _MAX_LINKS):
        if "nofollow" not in link.rel.lower().split() and 0 < len(link.href) <= _MAX_LINK_CHARS:
            if url := _joined(link.href, base):
                yield str(url)


def _joined(href: str, base: httpx.URL) -> httpx.URL | None:
    try:
        return parse_address(href, base)
    except FetchError:
        return None  # mailto:, javascript:, nonsense


def source_urls(
    source: str,
    settings: FetchSettings | None = None,
    *,
    max_pages: int = MAX_PAGES,
    fetcher: Fetcher | None = None,
    on_problem: Problem | None = None,
) -> Iterator[str]:
    """Addresses from whatever names them: a list or sitemap as a file, a sitemap's or a site's address.

    An address whose path ends in ``.xml``, ``.xml.gz`` or ``sitemap….txt`` is a sitemap.

    Raises:
        InputError: nothing can be read there.
    """
    sitemap = partial(sitemap_urls, source, settings, fetcher=fetcher, on_problem=on_problem)
    if is_address(source):
        path = parse_address(source).path.lower()
        if path.endswith((".xml", ".xml.gz")) or (path.endswith((".txt", ".txt.gz")) and "sitemap" in path):
            return islice(sitemap(), max_pages)
        return site_urls(source, settings, max_pages=max_pages, fetcher=fetcher, on_problem=on_problem)
    if source.lower().endswith((".xml", ".xml.gz", ".gz")):
        return islice(sitemap(), max_pages)
    return islice(read_url_list(source), max_pages)
