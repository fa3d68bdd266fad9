"""Neighbouring sentences have no more to do with each other than distant ones."""

import math

import numpy as np

from qualityscore.native import compiled
from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.counts import Bools, Counts, counts
from qualityscore.signals.repetition._grams import content

_MOST = 120
# Shared words that both rates start with, over the number of sentences.
_START = 5.0
# Up to here sums of whole numbers are the same in 32 bits as they are in Python.
_EXACT = 1 << 24
_compiled = compiled("sharing")


@signal(
    id="incoherent_neighbours",
    family="repetition",
    why="A writer takes up words of the sentence before; scraped sentences do not, and generated ones vary the word.",
    limits="Lists of news in brief, timelines and rules jump from one subject to the next as well.",
    sources=[
        Source(
            "Barzilay and Lapata 2008: Modeling Local Coherence", "https://doi.org/10.1162/coli.2008.34.1.1"
        ),
    ],
    features=[
        Feature(
            "cohesion",
            "log2 of shared words of neighbours over those of any two",
            low=-8.0,
            high=8.0,
            found=False,
        ),
    ],
    needs=Needs(min_words=120, min_sentences=8),
    fires=[
        Example("The oven was cold. It had been cold since May.", pad="around"),
        Example("Ann sells bread. The bread is sold by noon.", pad="around"),
    ],
    quiet=["One line.", "Another line."],
    document_wide="a relation of all sentences to each other; no single one carries it",
)
def incoherent_neighbours(doc: Document) -> Measured:
    c = counts(doc)
    nan = Measured({"cohesion": float("nan")})
    n = min(len(c.firsts), _MOST)
    if n < 8:
        return nan
    found = None
    if _compiled is not None:
        mask = (content(doc) & c.prose).view(np.uint8)
        found = _compiled.shared_words(mask, c.ids, c.n_types, c.firsts[:n], c.lasts[:n], max(2.0, n / 3))
    if found is None or max(found) >= _EXACT:
        found = shared_in_python(c, content(doc) & c.prose, n)
    types, near, total = found
    if not types:
        return nan
    # A tenth of a shared word on either side keeps short pages near 0.
    # On short pages a few shared words more or less say little: both sides start with some.
    start = _START / n
    cohesion = math.log2((near / (n - 1) + start) / (total / (n * (n - 1)) + start))
    return Measured({"cohesion": max(-8.0, min(8.0, cohesion))})


def shared_in_python(c: Counts, mask: Bools, n: int) -> tuple[int, float, float]:
    """Types that several of the first ``n`` sentences use, and how often neighbours and any two share one."""
    upto = int(c.lasts[n - 1])
    where = np.flatnonzero(mask[:upto])
    present = np.zeros((n, c.n_types), dtype=np.float32)
    present[np.searchsorted(c.firsts[:n], where, side="right") - 1, c.ids[where]] = 1.0
    used = present.sum(axis=0)
    # Words of a third of the sentences are the subject; words of one meet no other.
    kept = present[:, (used > 1) & (used <= max(2.0, n / 3))]
    near = float((kept[:-1] * kept[1:]).sum())
    # A word of u sentences is shared by u * (u - 1) ordered pairs of them.
    times = kept.sum(axis=0)
    return kept.shape[1], near, float((times * (times - 1)).sum())
