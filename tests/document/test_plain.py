"""Plain text, and telling which kind a page is."""

from __future__ import annotations

import pytest

from qualityscore.document import Page, build_document
from qualityscore.document.plain import parse_text, sniff, unwrap

PARAGRAPH = """\
We walked to the old mill by the river and asked the miller how
the stones are dressed, since nobody in the village could tell us
any more. She laughed and fetched a pick, a brush and a long rule
from the shed behind the wheel."""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>x", "html"),
        ("  <!-- saved --> <html><body>x", "html"),
        ('<?xml version="1.0"?><html>x', "html"),
        ("<p>a</p><p>b</p><div>c</div>", "html"),
        ("---\ntitle: x\n---\ntext", "markdown"),
        ("# Mill\n\nSee [this](https://example.org).", "markdown"),
        ("```\ncode\n```\n\n## Mill", "markdown"),
        ("# Mill\n\nplain text", "text"),
        ("A line with ** a star and a <b>.", "text"),
        ("", "text"),
    ],
)
def test_sniff(text: str, kind: str) -> None:
    assert sniff(text) == kind
    assert build_document(Page(text)).kind == kind


def test_a_text_stays_as_it_is() -> None:
    text = "Mill\n\n  We went there. \n\nThen home."
    parsed = parse_text(text)
    assert (parsed.text, parsed.blocks, parsed.chars) == (text, (), len(text))


def test_hard_wrapped_paragraphs_are_joined() -> None:
    text = f"{PARAGRAPH}\n\n{PARAGRAPH}\n\nShort end."
    joined = unwrap(text)
    assert len(joined) == len(text)
    assert joined == text.replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n")
    assert len(build_document(Page(text, "text")).lines) == 3


@pytest.mark.parametrize(
    "text",
    [
        # Lines of a list could have held the next line's first word.
        "\n".join(["Two bags of rye flour and a small sack of oats", "A loaf of bread, four rolls and a cake for the way home",
                   "Butter from the farm shop beside the old bridge", "Nothing else was left when we came to the counter there"]),
        PARAGRAPH,
        "short\nlines\nof a poem\n\nand more\nof it\nhere",
    ],
)  # fmt: skip
def test_lists_poems_and_single_paragraphs_are_not(text: str) -> None:
    twice = text if text == PARAGRAPH else f"{text}\n\n{text}"
    assert unwrap(twice) == twice


def test_the_first_short_line_is_the_title() -> None:
    assert (
        build_document(Page("The old mill\n\nWe went there on foot and came back by bus.", "text")).meta.title
        == "The old mill"
    )
    assert build_document(Page("We went there on foot and came back by bus.", "text")).meta.title == ""
