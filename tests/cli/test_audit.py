"""``qualityscore audit``: files, exit codes, resuming, sampling, comparing, annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from qualityscore import record_schema, site_schema
from qualityscore.cli import audit_run
from qualityscore.reader import Reader
from tests.cli.auditing import FILES, Audit, load, rows_of
from tests.cli.conftest import Cli, one_line
from tests.pages import CAREFUL, JAPANESE

ROOT = Path(__file__).resolve().parents[2]


def test_an_audit_leaves_its_files_and_they_are_valid(audit: Audit, pages: Path, tmp_path: Path) -> None:
    result = audit(pages, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.name in FILES) == FILES
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.is_file()) == FILES
    assert "careful.example: does not look like a content farm (probability" in result.stdout
    report = load(tmp_path / "out")
    jsonschema.validate(report, site_schema())
    sites = {site["host"]: site for site in report["sites"]}
    assert set(sites) == {"farm.example", "careful.example"}
    farm, careful = sites["farm.example"], sites["careful.example"]
    assert (farm["pages"], careful["pages"], careful["abstained"]) == (8, 7, 1)
    assert farm["score"] > 0.9 > 0.1 > careful["score"]
    assert farm["band"] == "low_quality"
    assert farm["cadence"]["dated"] == 8
    assert careful["cadence"]["dated"] == 0
    assert "farm.example: low quality" in result.stdout
    record = record_schema()
    for row in rows_of(tmp_path / "out"):
        notes = row.pop("site")
        assert {"host", "section", "author", "date", "month", "template", "duplicate"} <= set(notes)
        jsonschema.validate(row, record)


def test_the_same_input_gives_the_same_bytes(audit: Audit, pages: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert audit(pages, "-o", tmp_path / name).exit_code == 0
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_table_has_the_pages(audit: Audit, pages: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    audit(pages, "-o", tmp_path / "out")
    table = parquet.read_table(tmp_path / "out" / "pages.parquet").to_pylist()
    assert [(r["url"], r["score"]) for r in table] == [
        (r["url"], r["score"]) for r in rows_of(tmp_path / "out")
    ]


def test_interrupted_then_resumed_is_the_same_report(
    audit: Audit, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, whole = tmp_path / "out", tmp_path / "whole"
    scored = audit_run._scored

    def interrupted(*args: Any) -> Any:
        for number, row in enumerate(scored(*args)):
            if number == 9:
                raise KeyboardInterrupt
            yield row

    monkeypatch.setattr(audit_run, "_scored", interrupted)
    first = audit(pages, "-o", out)
    assert first.exit_code == 130
    assert "--resume goes on" in first.stderr
    assert load(out)["complete"] is False
    assert len(rows_of(out)) == 9
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert "unfinished audit" in one_line(audit(pages, "-o", out))
    # A killed process leaves half a row.
    with (out / "pages.partial.jsonl").open("ab") as file:
        file.write(b'{"source": "rows')
    scores: list[int] = []
    parse = Reader.parse
    monkeypatch.setattr(Reader, "parse", lambda self, *a: (scores.append(1), parse(self, *a))[1])
    second = audit(pages, "-o", out, "--resume")
    assert second.exit_code == 0
    assert len(scores) == 15 - 9
    assert audit(pages, "-o", whole).exit_code == 0
    for name in FILES:
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def test_resuming_needs_the_same_run(
    audit: Audit, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def broken(*_: Any) -> Any:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(audit_run, "_scored", broken)
    assert audit(pages, "-o", out).exit_code == 130
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    result = audit(pages, "-o", out, "--resume", "--threshold", "0.4")
    assert result.exit_code == 2
    assert "threshold" in one_line(result)
    assert audit(pages, "-o", out, "--overwrite", "--threshold", "0.4").exit_code == 0
    # Nothing to go on with: begin.
    assert audit(pages, "-o", out, "--resume").exit_code == 0
    assert len(rows_of(out)) == 15


def test_max_pages_and_sample(audit: Audit, pages: Path, tmp_path: Path) -> None:
    audit(pages, "-o", tmp_path / "few", "--max-pages", 3)
    assert [r["url"] for r in rows_of(tmp_path / "few")] == [
        f"https://farm.example/hoses/{i}.html" for i in range(3)
    ]
    audit(pages, "-o", tmp_path / "sample", "--sample", 7)
    report = load(tmp_path / "sample")
    assert report["population"] == 15
    assert any("sample of 15" in sentence for sentence in report["method"])
    sampled = [r["site"]["host"] for r in rows_of(tmp_path / "sample")]
    assert len(sampled) == 7
    assert sampled.count("farm.example") == 4
    audit(pages, "-o", tmp_path / "all", "--sample", 99)
    assert load(tmp_path / "all")["population"] is None


def test_json_is_the_report(audit: Audit, pages: Path, tmp_path: Path) -> None:
    result = audit(pages, "-o", tmp_path / "out", "--format", "json")
    assert json.loads(result.stdout) == load(tmp_path / "out")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "out"], "no input"),
        (["pages"], "-o DIR"),
        (["nowhere", "-o", "out"], "no such file"),
        (["empty", "-o", "out"], "no pages in this folder"),
        (["pages", "-o", "out", "--fail-above", "many"], "--fail-above takes a count"),
        (["pages", "-o", "out", "--fail-above", "120%"], "--fail-above takes a count"),
        (["pages", "-o", "out", "--as-of", "yesterday"], "--as-of takes a day"),
        (["pages", "-o", "out", "--resume", "--overwrite"], "either --resume or --overwrite"),
        (["pages", "-o", "out", "--sample", "5", "--max-pages", "5"], "either --max-pages or --sample"),
        (
            ["pages", "-o", "out", "--threshold", "0.5", "--max-fpr", "0.01"],
            "either --threshold or --max-fpr",
        ),
        (["-", "-o", "out", "--sample", "5"], "standard input can be read once"),
    ],
)
def test_wrong_use_is_one_line(audit: Audit, words: list[str], message: str) -> None:
    for name in ("pages", "empty"):
        Path(name).mkdir()
    Path("pages/a.txt").write_text(CAREFUL, encoding="utf-8")
    result = audit(*words)
    assert result.exit_code == 2
    assert message in one_line(result)
    assert not Path("out").exists()


def test_one_page_or_ten_languages_are_not_enough(audit: Audit, tmp_path: Path) -> None:
    one = tmp_path / "one"
    one.mkdir()
    (one / "a.txt").write_text(CAREFUL, encoding="utf-8")
    for i in range(9):
        (one / f"b{i}.txt").write_text(JAPANESE, encoding="utf-8")
    result = audit(one, "-o", tmp_path / "out")
    assert result.exit_code == 0
    (site,) = load(tmp_path / "out")["sites"]
    assert (site["band"], site["score"], site["scored"]) == ("not_enough", None, 1)
    assert "Not enough to say: 1 of 10 pages has a score" in site["reasons"][0]["text"]
    assert {"what": "scores of 9 pages", "why": "not in English: ja 9"} in site["not_measured"]
    assert "not enough to say" in result.stdout


def test_extras_are_named_when_they_are_missing(
    audit: Audit, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_run, "find_spec", lambda name: None)
    assert "pip install 'qualityscore[audit]'" in one_line(audit(pages, "-o", "out"))


def test_the_example_site(cli: Cli, tmp_path: Path) -> None:
    result = cli("audit", ROOT / "examples" / "site", "-o", tmp_path / "out")
    assert result.exit_code == 0
    (site,) = load(tmp_path / "out")["sites"]
    assert site["host"] == "fenwick-home-hints.example"
    assert (site["pages"], site["band"]) == (12, "low_quality")
    patterns = {t["pattern"]: t["pages"] for t in site["templates"]}
    assert patterns["The Importance of Clean {}"] == 5
    kinds = {d["kind"]: len(d["pages"]) for d in site["duplicates"]}
    assert kinds == {"doorway": 4, "near_duplicate": 2}
