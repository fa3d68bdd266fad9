"""Lists of addresses in files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from qualityscore.errors import InputError
from qualityscore.sources.address import is_address

_ADDRESS_COLUMNS = ("url", "link", "address", "loc", "source_url", "page", "uri", "href")
_MAX_LIST_BYTES = 500_000_000


def read_url_list(path: str | Path) -> Iterator[str]:
    """Addresses from a file, as they stand there: a line each, or a column of CSV or TSV.

    Blank lines and lines that begin with ``#`` are passed over. The column is the first one named
    ``url``, ``link``, ``address``, ``loc`` or similar, else the first that holds an address.

    Raises:
        InputError: the file cannot be read, is too large or holds no address.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _MAX_LIST_BYTES:
            raise InputError(f"{path}: a list of addresses may have {_MAX_LIST_BYTES / 1e6:.0f} MB")
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            lines = (line for line in stream if line.strip() and not line.lstrip().startswith("#"))
            found = _column(lines, path) if path.suffix.lower() in (".csv", ".tsv") else _lines(lines, path)
            first = next(found, None)
            if first is None:
                raise InputError(f"{path}: no addresses in this file")
            yield first
            yield from found
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except csv.Error as error:
        raise InputError(f"{path}: not a table of addresses: {error}") from error


def _lines(lines: Iterable[str], path: Path) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0 and not is_address(line.strip()):
            raise InputError(f"{path}: the first line is no address (they begin with https://)")
        yield line.strip()


def _column(lines: Iterable[str], path: Path) -> Iterator[str]:
    rows = csv.reader(lines, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
    head = next(rows, [])
    names = [cell.strip().lower() for cell in head]
    column = next((names.index(name) for name in _ADDRESS_COLUMNS if name in names), None)
    if column is None:
        # No header, or one that says nothing: look where an address stands.
        second = next(rows, [])
        for row in (head, second):
            column = next((i for i, cell in enumerate(row) if is_address(cell.strip())), None)
            if column is not None:
                break
        else:
            raise InputError(f"{path}: no column of addresses (name it url)")
        start = [head, second] if len(head) > column and is_address(head[column].strip()) else [second]
        rows_left: Iterable[list[str]] = chain(start, rows)
    else:
        rows_left = rows
    for row in rows_left:
        if len(row) > column and row[column].strip():
            yield row[column].strip()
