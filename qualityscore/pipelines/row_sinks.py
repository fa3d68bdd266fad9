"""Records as JSON lines and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from qualityscore.document.decode import decode
from qualityscore.document.page import Page
from qualityscore.errors import InputError
from qualityscore.pipelines.output import Output
from qualityscore.pipelines.sinks import NOTE_FIELDS, PREFIX, Note
from qualityscore.sources import CsvOrigin, Item, JsonOrigin, ParquetOrigin
from qualityscore.sources.jsonl import parse_object

KEY = "qualityscore"
_SHOWN = 100_000


class BytesSink:
    """What sinks of bytes share."""

    def __init__(self, output: Output) -> None:
        self._out = output

    def misfit(self, item: Item) -> str:
        """Nothing is."""
        return ""

    def checkpoint(self) -> dict[str, Any]:
        """The number of bytes."""
        return self._out.checkpoint()

    def finish(self) -> None:
        """Close the file."""
        self._out.close()

    def clean(self) -> None:
        """Nothing is left over."""

    def give_up(self) -> None:
        """Cut the file back to the last checkpoint."""
        self._out.give_up()


class JsonSink(BytesSink):
    """One JSON object a line: lines as they were read, other records as objects."""

    def write(self, item: Item, note: Note | None) -> None:
        """Write a record; the note is its field ``qualityscore``."""
        self._out.write(_json_line(item, note))
        self._out.flush()


def _json_line(item: Item, note: Note | None) -> bytes:
    origin = item.origin
    if isinstance(origin, JsonOrigin):
        row = None
        # Fields are known without parsing again, except those of a line that has no content.
        known: Mapping[str, object] | None = item.values if item.page is not None else None
        if known is None:
            try:
                row = known = parse_object(origin.raw)
            except ValueError:
                row = {"source": item.name, "raw": _text(origin.raw)}
                return _dumped({**row, KEY: note})
        if note is None:
            return origin.raw + b"\n"
        if KEY in known:
            return _dumped({**(row or parse_object(origin.raw)), KEY: note})
        # The bytes of the other fields stay as they are.
        body = origin.raw.rstrip()[:-1].rstrip()
        return body + (b"," if known or item.page is not None else b"") + _member(note) + b"}\n"
    row = _row(item)
    return _dumped({**row, KEY: note} if note is not None else row)


def _member(note: Note) -> bytes:
    return f'"{KEY}":'.encode() + _dumped(note)[:-1]


def _row(item: Item) -> dict[str, object]:
    origin, page = item.origin, item.page
    if isinstance(origin, (CsvOrigin, ParquetOrigin)):
        names = origin.header if isinstance(origin, CsvOrigin) else origin.batch.schema.names
        if page is not None or item.values:
            text = page.content if page is not None else None
            return {name: item.values.get(name, text) for name in names}
        raw = _text(origin.raw) if isinstance(origin, CsvOrigin) else None
        return {"source": item.name, **({"raw": raw} if raw else {})}
    row: dict[str, object] = {"source": item.name}
    if item.id is not None:
        row["id"] = item.id
    if page is not None:
        row["url"] = page.url
        row["content" if page.kind == "auto" else page.kind] = _decoded(page)
    return row


def _decoded(page: Page) -> str:
    try:
        return decode(page.content, page.headers)
    except InputError:
        return _text(page.content) if isinstance(page.content, bytes) else page.content


def _text(data: bytes) -> str:
    return data[:_SHOWN].decode("utf-8", "replace")


def _dumped(row: Mapping[str, object]) -> bytes:
    text = json.dumps(row, ensure_ascii=False, default=_plain)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _plain(value: object) -> object:
    """Values of Parquet that JSON has no form for."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat is not None else str(value)


class CsvSink(BytesSink):
    """Rows under the header of the first file; a note is columns ``qualityscore_…`` at the end."""

    def __init__(self, output: Output, state: Mapping[str, Any] | None, notes: bool) -> None:
        super().__init__(output)
        self._header: tuple[str, ...] | None = None
        self._delimiter = ","
        self._notes = notes
        if state is not None and state.get("header") is not None:
            self._header, self._delimiter = tuple(state["header"]), state["delimiter"]

    def misfit(self, item: Item) -> str:
        """Why a row does not fit under the header; the first row sets it."""
        if not isinstance(item.origin, CsvOrigin):
            return "no CSV row: CSV output needs CSV input" if item.page is not None else ""
        if self._header is None:
            self._begin(item.origin)
        assert self._header is not None
        if set(item.origin.header) != set(self._header):
            return f"other columns than the output has ({', '.join(self._header)[:200]})"
        return ""

    def write(self, item: Item, note: Note | None) -> None:
        """Write a row; a record that is no row, or a damaged one, leaves the columns of the input empty."""
        origin = item.origin if isinstance(item.origin, CsvOrigin) else None
        if self._header is None:
            self._begin(origin)
        assert self._header is not None
        fits = origin is not None and set(origin.header) == set(self._header)
        intact = fits and (item.page is not None or bool(item.values))
        cells = [_cell(note[name]) for name in NOTE_FIELDS] if note is not None else []
        if (
            intact
            and origin is not None
            and (origin.header, origin.delimiter) == (self._header, self._delimiter)
        ):
            row = origin.raw.rstrip(b"\r\n")
            end = origin.raw[len(row) :] or b"\n"
            self._out.write(row + (self._delimiter.encode() + self._line(cells) if cells else b"") + end)
        else:
            text = item.page.content if item.page is not None else ""
            known = {k: item.values.get(k, text) for k in self._header} if intact else {}
            first = [_cell(known.get(name)) for name in self._header]
            self._out.write(self._line(first + cells) + b"\n")

    def _begin(self, origin: CsvOrigin | None) -> None:
        """Write the header; a file whose first record is no row has the columns of notes alone."""
        self._header, self._delimiter = (origin.header, origin.delimiter) if origin else ((), ",")
        names = [*self._header, *(PREFIX + name for name in NOTE_FIELDS if self._notes)]
        self._out.write(self._line(names) + b"\n")

    def _line(self, cells: list[str]) -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=self._delimiter, lineterminator="").writerow(cells)
        return text.getvalue().encode("utf-8", "backslashreplace")

    def checkpoint(self) -> dict[str, Any]:
        """The state: bytes, and the header that was written."""
        state = super().checkpoint()
        return {**state, "header": self._header, "delimiter": self._delimiter}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return repr(value) if isinstance(value, float) else str(value)
