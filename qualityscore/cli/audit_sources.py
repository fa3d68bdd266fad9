"""Where an audit's pages come from: files of any kind, lists of addresses, sitemaps, whole sites."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import cast
from urllib.parse import urlsplit

from qualityscore.cli.console import say
from qualityscore.document import PageKind
from qualityscore.errors import InputError
from qualityscore.limits import Limits
from qualityscore.site.identity import root_of
from qualityscore.sources import DEFAULT_FIELDS, FieldNames, Item, expand, format_of, read_items
from qualityscore.sources.address import is_address
from qualityscore.sources.crawl import MAX_PAGES, site_items, site_urls
from qualityscore.sources.fetch import Fetcher, FetchSettings, fetch_items
from qualityscore.sources.lists import read_url_list
from qualityscore.sources.sitemap import sitemap_urls

_SITEMAP = (".xml", ".xml.gz")
_CONTENT_COLUMNS = frozenset(("html", "content", "text", "markdown", "body", "raw_content", "raw"))
_HEAD_LINES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A page to take: read already, or (``item`` is ``None``) an address still to be fetched."""

    given: str
    name: str
    item: Item | None


@dataclass(frozen=True, slots=True)
class Taken:
    """An item and the input it came from."""

    given: str
    item: Item


class Sources:
    """The pages of some inputs, lazily and in order.

    Args:
        inputs: as given on the command line.
        kind: of all pages.
        limits: bounds on a page.
        fetching: how to fetch.
        max_pages: pages at most of each site that is fetched.
        notes: say so if no contact is sent along.
        fields: names of the fields or columns of rows.
    """

    def __init__(
        self,
        inputs: tuple[str, ...],
        kind: PageKind,
        limits: Limits,
        fetching: FetchSettings,
        max_pages: int | None,
        notes: bool = True,
        fields: FieldNames = DEFAULT_FIELDS,
    ) -> None:
        self._inputs = inputs
        self._kind = kind
        self._limits = limits
        self._fetching = fetching
        self._max_pages = max_pages or MAX_PAGES
        self._notes = notes
        self._fields = fields
        self._fetcher: Fetcher | None = None

    @property
    def fetched(self) -> bool:
        """Whether any page comes from the network."""
        return any(self._kind_of(given) != "files" for given in self._inputs)

    def entries(self, *, listed: bool) -> Iterator[Entry]:
        """All pages and failures.

        Args:
            listed: addresses of a site before any of its pages, so that some can be left out. A site
                without a sitemap is then asked twice: its links are on its pages.
        """
        for given in self._inputs:
            empty = True
            try:
                for entry in self._of(given, listed):
                    empty = False
                    yield entry
            except InputError as error:
                yield Entry(given, given, Item(given, None, str(error)))
            else:
                if empty:
                    yield Entry(given, given, Item(given, None, "there is no page in it"))

    def _of(self, given: str, listed: bool) -> Iterator[Entry]:
        if os.path.isfile(given) and not os.path.getsize(given):
            raise InputError("the file is empty")
        kind = self._kind_of(given)
        if kind == "files":
            for item in read_items([given], kind=self._kind, limits=self._limits, fields=self._fields):
                # Records that hold no page, as requests in a WARC, are nothing to audit.
                if item.page is not None or item.error:
                    yield Entry(root_of(given), item.name, item)
        elif kind == "list":
            yield from (Entry(given, address, None) for address in read_url_list(given))
        elif kind == "sitemap":
            found = sitemap_urls(given, fetcher=self._open(), on_problem=say)
            yield from (Entry(given, address, None) for address in found)
        elif listed:
            urls = site_urls(given, max_pages=self._max_pages, fetcher=self._open(), on_problem=say)
            yield from (Entry(given, address, None) for address in urls)
        else:
            for item in site_items(given, max_pages=self._max_pages, fetcher=self._open(), on_problem=say):
                yield Entry(given, item.name, item)

    def items(self, entries: Iterator[Entry]) -> Iterator[Taken]:
        """What entries lead to; addresses that follow each other are fetched side by side."""
        for (given, waiting), group in groupby(entries, key=lambda e: (e.given, e.item is None)):
            if not waiting:
                yield from (Taken(given, self._as_asked(cast(Item, entry.item))) for entry in group)
                continue
            for item in fetch_items((entry.name for entry in group), fetcher=self._open()):
                yield Taken(given, self._as_asked(item))

    def total(self) -> int | None:
        """How many pages there are, if reading can tell; reading is quick beside scoring."""
        if "-" in self._inputs or self.fetched:
            return None
        files = list(expand(self._inputs))
        if all(format_of(f.name) == "page" for f in files):
            return len(files)
        return sum(1 for _ in self.entries(listed=True))

    def close(self) -> None:
        """Close all connections."""
        if self._fetcher is not None:
            self._fetcher.close()
            self._fetcher = None

    def _kind_of(self, given: str) -> str:
        return _listing_kind(given, self._fields.content)

    def _open(self) -> Fetcher:
        if self._fetcher is None:
            if self._notes and self._fetching.user_agent == FetchSettings().user_agent:
                say(
                    "no contact is sent along: name one with --user-agent 'mybot/1.0 (+https://example.org/contact)'"
                )
            self._fetcher = Fetcher(self._fetching)
        return self._fetcher

    def _as_asked(self, item: Item) -> Item:
        if item.page is None or self._kind == "auto" or item.page.kind == self._kind:
            return item
        return replace(item, page=replace(item.page, kind=self._kind))


