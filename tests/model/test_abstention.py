"""Which pages get no score."""

from __future__ import annotations

import pytest

from qualityscore import Page, build_document
from qualityscore.model.abstention import abstention

_PARAGRAPH = (
    "Winter is hard on an old pump, and it pays to look after yours before the first frost comes, "
    "while the ground is still soft and the spare parts are in stock at the shop."
)
_OPENING = f"{_PARAGRAPH}\n\n{_PARAGRAPH}\n\n"
_POINTS = "Turn the valve at the back to the left\nLet the water run out of the lower tap\n"
_LABELS = "Brass valve 12 mm\nCopper pipe, bent\nSpare washers\nGarden tap, short\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (_OPENING + _POINTS * 20, None),
        (_OPENING + _LABELS * 40, "not_prose"),
        # Headlines one below another, without a paragraph.
        (_POINTS * 30, "not_prose"),
    ],
    ids=["article in points", "products under a paragraph", "headlines"],
)
def test_points_are_an_article_and_labels_are_a_list(text: str, reason: str | None) -> None:
    assert abstention(build_document(Page.from_text(text))) == reason
