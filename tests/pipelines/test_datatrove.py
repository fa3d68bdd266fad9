"""The filter in real datatrove runs."""

from __future__ import annotations

import gzip
import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qualityscore import ConfigError, Page, Scorer
from tests.pages import CAREFUL, FARM, SHORT, farm_html
from tests.pipelines.pages import engine_scorer, html_pages

pytest.importorskip("datatrove", reason="datatrove is not installed")

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader, WarcReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter

from qualityscore.pipelines.datatrove import QualityFilter


def write_pages(folder: Path, pages: dict[str, Any], files: int = 2) -> Path:
    folder.mkdir()
    rows = [{"text": html, "id": str(n), "url": url} for n, (url, html) in enumerate(pages.items())]
    for n in range(files):
        lines = [json.dumps({**row, "metadata": {}}) for row in rows[n::files]]
        (folder / f"{n}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def lines_of(folder: Path) -> list[dict[str, Any]]:
    lines = b"".join(
        gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.jsonl.gz"))
    ).splitlines()
    return [json.loads(line) for line in lines]


def read_rows(folder: Path) -> dict[str, dict[str, Any]]:
    return {row["metadata"]["url"]: row["metadata"] for row in lines_of(folder)}


def stats_of(folder: Path) -> dict[str, Any]:
    steps = json.loads((folder / "stats.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(step["stats"] for step in steps if "qualityscore" in step["name"])
    return found


def total(value: Any) -> float:
    return float(value["total"] if isinstance(value, dict) else value)


def test_a_run_with_two_processes(tmp_path: Path) -> None:
    pages = {**html_pages(), "http://null.example/": ""}
    step = QualityFilter(
        engine_scorer(threshold=0.5),
        on_abstain="drop",
        exclusion_writer=JsonlWriter(str(tmp_path / "rejected")),
    )
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(write_pages(tmp_path / "in", pages))),
            step,
            JsonlWriter(str(tmp_path / "kept")),
        ],
        tasks=2,
        workers=2,
        logging_dir=str(tmp_path / "logs"),
    ).run()
    kept, rejected = read_rows(tmp_path / "kept"), read_rows(tmp_path / "rejected")
    verdicts = {
        url: engine_scorer(threshold=0.5).score(Page(html, "auto", url)) for url, html in pages.items()
    }
    # The reader leaves empty texts out.
    del verdicts["http://null.example/"]
    assert {url for url, v in verdicts.items() if v.band in ("ok", "suspect")} == set(kept)
    assert {url for url, v in verdicts.items() if v.band in ("low_quality", "abstained")} == set(rejected)
    assert kept and rejected
    for url, row in {**kept, **rejected}.items():
        assert row["quality_score"] == verdicts[url].score
    for url, row in rejected.items():
        why = verdicts[url].abstained
        assert row["filter_reason"] == (f"abstained_{why}" if why else "low_quality")
    stats = stats_of(tmp_path / "logs")
    scored = [v for v in verdicts.values() if v.score is not None]
    assert total(stats["total"]) == len(verdicts)
    assert total(stats["forwarded"]) == len(kept)
    assert total(stats["dropped_low_quality"]) == sum(v.band == "low_quality" for v in scored)
    assert stats["score"]["n"] == len(scored)
    assert total(stats["score"]) == pytest.approx(sum(v.score or 0.0 for v in scored))


def test_warc_records_are_html(tmp_path: Path) -> None:
    records = b""
    for n, html in enumerate((farm_html(), farm_html(CAREFUL))):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{n}\r\n"
            f"WARC-Date: 2024-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:0000000{n}-0000-4000-8000-000000000000>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        records += gzip.compress(head.encode() + body + b"\r\n\r\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.warc.gz").write_bytes(records)
    pytest.importorskip("warcio", reason="datatrove's WARC reader needs warcio")
    LocalPipelineExecutor(
        pipeline=[WarcReader(str(tmp_path / "in")), QualityFilter(engine_scorer(), record=True),
                  JsonlWriter(str(tmp_path / "kept"))],
        logging_dir=str(tmp_path / "logs"),
    ).run()  # fmt: skip
    rows = read_rows(tmp_path / "kept")
    verdict = engine_scorer().score(Page.from_html(farm_html(CAREFUL), "http://a.example/1"))
    assert rows["http://a.example/1"]["quality_score"] == verdict.score
    assert json.loads(rows["http://a.example/1"]["quality_record"])["parts"]["page"] == 0.0


def test_metadata_have_one_type_for_the_parquet_writer(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    pages = {"http://short.example/": SHORT, "http://farm.example/": FARM, "http://careful.example/": CAREFUL}
    LocalPipelineExecutor(
        pipeline=[JsonlReader(str(write_pages(tmp_path / "in", pages, 1))),
                  QualityFilter(engine_scorer(threshold=1.0)),
                  ParquetWriter(str(tmp_path / "kept"), expand_metadata=True, batch_size=1)],
        logging_dir=str(tmp_path / "logs"),
    ).run()  # fmt: skip
    (path,) = (tmp_path / "kept").glob("*.parquet")
    rows = parquet.read_table(path).to_pylist()
    assert [row["quality_abstained"] for row in rows] == ["too_short", "", ""]
    assert math.isnan(rows[0]["quality_score"])
    assert rows[1]["quality_score"] == engine_scorer().score(Page(FARM)).score
    assert rows[1]["quality_reasons"].startswith("trivia_box")


def test_rules_and_errors_decide(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("[[rule]]\nname = 'box'\nreject = 'trivia_box.boxes_per_1k_words > 2'\n")
    step = QualityFilter(engine_scorer(), content="page", kind="text", rules=tmp_path / "r.toml")
    docs = [Document("", str(n), metadata={"page": page}) for n, page in enumerate((FARM, CAREFUL, SHORT))]
    assert step.filter_batch([*docs, Document("", "4")]) == [
        (False, "rule box"),
        True,
        True,
        (False, "error"),
    ]
    assert docs[0].metadata["quality_reason"] == "rule box"
    keeping = QualityFilter(engine_scorer(), on_error="keep", content="page")
    bad = Document("", "5")
    assert keeping.filter(bad) is True
    assert bad.metadata["quality_error"] == "has no content"


def test_the_default_is_the_shipped_model() -> None:
    step = QualityFilter()
    assert step.scorer.model.id == Scorer.load().model.id
    assert not step.scorer.evidence


def test_settings_are_checked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="kind must be one of"):
        QualityFilter(engine_scorer(), kind="pdf")
    with pytest.raises(ConfigError, match="on_error must be keep or drop"):
        QualityFilter(engine_scorer(), on_error="no")
    with pytest.raises(ConfigError, match="cannot read"):
        QualityFilter(engine_scorer(), rules=str(tmp_path / "none.toml"))


def test_the_example_runs(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "examples/pipelines/datatrove_filter.py", "examples", str(tmp_path)],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    assert "4 pages: 3 kept, 1 rejected" in run.stdout
