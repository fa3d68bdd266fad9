"""Rows of fields, however they were stored, to pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qualityscore.document.page import Page, PageKind
from qualityscore.sources.item import Bookmark, FieldNames, Item, Origin

CONTENT = ("html", "content", "text", "markdown", "body", "raw_content", "raw")
URL = ("url", "link", "source_url", "warc-target-uri")
ID = ("id", "doc_id", "uuid")
_TITLE = 5_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMAT = ("format", "raw_kind", "kind", "content_type", "mime", "mime_type")
# Columns that tell something about the page beside them, for engines that read by column.
ABOUT = frozenset({*URL, "title", *_FORMAT})
_KIND_OF_FIELD: Mapping[str, PageKind] = {"html": "html", "markdown": "markdown", "text": "text"}
_KIND_OF_FORMAT: Mapping[str, PageKind] = {
    "html": "html", "htm": "html", "xhtml": "html", "text/html": "html", "application/xhtml+xml": "html",
    "markdown": "markdown", "md": "markdown", "text/markdown": "markdown", "text/x-markdown": "markdown",
    "text": "text", "txt": "text", "plain": "text", "text/plain": "text",
}  # fmt: skip


def kind_of_type(media_type: str) -> PageKind | None:
    """The kind of page that a media type or short format name stands for, else ``None``."""
    return _KIND_OF_FORMAT.get(media_type.partition(";")[0].strip().lower())


def row_item(
    name: str,
    row: Mapping[str, object],
    fields: FieldNames,
    kind: PageKind,
    origin: Origin | None,
    after: Bookmark | None = None,
) -> Item:
    """An item from a row; without text in its content field it has an error."""
    ident = _named(row, fields.id, ID)
    identity = None if ident is None or row[ident] is None else str(row[ident])
    content = _content(row, fields)
    if content is None:
        return Item(name, None, _no_content(row, fields), row, origin, identity, after)
    text = row[content]
    values = {key: value for key, value in row.items() if key != content}
    page = Page(
        bytes(text) if isinstance(text, (bytearray, memoryview)) else text,  # type: ignore[arg-type]
        kind if kind != "auto" else page_kind(content, row),
        page_url(row, fields.url),
        name,
        title=page_title(row),
    )
    return Item(name, page, "", values, origin, identity, after)


def page_url(row: Mapping[str, object], given: str | None = None) -> str | None:
    """The address of a row's page, from the field given or the first of the usual ones."""
    name = _named(row, given, URL)
    url = row[name] if name is not None else None
    return url if isinstance(url, str) and url else None


def page_title(row: Mapping[str, object]) -> str:
    """What a row calls its page: its ``title``, at most 5,000 characters on one line, else ``""``."""
    title = row.get("title")
    if not isinstance(title, str):
        return ""
    return " ".join(_SURROGATE.sub("\ufffd", title[:_TITLE]).split())


def content_column(names: Mapping[str, object], fields: FieldNames) -> str | None:
    """The column that holds pages, going by its name alone."""
    return _named(names, fields.content, CONTENT)


def no_column(names: Mapping[str, object], fields: FieldNames) -> str:
    """The error for a table without such a column."""
    wanted = fields.content or ", ".join(CONTENT)
    return f"no column with the page's content (looked for {wanted}; there are {_listed(names)})"


def _named(row: Mapping[str, object], given: str | None, usual: tuple[str, ...]) -> str | None:
    if given is not None:
        return given if given in row else None
    return next((name for name in usual if name in row), None)


def _content(row: Mapping[str, object], fields: FieldNames) -> str | None:
    wanted = (fields.content,) if fields.content is not None else CONTENT
    return next((name for name in wanted if isinstance(row.get(name), (str, bytes, bytearray))), None)


def _no_content(row: Mapping[str, object], fields: FieldNames) -> str:
    wanted = (fields.content,) if fields.content is not None else CONTENT
    for name in wanted:
        if name in row:
            value = row[name]
            return f"field {name!r} holds no text but {'null' if value is None else type(value).__name__}"
    return f"no field with the page's content (looked for {', '.join(wanted)}; there are {_listed(row)})"


def _listed(names: Mapping[str, object]) -> str:
    shown = ", ".join(str(name)[:40] for name in list(names)[:8])
    return (shown + (", …" if len(names) > 8 else "")) or "none"


def page_kind(content: str, row: Mapping[str, object]) -> PageKind:
    """The kind of a row's page, by the name of its content field, else by a field for its format."""
    by_name = _KIND_OF_FIELD.get(content.lower())
    if by_name is not None:
        return by_name
    for name in _FORMAT:
        value = row.get(name)
        if isinstance(value, str) and (found := kind_of_type(value)) is not None:
            return found
    return "auto"
