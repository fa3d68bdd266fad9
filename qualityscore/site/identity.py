"""Which site and which section a page belongs to."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from qualityscore.sources.files import MAGIC

if TYPE_CHECKING:
    from qualityscore.site.page import SitePage

_HOST_LIKE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}[a-z]{2,24}(?:[:+]\d{1,5})?", re.I)
_NUMERIC = re.compile(r"[\d._-]+")
_HOST, _DEPTH, _PART = 253, 8, 80
# A first folder that holds nearly everything ("content", "en") is no section: look one deeper.
_HOLDS_ALL = 0.95
_DEEPEST = 4


def address_host(url: str) -> str:
    """The host of an ``http`` address in lower case, without ``www.``; else empty."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    host = host.lower().removeprefix("www.")[:_HOST]
    return host if port in (None, 80, 443) else f"{host}:{port}"


def path_parts(url: str | None, source: str, given: str) -> tuple[str, ...]:
    """Folders of an address, or of a file below the input it was found in; without the page itself."""
    if url:
        try:
            path = urlsplit(url).path
        except ValueError:
            return ()
    else:
        path = path_below(source, given)
        if path == source:
            return ()
    parts = [unquote(part)[:_PART] for part in path.split("/")[:-1]]
    return tuple(p for p in parts if p not in ("", ".", ".."))[:_DEPTH]


def root_of(given: str) -> str:
    """The folder in which a pattern looks; anything else as it is."""
    if os.path.lexists(given) or not MAGIC.search(given):
        return given
    head = given[: MAGIC.search(given).start()]  # type: ignore[union-attr]
    return os.path.dirname(head) or os.curdir


def path_below(source: str, given: str) -> str:
    """A file's path below the folder that was given, with ``/``; the source itself if none was."""
    if given != "-" and source != given and os.path.isdir(given):
        return os.path.relpath(source, given).replace(os.sep, "/")
    return source


def input_name(given: str, source: str) -> str:
    """A name for a site whose address nobody tells: that of its folder or file."""
    if given == "-":
        return "standard input"
    if os.path.isdir(given):
        return os.path.basename(os.path.abspath(given)) or given
    if source == given:
        # Single pages of one folder are one site.
        return os.path.basename(os.path.dirname(os.path.abspath(given))) or given
    return re.sub(
        r"(\.(jsonl|ndjson|json|csv|tsv|txt|parquet|warc|wet|xml))?(\.(gz|zst))?$",
        "",
        os.path.basename(given),
    )


def settle_hosts(pages: Sequence[SitePage]) -> None:
    """Give every page its host: its address, the folder of a mirror, what half of the pages of its input
    or more name as theirs, or the input's name.

    A few pages that name an address do not make a mixed folder a site of that host.
    """
    by_input: dict[str, Counter[str]] = {}
    for page in pages:
        if not page.host and page.folder and not page.url and _HOST_LIKE.fullmatch(page.folder[0]):
            page.host = page.folder[0].lower().removeprefix("www.")
            page.folder = page.folder[1:]
        elif not page.host and not page.error:
            by_input.setdefault(input_name(page.input, page.source), Counter())[page.declared_host] += 1
    named = {name: _named_by_half(hosts) for name, hosts in by_input.items()}
    for page in pages:
        if not page.host:
            name = input_name(page.input, page.source)
            page.host = named.get(name) or name


def _named_by_half(hosts: Counter[str]) -> str:
    """The host that at least half of the pages name, empty if there is none; empty names count as pages."""
    host = min(hosts, key=lambda host: (-hosts[host], not host, host))
    return host if 2 * hosts[host] >= hosts.total() else ""


def settle_sections(pages: Sequence[SitePage]) -> None:
    """Give the pages of one site their sections: the first folder that divides them."""
    prefix: tuple[str, ...] = ()
    for depth in range(_DEEPEST):
        under = Counter(
            p.folder[depth] for p in pages if p.folder[:depth] == prefix and len(p.folder) > depth
        )
        if not under:
            break
        ((first, count),) = under.most_common(1)
        if count < _HOLDS_ALL * len(pages):
            break
        prefix = (*prefix, first)
    depth = len(prefix)
    for page in pages:
        own = page.folder[: depth + 1] if page.folder[:depth] == prefix else page.folder[:1]
        # Folders named by year or number are an archive, not a section.
        while own and _NUMERIC.fullmatch(own[-1]):
            own = own[:-1]
        page.section = "/" + "".join(f"{part}/" for part in own)
