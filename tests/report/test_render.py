"""The renderer: what lands where, how large, and that the same files give the same bytes."""

from __future__ import annotations

import copy
import json
import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from qualityscore.errors import ConfigError
from qualityscore.report import render
from qualityscore.report.records import MAX_TEXT, MAX_TITLE, ROW_FIELDS, SignalIndex, page_entry, parse
from qualityscore.report.render import FOLDER, MAX_MAIN, MAX_MAIN_PAGES
from tests.report.make import write_files
from tests.report.test_page import HOSTILE, Scripts

Record = dict[str, Any]


def blocks(report: Path) -> dict[str, Any]:
    """The data in the main file by id."""
    parser = Scripts()
    parser.feed(report.read_text("utf-8"))
    return {str(attrs["id"]): json.loads(text) for attrs, text in parser.found if "id" in attrs}


def shard(path: Path) -> Any:
    text = path.read_text("utf-8")
    assert text.isascii() and "<" not in text
    match = re.fullmatch(r"QS\.(?:rowsArrived|arrived)\(\d+,(.*)\);\n", text, re.DOTALL)
    assert match
    return json.loads(match[1])


def rows_of(report: Path) -> list[dict[str, Any]]:
    found = blocks(report)["rows"]
    for path in sorted((report.parent / FOLDER).glob("rows-*.js")):
        found += shard(path)
    return [dict(zip(ROW_FIELDS, row, strict=True)) for row in found]


def details_of(report: Path) -> list[Any]:
    known = blocks(report)
    details = []
    for number, chunk in enumerate(known["report"]["chunks"]):
        name = f"pages-{number:04d}"
        part = known[name] if chunk["inside"] else shard(report.parent / FOLDER / f"{name}.js")
        assert (chunk["first"], chunk["count"]) == (len(details), len(part))
        details += part
    return details


def test_a_small_site_is_one_file(one_site: Path, records: list[Record]) -> None:
    assert not (one_site.parent / FOLDER).exists()
    assert one_site.stat().st_size < MAX_MAIN
    rows, details = rows_of(one_site), details_of(one_site)
    assert [r["source"] for r in rows] == [r["source"] for r in records]
    assert [r["score"] for r in rows] == [r["score"] for r in records]
    assert [d["text"] for d in details] == [r["text"] for r in records]
    head = one_site.read_text("utf-8").split("<body>")[0]
    assert "file:" not in head and "https:" not in head


def test_spans_quote_the_evidence_and_contributions_sum_to_the_score(
    one_site: Path, records: list[Record]
) -> None:
    signals = blocks(one_site)["report"]["signals"]
    quoted = 0
    for record, detail in zip(records, details_of(one_site), strict=True):
        known = {s["id"]: s for s in record["signals"]}
        total = detail["others"][1]
        for place, contribution, spans, *_ in detail["signals"]:
            original = known[signals[place]["id"]]
            assert contribution == original["contribution"]
            assert signals[place]["why"] and signals[place]["limits"]
            total += contribution
            expected = [e["text"] for e in original["evidence"] if e["where"] == "text"]
            cut = [detail["text"][a:b] for a, b, _ in spans]
            assert all(got.startswith(want[:-1]) for got, want in zip(cut, expected, strict=True))
            quoted += len(cut)
        if record["parts"]:
            assert total == pytest.approx(record["parts"]["signals"] + record["parts"]["page"], abs=1e-3)
    assert quoted > 1000


def test_offsets_become_those_of_javascript() -> None:
    text = "😀 ab 😀 cd \ud800 ef"
    record = {
        "text": text, "title": "t", "words": 3, "signals": [{
            "id": "a_signal", "contribution": 1.0, "evidence": [
                {"where": "text", "start": text.index(w), "end": text.index(w) + 2, "text": w, "note": ""}
                for w in ("ab", "cd", "ef")]}],
    }  # fmt: skip
    _, detail = page_entry(record, SignalIndex())
    units = text.encode("utf-16-le", "surrogatepass")
    cut = [units[2 * a : 2 * b].decode("utf-16-le") for a, b, _ in detail["signals"][0][2]]
    assert cut == ["ab", "cd", "ef"]


def test_hostile_text_stays_data(records: list[Record], tmp_path: Path) -> None:
    record = copy.deepcopy(records[0])
    for key in ("title", "text", "url", "source", "error"):
        record[key] = HOSTILE
    record["signals"][0]["id"] = HOSTILE
    record["site"]["section"] = record["site"]["host"] = HOSTILE
    record["title"] = HOSTILE + "x" * 5_000_000
    write_files(tmp_path, [record], version=HOSTILE, meaning=HOSTILE)
    report = render(tmp_path)
    text = report.read_text("utf-8")
    assert report.stat().st_size < 1_000_000
    parser = Scripts()
    parser.feed(text)
    assert "<script>alert" not in text
    assert all(set(attrs) <= {"id", "type"} for attrs, _ in parser.found)
    (row,) = rows_of(report)
    assert len(row["title"]) == MAX_TITLE and row["title"].startswith(HOSTILE)
    (detail,) = details_of(report)
    assert detail["text"] == HOSTILE and detail["title_chars"] == len(HOSTILE) + 5_000_000


