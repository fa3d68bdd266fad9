"""The counts behind every readability formula, taken once a document.

Constants are those of textstat; so is the syllable (pyphen's hyphenation, which textstat falls
back to), the three-word minimum of a sentence and what makes a word difficult.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qualityscore.document import Document
from qualityscore.signals.counts import counts, per_document
from qualityscore.signals.shape._tally import Tally, tally


@dataclass(frozen=True, slots=True)
class Readability:
    """The formulas.

    Attributes:
        tally: the words of prose and what is in them.
        sentences: those of three words or more.
    """

    tally: Tally
    sentences: int

    @property
    def words_per_sentence(self) -> float:
        """Mean length of a sentence."""
        return self.tally.words / max(self.sentences, 1)

    def flesch_reading_ease(self) -> float:
        """Flesch 1948; 100 is very easy, 0 very hard."""
        return (
            206.835 - 1.015 * self.words_per_sentence - 84.6 * self.tally.syllables / max(self.tally.words, 1)
        )

    def gunning_fog(self) -> float:
        """Gunning 1952, in years of school."""
        return 0.4 * (self.words_per_sentence + 100 * self.tally.difficult / max(self.tally.words, 1))

    def dale_chall(self) -> float:
        """Dale and Chall 1948, in its own grade scale."""
        percent = 100 * self.tally.unfamiliar / max(self.tally.words, 1)
        return 0.1579 * percent + 0.0496 * self.words_per_sentence + (3.6365 if percent > 5 else 0.0)


@per_document
def readability(doc: Document) -> Readability:
    """The document's formulas, made once."""
    c = counts(doc)
    return Readability(tally(doc), int(np.count_nonzero(c.lasts - c.firsts > 2)))
