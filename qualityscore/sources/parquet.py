"""Parquet files, read by batches of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualityscore.document.page import PageKind
from qualityscore.errors import MissingExtraError
from qualityscore.sources.item import FieldNames, Item, ParquetOrigin
from qualityscore.sources.rows import content_column, no_column, row_item

# Rows read at once: a few MB of pages of ordinary size.
_ROWS = 64


def read_parquet(path: str, fields: FieldNames, kind: PageKind) -> Iterator[Item]:
    """One item a row; a row group that cannot be read is one item with an error.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("pyarrow", "parquet") from None
    try:
        file = pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)
    except (pa.ArrowException, OSError) as error:
        yield Item(path, None, f"not a readable Parquet file: {_short(error)}")
        return
    with file:
        columns: dict[str, object] = dict.fromkeys(file.schema_arrow.names)
        if content_column(columns, fields) is None:
            yield Item(path, None, no_column(columns, fields))
            return
        first = 1
        for group in range(file.num_row_groups):
            count = file.metadata.row_group(group).num_rows
            number = first
            try:
                for batch in file.iter_batches(batch_size=_ROWS, row_groups=[group]):
                    for row, values in enumerate(_rows(batch)):
                        where = f"{path}:{number}"
                        number += 1
                        if isinstance(values, str):
                            yield Item(where, None, values, {}, ParquetOrigin(batch, row))
                        else:
                            yield row_item(where, values, fields, kind, ParquetOrigin(batch, row))
            except (pa.ArrowException, OSError) as error:
                lost = first + count - number
                yield Item(
                    f"{path}:{number}",
                    None,
                    f"{lost} rows of row group {group} cannot be read: {_short(error)}",
                )
            first += count


def _rows(batch: Any) -> Iterator[dict[str, object] | str]:
    names = batch.schema.names
    columns = batch.columns
    for row in range(batch.num_rows):
        try:
            yield {name: column[row].as_py() for name, column in zip(names, columns, strict=True)}
        except (ValueError, OverflowError, ArithmeticError) as error:
            # Bytes that are not UTF-8 in a string column, times that no Python type holds.
            yield f"the row holds a value that cannot be read: {_short(error)}"


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
