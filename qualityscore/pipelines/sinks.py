"""Sinks: where kept and rejected records go, each format in its own terms."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Literal, Protocol

from qualityscore.errors import ConfigError
from qualityscore.pipelines.output import STDOUT, Output, packing_of
from qualityscore.sources import Item, format_of

SinkFormat = Literal["jsonl", "csv", "parquet", "warc"]
SUFFIXES = ".jsonl .csv .warc, each also with .gz or .zst, or .parquet"

# What is said about a record: the object `qualityscore`, or the columns `qualityscore_…`.
Note = Mapping[str, Any]
NOTE_FIELDS = (
    "source", "score", "band", "abstained", "reason", "error", "words", "language", "reasons", "model",
)  # fmt: skip
PREFIX = "qualityscore_"


class Sink(Protocol):
    """Writes records. Everything before a checkpoint survives whatever happens after it."""

    def misfit(self, item: Item) -> str:
        """Why a record cannot be written here, in one line; ``""`` if it can."""

    def write(self, item: Item, note: Note | None) -> None:
        """Write a record, unchanged but for the note, if there is one.

        Raises:
            OSError: the disk is full or gone.
        """

    def checkpoint(self) -> dict[str, Any]:
        """Bring everything to disk; the state (JSON values) from which `open_sink` goes on."""

    def finish(self) -> None:
        """Make the file complete, after a last `checkpoint`; may be done again after a crash."""

    def clean(self) -> None:
        """Remove what only a crash before this moment would have needed."""

    def give_up(self) -> None:
        """Leave nothing behind the last checkpoint, and nothing damaged."""


def sink_format(path: str) -> SinkFormat:
    """The format of an output by its suffix; standard output gets JSON lines.

    Raises:
        ConfigError: the suffix does not tell.
    """
    if path == STDOUT:
        return "jsonl"
    form = format_of(path)
    if os.path.splitext(path.lower())[1] == ".wat" or form not in ("jsonl", "csv", "parquet", "warc"):
        raise ConfigError(f"cannot tell the format of {path!r} from its suffix: use {SUFFIXES}")
    if form == "parquet" and packing_of(path):
        raise ConfigError(f"{path}: Parquet compresses inside: leave out the last suffix")
    return form


def check_fit(path: str, name: str) -> None:
    """Whether records of an input can go to an output, as far as the names tell.

    Raises:
        ConfigError: they cannot.
    """
    form, given = sink_format(path), format_of(name)
    if form == "jsonl" or given in (form, "unknown", "arc") or name == STDOUT:
        return
    raise ConfigError(
        f"{path} cannot hold the records of {name}: {form} output needs {form} input; use a .jsonl suffix"
    )


def open_sink(path: str, state: Mapping[str, Any] | None, *, notes: bool) -> Sink:
    """A new sink, or one that goes on after a checkpoint; ``notes``: every record will have one.

    Raises:
        ConfigError: the suffix does not tell the format, or the file is not what the checkpoint says.
        MissingExtraError: Parquet, and pyarrow is not installed.
        OSError: the file cannot be opened.
    """
    form = sink_format(path)
    if form == "parquet":
        from qualityscore.pipelines.parquet_sink import ParquetSink

        return ParquetSink(path, state, notes)
    output = Output(path, packing_of(path), state)
    if form == "warc":
        from qualityscore.pipelines.warc_sink import WarcSink

        return WarcSink(output)
    from qualityscore.pipelines.row_sinks import CsvSink, JsonSink

    return CsvSink(output, state, notes) if form == "csv" else JsonSink(output)
