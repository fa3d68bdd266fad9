"""The report's table of pages in a browser: sorting, searching, ten thousand rows."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from tests.report.browser import ROWS, Browser, Record, choose, shown, sort, status


def test_the_table_sorts(browser: Browser, one_site: Path) -> None:
    browser.open(one_site)
    scores = shown(browser, "score")
    assert scores == sorted(scores, reverse=True)
    sort(browser, "Words")
    words = shown(browser, "words")
    assert words == sorted(words, reverse=True) and words[0] > words[-1]
    assert browser.js("return document.querySelectorAll('[aria-sort]').length") == 1
    assert browser.text("[aria-sort=descending] .sort") == "Words"
    sort(browser, "Words")
    assert shown(browser, "words") == sorted(shown(browser, "words"))
    sort(browser, "Score")
    sort(browser, "Score")
    assert browser.text("[aria-sort=ascending] .sort") == "Score"
    assert None not in shown(browser, "score"), "pages without a score come last either way"


def test_the_table_searches_and_filters(browser: Browser, one_site: Path, records: list[Record]) -> None:
    browser.open(one_site)
    status(browser, "160 pages")
    choose(browser, "search", "IMPORTANCE seed")
    wanted = [r["source"] for r in records if "Importance of Seed" in r["title"]]
    assert wanted
    status(browser, f"{len(wanted)} of 160 pages")
    assert sorted(shown(browser, "source")) == sorted(wanted)
    choose(browser, "search", "no such page")
    status(browser, "0 of 160 pages")
    assert "No page matches" in browser.text(ROWS)
    browser.click(".controls button[type=reset]")
    status(browser, "160 pages")
    low = sum(r["band"] == "low_quality" and r["site"]["section"] == "guides" for r in records)
    choose(browser, "band", "low_quality")
    choose(browser, "section", "guides")
    status(browser, f"{low} of 160 pages")
    browser.click("#templates .plain")
    framed = sum(r["site"]["template"] == "t1" for r in records)
    status(browser, f"{framed} of 160 pages")


def test_ten_thousand_pages_stay_fluid_and_come_from_files_when_looked_at(
    browser: Browser, many_pages: Path
) -> None:
    browser.requests()
    browser.open(many_pages)
    status(browser, "10,000 pages")
    assert browser.js("return document.querySelectorAll(arguments[0]).length", ROWS) < 80
    started = time.monotonic()
    sort(browser, "Words")
    assert time.monotonic() - started < 1
    assert shown(browser, "words")[0] == 9999
    browser.js("document.querySelector('.table-box').scrollTop = 1e9")
    browser.until("return !!document.querySelector('tr[aria-rowindex=\"10001\"]')")
    assert browser.js("return document.querySelectorAll(arguments[0]).length", ROWS) < 80
    asked = [url for url in browser.requests() if url.endswith(".js")]
    assert [url.rsplit("/", 1)[1] for url in asked] == [f"rows-000{i}.js" for i in range(1, 5)]
    browser.go("#/page/9999")
    last = json.loads((many_pages.parent / "pages.jsonl").read_text().splitlines()[-1])
    assert browser.text("#page-title") == last["title"]
    assert browser.texts(".article-text > p")[0] == last["text"].split("\n")[0]
    asked = browser.requests()
    assert len(asked) == 1 and asked[0].startswith(many_pages.parent.as_uri())
    assert browser.logs() == []


def test_a_page_whose_file_is_missing_says_so(browser: Browser, many_pages: Path, tmp_path: Path) -> None:
    shutil.copy(many_pages, tmp_path)
    browser.open(tmp_path / "report.html")
    assert "keep the folder report_data beside report.html" in browser.text(".empty")
    assert browser.text("h1") == "This site looks mass-produced."
