"""Negative parallelisms ("it's not just X, it's Y", "not only … but also")."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Needs,
    Source,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.formula._shared import expanded, sentence_at


@signal(
    id="not_just_but",
    family="formula",
    why="A model builds weight by first denying a smaller claim: not just a tool, but a partner.",
    limits="Columnists and speakers like the figure too.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    common="A figure of speech of people too; the rate tells.",
    phrases={"denial": expanded(phrase_file(__file__, "not_just_but.txt")), "only": ["not only"]},
    phrases_only=True,
    fires=[
        Example("A garden isn't just a hobby, it's a way of life.", ["isn't just a"]),
        Example("The lamp not only saves power but also looks good.", ["not only"]),
    ],
    quiet=["He had not just come home when it rang.", "Not only he was late."],
)
def not_just_but(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["denial"]]
    if hits["only"]:
        sentences = doc.sentences
        starts = [s.start for s in sentences]
        for start, end in hits["only"]:
            number = sentence_at(starts, start)
            if number >= 0 and " but" in doc.lower[end : sentences[number].end]:
                found.append(Finding(start, end))
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
