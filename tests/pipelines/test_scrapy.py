"""The item pipeline in real crawls of a server on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualityscore import ConfigError, Page, Scorer
from tests.pipelines.pages import html_pages
from tests.pipelines.serving import CYRILLIC, ROOT, crawl, scraped, serving

scrapy = pytest.importorskip("scrapy", reason="Scrapy is not installed")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


def test_a_crawl_is_annotated_off_the_reactor(server: str, model_path: Path, tmp_path: Path) -> None:
    pages = html_pages()
    urls = [f"{server}/{n}" for n in range(len(pages))]
    result = crawl(
        tmp_path, [*urls, f"{server}/empty"], QUALITYSCORE_MODEL=str(model_path), QUALITYSCORE_WORKERS=2,
        QUALITYSCORE_QUEUE=5,
    )  # fmt: skip
    found = scraped(result)
    scorer = Scorer.load(model_path, evidence=False)
    wanted = {url: scorer.score(Page.from_html(html, url)) for url, html in pages.items()}
    assert {url: found[url]["score"] for url in pages} == {url: v.score for url, v in wanted.items()}
    assert {url: found[url]["abstained"] for url in pages} == {url: v.abstained for url, v in wanted.items()}
    stats = result["stats"]
    assert result["dropped"] == []
    # Items of other kinds pass untouched.
    assert result["passed"].count({"links": 3}) == len(urls) + 1 == stats["qualityscore/without_content"]
    assert stats["qualityscore/pages"] == len(urls) + 1 == len(found)
    for band in ("ok", "suspect", "low_quality"):
        assert stats.get(f"qualityscore/band/{band}", 0) == sum(v.band == band for v in wanted.values())
    for why in {v.abstained for v in wanted.values() if v.abstained}:
        # The empty page is too short as well.
        expected = sum(v.abstained == why for v in wanted.values()) + (why == "too_short")
        assert stats[f"qualityscore/abstained/{why}"] == expected
    assert 1 < stats["qualityscore/queue_max"] <= 5
    assert "AssertionError" not in result["log"]


def test_bad_pages_are_dropped_with_a_reason(server: str, model_path: Path, tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("[[rule]]\nname = 'box'\nreject = 'trivia_box.boxes_per_1k_words > 2'\n")
    result = crawl(
        tmp_path, [f"{server}/{n}" for n in (0, 1, 40)], QUALITYSCORE_MODEL=str(model_path),
        QUALITYSCORE_ACTION="drop", QUALITYSCORE_RULES=str(tmp_path / "r.toml"), QUALITYSCORE_ON_ABSTAIN="drop",
        # The other kind of event loop.
        TWISTED_REACTOR="twisted.internet.selectreactor.SelectReactor",
    )  # fmt: skip
    assert list(scraped(result)) == ["http://human.example/0"]
    dropped = {row["url"]: row["qualityscore"] for row in result["dropped"]}
    assert dropped["http://farm.example/0"]["reason"] == "rule box"
    assert dropped["http://short.example/"]["abstained"] == "too_short"
    assert result["stats"]["qualityscore/dropped/rule box"] == 1
    assert result["stats"]["qualityscore/dropped/abstained_too_short"] == 1
    assert "qualityscore: rule box, http://farm.example/0" in result["log"]


def test_a_response_brings_its_address_and_encoding(server: str, model_path: Path, tmp_path: Path) -> None:
    result = crawl(
        tmp_path, [f"{server}/koi8"], "response", QUALITYSCORE_MODEL=str(model_path), QUALITYSCORE_CONTENT="page",
        QUALITYSCORE_KIND="html", QUALITYSCORE_RECORD=True,
    )  # fmt: skip
    ((_, note),) = scraped(result).items()
    headers = {"content-type": "text/html; charset=koi8-r"}
    page = Page.from_html(CYRILLIC.encode("koi8-r", "replace"), f"{server}/koi8", headers=headers)
    verdict = Scorer.load(model_path).score(page)
    assert note["score"] == verdict.score
    assert note["record"]["url"] == f"{server}/koi8"
    assert note["record"]["words"] == verdict.words


def test_a_worker_that_is_killed_costs_no_page(server: str, model_path: Path, tmp_path: Path) -> None:
    result = crawl(tmp_path, [f"{server}/{n}" for n in range(30)], "kill", QUALITYSCORE_MODEL=str(model_path))
    found = scraped(result)
    assert len(found) == 30
    assert all(note["score"] is not None and note["error"] is None for note in found.values())
    assert result["stats"]["qualityscore/workers_died"] >= 1


def test_a_page_that_kills_its_worker_has_an_error(server: str, model_path: Path, tmp_path: Path) -> None:
    urls = [f"{server}/{n}" for n in range(3)]
    settings = {"QUALITYSCORE_MODEL": str(model_path), "QUALITYSCORE_QUEUE": 1}
    found = scraped(crawl(tmp_path, urls, "poison", **settings))
    assert found["http://farm.example/1"]["error"] == "the process that scored it died"
    assert found["http://farm.example/0"]["score"] and found["http://human.example/0"]["score"]


def test_items_without_the_field_are_not_lost(server: str, model_path: Path, tmp_path: Path) -> None:
    result = crawl(tmp_path, [f"{server}/0", f"{server}/1"], "item", QUALITYSCORE_MODEL=str(model_path))
    assert sorted(row["url"] for row in result["passed"]) == [
        "http://farm.example/0",
        "http://human.example/0",
    ]
    assert result["stats"]["qualityscore/not_annotated"] == 2
    assert result["log"].count("Page has no field 'qualityscore'") == 1


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ACTION", "delete", "QUALITYSCORE_ACTION must be annotate or drop, not 'delete'"),
        ("RECORD", "maybe", "QUALITYSCORE_RECORD must be True or False"),
    ],
)
def test_settings_are_checked_before_the_crawl(
    model_path: Path, name: str, value: object, message: str
) -> None:
    from scrapy.utils.test import get_crawler

    from qualityscore.pipelines.scrapy import QualityPipeline

    settings = {"QUALITYSCORE_MODEL": str(model_path), f"QUALITYSCORE_{name}": value}
    with pytest.raises(ConfigError, match=message):
        QualityPipeline.from_crawler(get_crawler(settings_dict=settings))


def test_the_example_runs(server: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "examples/pipelines/scrapy_spider.py", server, str(tmp_path / "out.jsonl")],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    scorer = Scorer.load(evidence=False)
    kept = {
        path for n, path in ((0, "/0"), (1, "/1")) if scorer.score(_page(server, n)).band != "low_quality"
    }
    assert {row["url"].removeprefix(server) for row in rows} == {"", *kept}
    assert "qualityscore/pages 3" in run.stdout


def _page(server: str, n: int) -> Page:
    return Page.from_html(list(html_pages().values())[n], f"{server}/{n}")
