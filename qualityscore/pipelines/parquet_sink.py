"""Rows of Parquet files, written in parts that are whole at each checkpoint and joined at the end."""

from __future__ import annotations

import os
import shutil
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

from qualityscore.errors import ConfigError, MissingExtraError
from qualityscore.pipelines.sinks import NOTE_FIELDS, PREFIX, Note
from qualityscore.sources import Item, ParquetOrigin

# Rows are written together up to this size in memory; parts hold groups of this size, the file larger ones.
_GROUP_BYTES = 16_000_000
_JOINED_BYTES = 64_000_000


class ParquetSink:
    """Rows with all their columns; a note is columns ``qualityscore_…`` at the end.

    While the run lasts the rows are in the folder ``OUT.parts``, one file a checkpoint, since a Parquet
    file that was not ended cannot be read; the output appears when it is complete.
    """

    def __init__(self, path: str, state: Mapping[str, Any] | None, notes: bool) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise MissingExtraError("pyarrow", "parquet") from None
        self._pa, self._pq = pa, pq
        self._path = path
        self._notes = notes
        self._folder = Path(f"{path}.parts")
        self._safe = int(state["parts"]) if state is not None else 0
        self._parts = self._safe
        self._schema: Any = None
        self._rows: list[tuple[Any, int, Note | None]] = []
        self._bytes = 0.0
        self._writer: Any = None
        if state is None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        if not all(self._part(number).exists() for number in range(self._safe)):
            raise ConfigError(
                f"cannot resume: parts are missing in {self._folder}; delete the journal to begin again"
            )
        self._drop_unsafe()
        if state is not None and state["schema"]:
            self._schema = pa.ipc.read_schema(pa.py_buffer(b64decode(state["schema"])))

    def misfit(self, item: Item) -> str:
        """Why a row does not fit the columns of the rows before it; the first row sets them."""
        if not isinstance(item.origin, ParquetOrigin):
            return "no Parquet row: Parquet output needs Parquet input" if item.page is not None else ""
        schema = item.origin.batch.schema
        try:
            self._learn(schema)
        except self._pa.ArrowException as error:
            return f"columns of other types than the output has: {' '.join(str(error).split())[:200]}"
        return ""

    def write(self, item: Item, note: Note | None) -> None:
        """Write a row; of a record that is no row, or does not fit, the note alone."""
        origin = item.origin
        if isinstance(origin, ParquetOrigin) and not self.misfit(item):
            self._rows.append((origin.batch, origin.row, note))
            self._bytes += origin.batch.nbytes / max(origin.batch.num_rows, 1)
        else:
            self._rows.append((None, 0, note))
        if self._bytes >= _GROUP_BYTES:
            self._flush()

    def checkpoint(self) -> dict[str, Any]:
        """End the current part. The state: how many there are, and the columns of all rows seen."""
        self._flush()
        self._end_part()
        self._safe = self._parts
        schema = b64encode(self._schema.serialize().to_pybytes()).decode() if self._schema is not None else ""
        return {"parts": self._parts, "schema": schema}

    def finish(self) -> None:
        """Join the parts, and put the result in its place at once."""
        schema = self._final_schema()
        joined = Path(f"{self._path}.joining")
        with self._pq.ParquetWriter(joined, schema) as writer:
            tables: list[Any] = []
            size = 0
            for number in range(self._parts):
                with self._pq.ParquetFile(self._part(number)) as part:
                    for group in range(part.num_row_groups):
                        tables.append(self._fitted(part.read_row_group(group), schema))
                        size += tables[-1].nbytes
                        if size >= _JOINED_BYTES:
                            writer.write_table(self._pa.concat_tables(tables))
                            tables, size = [], 0
            if tables:
                writer.write_table(self._pa.concat_tables(tables))
        _sync(joined)
        os.replace(joined, self._path)

    def clean(self) -> None:
        """Remove the parts."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def give_up(self) -> None:
        """Remove the parts behind the last checkpoint."""
        self._rows = []
        if self._writer is not None:
            with suppress(OSError, self._pa.ArrowException):  # what it wrote is removed
                self._writer.close()
        Path(f"{self._path}.joining").unlink(missing_ok=True)
        self._drop_unsafe()

    def _part(self, number: int) -> Path:
        return self._folder / f"{number:08d}.parquet"

    def _drop_unsafe(self) -> None:
        keep = {self._part(number).name for number in range(self._safe)}
        for path in self._folder.iterdir():
            if path.name not in keep:
                path.unlink()

    def _learn(self, schema: Any) -> None:
        """Raises ``ArrowException`` if the columns contradict those seen before."""
        schema = self._without_notes(schema)
        if self._schema is None or not len(self._schema):
            self._schema = schema
        elif not self._schema.equals(schema):
            self._schema = _nullable(self._pa, self._pa.unify_schemas([self._schema, schema]))

    def _flush(self) -> None:
        """Write the waiting rows as row groups."""
        for _, rows in groupby(self._rows, key=lambda row: None if row[0] is None else row[0].schema):
            table = self._table(list(rows))
            if self._writer is None or not self._writer.schema.equals(table.schema):
                self._end_part()
                self._writer = self._pq.ParquetWriter(self._part(self._parts), table.schema)
            self._writer.write_table(table)
        self._rows, self._bytes = [], 0.0

    def _table(self, rows: list[tuple[Any, int, Note | None]]) -> Any:
        pa = self._pa
        table = pa.table({})
        if rows[0][0] is not None:
            taken = []
            for _, some in groupby(rows, key=lambda row: id(row[0])):
                same = list(some)
                taken.append(same[0][0].take(pa.array([row for _, row, _ in same], pa.int64())))
            table = pa.Table.from_batches(taken)
        if not self._notes:
            return table
        table = table.select([n for n in table.column_names if not n.startswith(PREFIX)])
        for field in self._note_fields():
            values = [None if note is None else note[field.name.removeprefix(PREFIX)] for _, _, note in rows]
            column = pa.array(values, field.type)
            # A table without columns takes its number of rows from the first.
            table = (
                table.append_column(field, column) if table.num_columns else pa.table([column], [field.name])
            )
        return table

    def _end_part(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
            _sync(self._part(self._parts))
            self._parts += 1

    def _note_fields(self) -> list[Any]:
        pa = self._pa
        types = {"score": pa.float64(), "words": pa.int32(), "reasons": pa.list_(pa.string())}
        return [pa.field(PREFIX + name, types.get(name, pa.string())) for name in NOTE_FIELDS]

    def _without_notes(self, schema: Any) -> Any:
        """The columns of the input; notes of an earlier run make room for those of this one."""
        if not self._notes:
            return schema
        kept = [field for field in schema if not field.name.startswith(PREFIX)]
        return self._pa.schema(kept, metadata=schema.metadata)

    def _final_schema(self) -> Any:
        schema = self._schema if self._schema is not None else self._pa.schema([])
        if self._notes:
            schema = _nullable(self._pa, schema)
            for field in self._note_fields():
                schema = schema.append(field)
        return schema

    def _fitted(self, table: Any, schema: Any) -> Any:
        pa = self._pa
        columns = [
            table.column(field.name).cast(field.type)
            if field.name in table.column_names
            else pa.chunked_array([pa.nulls(table.num_rows, field.type)])
            for field in schema
        ]
        return pa.Table.from_arrays(columns, schema=schema) if columns else table


def _nullable(pa: Any, schema: Any) -> Any:
    """The columns as rows may have them that came without."""
    return pa.schema([field.with_nullable(True) for field in schema], metadata=schema.metadata)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
