"""Metadata of an HTML page: meta elements, time elements and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from qualityscore.document.blocks import Metadata

_MAX_JSON_LD = 200_000
_MAX_NODES = 500
_INLINE_SCRIPT_CHARS = 20_000
INLINE_SCRIPT_EACH = 2_000
_FIELD = 5_000
# Names of meta elements that are read.
META_NAMES = frozenset(
    "author article:author date datepublished article:published_time article:modified_time description generator "
    "keywords robots og:title og:description og:site_name og:url".split()
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

Json = dict[str, Any]


class Head:
    """Collects what elements say about the page, in document order: the first to speak wins.

    Attributes:
        title: text of the first ``title``.
        language: ``lang`` of the ``html`` element.
        scripts: ``src`` of every script.
        inline_scripts: the beginnings of the others.
        script_room: how many more characters of them are wanted.
        iframes: their addresses.
    """

    def __init__(self) -> None:
        self.title = ""
        self.language = ""
        self.scripts: list[str] = []
        self.inline_scripts: list[str] = []
        self.script_room = _INLINE_SCRIPT_CHARS
        self.iframes: list[str] = []
        self._names: dict[str, str] = {}
        self._canonical = ""
        self._time = ""
        self._json_ld: list[str] = []

    def skipped(self, node: Any, tag: str) -> None:
        """Take what an element without text says: a script, ``meta``, ``link``, ``iframe`` or ``title``."""
        if tag == "script":
            attributes = node.attributes
            src = attributes.get("src")
            self.script(src, attributes.get("type") or "", "" if src else node.text(deep=True))
        elif tag == "meta":
            self.meta(node.attributes)
        elif tag == "link":
            self.link(node.attributes)
        elif tag == "iframe":
            self.iframe(node.attributes.get("src"))
        elif tag == "title":
            self.add_title(node.text(deep=True))

    def script(self, src: str | None, kind: str, text: str) -> None:
        """Take a script: its address, else its text; of what is no JSON-LD, 2,000 characters do."""
        if src:
            self.scripts.append(src[:2000])
        elif "ld+json" in kind:
            self._add_json_ld(text)
        elif self.script_room > 0:
            text = text[: min(self.script_room, INLINE_SCRIPT_EACH)]
            self.script_room -= len(text)
            self.inline_scripts.append(text)

    def meta(self, attributes: Mapping[str, str | None]) -> None:
        """Take the attributes of a ``meta`` element."""
        content = attributes.get("content")
        if content:
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            name = name.strip().lower()
            if name in META_NAMES:
                self._names.setdefault(name, content.strip()[:_FIELD])

    def link(self, attributes: Mapping[str, str | None]) -> None:
        """Take the attributes of a ``link`` element."""
        if not self._canonical and "canonical" in (attributes.get("rel") or "").lower().split():
            self._canonical = (attributes.get("href") or "").strip()[:_FIELD]

    def iframe(self, src: str | None) -> None:
        """Take the address of an ``iframe``."""
        self.iframes.append((src or "")[:2000])

    def add_title(self, text: str) -> None:
        """Take the text of a ``title`` element."""
        self.title = self.title or " ".join(text.split())

    def time(self, value: str) -> None:
        """Take the ``datetime`` of a ``time`` element."""
        self._time = self._time or value.strip()[:_FIELD]

    def _add_json_ld(self, text: str) -> None:
        """Take the text of a JSON-LD script."""
        if len(text) <= _MAX_JSON_LD:
            self._json_ld.append(text)

    def addresses(self) -> tuple[str, str]:
        """The page's canonical address and ``og:url``, empty where not given."""
        return self._canonical, self._names.get("og:url", "")

    def json_ld(self) -> tuple[Json, ...]:
        """All JSON-LD objects, lists and ``@graph`` flattened; broken JSON is left out."""
        found: list[Json] = []
        for text in self._json_ld:
            try:
                value = json.loads(text, strict=False)
                if _ESCAPED_SURROGATE.search(text):
                    value = json.loads(_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
            except (ValueError, RecursionError):
                continue
            _flatten(value, found)
        return tuple(found)

    def metadata(self, json_ld: tuple[Json, ...], first_heading: str) -> Metadata:
        """All of it; JSON-LD fills in what the meta elements leave open."""
        names = self._names
        published = (
            names.get("article:published_time") or names.get("date") or names.get("datepublished") or ""
        )
        author = _person(names.get("author")) or _person(names.get("article:author"))
        modified = names.get("article:modified_time", "")
        types: list[str] = []
        for item in json_ld:
            kind = item.get("@type")
            types.extend(k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str))
            published = published or _text(item.get("datePublished"))
            modified = modified or _text(item.get("dateModified"))
            author = author or _person(_name(item.get("author")))
        return Metadata(
            title=self.title[:_FIELD] or names.get("og:title", "") or first_heading,
            og_title=names.get("og:title", ""),
            description=names.get("description") or names.get("og:description") or "",
            author=author,
            published=published or self._time,
            modified=modified,
            language=self.language.strip()[:100],
            site_name=names.get("og:site_name", ""),
            generator=names.get("generator", ""),
            canonical=self._canonical,
            address=names.get("og:url", ""),
            robots=names.get("robots", ""),
            keywords=names.get("keywords", ""),
            schema_types=tuple(types[:_MAX_NODES]),
        )


def _flatten(value: Any, found: list[Json]) -> None:
    todo = [value]
    while todo and len(found) < _MAX_NODES:
        item = todo.pop()
        if isinstance(item, list):
            todo.extend(reversed(item[:_MAX_NODES]))
        elif isinstance(item, dict):
            found.append(item)
            graph = item.get("@graph")
            if isinstance(graph, list):
                todo.extend(reversed(graph[:_MAX_NODES]))


def _text(value: Any) -> str:
    return value[:_FIELD] if isinstance(value, str) else ""


def _person(value: str | None) -> str:
    """A name; Open Graph has the address of a profile instead."""
    return "" if not value or value.startswith(("http:", "https:", "//")) else value


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name", "")
    return _text(value)
