"""One page, one score: the same number to the last digit through every door."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualityscore import Page, Scorer
from tests.pipelines.pages import html_pages
from tests.pipelines.serving import crawl, scraped, serving

Scores = dict[str, float | None]
PAGES = html_pages()


def score_many(folder: Path, request: pytest.FixtureRequest) -> Scores:
    pages = [Page.from_html(html, url) for url, html in PAGES.items()]
    # Another order, and batches of other sizes.
    return {
        str(v.url): v.score for v in Scorer.load(evidence=False).score_many(reversed(pages[3:] + pages[:3]))
    }


def record_batch(folder: Path, request: pytest.FixtureRequest) -> Scores:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from qualityscore.pipelines.batch import score_batch

    batch = pa.record_batch({"url": list(PAGES), "html": list(PAGES.values())})
    scored = score_batch(batch, Scorer.load(evidence=False))
    return dict(zip(PAGES, scored.column("quality_score").to_pylist(), strict=True))


def scrapy(folder: Path, request: pytest.FixtureRequest) -> Scores:
    pytest.importorskip("scrapy", reason="Scrapy is not installed")
    with serving() as server:
        result = crawl(folder, [f"{server}/{n}" for n in range(len(PAGES))], QUALITYSCORE_WORKERS=2)
    return {url: note["score"] for url, note in scraped(result).items()}


def datatrove(folder: Path, request: pytest.FixtureRequest) -> Scores:
    pytest.importorskip("datatrove", reason="datatrove is not installed")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from qualityscore.pipelines.datatrove import QualityFilter
    from tests.pipelines.test_datatrove import read_rows, write_pages

    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(write_pages(folder / "in", PAGES))),
            QualityFilter(exclusion_writer=JsonlWriter(str(folder / "no")), kind="html"),
            JsonlWriter(str(folder / "yes")),
        ],
        tasks=2,
        workers=2,
        logging_dir=str(folder / "logs"),
    ).run()
    rows = {**read_rows(folder / "yes"), **read_rows(folder / "no")}
    return {url: row["quality_score"] for url, row in rows.items()}


def spark(folder: Path, request: pytest.FixtureRequest) -> Scores:
    session: Any = request.getfixturevalue("spark")
    from qualityscore.pipelines.spark import with_quality_scores

    df = session.createDataFrame(list(PAGES.items()), "url string, html string").repartition(3)
    return {row.url: row.quality_score for row in with_quality_scores(df, url="url").collect()}


@pytest.fixture(scope="module")
def expected() -> Scores:
    scorer = Scorer.load()
    return {url: scorer.score(Page.from_html(html, url)).score for url, html in PAGES.items()}


@pytest.mark.parametrize("door", [score_many, record_batch, scrapy, datatrove, spark])
def test_the_same_score_through_every_door(
    door: Callable[[Path, pytest.FixtureRequest], Scores],
    expected: Scores,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    found = door(tmp_path, request)
    assert found == expected
    assert len({score for score in found.values() if score is not None}) == len(PAGES) - 3
    # No digit is lost on the way: these are binary doubles, not rounded records.
    assert any(
        score is not None and json.dumps(score) != json.dumps(round(score, 6)) for score in found.values()
    )
