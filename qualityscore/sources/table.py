"""CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager

from qualityscore.document.page import PageKind
from qualityscore.limits import Limits
from qualityscore.sources.item import EMPTY, CsvOrigin, FieldNames, Item
from qualityscore.sources.rows import content_column, no_column, row_item
from qualityscore.sources.streams import Unpacked
from qualityscore.sources.textlines import Fault, lines

_NO_LINE = "the file is empty: a header line is needed"
_BOM = "\ufeff"


class _Lines:
    """Lines for the csv reader, remembering what one row took."""

    def __init__(self, found: Iterator[bytes | Fault]) -> None:
        self._found = found
        self.taken: list[bytes] = []
        self.fault: Fault | None = None
        self.begun = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._found)
        if isinstance(line, Fault):
            self.fault = line
            raise csv.Error(line.error)
        self.taken.append(line)
        text = line.decode("utf-8")
        if not self.begun:
            self.begun = True
            text = text.removeprefix(_BOM)
        return text

    def raw(self) -> bytes:
        taken, self.taken = b"".join(self.taken), []
        return taken


def read_csv(
    name: str, source: Unpacked, fields: FieldNames, kind: PageKind, limits: Limits
) -> Iterator[Item]:
    """One item a row below the header; a row that does not fit the header is an item with an error."""
    limit = 4 * limits.max_bytes
    feed = _Lines(lines(source, limit, lambda head: True))
    first, delimiter, error = _header(feed)
    header = tuple(first)
    feed.taken = []
    if not error:
        columns: dict[str, object] = dict.fromkeys(header)
        if content_column(columns, fields) is None:
            error = no_column(columns, fields)
        elif len(columns) != len(header):
            error = "two columns have the same name"
    if error:
        yield Item(name, None, error, EMPTY if error == _NO_LINE else {})
        return
    rows = csv.reader(feed, delimiter=delimiter, strict=True)
    number = 0
    while True:
        error = ""
        cells: list[str] = []
        try:
            with _field_limit(limit):
                cells = next(rows)
        except StopIteration:
            return
        except UnicodeDecodeError as wrong:
            error = f"not UTF-8 at byte {wrong.start + 1} of the line"
        except csv.Error as wrong:
            error = f"damaged row: {wrong}" if feed.fault is None else feed.fault.error
        feed.fault = None
        raw = feed.raw()
        if not error and not cells:
            continue
        number += 1
        where = f"{name}:{number}"
        if not error and len(cells) != len(header):
            error = f"the row has {len(cells)} cells, the header {len(header)}"
        if error:
            yield Item(where, None, error, {}, CsvOrigin(raw, header, delimiter))
            continue
        yield row_item(
            where, dict(zip(header, cells, strict=True)), fields, kind, CsvOrigin(raw, header, delimiter)
        )


@contextmanager
def _field_limit(size: int) -> Iterator[None]:
    """Allow cells of a size; the limit is the process's, and other readers rely on it."""
    before = csv.field_size_limit(min(size, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header(feed: _Lines) -> tuple[list[str], str, str]:
    """The cells of the first line, what separates them, and what is wrong with it."""
    try:
        line = next(feed)
        while not line.strip():
            line = next(feed)
        delimiter = max(",\t;|", key=line.count)
        return next(csv.reader([line], delimiter=delimiter, strict=True)), delimiter, ""
    except StopIteration:
        return [], ",", _NO_LINE
    except UnicodeDecodeError:
        return [], ",", "the header line is not UTF-8"
    except csv.Error as error:
        return [], ",", f"the header line cannot be read: {error}"
