"""How often each character occurs in the article, counted once a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualityscore.document import Document
from qualityscore.signals.counts import per_document


@dataclass(frozen=True, slots=True)
class Characters:
    """The article's text without list markers, and its ASCII characters counted.

    Attributes:
        text: article lines joined by newlines.
        ascii: how often each of the 128 ASCII characters occurs.
        total: characters other than white space.
    """

    text: str
    ascii: Sequence[int]
    total: int

    def count(self, characters: str) -> int:
        """How often any of these ASCII characters occurs."""
        return sum([self.ascii[ord(c)] for c in characters])


@per_document
def characters(doc: Document) -> Characters:
    """The document's `Characters`, computed once."""
    folded = doc.folded
    text = "\n".join([folded[line.start : line.end] for line in doc.article])
    plain = np.frombuffer(text.encode("ascii", "ignore"), dtype=np.uint8)
    found = np.bincount(plain, minlength=128).tolist()
    blank = sum([found[code] for code in b"\t\n\r "])
    return Characters(text, found, max(len(text) - blank, 0))