def test_many_pages_go_to_files_beside_it_and_leftovers_of_a_longer_report_go(
    records: list[Record], tmp_path: Path
) -> None:
    slim = [{**r, "lexical": [], "signals": [], "text": r["text"][:300]} for r in records]
    many = [
        {**slim[i % 160], "source": f"row:{i}", "text": f"{i} {slim[i % 160]['text']}"}
        for i in range(2 * MAX_MAIN_PAGES + 300)
    ]
    report = render(write_files(tmp_path, many))
    assert report.stat().st_size <= MAX_MAIN
    assert "file:" in report.read_text("utf-8").split("<body>")[0]
    known = blocks(report)
    assert len(known["rows"]) == MAX_MAIN_PAGES
    assert sum(c["count"] for c in known["report"]["chunks"] if c["inside"]) <= MAX_MAIN_PAGES
    assert known["report"]["row_files"] == 2
    assert [r["source"] for r in rows_of(report)] == [f"row:{i}" for i in range(len(many))]
    assert [d["text"] for d in details_of(report)] == [r["text"] for r in many]
    (report.parent / FOLDER / "mine.txt").write_text("kept")
    before = report.read_bytes()
    assert render(tmp_path).read_bytes() == before
    render(write_files(tmp_path, many[:50]))
    assert [p.name for p in (tmp_path / FOLDER).iterdir()] == ["mine.txt"]


def test_the_main_file_stays_small_whatever_the_pages_hold(records: list[Record], tmp_path: Path) -> None:
    nasty = "<" * 60_000
    many = [
        {**records[0], "text": nasty, "title": nasty, "url": nasty, "source": f"{i}" + nasty, "lexical": []}
        for i in range(300)
    ]
    report = render(write_files(tmp_path, many))
    assert report.stat().st_size <= MAX_MAIN
    assert len(rows_of(report)) == len(details_of(report)) == 300


def test_memory_does_not_grow_with_the_pages(records: list[Record], tmp_path: Path) -> None:
    record = {**records[0], "text": "word " * 4000, "lexical": [], "signals": []}
    write_files(tmp_path, [record])
    peaks = []
    for pages in (400, 1200):
        (tmp_path / "pages.jsonl").write_text((json.dumps(record) + "\n") * pages)
        tracemalloc.start()
        render(tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # 800 more pages hold 16 MB; what grows is the rows, and those only up to the first 2,000.
    assert peaks[1] - peaks[0] < 5e6 and peaks[0] < 20e6


def test_broken_lines_are_counted_and_named(records: list[Record], tmp_path: Path) -> None:
    write_files(tmp_path, records[:3])
    with (tmp_path / "pages.jsonl").open("ab") as stream:
        stream.write(b'{"title": \n[]\n\n{"signals": [7]}\n{"title": "a \xff b", "signals": []}\n')
    known = blocks(render(tmp_path))["report"]
    assert known["broken"] == {"count": 3, "lines": [4, 5, 7]}
    assert known["pages"] == 4


def test_lone_surrogates_survive_either_way_of_writing_them() -> None:
    assert parse(b'{"a": "\\ud800"}') == {"a": "\ud800"}
    assert parse('{"a": "\ud800"}'.encode("utf-8", "surrogatepass")) == {"a": "\ud800"}


def test_long_texts_are_cut_and_say_so() -> None:
    record = {
        "text": "x" * (MAX_TEXT + 5), "signals": [{"id": "s", "contribution": 1, "evidence": [
            {"where": "text", "start": MAX_TEXT, "end": MAX_TEXT + 2, "text": "xx", "note": "late"}]}],
    }  # fmt: skip
    _, detail = page_entry(record, SignalIndex())
    assert (len(detail["text"]), detail["chars"]) == (MAX_TEXT, MAX_TEXT + 5)
    assert detail["signals"][0][2:4] == [[], [["text", "xx", "late"]]]


def test_a_site_with_endless_lists_is_cut_and_says_what_is_missing(
    records: list[Record], tmp_path: Path
) -> None:
    write_files(tmp_path, records[:20])
    site = json.loads((tmp_path / "site.json").read_text())
    big = {
        "id": "t1",
        "kind": "title",
        "pattern": "p" * 2000,
        "pages": 3,
        "share": 0.1,
        "slots": [],
        "examples": [],
    }
    site["sites"][0]["templates"] = [big] * 3000
    site["sites"] *= 10
    (tmp_path / "site.json").write_text(json.dumps(site))
    report = render(tmp_path)
    assert report.stat().st_size <= MAX_MAIN
    said = blocks(report)["report"]["left_out"]
    assert any(s.startswith("Templates: ") for s in said)
    assert len(blocks(report)["site"]["sites"]) == 10


def test_of_very_many_sites_the_verdicts_stay_longest(records: list[Record], tmp_path: Path) -> None:
    write_files(tmp_path, records[:6])
    site = json.loads((tmp_path / "site.json").read_text())
    for count, kept in ((300, 300), (2000, 500)):
        (tmp_path / "site.json").write_text(json.dumps({**site, "sites": site["sites"] * count}))
        known = blocks(render(tmp_path))
        shown = known["site"]["sites"]
        assert len(shown) >= kept
        assert all(s["score"] == site["sites"][0]["score"] and len(s["histogram"]) == 20 for s in shown)
        missing = count - len(shown)
        assert (f"Sites: {missing:,} more are in site.json only" in known["report"]["left_out"]) == (
            missing > 0
        )


@pytest.mark.parametrize(
    ("site", "pages", "says"),
    [
        (None, "", "no site.json"),
        ('{"sites": []}', None, "no pages.jsonl"),
        ("{", "", "is not JSON"),
        ('{"sites": 3}', "", "lists no sites"),
    ],
)
def test_files_that_are_missing_or_wrong_are_named_in_one_line(
    site: str | None, pages: str | None, says: str, tmp_path: Path
) -> None:
    for name, text in (("site.json", site), ("pages.jsonl", pages)):
        if text is not None:
            (tmp_path / name).write_text(text)
    with pytest.raises(ConfigError, match=says):
        render(tmp_path)
