"""Variety of words: types to tokens in a moving window."""

import numpy as np

from qualityscore.native import compiled
from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.counts import Ints, counts
from qualityscore.signals.repetition._grams import gaps

_SHORT, _LONG = 50, 250


def _mattr(repeated: int, n: int, window: int) -> float:
    """Mean share of types over all windows of ``n`` words."""
    return 1.0 - repeated / ((n - window + 1) * window) if n >= window else float("nan")


def repeated_in_python(ids: Ints, window: int) -> int:
    """Over all windows of so many words, the words that are no new type in theirs.

    A word whose last occurrence lies ``back`` words behind is no new type in each of the
    windows that hold both, so counting those windows needs no loop over windows.
    """
    later, back = gaps(ids)
    first = np.maximum(later - window + 1, 0)
    last = np.minimum(later - back, len(ids) - window)
    return int(np.maximum(last - first + 1, 0).sum())


_compiled = compiled("sharing")


@signal(
    id="lexical_diversity",
    family="repetition",
    why="Keyword pages and padded articles go round in the same words; spun ones vary them without reason.",
    limits="Songs, children's books and technical manuals repeat their words on purpose.",
    sources=[
        Source(
            "Covington and McFall 2010: Cutting the Gordian Knot (MATTR)",
            "https://doi.org/10.1080/09296171003643098",
        )
    ],
    features=[
        Feature("short_range", "different words in 50, 0-1", high=1.0, found=False),
        Feature("long_range", "different words in 250, 0-1", high=1.0, found=False),
    ],
    needs=Needs(min_words=60),
    fires=[
        Example(
            "The old man and the old dog went to the old pond. The old pond was the pond of the old man. The old man and the old dog went to the old pond. The old pond was the pond of the old man. The old man and the old dog went to the old pond. The old pond was the pond of the old man. The old man and the old dog went to the old pond. The old pond was the pond of the old man. The old man and the old dog went to the old pond. The old pond was the pond of the old man. The old man and the old dog went to the old pond. The old pond was the pond of the old man. The old man and the old dog went to the old pond. The old pond was the pond of the old man. The old man and the old dog went to the old pond. The old pond was the pond of the old man. ",
            pad="none",
        ),
        Example(
            "A quiet lane leads past orchards, barns and one shut pub towards the quarry, where swallows nest above green water and rusted cranes lean over spoil heaps like herons.",
            pad="before",
        ),
    ],
    quiet=["One line.", "Another line."],
    document_wide="every page has a level of this; no single passage carries it",
)
def lexical_diversity(doc: Document) -> Measured:
    c = counts(doc)
    n = len(c.ids)
    if _compiled is None:
        short, long = repeated_in_python(c.ids, _SHORT), repeated_in_python(c.ids, _LONG)
    else:
        short, long = _compiled.repeated_in_windows(c.ids, c.n_types, _SHORT, _LONG)
    return Measured({"short_range": _mattr(short, n, _SHORT), "long_range": _mattr(long, n, _LONG)})
