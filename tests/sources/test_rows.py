"""What rows say beside the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualityscore import Page, Scorer
from qualityscore.sources import read_items
from tests.pages import CAREFUL

FRONT = "---\ntitle: A walk\nauthor: Jo\ntags: [hills, rain]\n---\n\n"


def pages(path: Path, *rows: dict[str, object]) -> list[Page]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return [item.page for item in read_items([str(path)]) if item.page is not None]


@pytest.mark.parametrize("field", ["text", "markdown", "content"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_metadata_in_any_field(scorer: Scorer, tmp_path: Path, field: str, end: str) -> None:
    (page,) = pages(tmp_path / "in.jsonl", {field: (FRONT + CAREFUL).replace("\n", end)})
    verdict, plain = scorer.score(page), scorer.score(Page.from_text(CAREFUL))
    assert (verdict.title, verdict.words) == ("A walk", plain.words)
    assert verdict.meta is not None and verdict.meta.author == "Jo"
    assert "hills" not in verdict.text
    assert verdict.score == pytest.approx(plain.score, abs=0.02)


def test_lines_of_dashes_are_no_front_matter(scorer: Scorer, tmp_path: Path) -> None:
    first = "We walked on to the mill before noon and counted nine herons by the weir."
    (page,) = pages(tmp_path / "in.jsonl", {"text": f"---\n{first}\n---\n{CAREFUL}"})
    assert first in scorer.score(page).text


def test_a_row_names_a_page_that_has_no_title_itself(scorer: Scorer, tmp_path: Path) -> None:
    html = "<p>" + "</p><p>".join(CAREFUL.splitlines()) + "</p>"
    rows: list[dict[str, object]] = [
        {"html": html, "title": " The  mill\n\ud800"}, {"html": f"<title>Own</title>{html}", "title": "Row"},
        {"text": CAREFUL, "title": "Row"}, {"text": CAREFUL, "title": 7}, {"text": "\0\1\2" * 50, "title": "Bad"},
    ]  # fmt: skip
    verdicts = [scorer.score(page) for page in pages(tmp_path / "in.jsonl", *rows)]
    assert [v.title for v in verdicts] == ["The mill \ufffd", "Own", "Row", "", "Bad"]
    # What others call a page is no evidence about it.
    assert verdicts[0].score == scorer.score(Page.from_html(html)).score
    assert verdicts[2].score == verdicts[3].score
