"""``qualityscore audit`` on records whose fields have names of their own."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from qualityscore.cli import audit_run
from tests.cli.conftest import Cli, one_line
from tests.pages import FARM


def _table(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["at", "article"])
        writer.writerow(["https://mill.example/a", FARM])
        writer.writerow(["https://mill.example/b", FARM.replace("The", "A")])


def test_a_table_with_its_own_columns(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "crawl.csv"
    _table(path)
    out = tmp_path / "out"
    result = cli("audit", path, "-o", out, "--content-field", "article", "--url-field", "at")
    assert result.exit_code == 0, result.stderr
    rows = [json.loads(line) for line in (out / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["url"] for row in rows] == ["https://mill.example/a", "https://mill.example/b"]
    assert all(row["score"] is not None for row in rows)


def test_a_column_that_there_is_not_is_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "crawl.csv"
    _table(path)
    missing = cli("audit", path, "-o", tmp_path / "out", "--content-field", "text")
    assert missing.exit_code == 2
    assert "looked for text; there are at, article" in one_line(missing)


def test_another_column_is_another_audit(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "crawl.csv"
    _table(path)
    out = tmp_path / "out"

    def broken(*_: Any) -> Any:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(audit_run, "_scored", broken)
    assert cli("audit", path, "-o", out, "--content-field", "article").exit_code == 130
    monkeypatch.undo()
    result = cli("audit", path, "-o", out, "--content-field", "at", "--resume")
    assert result.exit_code == 2
    assert "--content-field" in one_line(result)
