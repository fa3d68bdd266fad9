"""The examples land on their right side, with the shipped model, in every rendering."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualityscore import Page, Scorer, Verdict

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FARMS = {"farm_news_rewrite.txt"}


@pytest.fixture(scope="module")
def shipped() -> Scorer:
    return Scorer.load()


def test_every_example_is_on_its_right_side(shipped: Scorer) -> None:
    paths = sorted(p for p in EXAMPLES.iterdir() if p.suffix in (".txt", ".html", ".md"))
    assert len(paths) >= 4
    assert {p.name for p in paths} >= FARMS
    for path in paths:
        verdict = shipped.score(Page.from_file(path))
        if path.name in FARMS:
            assert verdict.band == "low_quality", (path.name, verdict.score)
        else:
            assert verdict.band == "ok", (path.name, verdict.score)


def renderings(text: str) -> list[Page]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    escaped = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
    html = "<html><body><main>" + "".join(f"<p>{line}</p>" for line in escaped) + "</main></body></html>"
    return [Page.from_text("\n\n".join(lines)), Page.from_html(html), Page.from_text("\n".join(lines))]


def text_part(verdict: Verdict) -> float:
    assert verdict.parts is not None
    return verdict.parts["lexical"] + verdict.parts["signals"]


@pytest.mark.parametrize(
    "name", ["farm_news_rewrite.txt", "careful_article.html", "museum_did_you_know.html"]
)
def test_the_text_part_is_the_same_in_every_rendering(shipped: Scorer, name: str) -> None:
    verdict = shipped.score(Page.from_file(EXAMPLES / name))
    parts = [text_part(shipped.score(page)) for page in renderings(verdict.text)]
    assert parts == pytest.approx([text_part(verdict)] * len(parts), abs=0.02)


def test_markdown_and_its_html_have_one_text_part(shipped: Scorer) -> None:
    from markdown_it import MarkdownIt

    source = (EXAMPLES / "library_faq.md").read_text(encoding="utf-8")
    body = source.split("---", 2)[2]
    html = MarkdownIt().render(body)
    first = shipped.score(Page.from_markdown(source))
    second = shipped.score(Page.from_html(f"<html><body><main>{html}</main></body></html>"))
    third = shipped.score(Page.from_text(first.text))
    assert text_part(second) == pytest.approx(text_part(first), abs=0.02)
    assert text_part(third) == pytest.approx(text_part(first), abs=0.02)


def test_one_sentence_moves_the_score_smoothly(shipped: Scorer) -> None:
    text = (EXAMPLES / "farm_news_rewrite.txt").read_text(encoding="utf-8")
    full = shipped.score(Page.from_text(text)).score
    assert full is not None
    moved = []
    for sentence in [s for s in text.replace("\n", " \n").split(". ") if len(s) > 40][:40]:
        score = shipped.score(Page.from_text(text.replace(sentence + ". ", "", 1))).score
        assert score is not None
        moved.append(abs(score - full))
    assert sorted(moved)[int(0.95 * len(moved))] <= 0.05
