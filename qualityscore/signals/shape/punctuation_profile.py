"""Commas, brackets and exclamation or question marks to 1000 words"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, per_1000, signal
from qualityscore.signals.shape._chars import characters


@signal(
    id="punctuation_profile",
    family="shape",
    why="People put asides into brackets and vary their marks; templates repeat a narrow set, and sales copy exclaims.",
    limits="House styles differ; legal text is all brackets and commas.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        )
    ],
    features=[
        Feature("commas_per_1k_words", "commas / 1000 words", found=False),
        Feature("brackets_per_1k_words", "brackets / 1000 words", found=False),
        Feature("exclamations_per_1k_words", "exclamation marks / 1000 words", found=False),
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
def punctuation_profile(doc: Document) -> Measured:
    found, words = characters(doc), doc.n_words
    return Measured(
        {
            "commas_per_1k_words": per_1000(found.count(","), words),
            "brackets_per_1k_words": per_1000(found.count("("), words),
            "exclamations_per_1k_words": per_1000(found.count("!"), words),
        }
    )
