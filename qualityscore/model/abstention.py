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


def abstention(doc: Document) -> Abstained | None:
    """Why a document gets no score, or ``None`` if it gets one."""
    if doc.n_words < MIN_WORDS:
        return "too_short"
    if doc.language != "en":
        return "unsupported_language"
    prose = doc.prose_words
    if prose < MIN_PROSE_WORDS or (prose < _ENOUGH_PROSE and prose < _MIN_PROSE_SHARE * doc.n_words):
        return "not_prose"
    return None
