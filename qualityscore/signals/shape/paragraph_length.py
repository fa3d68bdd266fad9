"""Mean length of a paragraph"""

import math

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal


@signal(
    id="paragraph_length",
    family="shape",
    why="Pages made for advertising break the text into one-sentence paragraphs; generated articles into even small ones.",
    limits="News agencies write one-sentence paragraphs too; pages without line breaks are one paragraph.",
    sources=[
        Source(
            "Google: Search Quality Rater Guidelines",
            "https://guidelines.raterhub.com/searchqualityevaluatorguidelines.pdf",
        )
    ],
    features=[Feature("log2_words", "log2 of words / paragraph", found=False)],
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
def paragraph_length(doc: Document) -> Measured:
    lines = doc.prose
    if not lines:
        return Measured({"log2_words": float("nan")})
    # A few paragraphs of a thousand words must not drown the rest: the mean is geometric.
    total = sum([math.log2(line.n_words) for line in lines if line.n_words])
    return Measured({"log2_words": total / len(lines)})
