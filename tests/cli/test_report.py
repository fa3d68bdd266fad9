"""``qualityscore report``: the command around the renderer."""

from __future__ import annotations

from pathlib import Path

from qualityscore import Scorer
from tests.cli.conftest import Cli, one_line
from tests.report.make import FARM_HOST, invented, scored, write_files


def test_it_writes_the_report_and_prints_its_path(cli: Cli, scorer: Scorer, tmp_path: Path) -> None:
    write_files(tmp_path, scored(invented(FARM_HOST, 5, 7, 0.85), scorer))
    result = cli("report", tmp_path, "-v")
    assert result.exit_code == 0
    assert result.stdout == f"{tmp_path / 'report.html'}\n"
    assert "MB, 0 files in report_data" in one_line(result)
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert cli("report", tmp_path, "-q").stdout == ""


def test_a_folder_that_no_audit_wrote_is_one_line(cli: Cli, tmp_path: Path) -> None:
    result = cli("report", tmp_path / "none")
    assert result.exit_code == 2
    assert "no site.json" in one_line(result)
