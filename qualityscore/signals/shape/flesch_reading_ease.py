"""Flesch Reading Ease: short words in short sentences score high"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.shape._readability import readability


@signal(
    id="flesch_reading_ease",
    family="shape",
    why="Generated filler prefers long Latin words, and templates for search engines short sentences; the formula sees both.",
    limits="Law, medicine and textbooks are hard to read for good reasons; lists of names count as long words.",
    sources=[
        Source("Flesch 1948: A new readability yardstick", "https://doi.org/10.1037/h0057532"),
        Source("textstat", "https://github.com/textstat/textstat"),
    ],
    features=[Feature("score", "Flesch scale, 100 = very easy", low=-300.0, high=130.0, found=False)],
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
def flesch_reading_ease(doc: Document) -> Measured:
    c = readability(doc)
    if not c.sentences:
        return Measured({"score": float("nan")})

    # One word of forty letters must not leave the scale.
    return Measured({"score": min(max(c.flesch_reading_ease(), -300.0), 130.0)})
