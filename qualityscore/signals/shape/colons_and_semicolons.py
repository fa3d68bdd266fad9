"""Colons and semicolons to 1000 words"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, per_1000, signal
from qualityscore.signals.shape._chars import characters


@signal(
    id="colons_and_semicolons",
    family="shape",
    why="Formula writing hangs label and explanation on a colon; the semicolon is a habit of people who write for a living.",
    limits="Definitions, recipes and minutes are colon-led; house styles ban the semicolon.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        )
    ],
    features=[
        Feature("colons_per_1k_words", "colons / 1000 words", found=False),
        Feature("semicolons_per_1k_words", "semicolons / 1000 words", found=False),
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
def colons_and_semicolons(doc: Document) -> Measured:
    found, words = characters(doc), doc.n_words
    return Measured(
        {
            "colons_per_1k_words": per_1000(found.count(":"), words),
            "semicolons_per_1k_words": per_1000(found.count(";"), words),
        }
    )
