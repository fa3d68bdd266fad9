"""``qualityscore audit``: files, exit codes, resuming, sampling, comparing, annotations."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import Result

from qualityscore import record_schema, site_schema
from qualityscore.cli import audit_run
from qualityscore.cli.audit_limit import FailAbove
from qualityscore.cli.audit_output import command
from qualityscore.errors import ConfigError
from qualityscore.scorer import Scorer
from tests.cli.conftest import Cli, one_line
from tests.pages import CAREFUL, FARM, JAPANESE, SHORT
from tests.sources.warcs import record

ROOT = Path(__file__).resolve().parents[2]
FILES = ["pages.jsonl", "pages.parquet", "report.html", "site.json", "summary.md"]
Audit = Callable[..., Result]


@pytest.fixture
def audit(cli: Cli, model_path: Path) -> Audit:
    """Run an audit with the small model."""

    def run(*args: object, **settings: object) -> Result:
        return cli("audit", *args, "--model", model_path, **settings)

    return run


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Rows of two hosts: farm pages, careful ones, and some that get no score."""
    rows: list[dict[str, Any]] = []
    for i in range(8):
        text = FARM.replace("Garden Hoses", f"Garden Tool{'abcdefgh'[i]} Hoses")
        rows.append(
            {"url": f"https://farm.example/hoses/{i}.html", "text": text, "date": f"2024-05-0{i + 1}"}
        )
    for i in range(6):
        rows.append({"url": f"https://www.careful.example/notes/{i}.html", "text": f"{CAREFUL}\n\nPage {i}."})
    rows += [{"url": "https://careful.example/short.html", "text": SHORT}]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def load(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "site.json").read_text(encoding="utf-8"))
    return report


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()]


def test_an_audit_leaves_its_files_and_they_are_valid(audit: Audit, pages: Path, tmp_path: Path) -> None:
    result = audit(pages, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.name in FILES) == FILES
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.is_file()) == FILES
    report = load(tmp_path / "out")
    jsonschema.validate(report, site_schema())
    sites = {site["host"]: site for site in report["sites"]}
    assert set(sites) == {"farm.example", "careful.example"}
    farm, careful = sites["farm.example"], sites["careful.example"]
    assert (farm["pages"], careful["pages"], careful["abstained"]) == (8, 7, 1)
    assert farm["score"] > 0.9 > 0.1 > careful["score"]
    assert farm["band"] == "low_quality"
    assert "careful.example: does not look like a content farm (probability" in result.stdout
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
    read = Scorer._read
    monkeypatch.setattr(Scorer, "_read", lambda self, *a: (scores.append(1), read(self, *a))[1])
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


@pytest.mark.parametrize(
    ("limit", "code"), [("7", 1), ("8", 0), ("0", 1), ("50%", 1), ("0.7", 0), ("100%", 0)]
)
def test_fail_above(audit: Audit, pages: Path, tmp_path: Path, limit: str, code: int) -> None:
    assert audit(pages, "-o", tmp_path / "out", "--fail-above", limit).exit_code == code


