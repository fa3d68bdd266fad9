"""Dale-Chall score: words outside the list that every fourth-grader knows"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.shape._readability import readability


@signal(
    id="dale_chall",
    family="shape",
    why="Pages written for keywords repeat trade words; people who tell what happened use plain ones.",
    limits="Names count as hard words, so pages full of people and places score high too.",
    sources=[
        Source("Dale and Chall 1948: A formula for predicting readability"),
        Source("textstat", "https://github.com/textstat/textstat"),
    ],
    features=[Feature("score", "Dale-Chall scale", high=30.0, found=False)],
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
def dale_chall(doc: Document) -> Measured:
    c = readability(doc)
    if not c.sentences:
        return Measured({"score": float("nan")})
    return Measured({"score": min(c.dale_chall(), 30.0)})
