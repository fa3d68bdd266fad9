"""Share of the different words that are outside the everyday vocabulary."""

from typing import cast

import numpy as np

from qualityscore.native import compiled
from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal
from qualityscore.signals.counts import Counts, counts
from qualityscore.signals.spelling import CAPITAL, EASY, NUMBER

# The share of rare types grows with length: look at the same number of words of every page.
_SAMPLE = 1_000
_compiled = compiled("counting")


@signal(
    id="uncommon_words",
    family="specificity",
    why="Writing from knowledge needs words that are rare elsewhere; filler makes do with a few hundred general ones.",
    limits="Children's pages and learners' English keep to everyday words on purpose.",
    sources=[Source("Dale and Chall 1948: A formula for predicting readability")],
    features=[Feature("uncommon_types", "share 0-1 of different lower-case words", high=1.0, found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "I walked down to the weir before breakfast and found the gate chained. We measured the gap twice with a broom handle, and then I sat on the wall and waited for somebody to come with a key to it.",
            pad="none",
        ),
        Example(
            "We took the slow train from Leeds with Marta Wolf and her dog, and it rained until Skipton. The guard, Colin Ames, let the dog ride in the van. Nobody at the station in Skipton knew when the bus to Malham would leave.",
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources.",
            pad="none",
        ),
        Example(
            "A healthy routine can make a big difference in daily life. Small changes often lead to lasting results, and with a little patience anyone can find a balance that works for them and their family.",
            pad="none",
        ),
    ],
    document_wide="every page has a level of this; no single passage carries it",
)
def uncommon_words(doc: Document) -> Measured:
    known, uncommon = _uncommon_types(counts(doc))
    return Measured({"uncommon_types": share(uncommon, known) if known >= 20 else float("nan")})


def _uncommon_types(c: Counts) -> tuple[int, int]:
    """Different lower-case words of the sample, and those that are not everyday words."""
    if _compiled is None:
        return uncommon_types_in_python(c)
    return cast(
        tuple[int, int],
        _compiled.uncommon_types(
            c.info, c.prose.view(np.uint8), c.ids, c.n_types, CAPITAL | NUMBER, EASY, _SAMPLE
        ),
    )


def uncommon_types_in_python(c: Counts) -> tuple[int, int]:
    """The same without the compiled loop."""
    at = np.flatnonzero(c.prose & ~c.has(CAPITAL | NUMBER))[:_SAMPLE]
    types = np.zeros(c.n_types, dtype=np.bool_)
    uncommon = types.copy()
    types[c.ids[at]] = True
    uncommon[c.ids[at[c.info[at] & EASY == 0]]] = True
    return int(np.count_nonzero(types)), int(np.count_nonzero(uncommon))
