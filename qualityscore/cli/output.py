"""Rows for machines: json, jsonl, csv."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol, TextIO

from qualityscore.cli.config import ScoreSettings
from qualityscore.cli.console import safe_json, visible
from qualityscore.verdict import Verdict

CSV_COLUMNS = (
    "source", "url", "title", "language", "words", "score", "interval_low", "interval_high", "band", "abstained",
    "threshold", "kind", "lexical", "signals", "page", "reasons", "error",
)  # fmt: skip
# Spreadsheets run a cell that begins so, also after white space and in full width.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")


class Writer(Protocol):
    """Writes verdicts to standard output as they come."""

    def row(self, verdict: Verdict) -> None:
        """Write one page."""

    def close(self, bands: Mapping[str, int], broken: str) -> None:
        """Write what comes after the last page.

        Args:
            bands: pages by band, ``failed`` included.
            broken: signals that failed, as one line, or an empty string.
        """
        del bands, broken


def open_writer(form: str, several: bool, settings: ScoreSettings, notes: Sequence[str]) -> Writer:
    """The writer of a format; ``notes`` are lines for the table's footer."""
    with_text = bool(settings.with_text)
    if form == "csv":
        return CsvWriter(sys.stdout)
    if form == "jsonl":
        return JsonLinesWriter(sys.stdout, with_text)
    if form == "json":
        return JsonWriter(sys.stdout, with_text, several)
    from qualityscore.cli.table import TableWriter

    return TableWriter(sys.stdout, notes, explain=bool(settings.explain))


class JsonLinesWriter(Writer):
    """One object a line."""

    def __init__(self, out: TextIO, with_text: bool) -> None:
        self._out = out
        self._with_text = with_text

    def row(self, verdict: Verdict) -> None:
        """Write one page."""
        self._out.write(safe_json(verdict.to_json(with_text=self._with_text)) + "\n")
        self._out.flush()


class JsonWriter(Writer):
    """One object, or a list that grows as pages are scored."""

    def __init__(self, out: TextIO, with_text: bool, several: bool) -> None:
        self._out = out
        self._with_text = with_text
        self._several = several
        self._before = "[\n"

    def row(self, verdict: Verdict) -> None:
        """Write one page."""
        text = safe_json(verdict.to_json(with_text=self._with_text, indent=2))
        if self._several:
            self._out.write(self._before + text)
            self._before = ",\n"
        else:
            self._out.write(text + "\n")
        self._out.flush()

    def close(self, bands: Mapping[str, int], broken: str) -> None:
        """End the list. An interrupted run does not, so that a part never looks whole."""
        if self._several:
            self._out.write("\n]\n")


class CsvWriter(Writer):
    """One flat row a page, safe to open in a spreadsheet."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._rows = csv.writer(out, lineterminator="\n")
        self._rows.writerow(CSV_COLUMNS)

    def row(self, verdict: Verdict) -> None:
        """Write one page."""
        self._rows.writerow(flat(verdict))
        self._out.flush()


def flat(verdict: Verdict) -> list[str]:
    """The cells of `CSV_COLUMNS`; ``lexical``, ``signals`` and ``page`` are log-odds."""
    parts = verdict.parts or {}
    low, high = verdict.interval or (None, None)
    cells: list[str | int | float | None] = [
        verdict.source, verdict.url, verdict.title, verdict.language, verdict.words, verdict.score,
        low, high, verdict.band, verdict.abstained, verdict.threshold, verdict.kind.name if verdict.kind else None,
        parts.get("lexical"), parts.get("signals"), parts.get("page"),
        " ".join(result.reading.id for result in verdict.reasons()), verdict.error,
    ]  # fmt: skip
    return [_cell(value) for value in cells]


def _cell(value: str | int | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = visible(value)
        # A lone dash is standard input and no formula.
        return f"'{text}" if text != "-" and _FORMULA.match(text) else text
    return str(value) if isinstance(value, int) else f"{value + 0.0:.6f}"
