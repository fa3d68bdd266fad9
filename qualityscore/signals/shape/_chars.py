"""How often each character occurs in the article, counted once a document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualityscore.document import Document
from qualityscore.signals.shape._words import per_document


@dataclass(frozen=True, slots=True)
class Characters:
    """The article's text without list markers, and its ASCII characters counted.

    Attributes:
        text: article lines joined by newlines.
        ascii: how often each ASCII character occurs, shape (128,).
        total: characters other than white space.
    """

    text: str
    ascii: npt.NDArray[np.int64]
    total: int

    def count(self, characters: str) -> int:
        """How often any of these ASCII characters occurs."""
        return int(self.ascii[[ord(c) for c in characters]].sum())


@per_document
def characters(doc: Document) -> Characters:
    """The document's `Characters`, computed once."""
    folded = doc.folded
    text = "\n".join([folded[line.start : line.end] for line in doc.article])
    plain = np.frombuffer(text.encode("ascii", "ignore"), dtype=np.uint8)
    found = np.bincount(plain, minlength=128).astype(np.int64)
    blank = int(found[[9, 10, 13, 32]].sum())
    return Characters(text, found, max(len(text) - blank, 0))
