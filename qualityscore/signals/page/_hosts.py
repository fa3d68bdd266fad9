"""Hosts of links and images, and which site a page belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from qualityscore.document import Document

# What ends a host, and how far into an address it begins at most.
_END = re.compile(r"[/?#:\\]")
_SCHEME = 12
# Second-level domains under which sites are registered.
_REGISTRIES = frozenset(("co", "com", "org", "net", "gov", "ac", "edu", "ne", "or", "go"))
_MIN_LINKS = 4


def host(url: str) -> str:
    """Lower-case host of an absolute address without ``www.``; ``""`` for a relative one."""
    start = url.find("//", 0, _SCHEME)
    if start < 0 or (start and url[:start].strip().lower() not in ("http:", "https:")):
        return ""
    rest = url[start + 2 : start + 260]
    name = _END.split(rest, maxsplit=1)[0].rpartition("@")[2].strip(". ").lower()
    return name.removeprefix("www.")


def hosts(urls: Iterable[str]) -> set[str]:
    """Hosts of all absolute addresses; those that differ behind the host alone are looked at once."""
    heads = {url[: url.find("/", _SCHEME) + 1 or None] for url in urls if "//" in url[:_SCHEME]}
    return {name for name in map(host, heads) if name}


def site(name: str) -> str:
    """The registered domain of a host, as far as it can be told without a list of suffixes."""
    parts = name.split(".")
    if len(parts) > 2:
        keep = 3 if len(parts[-1]) == 2 and parts[-2] in _REGISTRIES else 2
        return ".".join(parts[-keep:])
    return name


def own_site(doc: Document) -> str:
    """The site the page belongs to: its address, else the site its navigation links to most."""
    for url in (doc.url, doc.meta.canonical, doc.meta.address):
        name = host(url)
        if name:
            return site(name)
    if doc.markup is None:
        return ""
    names = Counter(site(name) for link in doc.markup.links if not link.main and (name := host(link.href)))
    best = names.most_common(1)
    return best[0][0] if best and best[0][1] >= _MIN_LINKS else ""
