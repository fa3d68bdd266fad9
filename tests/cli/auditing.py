"""Running audits in the tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import Result

FILES = ["pages.jsonl", "pages.parquet", "report.html", "site.json", "summary.md"]


Audit = Callable[..., Result]


def load(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "site.json").read_text(encoding="utf-8"))
    return report


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
