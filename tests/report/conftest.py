"""An invented site, scored once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualityscore import Scorer
from qualityscore.report import render
from tests.report.make import CAREFUL_HOST, FARM_HOST, invented, scored, write_files


@pytest.fixture(scope="session")
def records() -> list[dict[str, Any]]:
    """160 pages of a farm with the shipped model's verdicts."""
    return scored(invented(FARM_HOST, 160, 7, 0.85), Scorer.load(explain=5))


@pytest.fixture(scope="session")
def careful_records() -> list[dict[str, Any]]:
    """40 pages written with care."""
    return scored(invented(CAREFUL_HOST, 40, 8, 0.0), Scorer.load(explain=5))


@pytest.fixture(scope="session")
def one_site(records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of one site."""
    return render(write_files(tmp_path_factory.mktemp("one"), records))
