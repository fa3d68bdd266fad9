"""When there is no score, and why."""

from __future__ import annotations

from typing import Literal

from qualityscore.document import Document

Abstained = Literal["too_short", "unsupported_language", "not_prose"]

MIN_WORDS = 80
MIN_PROSE_WORDS = 60
# A page under `_ENOUGH_PROSE` words of prose needs at least this share of them among its words:
# home pages and category lists hold a few sentences among many labels.
_MIN_PROSE_SHARE = 0.25
_ENOUGH_PROSE = 300
# Lists of products and of headlines have many short sentences: without one paragraph of this many
# words a page needs a larger share of prose.
_PARAGRAPH = 25
_MIN_PROSE_SHARE_WITHOUT_PARAGRAPH = 0.45
# An article in points has a paragraph and hardly any other prose; half of its words stand in points of at
# least this many words, which the labels, prices and ingredients of lists do not reach.
_POINT = 6
_MIN_SHARE_IN_POINTS = 0.5


def abstention(doc: Document) -> Abstained | None:
    """Why a document gets no score, or ``None`` if it gets one."""
    if doc.n_words < MIN_WORDS:
        return "too_short"
    if doc.language != "en":
        return "unsupported_language"
    prose, share = doc.prose_words, _MIN_PROSE_SHARE
    if prose < MIN_PROSE_WORDS:
        return "not_prose"
    if all(line.n_words < _PARAGRAPH for line in doc.prose):
        share = _MIN_PROSE_SHARE_WITHOUT_PARAGRAPH
    elif prose >= _ENOUGH_PROSE or _in_points(doc):
        return None
    return "not_prose" if prose < share * doc.n_words else None


def _in_points(doc: Document) -> bool:
    words = sum(line.n_words for line in doc.lines if not line.chrome and line.n_words >= _POINT)
    return words >= _MIN_SHARE_IN_POINTS * doc.n_words
