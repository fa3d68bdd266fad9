"""Share of letters that are capitals, and words wholly in capitals"""

import numpy as np

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal
from qualityscore.signals.counts import counts
from qualityscore.signals.shape._chars import characters
from qualityscore.signals.spelling import UPPER


@signal(
    id="capital_share",
    family="shape",
    why="Title-case filler, shouting and keyword lists raise it; text that lost its capitals lowers it.",
    limits="Pages full of acronyms, product codes or names.",
    sources=[Source("Weber et al. 2024: RedPajama", "https://arxiv.org/abs/2411.12372")],
    features=[
        Feature("letters", "share 0-1 of letters", high=1.0, found=False),
        Feature("shouted_words", "share 0-1 of words", high=1.0, found=False),
    ],
    needs=Needs(min_words=20),
    fires=[
        Example(
            "The cat sat on the mat and the dog lay by the door. Then we all had tea and cake, and we went to bed."
        ),
        Example(
            "Organisational transformation necessitates comprehensive stakeholder communication. Institutional accountability facilitates sustainable infrastructural development."
        ),
    ],
    quiet=[
        "The cat sat on the mat and the dog lay by the door. Then we all had tea and cake, and we went to bed.",
        "Organisational transformation necessitates comprehensive stakeholder communication. Institutional accountability facilitates sustainable infrastructural development.",
    ],
    document_wide="every page has a level of this; no single passage carries it",
)
def capital_share(doc: Document) -> Measured:
    found = characters(doc)
    upper = sum(found.ascii[65:91])
    letters = upper + sum(found.ascii[97:123])
    shouted = int(np.count_nonzero(counts(doc).info & UPPER))
    return Measured({"letters": share(upper, letters), "shouted_words": share(shouted, doc.n_words)})