def test_annotations_name_files_and_cannot_be_forged(
    audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.chdir(tmp_path)
    for i in range(5):
        (site / f"farm{i}.txt").write_text(FARM, encoding="utf-8")
    (site / "bad.html").write_bytes(b"\0\1\2\3" * 500)
    result = audit("site", "-o", tmp_path / "out", "--format", "github")
    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert sum(line.startswith("::error file=site/farm") for line in lines) == 5
    assert sum(line.startswith("::warning file=site/bad.html,title=not scored::") for line in lines) == 1
    assert lines[-1].startswith("::notice title=audit of site::")
    forged = command("error", "a,b:c.html", "t\n::error::x", "50%\n::error::y")
    assert forged == "::error file=a%2Cb%3Ac.html,title=t%0A%3A%3Aerror%3A%3Ax::50%25%0A::error::y"


def test_json_is_the_report(audit: Audit, pages: Path, tmp_path: Path) -> None:
    result = audit(pages, "-o", tmp_path / "out", "--format", "json")
    assert json.loads(result.stdout) == load(tmp_path / "out")


def test_compare(audit: Audit, cli: Cli, pages: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in pages.read_text(encoding="utf-8").splitlines()]
    rows[0]["text"] = CAREFUL  # better
    rows[9]["text"] = FARM  # worse
    rows[10]["text"] = SHORT
    rows[14] = {"url": "https://farm.example/new.html", "text": FARM}
    later = tmp_path / "later.jsonl"
    later.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    old, new = tmp_path / "old", tmp_path / "new"
    audit(pages, "-o", old)
    audit(later, "-o", new)
    result = cli("audit", "--compare", old, new, "--format", "json")
    found = json.loads(result.stdout)
    assert {k: [r["page"].rsplit("/", 1)[1] for r in found[k]] for k in ("worse", "better", "new", "gone", "score_lost")} == {
        "worse": ["1.html"], "better": ["0.html"], "new": ["new.html"], "gone": ["short.html"], "score_lost": ["2.html"],
    }  # fmt: skip
    assert found["unchanged"] == 11
    assert cli("audit", "--compare", old, new, "--fail-above", "1").exit_code == 1
    assert cli("audit", "--compare", old, new, "--fail-above", "2").exit_code == 0
    text = cli("audit", "--compare", old, new).stdout
    assert "worse 1, better 1, new 1, gone 1" in text
    assert "farm.example: low quality 100.0 % -> " in text
    github = cli("audit", "--compare", old, new, "--format", "github").stdout.splitlines()
    assert [line.split("::")[2].split(", ")[1] for line in github] == ["was ok", "a new page"]
    same = cli("audit", "--compare", old, old).stdout
    assert "worse 0, better 0, new 0, gone 0" in same


def test_folders_that_moved_compare_by_path(audit: Audit, cli: Cli, tmp_path: Path) -> None:
    first = tmp_path / "build-1"
    (first / "a").mkdir(parents=True)
    (first / "a" / "x.txt").write_text(CAREFUL, encoding="utf-8")
    shutil.copytree(first, tmp_path / "build-2")
    for name in ("build-1", "build-2"):
        audit(tmp_path / name, "-o", tmp_path / f"of-{name}")
    found = json.loads(
        cli("audit", "--compare", tmp_path / "of-build-1", tmp_path / "of-build-2", "--format", "json").stdout
    )
    assert found["unchanged"] == 1
    assert [site["host"] for site in found["sites"]] == ["build-2"]


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


def test_compare_stands_alone_and_needs_audits(cli: Cli, tmp_path: Path) -> None:
    assert "two folders" in one_line(cli("audit", "--compare", "a", "b", "-o", "out"))
    assert "holds no audit" in one_line(cli("audit", "--compare", tmp_path, tmp_path))
    for text, message in (("{", "damaged"), ("[]", "not the report")):
        (tmp_path / "site.json").write_text(text, encoding="utf-8")
        assert message in one_line(cli("audit", "--compare", tmp_path, tmp_path))


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


def test_limits() -> None:
    assert FailAbove.parse(None) is None
    for text, wanted in (
        ("3", FailAbove(count=3)),
        ("5%", FailAbove(share=0.05)),
        ("1.0", FailAbove(share=1.0)),
    ):
        assert FailAbove.parse(text) == wanted
    with pytest.raises(ConfigError):
        FailAbove.parse("-1")
    assert not FailAbove(share=0.0).exceeded(0, 0)


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


def test_the_crawl_date_of_a_record_is_no_day_of_publication(audit: Audit, tmp_path: Path) -> None:
    def page(number: int, published: str) -> bytes:
        meta = f'<meta property="article:published_time" content="{published}">' if published else ""
        body = f"<html><head>{meta}<title>Page {number}</title></head><body><p>{FARM}</p></body></html>"
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
        return record(block, uri=f"https://farm.example/{number}", date=f"2024-05-0{number}T10:00:00Z")

    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(page(1, "") + page(2, "2024-05-03") + page(3, "2024-05-08") + page(9, "2024-05-08"))
    assert audit(crawl, "-o", tmp_path / "out").exit_code == 0
    report = load(tmp_path / "out")
    assert report["taken"] == {"pages": 4, "first": "2024-05-01", "last": "2024-05-09"}
    cadence = report["sites"][0]["cadence"]
    assert (cadence["dated"], cadence["undated"], cadence["future"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("fields", "dated", "taken"),
    [
        ({"date": "2024-05-01"}, 1, None),
        ({"date": "2024-05-01", "dump": "CC-MAIN-2024-18"}, 0, "2024-05-01"),
        ({"fetched_at": "2024-05-01T01:02:03Z"}, 0, "2024-05-01"),
    ],
)
def test_which_dates_of_a_row_are_the_crawler_s(
    audit: Audit, tmp_path: Path, fields: dict[str, str], dated: int, taken: str | None
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"url": "https://a.example/x", "text": FARM, **fields}), encoding="utf-8")
    audit(rows, "-o", tmp_path / "out")
    report = load(tmp_path / "out")
    assert report["sites"][0]["cadence"]["dated"] == dated
    assert report["as_of"] == taken


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nothing.jsonl", b"", "the file is empty"),
        ("page.html", b"", "the file is empty"),
        ("addresses.txt", b"", "the file is empty"),
        ("nothing.csv", b"url,text\n", "there is no page in it"),
        ("crawl.warc", record(b"GET / HTTP/1.1\r\n\r\n", "request"), "there is no page in it"),
    ],
)
def test_an_input_without_a_page_is_one_line(
    audit: Audit, pages: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = audit(tmp_path / name, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert told in one_line(result)
    beside = audit(tmp_path / name, pages, "-o", tmp_path / "out")
    assert beside.exit_code == 3
    assert load(tmp_path / "out")["counts"]["failed"] == 1


def test_a_broken_record_keeps_its_address(audit: Audit, pages: Path, tmp_path: Path) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Cut short"
    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(record(body, uri="https://a.example/broken", length=9_999))
    assert audit(crawl, pages, "-o", tmp_path / "out").exit_code == 3
    lines = (tmp_path / "out" / "pages.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["error"]
    assert json.loads(lines[0])["url"] == "https://a.example/broken"


def test_a_file_is_no_folder_for_the_report(audit: Audit, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("mine", encoding="utf-8")
    told = one_line(audit(pages, "-o", out))
    assert told.endswith("report.html is a file: -o takes the folder for the report")
    assert out.read_text(encoding="utf-8") == "mine"
