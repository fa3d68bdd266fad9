"""``qualityscore score`` on records whose fields have names of their own."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Cli, one_line
from tests.pages import FARM


def test_fields_of_records_can_be_named(cli: Cli, tmp_path: Path) -> None:
    row = {"article": FARM, "body": "not this", "at": "https://example.org/mill"}
    path = tmp_path / "crawl.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (record,) = map(
        json.loads, cli("score", path, "--content-field", "article", "--url-field", "at").stdout.splitlines()
    )
    assert record["url"] == "https://example.org/mill"
    assert record["score"] is not None
    assert record["words"] > 100


def test_a_field_that_there_is_not_is_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_text(json.dumps({"html": FARM}) + "\n", encoding="utf-8")
    result = cli("score", path, "--content-field", "article", "--format", "jsonl")
    assert result.exit_code == 3
    assert "looked for article; there are html" in one_line(result)
