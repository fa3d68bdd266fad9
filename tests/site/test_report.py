"""What a report says: reasons, what was not measured, chrome, summaries, hostile text."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from qualityscore import site_schema
from qualityscore.document.words import find_words
from qualityscore.errors import MissingExtraError
from qualityscore.site import duplicates
from qualityscore.site.patterns import pattern_of, split_unit
from qualityscore.site.reasons import percent
from qualityscore.site.summary import inert, summary
from tests.site.records import analysed, record

HOSTILE = "</script><script>alert(1)</script> [x](javascript:alert(1)) \u202egnp.exe \ud800 | # ::error::"


def many(count: int, text: str = "Page number {} has words.", **fields: Any) -> list[dict[str, Any]]:
    return [record(text.format(i), f"rows:{i}", **fields) for i in range(count)]


def test_reasons_begin_with_what_decides(tmp_path: Path) -> None:
    (site,) = analysed(many(8, score=0.95), tmp_path).report["sites"]
    assert site["band"] == "low_quality"
    assert [r["code"] for r in site["reasons"][:2]] == ["mean_score", "share_low_quality"]
    assert site["reasons"][0]["contribution"] > 0
    assert "8 of 8 scored pages (100 %, 95 % interval 68 % to 100 %)" in site["reasons"][1]["text"]


def test_signals_are_named_for_farms_only(tmp_path: Path) -> None:
    signals = [{"id": "trivia_box", "contribution": 0.7}, {"id": "gone_signal", "contribution": 0.4}]
    (farm,) = analysed(many(6, score=0.95, signals=signals), tmp_path).report["sites"]
    codes = [r["code"] for r in farm["reasons"]]
    assert codes[2:4] == ["signal:trivia_box", "signal:gone_signal"]
    strongest = {"id": "trivia_box", "pages": 6, "share": 1.0, "mean_contribution": 0.7}
    unknown = dict.fromkeys(("feature", "median", "usual", "direction"))
    assert farm["signals"][0] == {**strongest, **unknown}
    (careful,) = analysed(many(6, score=0.01, signals=signals), tmp_path).report["sites"]
    assert not any(r["code"].startswith("signal") for r in careful["reasons"])


def test_pace_bursts_and_odd_dates_are_reasons(tmp_path: Path) -> None:
    rows = [r for d in range(1, 9) for r in many(1, score=0.95, published=f"2024-05-{d:02d}")]
    rows += many(12, score=0.95, published="2024-06-01") + many(1, score=0.95, published="2031-01-01")
    rows += many(2, score=0.95, published="2024-02-31")
    (site,) = analysed(rows, tmp_path, as_of="2024-07-01").report["sites"]
    texts = {r["code"]: r["text"] for r in site["reasons"]}
    assert texts["burst"] == "12 pages are dated 2024-06-01; a usual active day has 1."
    assert texts["future"] == "1 page dated after the day they were taken."
    assert texts["impossible"] == "2 pages with a date that cannot be."
    (site,) = analysed(many(9, score=0.95, published="2024-06-01"), tmp_path).report["sites"]
    assert [r["text"] for r in site["reasons"] if r["code"] == "pace"] == [
        "A usual active day has 9 new pages."
    ]


def test_the_day_pages_were_taken_comes_from_their_headers(tmp_path: Path) -> None:
    rows = many(5, published="2024-05-03", taken="Wed, 01 May 2024 08:00:00 GMT")
    # The day after the crawler's may be the author's today.
    rows += many(2, published="2024-05-02", taken="2024-05-01T23:00:00Z")
    rows += many(3, published="2024-05-02", taken="2024-05-04")
    report = analysed(rows, tmp_path).report
    assert report["as_of"] == "2024-05-04"
    assert report["taken"] == {"pages": 10, "first": "2024-05-01", "last": "2024-05-04"}
    assert report["sites"][0]["cadence"]["future"] == 5
    assert report["sites"][0]["cadence"]["dated"] == 5
    assert any("fetched from 2024-05-01 to 2024-05-04" in line for line in report["method"])
    assert analysed(rows, tmp_path, as_of="2024-05-02").report["sites"][0]["cadence"]["future"] == 5


def test_what_was_not_measured_is_said(tmp_path: Path) -> None:
    rows = many(5, score=0.5) + many(2, score=None, abstained="unsupported_language", language="fr")
    rows += many(1, score=None, abstained="too_short") + many(
        1, score=None, error="cannot be read: gone", text=""
    )
    report = analysed(rows, tmp_path, model={"id": "mine", "version": "1"}).report
    jsonschema.validate(report, site_schema())
    (site,) = report["sites"]
    said = {m["what"]: m["why"] for m in site["not_measured"]}
    assert said["scores of 2 pages"] == "not in English: fr 2"
    assert said["scores of 1 page"] == "too short"
    assert "1 page" in said
    assert "publishing cadence" in said
    assert any("calibrated" in what for what in said)
    assert site["share_corrected"] is None
    assert report["counts"] == {
        "pages": 9, "scored": 5, "abstained": {"too_short": 1, "unsupported_language": 2}, "failed": 1,
        "errors": {"cannot be read: gone": 1},
    }  # fmt: skip


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    rows = [
        record(f"{HOSTILE} {i} words here.", f"rows:{i}", title=f"{HOSTILE} best of {i}", author=HOSTILE)
        for i in range(6)
    ]
    report = analysed(rows, tmp_path).report
    jsonschema.validate(report, site_schema())
    text = summary(report)
    assert "<script>" not in text
    assert not re.search(r"(?<!\\)\]\(", text)
    assert "\u202e" not in text
    assert inert("see https://x.example and www.y.example\n# now") == (
        "see https&#58;//x.example and www&#46;y.example \\# now"
    )


def test_summary_of_many_sites_and_errors(tmp_path: Path) -> None:
    rows = [record("Words.", f"r:{i}", url=f"https://h{i:02d}.example/") for i in range(25)]
    rows += many(1, score=None, error="cannot be read: gone", url="https://h00.example/x")
    report = analysed(rows, tmp_path, complete=False, population=90).report
    text = summary(report)
    assert "5 more sites" in text
    assert "1 × cannot be read: gone" in text
    assert "Interrupted" in text
    assert any("sample of 90" in m for m in report["method"])
    assert any("interrupted" in m for m in report["method"])


def test_the_schema_is_strict(tmp_path: Path) -> None:
    report = analysed(many(6), tmp_path).report
    jsonschema.validate(report, site_schema())
    for change in ({"sites": []}, {"more": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**report, **change}, site_schema())
    broken = copy.deepcopy(report)
    broken["sites"][0]["band"] = "bad"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, site_schema())


def pattern(*units: tuple[str, str]) -> tuple[str, list[str]]:
    """The pattern of texts, each with its fixed words."""
    split = []
    for text, fixed in units:
        starts, ends = find_words(text)
        spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
        split.append(split_unit(text, spans, [text[a:b] in fixed.split() for a, b in spans]))
    return pattern_of(split)


def test_patterns_read_well() -> None:
    assert pattern(("The Importance of Clean Gutters!", "The Importance of")) == (
        "The Importance of {}!", ["Clean Gutters"],
    )  # fmt: skip
    # What all fillers share belongs to the pattern.
    assert pattern(("How Zeal Can Help You", "Can Help You"), ("How Kettles Can Help You", "Can Help You")) == (
        "How {} Can Help You", ["Zeal", "Kettles"],
    )  # fmt: skip
    assert pattern(("Fix a red tap now", "Fix"), ("Fix a blue tap now", "Fix"))[0] == "Fix a {} tap now"
    # A number within a name is no slot.
    assert pattern(("B2B rules in Iowa", "B rules in"))[0] == "B2B rules in {}"
    assert pattern(("word " * 100, "none"))[0] == "{}"
    assert len(pattern(("word " * 100, "word"))[0]) == 200


def test_percent_never_calls_little_none() -> None:
    assert [percent(x) for x in (0, 0.004, 0.05, 0.5, 1)] == ["0 %", "0.4 %", "5.0 %", "50 %", "100 %"]


def test_duplicates_of_pages_without_words(tmp_path: Path) -> None:
    report = analysed(many(4, text="") + many(4, text="Too few words."), tmp_path).report
    assert report["sites"][0]["duplicates"] == []
    empty = np.empty(0, dtype=np.uint64)
    assert duplicates.jaccard(empty, empty) == 1.0


def test_exact_copies_are_one_set(tmp_path: Path) -> None:
    body = " ".join(f"word{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(80)) + "."
    report = analysed([record(body, f"r:{i}") for i in range(50)], tmp_path).report
    (found,) = report["sites"][0]["duplicates"]
    assert (found["kind"], len(found["pages"]), found["similarity"]) == ("near_duplicate", 50, 1.0)


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "datasketch", None)
    with pytest.raises(MissingExtraError, match="audit"):
        analysed(many(3), tmp_path)
