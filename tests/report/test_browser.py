"""The report in a browser, opened from disk."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from qualityscore import all_signals
from qualityscore.report import render
from tests.report.browser import ROWS, Browser, Record, status
from tests.report.make import site_entry, write_files

HOSTILE = "<script>window.hacked=1</script><img src=x onerror='window.hacked=2'>"


def test_it_opens_without_an_error_and_asks_for_nothing_else(browser: Browser, one_site: Path) -> None:
    browser.requests()
    browser.open(one_site)
    browser.go("#/page/3")
    browser.go("#/pair/0/0")
    browser.until("return document.querySelectorAll('.pair-side').length === 2")
    assert browser.logs() == []
    asked = [url for url in browser.requests() if url != "about:blank"]
    assert asked and {url.split("#")[0] for url in asked} == {one_site.as_uri()}


def test_the_verdict_comes_first_in_plain_words(browser: Browser, one_site: Path) -> None:
    browser.open(one_site)
    assert browser.text("h1") == "This site looks mass-produced."
    assert browser.text(".scale .figure") == "0.97"
    site = json.loads((one_site.parent / "site.json").read_text())["sites"][0]
    reasons = browser.texts(".reasons li > div:first-child")
    assert reasons == [r["text"].replace("{}", "… (slot) ") for r in site["reasons"]]
    assert len(browser.texts("figure .plot svg")) == 6
    assert [int(n) for n in browser.texts("figure:first-of-type tbody td.n")] == site["histogram"]


def test_the_page_view_marks_the_evidence_and_each_mark_explains_itself(
    browser: Browser, one_site: Path, records: list[Record]
) -> None:
    browser.open(one_site)
    number = max(range(len(records)), key=lambda i: records[i]["score"] or 0)
    record = records[number]
    browser.click(f"{ROWS} a[href='#/page/{number}']")
    browser.until("return !!document.getElementById('page-title')")
    assert browser.text("h1#page-title") == record["title"]
    assert browser.js("return document.activeElement.id") == "page-title"
    assert "\n".join(browser.texts(".article-text > p")) == "\n".join(
        line for line in record["text"].split("\n") if line.strip()
    )
    passages = {
        (e["start"], e["end"]): e["text"]
        for s in record["signals"]
        for e in s["evidence"]
        if e["where"] == "text"
    }
    pieces = browser.js(
        "const by = {}; for (const m of document.querySelectorAll('.article-text mark'))"
        "for (const id of m.dataset.marks.split(' ')) by[id] = (by[id] || '') + m.textContent;"
        "return Object.values(by)"
    )
    assert pieces and set(pieces) == {text.replace("\n", "") for text in passages.values()}
    browser.click(".article-text mark .mark")
    known = {s.title: s for s in all_signals().values()}
    titles = browser.texts(".explains .card h3")
    explained = browser.text(".explains")
    assert titles
    for title in titles:
        assert known[title].why in explained and known[title].limits in explained
    assert browser.js("return document.querySelectorAll('mark.lit').length") > 0
    total = sum(record["parts"].values())
    assert browser.text(".chart tfoot .n") == f"{total:+.2f}"
    bars = [float(n.replace("−", "-")) for n in browser.texts(".chart tbody .n")]
    assert sum(bars) == pytest.approx(total, abs=0.12)
    browser.js("history.back()")
    browser.until("return document.getElementById('detail').hidden")
    status(browser, "160 pages")


def test_near_duplicates_stand_side_by_side_with_the_differing_words_marked(
    browser: Browser, one_site: Path, records: list[Record]
) -> None:
    browser.open(one_site, "#/pair/0/0")
    browser.until("return document.querySelectorAll('.pair-side').length === 2")
    pages = [r for r in records if r["site"]["duplicate"] == "d1"]
    other = next(i for i, r in enumerate(pages) if r["title"] != pages[0]["title"])
    browser.js(
        "const e = document.querySelector('select[name=right]'); e.value = arguments[0];"
        "e.dispatchEvent(new Event('change'))",
        str(other),
    )
    browser.until(
        "return document.querySelectorAll('.pair-side h2')[1].textContent === arguments[0]",
        pages[other]["title"],
    )
    for side, page in enumerate((pages[0], pages[other])):
        marked = browser.texts(f".pair-side:nth-of-type({side + 1}) mark")
        assert page["title"].removeprefix("Garden Services in ") in marked
        assert len(" ".join(marked).split()) < 0.5 * len(page["text"].split())
    assert "of the words on the left" in browser.text(".pair [role=status]")


def test_hostile_text_is_shown_as_text(browser: Browser, records: list[Record], tmp_path: Path) -> None:
    record = copy.deepcopy(records[0])
    record["title"] = HOSTILE + "t" * 5_000_000
    record["text"] = f"{HOSTILE}\n</script><b>bold</b> \ud800 broken \u2028 {{}}\n{record['text']}"
    record["url"] = "javascript:window.hacked=3"
    record["signals"][0]["evidence"] = [
        {"where": "text", "start": 0, "end": len(HOSTILE), "text": HOSTILE, "note": HOSTILE},
        {"where": "markup", "start": None, "end": None, "text": HOSTILE, "note": HOSTILE},
    ]
    for key in ("section", "author", "host"):
        record["site"][key] = HOSTILE
    second = {**records[1], "source": HOSTILE, "site": {**records[1]["site"], "host": HOSTILE}}
    entry = site_entry(HOSTILE, [record, second])
    entry["templates"] = [
        {"id": HOSTILE, "kind": HOSTILE, "pattern": f"{HOSTILE} {{}}", "pages": 2, "share": 1.0, "slots": [HOSTILE],
         "examples": [{"source": HOSTILE, "text": HOSTILE}]}
    ]  # fmt: skip
    entry["reasons"] = [{"code": "x", "text": HOSTILE, "contribution": 1.0}]
    entry["duplicates"] = [{"id": "d", "kind": HOSTILE, "pattern": HOSTILE, "similarity": 0.9, "pages": [
        {"source": record["source"], "title": HOSTILE, "host": HOSTILE},
        {"source": HOSTILE, "title": HOSTILE, "host": HOSTILE}]}]  # fmt: skip
    report = render(
        write_files(
            tmp_path, [record, second], sites=[entry], method=[HOSTILE], inputs=[HOSTILE], version=HOSTILE
        )
    )
    browser.requests()
    browser.open(report)
    assert HOSTILE in browser.text(".reasons") and HOSTILE in browser.text("#method")
    assert browser.js("return document.querySelectorAll('img, b, iframe, main script').length") == 0
    browser.go("#/page/0")
    lines = browser.texts(".article-text > p")
    assert lines[0] == HOSTILE and lines[1].startswith("</script><b>bold</b> ")
    assert browser.text("#page-title").startswith(HOSTILE) and len(browser.text("#page-title")) == 200
    assert "The title has 5,000," in browser.text(".note")
    assert (
        browser.js("return [...document.links].filter(a => !/^(file|https):/.test(a.protocol)).length") == 0
    )
    browser.click(".article-text mark .mark")
    assert HOSTILE in browser.text(".explains")
    browser.go("#/pair/0/0")
    browser.until("return document.querySelectorAll('.pair-side').length === 2")
    assert browser.js("return document.querySelectorAll('img, b, iframe, main script').length") == 0
    assert browser.js("return window.hacked") is None
    assert browser.logs() == []
    assert {url.split("#")[0] for url in browser.requests()} - {"about:blank"} == {report.as_uri()}


def test_even_a_script_that_got_in_would_not_run(browser: Browser, one_site: Path) -> None:
    browser.open(one_site)
    browser.js(
        "const s = document.createElement('script'); s.textContent = 'window.hacked = 4'; document.body.append(s)"
    )
    browser.js(
        "const i = document.createElement('img'); i.src = 'https://example.com/x.png'; document.body.append(i)"
    )
    assert browser.js("return window.hacked") is None
    assert len([line for line in browser.logs() if "Content Security Policy" in line]) == 2


def test_several_sites_begin_with_an_overview(browser: Browser, two_sites: Path) -> None:
    browser.open(two_sites)
    assert browser.text("h1") == "2 sites: 1 looks mass-produced, 1 does not look mass-produced."
    assert browser.texts(".hosts tbody th") == ["gardenwisdomhub.example", "lowerferry-notes.example"]
    status(browser, "200 pages")
    browser.click(".hosts tbody tr:nth-child(2) a")
    browser.until(
        "return document.querySelector('h1').textContent === 'This site does not look mass-produced.'"
    )
    status(browser, "40 pages")
    assert "No templates found" in browser.text("#templates")
    browser.go("#/pair/cross/0")
    browser.until("return document.querySelectorAll('.pair-side').length === 2")
    assert browser.logs() == []


def test_empty_states_say_what_is_missing_and_that_it_means_nothing(
    browser: Browser, records: list[Record], tmp_path: Path
) -> None:
    bare = [{**r, "site": {**r["site"], "date": None, "month": None, "section": None, "author": None,
                           "template": None, "duplicate": None}} for r in records if r["score"] is None][:3]  # fmt: skip
    browser.open(render(write_files(tmp_path, bare)))
    assert browser.text("h1") == "There is not enough to say about this site."
    for part in ("No page has a score", "No dates", "No sections to compare", "No templates found",
                 "No near-duplicates found", "No signals to name"):  # fmt: skip
        assert any(part in text for text in browser.texts(".empty")), part
    browser.go("#/page/0")
    assert "too short; a score would say nothing" in browser.text("#detail .empty")
    assert browser.violations() == []
    browser.open(render(write_files(tmp_path, [])))
    assert browser.text("h1") == "There is nothing to report."
    assert browser.logs() == []


def test_the_keyboard_reaches_rows_marks_and_the_theme(browser: Browser, one_site: Path) -> None:
    from selenium.webdriver import ActionChains, Keys

    browser.open(one_site)
    browser.js("document.querySelector(arguments[0]).focus()", f"{ROWS} a")
    ActionChains(browser.driver).send_keys(Keys.ARROW_DOWN * 30).perform()
    assert browser.js("return document.activeElement.closest('tr').getAttribute('aria-rowindex')") == "32"
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    browser.until("return !!document.getElementById('page-title')")
    browser.js("document.querySelector('.mark[tabindex=\"0\"]')?.focus()")
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    assert browser.texts(".explains .card")
    before = browser.js("return getComputedStyle(document.body).backgroundColor")
    browser.js("document.getElementById('theme').focus()")
    ActionChains(browser.driver).send_keys(Keys.SPACE).send_keys(Keys.SPACE).perform()
    assert browser.js("return document.documentElement.dataset.theme") == "dark"
    assert browser.js("return getComputedStyle(document.body).backgroundColor") != before
    browser.js("localStorage.clear()")


def test_it_prints(browser: Browser, many_pages: Path) -> None:
    browser.open(many_pages)
    browser.js("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.js("return document.querySelectorAll(arguments[0]).length", ROWS) == 100
    assert "Printed are the first 100 of 10,000 pages" in browser.text("#pages")
    browser.js("window.dispatchEvent(new Event('afterprint'))")
    pdf = browser.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]
    assert len(pdf) > 50_000


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_violation(browser: Browser, one_site: Path, two_sites: Path, dark: bool) -> None:
    browser.open(one_site, dark=dark)
    assert browser.violations() == []
    browser.click("#templates summary")
    browser.click("#signals summary")
    browser.go("#/page/2")
    browser.click(".article-text mark .mark")
    assert browser.violations() == []
    browser.go("#/pair/0/0")
    browser.until("return document.querySelectorAll('.pair-side').length === 2")
    assert browser.violations() == []
    browser.open(two_sites, dark=dark, width=480)
    assert browser.violations() == []
    assert browser.js("return document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
    browser.js(
        "const p = document.createElement('p'); p.textContent = 'hard to read'; p.style.color = '#777';"
        "p.style.background = '#888'; document.querySelector('#home section').append(p)"
    )
    assert [v.split(":")[0] for v in browser.violations()] == ["color-contrast"], "axe looks at all"
