"""An invented site, scored once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualityscore import Scorer
from qualityscore.report import render
from tests.report.browser import browser  # noqa: F401 – a fixture
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


@pytest.fixture(scope="session")
def many_pages(records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of 10,000 pages, most of them in files beside it."""
    slim = [{**r, "lexical": [], "signals": r["signals"][:8]} for r in records]
    many = [{**slim[i % len(slim)], "source": f"row:{i}", "words": i} for i in range(10_000)]
    return render(write_files(tmp_path_factory.mktemp("many"), many))


@pytest.fixture(scope="session")
def two_sites(
    records: list[dict[str, Any]],
    careful_records: list[dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The report of two sites, with a set of near-duplicates across them."""
    pages = [records[0], careful_records[0]]
    told = [{"source": r["source"], "title": r["title"], "host": r["site"]["host"]} for r in pages]
    moved = [{**r, "source": f"second.jsonl:{i}"} for i, r in enumerate(careful_records)]
    told[1]["source"] = moved[0]["source"]
    cross = {
        "templates": [],
        "duplicates": [
            {"id": "d9", "kind": "near_duplicate", "pattern": None, "similarity": 0.9, "pages": told}
        ],
    }
    return render(write_files(tmp_path_factory.mktemp("two"), [*records, *moved], cross_host=cross))
