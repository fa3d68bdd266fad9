"""Mean and longest sentence of the prose"""

import numpy as np

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.counts import counts


@signal(
    id="sentence_length",
    family="shape",
    why="Generators write sentences of much the same middling length; spun and scraped text runs on.",
    limits="Style guides of news and government ask for short sentences.",
    sources=[Source("Flesch 1948: A new readability yardstick", "https://doi.org/10.1037/h0057532")],
    features=[
        Feature("mean_words", "words / sentence", found=False),
        Feature("long_share", "share 0-1 of sentences over 30 words", high=1.0, found=False),
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
def sentence_length(doc: Document) -> Measured:
    c = counts(doc)
    sizes = c.lasts - c.firsts
    sizes = sizes[sizes > 2]
    if len(sizes) < 3:
        return Measured({"mean_words": float("nan"), "long_share": float("nan")})
    size = len(sizes)
    return Measured(
        {"mean_words": int(sizes.sum()) / size, "long_share": np.count_nonzero(sizes > 30) / size}
    )
