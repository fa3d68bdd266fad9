"""How often each character occurs in the article, counted once a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from qualityscore.document import Document, Line
from qualityscore.native import compiled
from qualityscore.signals.counts import per_document


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of the article's lines, without list markers.

    Attributes:
        ascii: how often each of the 128 ASCII characters occurs, and at the end how many others there are.
        total: characters other than white space.
    """

    ascii: Sequence[int]
    total: int

    def count(self, characters: str) -> int:
        """How often any of these ASCII characters occurs."""
        return sum([self.ascii[ord(c)] for c in characters])


@per_document
def characters(doc: Document) -> Characters:
    """The document's `Characters`, computed once."""
    found = _count_characters(doc.ascii, doc.article)
    return Characters(found, sum(found) - sum([found[code] for code in b"\t\n\r "]))


def count_characters_in_python(ascii: npt.NDArray[np.uint8], lines: Sequence[Line]) -> list[int]:
    """How often each of the codes up to 128 occurs in these lines."""
    text = np.concatenate([ascii[:0], *(ascii[line.start : line.end] for line in lines)])
    return cast(list[int], np.bincount(text, minlength=129).tolist())


_compiled = compiled("counting")
_count_characters = count_characters_in_python if _compiled is None else _compiled.count_characters
