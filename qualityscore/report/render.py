"""Writes ``report.html`` from ``site.json`` and ``pages.jsonl``, a page at a time."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from qualityscore.errors import ConfigError
from qualityscore.report import body
from qualityscore.report.page import data_block, html_head, html_tail, safe_json
from qualityscore.report.records import ROW_FIELDS, SignalIndex, page_entry, read_records
from qualityscore.report.trim import fitted
from qualityscore.report.vendored import asset, library

MAX_MAIN = 5_000_000
MAX_MAIN_PAGES = 2_000
_ROWS_BUDGET = 1_300_000
_PAGES_BUDGET = 1_800_000
_SITE_BUDGET = 1_000_000
_SHARD_ROWS = 2_000
_SHARD_BYTES = 1_000_000
_SHARD_PAGES = 100
_MAX_BROKEN = 20
FOLDER = "report_data"

STYLES = ("base.css", "report.css", "parts.css", "article.css")
SCRIPTS = ("core.js", "verdict.js", "plots.js", "lists.js", "table.js", "article.js", "pair.js", "main.js")


def render(directory: Path) -> Path:
    """Write ``report.html`` (and ``report_data/`` beside it where pages do not fit) from an audit's files.

    The same files give the same bytes. Pages beyond the first 2,000, or beyond what keeps the report
    under 5 MB, go to script files that are loaded when they are looked at.

    Args:
        directory: holds ``site.json`` and ``pages.jsonl``.

    Returns:
        The path of ``report.html``.

    Raises:
        ConfigError: a file is missing, or ``site.json`` is not what an audit writes.
    """
    directory = Path(directory)
    site = _site(directory)
    pages_file = directory / "pages.jsonl"
    if not pages_file.is_file():
        raise ConfigError(f"{directory} holds no pages.jsonl: name the folder that an audit wrote")
    pages = _Pages(directory / FOLDER)
    for line, record in read_records(pages_file):
        pages.add(line, record)
    pages.finish()
    site_json, left_out = fitted(site, _SITE_BUDGET)
    for entry in _listed(site):
        _ = pages.index[entry]
    blocks = [
        *pages.blocks,
        data_block("site", site_json),
        data_block(
            "report",
            safe_json(
                {
                    "fields": ROW_FIELDS,
                    "signals": pages.index.describe(
                        site.get("usual") if isinstance(site.get("usual"), dict) else None
                    ),
                    "pages": pages.count,
                    "row_files": pages.row_files,
                    "chunks": pages.chunks,
                    "broken": {"count": pages.broken, "lines": pages.broken_lines},
                    "left_out": left_out,
                    "folder": FOLDER,
                }
            ),
        ),
    ]
    scripts = [library("d3"), library("plot"), *(asset(name) for name in SCRIPTS)]
    title = body.title(site)
    head = html_head(title, [asset(n) for n in STYLES], scripts, files_beside=bool(pages.files))
    target = directory / "report.html"
    _write(target, "".join([head, body.html(site), *blocks, html_tail(scripts)]))
    pages.drop_leftovers()
    return target


def _site(directory: Path) -> dict[str, Any]:
    path = directory / "site.json"
    if not path.is_file():
        raise ConfigError(f"{directory} holds no site.json: name the folder that an audit wrote")
    try:
        site = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path} is not JSON: {error}") from None
    if not isinstance(site, dict) or not isinstance(site.get("sites"), list):
        raise ConfigError(f"{path} is not what an audit writes: it lists no sites")
    return site


def _listed(site: dict[str, Any]) -> list[str]:
    """Ids of the signals that the site's summary names."""
    found: list[str] = []
    for one in site["sites"][:200]:
        found += [str(s.get("id", "")) for s in one.get("signals") or [] if isinstance(s, dict)]
    return [name for name in dict.fromkeys(found) if name][:500]


class _Pages:
    """Collects rows and details; flushes full shards, so that memory does not grow with the pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = SignalIndex()
        self.blocks: list[str] = []
        self.files: list[str] = []
        self.row_files = 0
        self.chunks: list[dict[str, Any]] = []
        self.count = 0
        self.broken = 0
        self.broken_lines: list[int] = []
        self._rows: list[str] = []
        self._rows_size = 0
        self._rows_in_main = True
        self._details: list[str] = []
        self._details_size = 0
        self._main_size = 0

    def add(self, line: int, record: Any) -> None:
        """Take one record; one that is not shaped as the schema says is counted with its line."""
        try:
            row, detail = page_entry(record, self.index)
        except (TypeError, ValueError, KeyError, AttributeError):
            self.broken += 1
            if len(self.broken_lines) < _MAX_BROKEN:
                self.broken_lines.append(line)
            return
        row_json, detail_json = safe_json(row), safe_json(detail)
        in_main = self._rows_in_main
        full = self.count == MAX_MAIN_PAGES or self._rows_size + len(row_json) > _ROWS_BUDGET
        if (in_main and full) or (not in_main and len(self._rows) == _SHARD_ROWS):
            self._flush_details()
            self._flush_rows()
        if self._details and (
            self._details_size + len(detail_json) > _SHARD_BYTES or len(self._details) == _SHARD_PAGES
        ):
            self._flush_details()
        self._rows.append(row_json)
        self._rows_size += len(row_json) + 1
        self._details.append(detail_json)
        self._details_size += len(detail_json) + 1
        self.count += 1

    def finish(self) -> None:
        """Flush what is left; the first rows are always in the main file."""
        self._flush_details()
        if self._rows or self._rows_in_main:
            self._flush_rows()

    def _flush_details(self) -> None:
        if not self._details:
            return
        number = len(self.chunks)
        text = f"[{','.join(self._details)}]"
        inside = self._rows_in_main and self._main_size + len(text) <= _PAGES_BUDGET
        first = self.count - len(self._details)
        self.chunks.append({"first": first, "count": len(self._details), "inside": inside})
        if inside:
            self._main_size += len(text)
            self.blocks.append(data_block(f"pages-{number:04d}", text))
        else:
            self._shard(f"pages-{number:04d}.js", f"QS.arrived({number},{text});\n")
        self._details = []
        self._details_size = 0

    def _flush_rows(self) -> None:
        text = f"[{','.join(self._rows)}]"
        if self._rows_in_main:
            self.blocks.append(data_block("rows", text))
            self._rows_in_main = False
        else:
            self.row_files += 1
            self._shard(f"rows-{self.row_files:04d}.js", f"QS.rowsArrived({self.row_files},{text});\n")
        self._rows = []
        self._rows_size = 0

    def _shard(self, name: str, text: str) -> None:
        self.folder.mkdir(exist_ok=True)
        _write(self.folder / name, text)
        self.files.append(name)

    def drop_leftovers(self) -> None:
        """Remove shards of an earlier, longer report, and nothing else."""
        if not self.folder.is_dir():
            return
        kept = set(self.files)
        for pattern in ("rows-[0-9]*.js", "pages-[0-9]*.js"):
            for path in self.folder.glob(pattern):
                if path.name not in kept:
                    path.unlink()
        if not any(self.folder.iterdir()):
            self.folder.rmdir()


def _write(path: Path, text: str) -> None:
    """Whole or not at all, with ``\\n`` line ends everywhere."""
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(text.encode("utf-8"))
    os.replace(partial, path)
