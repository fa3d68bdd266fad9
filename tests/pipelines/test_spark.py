"""Scores as columns, on a real cluster of two worker processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qualityscore import ConfigError, Page, Rules, Scorer
from tests.pages import CAREFUL, FARM, SHORT, farm_html, small_model
from tests.pipelines.counting import CountingScorer
from tests.pipelines.pages import BROKEN, engine_scorer, html_pages
from tests.sources.warcs import member, record, response

pytest.importorskip("pyspark", reason="pyspark is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from qualityscore.pipelines.batch import score_fields
from qualityscore.pipelines.spark import with_quality_scores


def frame(spark: Any, rows: list[tuple[Any, ...]], schema: str) -> Any:
    return spark.createDataFrame(rows, schema)


def test_columns_are_added(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("[[rule]]\nname = 'cut'\nreject = 'truncated_ending.cut > 0'\n")
    rows = [(1, farm_html()), (2, farm_html(CAREFUL)), (3, farm_html(SHORT)), (4, None)]
    scored = with_quality_scores(
        frame(spark, rows, "id long, html string"),
        scorer=engine_scorer(),
        rules=Rules.load(tmp_path / "r.toml"),
    )
    assert scored.columns == ["id", "html", *[field.name for field in score_fields()]]
    found = {row.id: row for row in scored.collect()}
    assert [found[n].html for n in (1, 2, 3, 4)] == [html for _, html in rows]
    assert found[1].quality_score == engine_scorer().score(Page.from_html(farm_html())).score
    assert "trivia_box" in found[1].quality_reasons
    assert [found[n].quality_reason for n in (1, 2)] == ["rule cut", None]
    assert (found[3].quality_score, found[3].quality_abstained) == (None, "too_short")
    assert found[4].quality_error == "has no content"


def test_binary_pages_with_headers_and_records(spark: Any) -> None:
    page = farm_html(CAREFUL + "\n\n\u041f\u0440\u0438\u0432\u0435\u0442").encode("koi8-r", "replace")
    header = "text/html; charset=koi8-r"
    rows = [("http://a.example/", header, page), ("http://b.example/", None, BROKEN)]
    scored = with_quality_scores(
        frame(spark, rows, "link string, type string, body binary"), "body", scorer=engine_scorer(), url="link",
        content_type="type", kind="html", record=True, keep_content=False, prefix="q_",
    )  # fmt: skip
    assert scored.columns == ["link", "type", *[f.name for f in score_fields(record=True, prefix="q_")]]
    good, bad = sorted(scored.collect(), key=lambda row: str(row.link))
    verdict = engine_scorer().score(
        Page.from_html(
            page, "http://a.example/", source="http://a.example/", headers={"content-type": header}
        )
    )
    assert good.q_score == verdict.score
    assert json.loads(good.q_record) == json.loads(verdict.to_json())
    assert bad.q_error and bad.q_score is None


def test_the_model_goes_once_to_each_worker(spark: Any, tmp_path: Path) -> None:
    scorer = CountingScorer(small_model(), evidence=False)
    scorer.folder = str(tmp_path)
    pages = list(html_pages().items())
    df = frame(spark, pages, "url string, html string").repartition(12)
    scored = with_quality_scores(df, scorer=scorer)
    assert scored.where("quality_score is not null").count() == len(pages) - 3
    assert scored.where("quality_band = 'abstained'").count() == 3
    workers = [path.name.partition("-")[0] for path in tmp_path.iterdir()]
    # 24 tasks on two executors with one Python worker each.
    assert len(workers) == len(set(workers))
    assert 1 <= len(workers) <= 2


def test_the_shipped_model_is_the_default(spark: Any) -> None:
    df = frame(spark, [(FARM,)], "text string")
    (row,) = with_quality_scores(df, "text").collect()
    assert row.quality_score == Scorer.load().score(Page.from_text(FARM)).score


def test_mistakes_are_told_before_anything_runs(spark: Any) -> None:
    df = frame(spark, [(1, "x")], "id long, html string")
    scorer = engine_scorer()
    with pytest.raises(ConfigError, match="no column 'body': the columns are id, html"):
        with_quality_scores(df, "body", scorer=scorer)
    with pytest.raises(ConfigError, match="no column 'link'"):
        with_quality_scores(df, url="link", scorer=scorer)
    with pytest.raises(ConfigError, match="'id' must be string or binary, not id:bigint"):
        with_quality_scores(df, "id", scorer=scorer)
    with pytest.raises(ConfigError, match="a column 'quality_score' already"):
        with_quality_scores(df.withColumnRenamed("id", "quality_score"), scorer=scorer)
    with pytest.raises(ConfigError, match="kind must be one of"):
        with_quality_scores(df, kind="pdf", scorer=scorer)  # type: ignore[arg-type]


def test_the_example_runs(spark: Any, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    root = Path(__file__).resolve().parents[2]
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    run = subprocess.run(
        [sys.executable, "examples/pipelines/spark_scores.py", "examples", str(tmp_path / "out")],
        cwd=root, env=environment, capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    table = pq.read_table(tmp_path / "out")
    bands = {Path(row["path"]).name: row["quality_band"] for row in table.to_pylist()}
    assert bands.pop("farm_news_rewrite.txt") == "low_quality"
    assert set(bands.values()) == {"ok"} and len(bands) == 3


def test_the_common_crawl_example_runs(spark: Any, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    root = Path(__file__).resolve().parents[2]
    good = member(response(farm_html(CAREFUL).encode(), uri="http://a.example/"))
    request = member(record(b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"))
    (tmp_path / "a.warc.gz").write_bytes(
        request + good + member(response(farm_html().encode(), uri="http://b.example/"))
    )
    (tmp_path / "b.warc.gz").write_bytes(good[: len(good) // 2])
    (tmp_path / "paths.txt").write_text(f"{tmp_path / 'a.warc.gz'}\n{tmp_path / 'b.warc.gz'}\n")
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    run = subprocess.run(
        [sys.executable, "examples/pipelines/spark_common_crawl.py", str(tmp_path / "paths.txt"), str(tmp_path / "out")],
        cwd=root, env=environment, capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    rows = {row["record"]: row for row in pq.read_table(tmp_path / "out").to_pylist()}
    assert rows.pop(f"{tmp_path / 'b.warc.gz'}:1")["quality_error"] == "compressed data ends early"
    scorer = Scorer.load(evidence=False)
    wanted = {
        f"{tmp_path / 'a.warc.gz'}:{n}": scorer.score(Page.from_html(html.encode(), url)).score
        for n, html, url in (
            (2, farm_html(CAREFUL), "http://a.example/"),
            (3, farm_html(), "http://b.example/"),
        )
    }
    assert {name: row["quality_score"] for name, row in rows.items()} == wanted
