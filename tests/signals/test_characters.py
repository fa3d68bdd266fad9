"""Characters and words of the article are counted in its lines, without what stands between them."""

from __future__ import annotations

import pytest

from qualityscore import Page, build_document
from qualityscore.signals.shape._chars import characters
from qualityscore.signals.shape.symbol_share import symbol_share

SENTENCE = "The river was low and the boats lay on the mud for most of that summer."
ENDINGS = ("", "...", "......", "\u2026", "....", ". . .", "\ud800...", "#", "# ...#\u2026")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("marker", ["", "# ", "* ", "1. "])
def test_symbols_of_the_lines_alone(marker: str, ending: str) -> None:
    doc = build_document(Page.from_text(f"{SENTENCE}\n\n{marker}{SENTENCE}{ending}\n\n...\n\n{SENTENCE}"))
    text = "\n".join(doc.folded[line.start : line.end] for line in doc.article)
    symbols = text.count("#") + text.count("...") + text.count("\u2026")
    assert symbol_share(doc).values == {"symbols_per_word": symbols / doc.n_words}
    found = characters(doc)
    assert found.total == len(text) - sum(map(text.count, "\t\n\r "))
    assert found.count(".,") == text.count(".") + text.count(",")


def test_a_page_without_lines() -> None:
    found = characters(build_document(Page.from_text(" \n ")))
    assert (found.total, sum(found.ascii)) == (0, 0)
