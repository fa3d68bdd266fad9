"""Gunning Fog: years of school that the prose asks for"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.shape._readability import readability


@signal(
    id="gunning_fog",
    family="shape",
    why="Inflated prose lengthens sentences and words without saying more.",
    limits="Academic and legal prose is dense by nature.",
    sources=[
        Source("Gunning 1952: The Technique of Clear Writing"),
        Source("textstat", "https://github.com/textstat/textstat"),
    ],
    features=[Feature("grade", "years of school", high=60.0, found=False)],
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
def gunning_fog(doc: Document) -> Measured:
    c = readability(doc)
    if not c.sentences:
        return Measured({"grade": float("nan")})
    return Measured({"grade": min(c.gunning_fog(), 60.0)})
