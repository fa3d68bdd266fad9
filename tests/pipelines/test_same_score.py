"""One row, one record: the score to the last digit, address and title are the same through every door."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from qualityscore import Page, Scorer
from qualityscore.sources import read_items
from qualityscore.verdict import Verdict
from tests.pages import CAREFUL, FARM
from tests.pipelines.pages import html_pages
from tests.pipelines.serving import crawl, serving

Records = list[dict[str, Any]]
Door = Callable[[Path, pytest.FixtureRequest], Records]
COLUMNS = ("number", "link", "title", "fetched_at", "format", "content")


def rows() -> list[dict[str, Any]]:
    """Rows as crawlers write them: nothing but the row tells the address and the kind, and of some the title."""
    found: list[dict[str, Any]] = []
    for url, html in html_pages().items():
        body = html if len(found) % 2 else html.replace("<title>", "<i>").replace("</title>", "</i>")
        found.append({"link": url, "format": "html", "content": body})
    for text in (FARM, CAREFUL):
        # Read as plain text, this is another page.
        marked = "\n\n".join(f"- *{p}* [more](/m)" for p in text.split("\n\n"))
        found.append({"link": f"http://md.example/{len(found)}", "format": "markdown", "content": marked})
        found.append(
            {"link": f"http://txt.example/{len(found)}", "format": "text", "content": f"<b>\n{text}"}
        )
    return [
        {**row, "number": str(n), "title": f"  Row {n},\n as stored ", "fetched_at": "2024-05-01T01:02:03Z"}
        for n, row in enumerate(found)
    ]


ROWS = rows()


def pages(folder: Path, request: pytest.FixtureRequest) -> Records:
    # Another order, and batches of other sizes.
    found = [
        Page(row["content"], row["format"], row["link"], row["number"], title=" ".join(row["title"].split()))
        for row in [*ROWS[3:], *ROWS[:3]]
    ]
    verdicts = list(Scorer.load().score_many(reversed(found)))
    return [_whole(v) for v in sorted(verdicts, key=lambda v: int(v.source or 0))]


def _whole(verdict: Verdict) -> dict[str, Any]:
    """The record with all digits of its score."""
    return {**verdict.to_dict(), "score": verdict.score}


def from_files(path: Path) -> Records:
    items = list(read_items([str(path)]))
    assert not any(item.error for item in items)
    return [_whole(v) for v in Scorer.load().score_many(i.page for i in items if i.page is not None)]


def json_lines(folder: Path, request: pytest.FixtureRequest) -> Records:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return from_files(path)


def csv_file(folder: Path, request: pytest.FixtureRequest) -> Records:
    path = folder / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(ROWS)
    return from_files(path)


def record_batch(folder: Path, request: pytest.FixtureRequest) -> Records:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from qualityscore.pipelines.batch import score_batch

    scored = score_batch(pa.RecordBatch.from_pylist(ROWS), Scorer.load(), content="content", record=True)
    return _read(scored.to_pylist())


def scrapy(folder: Path, request: pytest.FixtureRequest) -> Records:
    pytest.importorskip("scrapy", reason="Scrapy is not installed")
    with serving() as server:
        result = crawl(
            folder, [server], "rows", ROWS, QUALITYSCORE_CONTENT="content", QUALITYSCORE_WORKERS=2,
            QUALITYSCORE_RECORD=True,
        )  # fmt: skip
    passed = sorted(result["passed"], key=lambda row: int(row["number"]))
    notes = [row["qualityscore"] for row in passed]
    return [{**note["record"], "score": note["score"]} for note in notes]


def datatrove(folder: Path, request: pytest.FixtureRequest) -> Records:
    pytest.importorskip("datatrove", reason="datatrove is not installed")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from qualityscore.pipelines.datatrove import QualityFilter
    from tests.pipelines.test_datatrove import lines_of

    (folder / "in").mkdir()
    for n in range(2):
        documents = [{"text": "-", "id": row["number"], "metadata": row} for row in ROWS[n::2]]
        (folder / "in" / f"{n}.jsonl").write_text("".join(json.dumps(d) + "\n" for d in documents))
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(folder / "in")),
            QualityFilter(
                Scorer.load(),
                content="content",
                record=True,
                exclusion_writer=JsonlWriter(str(folder / "no")),
            ),
            JsonlWriter(str(folder / "yes")),
        ],
        tasks=2,
        workers=2,
        logging_dir=str(folder / "logs"),
    ).run()
    return _read([row["metadata"] for name in ("yes", "no") for row in lines_of(folder / name)])


def spark(folder: Path, request: pytest.FixtureRequest) -> Records:
    session: Any = request.getfixturevalue("spark")
    from qualityscore.pipelines.spark import with_quality_scores

    df = session.createDataFrame(ROWS, ", ".join(f"{name} string" for name in COLUMNS)).repartition(3)
    scored = with_quality_scores(df, "content", scorer=Scorer.load(), record=True)
    return _read([row.asDict() for row in scored.collect()])


def _read(found: Sequence[dict[str, Any]]) -> Records:
    """The records of an engine's rows, in order, with all digits of the scores; datatrove's NaN is none."""
    rows = sorted(found, key=lambda row: int(row["number"]))
    scores = [None if row["quality_score"] != row["quality_score"] else row["quality_score"] for row in rows]
    return [{**json.loads(r["quality_record"]), "score": s} for r, s in zip(rows, scores, strict=True)]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Records:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    import pyarrow as pa

    path = tmp_path_factory.mktemp("rows") / "rows.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    return _sourceless(from_files(path))


def _sourceless(records: Records) -> Records:
    return [{key: value for key, value in record.items() if key != "source"} for record in records]


@pytest.mark.parametrize("door", [pages, json_lines, csv_file, record_batch, scrapy, datatrove, spark])
def test_the_same_record_through_every_door(
    door: Door, expected: Records, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found = _sourceless(door(tmp_path, request))
    assert [r["score"] for r in found] == [r["score"] for r in expected]
    assert found == expected


def test_the_rows_can_tell_doors_apart(expected: Records) -> None:
    scores = {record["score"] for record in expected} - {None}
    assert len(scores) >= 40
    # No digit is lost on the way: these are binary doubles, not rounded records.
    assert any(json.dumps(score) != json.dumps(round(score, 6)) for score in scores)
    assert [record["url"] for record in expected] == [row["link"] for row in ROWS]
    titles = [record["title"].startswith("Row ") for record in expected]
    assert titles.count(True) > 10 and titles.count(False) > 10
    bare = [verdict.score for verdict in Scorer.load().score_many(Page(row["content"]) for row in ROWS)]
    # Without its row, a page is read as another one.
    assert bare != [record["score"] for record in expected]