def local_files(inputs: tuple[str, ...]) -> list[str]:
    """Files that the inputs name, for telling whether they are still the same."""
    local = [given for given in inputs if given != "-" and not _is_remote(given)]
    return [found.name for found in expand(local) if not found.error]


def not_all_lost(entries: Iterator[Entry]) -> Iterator[Entry]:
    """The entries, if one of them is a page or may become one.

    Raises:
        InputError: none is.
    """
    lost: list[Entry] = []
    for entry in entries:
        lost.append(entry)
        if entry.item is None or entry.item.page is not None:
            return chain(lost, entries)
    shown = "; ".join(f"{e.name}: {e.item.error}" for e in lost[:3] if e.item)
    more = f"; and {len(lost) - 3} more" if len(lost) > 3 else ""
    raise InputError(f"no page to audit: {shown}{more}")


def without(entries: Iterator[Entry], done: Counter[str]) -> Iterator[Entry]:
    """The entries but for those that have a row; by name, for a site may list its pages in another order."""
    left = Counter(done)
    for entry in entries:
        if left[entry.name]:
            left[entry.name] -= 1
        else:
            yield entry


def _is_remote(given: str) -> bool:
    return is_address(given) and not os.path.lexists(given)


def _listing_kind(given: str, content: str | None) -> str:
    """``files``, or what leads to addresses: ``list``, ``sitemap`` or ``site``; ``content`` names the pages' column."""
    if _is_remote(given):
        if not given.lower().startswith(("http://", "https://")):
            return "files"
        return "sitemap" if _path_of(given).lower().endswith(_SITEMAP) else "site"
    low = given.lower()
    if not os.path.isfile(given):
        return "files"
    if low.endswith(_SITEMAP):
        return "sitemap"
    if low.endswith((".csv", ".tsv")):
        delimiter = "\t" if low.endswith(".tsv") else ","
        return "list" if content is None and _names_pages(given, delimiter) else "files"
    return "list" if low.endswith(".txt") and _lists_addresses(given) else "files"


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _first_lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            lines = [file.readline(4_000) for _ in range(_HEAD_LINES)]
    except OSError:
        return []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _lists_addresses(path: str) -> bool:
    """Whether the first lines are addresses, and nothing but."""
    lines = _first_lines(path)
    return bool(lines) and all(is_address(line) and " " not in line for line in lines[:5])


def _names_pages(path: str, delimiter: str) -> bool:
    """Whether a table has addresses of pages and not the pages."""
    lines = _first_lines(path)
    rows = list(csv.reader(lines[:2], delimiter=delimiter))
    if not rows or _CONTENT_COLUMNS & {cell.strip().lower() for cell in rows[0]}:
        return False
    return any(is_address(cell.strip()) for row in rows for cell in row)
