"""What the words of a document add up to, counted once a document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qualityscore.document import Document
from qualityscore.native import compiled
from qualityscore.signals.counts import Counts, counts, per_document
from qualityscore.signals.spelling import EASY, NUMBER, STOP


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of words, and of what is in them.

    Attributes:
        all_spelled: words of the article that are no numbers.
        letters: characters of these.
        words: words of prose; all that follows is of prose, too.
        spelled: words that are no numbers.
        stops: stop words among these.
        syllables: of all words.
        unfamiliar: words outside the Dale-Chall list.
        difficult: unfamiliar words of three syllables or more.
    """

    all_spelled: int
    letters: int
    words: int
    spelled: int
    stops: int
    syllables: int
    unfamiliar: int
    difficult: int


_compiled = compiled("counting")


@per_document
def tally(doc: Document) -> Tally:
    """The document's `Tally`, computed once."""
    c = counts(doc)
    if _compiled is None:
        return tally_in_python(c)
    return Tally(*_compiled.tally(c.info, c.prose.view(np.uint8), NUMBER, STOP, EASY))


def tally_in_python(c: Counts) -> Tally:
    """The same without the compiled loop."""
    spelled = ~c.has(NUMBER)
    info, syllables = c.info[c.prose], c.syllables[c.prose]
    unfamiliar = (info & EASY) == 0
    return Tally(
        all_spelled=int(np.count_nonzero(spelled)),
        letters=int(c.lengths[spelled].sum()),
        words=len(info),
        spelled=int(np.count_nonzero(c.prose & spelled)),
        stops=int(np.count_nonzero(c.info[c.prose & spelled] & STOP)),
        syllables=int(syllables.sum()),
        unfamiliar=int(np.count_nonzero(unfamiliar)),
        difficult=int(np.count_nonzero(unfamiliar & (syllables >= 3))),
    )
