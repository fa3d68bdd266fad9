"""`Item`: one record of an input, and what a sink needs to write it unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qualityscore.document.page import Page


@dataclass(frozen=True, slots=True)
class FieldNames:
    """Names of fields or columns; ``None`` means: find the usual ones.

    Attributes:
        content: else the first of html, content, text, markdown, body, raw_content, raw that holds text.
        url: else url, link, source_url, warc-target-uri.
        id: else id, doc_id, uuid.
    """

    content: str | None = None
    url: str | None = None
    id: str | None = None


DEFAULT_FIELDS = FieldNames()


@dataclass(frozen=True, slots=True)
class JsonOrigin:
    """A line of JSON without its line end."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class CsvOrigin:
    """A row of a CSV file.

    Attributes:
        raw: the row with its line end, as it stood in the file.
        header: the names of the columns, shared by all rows of a file.
        delimiter: what stands between cells.
    """

    raw: bytes
    header: tuple[str, ...]
    delimiter: str


@dataclass(frozen=True, slots=True)
class ParquetOrigin:
    """A row of a ``pyarrow.RecordBatch`` that holds all columns of the file."""

    batch: Any
    row: int


@dataclass(frozen=True, slots=True)
class WarcOrigin:
    """A WARC record.

    Attributes:
        parts: header, block and the line ends after it, not compressed; ``None`` for a record that is too
            large to hold.
        member: the gzip member that holds this record and nothing else, if there is one.
        compressed: whether the file is compressed.
        path: the file, ``""`` for standard input.
        start, end: where the record (or its gzip member, if ``own_member``) stands in the file.
        own_member: the record has a gzip member to itself.
    """

    parts: tuple[bytes, bytes, bytes] | None
    member: bytes | None
    compressed: bool
    path: str = ""
    start: int = 0
    end: int = 0
    own_member: bool = False

    @property
    def raw(self) -> bytes | None:
        """The whole record, not compressed."""
        return None if self.parts is None else b"".join(self.parts)


Origin = JsonOrigin | CsvOrigin | ParquetOrigin | WarcOrigin


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where reading goes on behind an item, as if everything before had been read.

    Attributes:
        position: byte in the file.
        number: the item's line or record, counted from 1.
        reread, returned: bytes read twice on account of damage, which is bounded.
    """

    position: int
    number: int
    reread: int = 0
    returned: int = 0


# The values of an item that stands for an input that does not exist, or holds nothing.
MISSING: Mapping[str, object] = {"failure": "missing"}
EMPTY: Mapping[str, object] = {"failure": "empty"}


@dataclass(frozen=True, slots=True)
class Item:
    """One record.

    Attributes:
        name: how rows name it: ``site/a.html``, ``pages.jsonl:12`` (line), ``t.csv:3`` and ``t.parquet:3``
            (row), ``crawl.warc.gz:17`` (record), ``-`` for a page on standard input.
        page: ``None`` if it could not be read (`error` says why) or is no page (a WARC request record).
        error: one line, or ``""``.
        values: all other fields or columns, unchanged; of a WARC record its header with lower-case names.
        origin: the record itself, for sinks; ``None`` for a page that is a file of its own, and where
            nothing of the record could be read.
        id: from the id field, else ``None``.
        after: where reading can go on behind it; ``None`` where it cannot but from the beginning.
    """

    name: str
    page: Page | None
    error: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    origin: Origin | None = None
    id: str | None = None
    after: Bookmark | None = None
