"""Addresses that a sitemap and those it names lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from qualityscore.errors import FetchError, InputError
from qualityscore.sources.address import is_address, parse_address
from qualityscore.sources.answers import Want
from qualityscore.sources.fetch import Fetcher, FetchSettings
from qualityscore.sources.sitemap_reader import MAX_SITEMAP_BYTES, Problem, ignore, parse_sitemap

if TYPE_CHECKING:
    import httpx

MAX_SITEMAPS = 1_000
MAX_DEPTH = 5
MAX_URLS = 5_000_000
_PIECE = 65_536
_ACCEPT = "application/xml,text/xml,application/gzip;q=0.9,text/plain;q=0.8,*/*;q=0.5"


def sitemap_urls(
    source: str,
    settings: FetchSettings | None = None,
    *,
    fetcher: Fetcher | None = None,
    on_problem: Problem | None = None,
) -> Iterator[str]:
    """Addresses of pages that a sitemap names, each once, lazily; indexes are followed.

    Args:
        source: a file or an address.
        fetcher: to go on with what is known of the hosts, instead of ``settings``.
        on_problem: is told of nested sitemaps that cannot be read, and of addresses that are none.

    Raises:
        InputError: the sitemap itself cannot be read, or names no page.
    """
    own = fetcher is None
    used = fetcher or Fetcher(settings)
    try:
        yield from _walk(source, used, on_problem or ignore)
    finally:
        if own:
            used.close()


def _walk(source: str, fetcher: Fetcher, report: Problem) -> Iterator[str]:
    waiting = [(source, 0)]
    read = {source}
    given: set[int] = set()
    invalid = deep = 0
    while waiting:
        name, depth = waiting.pop()
        nested: list[tuple[str, int]] = []
        try:
            base, pieces = _opened(name, fetcher)
            for entry in parse_sitemap(pieces, partial(_about, report, name)):
                try:
                    address = str(parse_address(entry.address, base))
                except FetchError:
                    invalid += 1
                    continue
                if not entry.sitemap:
                    # Hashes: a site may name millions of pages.
                    if hash(address) not in given:
                        if len(given) >= MAX_URLS:
                            report(f"{source}: more than {MAX_URLS:,} pages; the rest was left out")
                            return
                        given.add(hash(address))
                        yield address
                elif address not in read and len(read) < MAX_SITEMAPS and depth < MAX_DEPTH:
                    read.add(address)
                    nested.append((address, depth + 1))
                elif address not in read:
                    deep += 1
        except InputError as error:
            if name == source:
                raise InputError(f"{source}: {error}") from error
            report(f"{name}: {error}")
        waiting.extend(reversed(nested))
    if invalid:
        report(f"{source}: {invalid} entries are not valid addresses")
    if deep:
        report(f"{source}: {deep} sitemaps beyond {MAX_SITEMAPS} or {MAX_DEPTH} levels were left out")
    if not given:
        raise InputError(f"{source}: the sitemap names no pages")


def _opened(name: str, fetcher: Fetcher) -> tuple[httpx.URL | None, Iterable[bytes]]:
    if is_address(name):
        answer = fetcher.get(name, Want(MAX_SITEMAP_BYTES, _any_type, _ACCEPT))
        body = answer.body
        return answer.url, (body[at : at + _PIECE] for at in range(0, len(body), _PIECE))
    return None, _file(name)


def _file(name: str) -> Iterator[bytes]:
    try:
        with open(name, "rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from error


def _any_type(_: object) -> None:
    """Sitemaps come under every type, HTML included: the content decides."""


def _about(report: Problem, name: str, what: str) -> None:
    report(f"{name}: {what}")
