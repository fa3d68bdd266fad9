"""From a line of ``pages.jsonl`` to what the report shows: a row of the table and the page's detail."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

MAX_LINE = 64_000_000
MAX_TITLE = 200
MAX_TEXT = 150_000
_MAX_SHORT = 300
_MAX_SIGNALS = 400
_MAX_EVIDENCE = 40
_MAX_REASONS = 12
# Smaller contributions are summed up: hundreds of them would hide the ones that count.
_WORTH_SHOWING = 0.01

ROW_FIELDS = (
    "title",
    "source",
    "url",
    "host",
    "section",
    "author",
    "date",
    "month",
    "score",
    "band",
    "why_none",
    "words",
    "template",
    "duplicate",
    "reasons",
)


def read_records(path: Path) -> Iterator[tuple[int, Any]]:
    """Line numbers and parsed values, one line in memory at a time; ``None`` for what is no JSON object."""
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_LINE)
                yield number, None
                continue
            if line.strip():
                yield number, parse(line)


def parse(data: bytes) -> dict[str, Any] | None:
    """A JSON object from bytes that may hold encoded lone surrogates or broken UTF-8."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


class SignalIndex:
    """Numbers for signal ids, in order of first use."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __getitem__(self, signal_id: str) -> int:
        return self.numbers.setdefault(signal_id, len(self.numbers))

    def describe(self, usual: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """What the registry says of each; ids it lacks (another version's) say so.

        Args:
            usual: medians of human pages by ``<signal>.<feature>``.
        """
        from qualityscore.signals.registry import all_signals

        known = all_signals()
        described: list[dict[str, Any]] = []
        levels: dict[str, dict[str, float]] = {}
        for column, value in (usual or {}).items():
            signal_id, _, feature = column.partition(".")
            if (found := number(value)) is not None:
                levels.setdefault(signal_id, {})[short(feature, 80)] = found
        for signal_id in self.numbers:
            signal = known.get(signal_id)
            entry: dict[str, Any] = {
                "id": signal_id,
                "family": "",
                "title": signal_id.replace("_", " "),
                "why": "",
                "limits": "",
                "usual": levels.get(signal_id, {}),
            }
            if signal is not None:
                entry.update(family=signal.family, title=signal.title, why=signal.why, limits=signal.limits)
            described.append(entry)
        return described


def page_entry(record: Mapping[str, Any], index: SignalIndex) -> tuple[list[Any], dict[str, Any]]:
    """The row (in the order of `ROW_FIELDS`) and the detail of a record.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: the record is not shaped as the schema says.
    """
    site = record.get("site") or {}
    text = string(record.get("text"))
    at = _utf16(text)
    signals, reasons, others = _signals(record.get("signals") or [], len(text), at, index)
    title = string(record.get("title"))
    error = short(record.get("error"))
    row = [
        short(title, MAX_TITLE),
        short(record.get("source")),
        short(record.get("url"), 1000),
        short(site.get("host")),
        short(site.get("section")),
        short(site.get("author")),
        short(site.get("date"), 40),
        short(site.get("month"), 7),
        number(record.get("score")),
        "failed" if error else short(record.get("band"), 20),
        error or short(record.get("abstained"), 40),
        int(record.get("words") or 0),
        short(site.get("template"), 40),
        short(site.get("duplicate"), 40),
        reasons,
    ]
    parts = record.get("parts")
    detail = {
        "text": text[:MAX_TEXT],
        "chars": len(text),
        "title_chars": len(title),
        "language": short(record.get("language"), 12),
        "threshold": number(record.get("threshold")),
        "parts": None if parts is None else {short(k, 40): number(v) for k, v in parts.items()},
        "signals": signals,
        "others": others,
        "lexical": [
            [short(gram["ngram"]), number(gram["contribution"]), _spans(gram["spans"], len(text), at)]
            for gram in (record.get("lexical") or [])[:_MAX_EVIDENCE]
        ],
    }
    return row, detail


def _signals(
    signals: Sequence[Mapping[str, Any]], length: int, at: _utf16, index: SignalIndex
) -> tuple[list[Any], list[int], list[float]]:
    """Entries ``[signal, contribution, spans, elsewhere, error, values]``, reasons, and what is not listed."""
    shown = min(length, MAX_TEXT)
    entries: list[Any] = []
    raising: list[tuple[bool, float, int]] = []
    count, total = 0, 0.0
    for signal in signals:
        contribution, evidence = signal["contribution"], signal["evidence"]
        if contribution == 0 and not evidence and signal.get("status") != "error":
            continue
        contribution = number(contribution) or 0.0
        error = short(signal.get("error"))
        if (not evidence and not error and abs(contribution) < _WORTH_SHOWING) or len(
            entries
        ) == _MAX_SIGNALS:
            count += contribution != 0
            total += contribution
            continue
        place = index[short(signal["id"], 80)]
        spans: list[Any] = []
        elsewhere: list[Any] = []
        for found in evidence[:_MAX_EVIDENCE]:
            where, note = short(found["where"], 20), short(found["note"])
            start, end = found["start"], found["end"]
            if where == "text" and start is not None and end is not None and end <= shown:
                spans.append([*at(start, end), note])
            else:
                elsewhere.append([where, short(found["text"], 600), note])
        entries.append([place, contribution, spans, elsewhere, error, _values(signal, contribution)])
        if contribution > 0 and evidence:
            raising.append((all(e["where"] == "document" for e in evidence), -contribution, place))
    entries.sort(key=lambda entry: -abs(entry[1]))
    return entries, [place for *_, place in sorted(raising)[:_MAX_REASONS]], [count, round(total, 6)]


def _values(signal: Mapping[str, Any], contribution: float) -> dict[str, float]:
    values = signal.get("values")
    if not isinstance(values, dict) or abs(contribution) < _WORTH_SHOWING:
        return {}
    return {short(k, 80): found for k, v in islice(values.items(), 10) if (found := number(v)) is not None}


class _utf16:  # noqa: N801 – reads as a function at its calls
    """Maps code-point offsets to the UTF-16 units in which JavaScript counts."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, char in enumerate(text) if ord(char) > 0xFFFF] if _has_wide(text) else []

    def __call__(self, start: int, end: int) -> list[int]:
        if not self._wide:
            return [start, end]
        return [start + bisect_left(self._wide, start), end + bisect_left(self._wide, end)]


def _has_wide(text: str) -> bool:
    return not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def _spans(spans: Sequence[Sequence[int]], length: int, at: _utf16) -> list[list[int]]:
    shown = min(length, MAX_TEXT)
    return [at(start, end) for start, end in spans[:_MAX_EVIDENCE] if 0 <= start <= end <= shown]


def string(value: object) -> str:
    """The value if it is text, else its usual form; empty for ``None``."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def short(value: object, limit: int = _MAX_SHORT) -> str:
    """Text cut to ``limit`` characters, with an ellipsis if something was cut."""
    text = string(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def number(value: object) -> float | None:
    """A finite number, else ``None``."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value
