"""``qualityscore audit``: what it reads of single rows and records: dates, addresses, inputs without a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.auditing import Audit, load
from tests.cli.conftest import one_line
from tests.pages import FARM
from tests.sources.warcs import record


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
