"""Scores for Arrow batches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualityscore import ConfigError, MissingExtraError, Page, Rules, Scorer
from tests.pages import CAREFUL, FARM, SHORT, farm_html
from tests.pipelines.pages import BROKEN, engine_scorer

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from qualityscore.pipelines.batch import score_batch, score_fields  # noqa: E402

HTML = [farm_html(), farm_html(CAREFUL), farm_html(SHORT), None]


def batch(values: list[object], kind: object, name: str = "html", **more: list[object]) -> pa.RecordBatch:
    return pa.record_batch({"id": list(range(len(values))), name: pa.array(values, kind), **more})


def test_rows_keep_their_columns_and_get_scores() -> None:
    scorer = engine_scorer(threshold=0.5)
    given = batch(HTML, pa.string())
    scored = score_batch(given, scorer)
    assert scored.schema.names[:2] == ["id", "html"]
    assert scored.select(["id", "html"]) == given
    assert list(scored.schema)[2:] == score_fields()
    rows = scored.to_pylist()
    assert [row["quality_reason"] for row in rows] == ["low_quality", None, None, None]
    assert [row["quality_band"] for row in rows] == ["low_quality", "ok", "abstained", "abstained"]
    assert rows[0]["quality_score"] == scorer.score(Page.from_html(HTML[0] or "")).score
    assert (rows[2]["quality_score"], rows[2]["quality_abstained"]) == (None, "too_short")
    assert (rows[3]["quality_score"], rows[3]["quality_error"]) == (None, "has no content")
    assert "trivia_box" in rows[0]["quality_reasons"]


@pytest.mark.parametrize("kind", ["large_string", "string_view", "dictionary", "binary", "large_binary"])
def test_columns_of_every_type(kind: str) -> None:
    types = {"dictionary": pa.dictionary(pa.int32(), pa.string())}
    values = [v.encode() if v and "binary" in kind else v for v in HTML]
    made = types.get(kind) or getattr(pa, kind)()
    column = pa.array(values).dictionary_encode() if kind == "dictionary" else pa.array(values, made)
    scored = score_batch(pa.record_batch({"html": column}), engine_scorer())
    wanted = score_batch(batch(HTML, pa.string()), engine_scorer())
    assert scored.column("quality_score") == wanted.column("quality_score")


def test_text_that_is_not_utf8_is_decoded_like_bytes() -> None:
    page = farm_html(CAREFUL + "\n\nCaf\u00e9 cr\u00e8me").encode("cp1252")
    unchecked = pa.Array.from_buffers(
        pa.string(),
        1,
        [None, pa.py_buffer(b"\0\0\0\0" + len(page).to_bytes(4, "little")), pa.py_buffer(page)],
    )
    scored = score_batch(pa.record_batch({"html": unchecked}), engine_scorer())
    assert scored.column("quality_score").to_pylist() == [engine_scorer().score(Page.from_html(page)).score]


def test_the_name_of_a_column_tells_its_kind() -> None:
    text = "# Garden\n\n" + FARM
    for name, page in (
        ("text", Page.from_text(text)),
        ("markdown", Page.from_markdown(text)),
        ("body", Page(text)),
    ):
        scored = score_batch(batch([text], pa.string(), name), engine_scorer(), content=name)
        assert scored.column("quality_score").to_pylist() == [engine_scorer().score(page).score]


def test_address_and_content_type_reach_the_page() -> None:
    page = farm_html(CAREFUL + "\n\n\u041f\u0440\u0438\u0432\u0435\u0442").encode("koi8-r", "replace")
    table = batch([page], pa.binary(), link=["http://a.example/x"], type=["text/html; charset=koi8-r"])
    scored = score_batch(table, engine_scorer(), url="link", content_type="type", record=True)
    record = json.loads(scored.column("quality_record")[0].as_py())
    assert record["url"] == "http://a.example/x"
    headers = {"content-type": "text/html; charset=koi8-r"}
    assert record["words"] == engine_scorer().score(Page.from_html(page, headers=headers)).words
    renamed = table.rename_columns(["id", "html", "url", "type"])
    assert json.loads(score_batch(renamed, engine_scorer(), record=True).column("quality_record")[0].as_py())[
        "url"
    ]


def test_rules_fill_their_column(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("[[rule]]\nname = 'cut'\nreject = 'truncated_ending.cut > 0'\n")
    scored = score_batch(batch(HTML, pa.string()), engine_scorer(), rules=Rules.load(tmp_path / "r.toml"))
    assert scored.column("quality_reason").to_pylist() == ["rule cut", None, None, None]


def test_a_broken_row_and_many_rows() -> None:
    values: list[object] = [HTML[n % 4] for n in range(100)]
    values[50] = None
    data = [v.encode() if isinstance(v, str) else v for v in values]
    data[70] = BROKEN
    scored = score_batch(batch(data, pa.binary()), engine_scorer()).to_pylist()  # type: ignore[arg-type]
    assert len(scored) == 100
    assert scored[70]["quality_error"] and scored[69]["quality_score"] is not None
    assert scored[68]["quality_score"] == scored[0]["quality_score"]


def test_the_example_runs(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.Table.from_batches([batch(HTML * 100, pa.string())]), tmp_path / "pages.parquet")
    root = Path(__file__).resolve().parents[2]
    subprocess.run(
        [sys.executable, "examples/pipelines/arrow_batches.py", tmp_path / "pages.parquet", tmp_path / "out.parquet"],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=True, timeout=300,
    )  # fmt: skip
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert len(rows) == 400
    assert rows[396]["quality_score"] == Scorer.load().score(Page.from_html(HTML[0] or "")).score


def test_no_rows() -> None:
    scored = score_batch(batch([], pa.string()), engine_scorer())
    assert scored.num_rows == 0 and scored.num_columns == 2 + len(score_fields())


def test_wrong_columns() -> None:
    table = batch(HTML, pa.string())
    with pytest.raises(ConfigError, match="no column 'text': the columns are id, html"):
        score_batch(table, engine_scorer(), content="text")
    scored = score_batch(table, engine_scorer())
    with pytest.raises(ConfigError, match="a column 'quality_score' already: give another prefix"):
        score_batch(scored, engine_scorer())
    assert "q2_score" in score_batch(scored, engine_scorer(), prefix="q2_").schema.names


def test_metadata_of_the_schema_stays() -> None:
    table = batch(HTML, pa.string())
    table = table.replace_schema_metadata({"origin": "crawl"})
    assert score_batch(table, engine_scorer()).schema.metadata == {b"origin": b"crawl"}


@pytest.mark.parametrize(
    ("door", "library", "message"),
    [
        ("batch", "pyarrow", "pyarrow is not installed: run  pip install 'qualityscore[parquet]'"),
        ("spark", "pyspark", "pyspark is not installed: run  pip install 'qualityscore[spark]'"),
        ("datatrove", "datatrove", "datatrove is not installed: run  pip install 'qualityscore[datatrove]'"),
        (
            "scrapy",
            "scrapy",
            "Scrapy (2.14 or later) is not installed: run  pip install 'qualityscore[scrapy]'",
        ),
    ],
)
def test_without_its_library_a_door_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, door: str, library: str, message: str
) -> None:
    import importlib

    for name in [
        n for n in sys.modules if n == library or n.startswith((library + ".", "qualityscore.pipelines."))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError) as caught:
        importlib.import_module(f"qualityscore.pipelines.{door}")
    assert str(caught.value) == message
