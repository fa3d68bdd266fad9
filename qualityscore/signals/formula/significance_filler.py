"""Sentences that claim significance in place of information ("plays a crucial role")."""

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
from qualityscore.signals.formula._shared import expanded


@signal(
    id="significance_filler",
    family="formula",
    why="Language models inflate whatever they write about: it underscores, marks a milestone, plays a vital role.",
    limits="Grant reports, mission statements and opening speeches of people are written the same way.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    common="People claim importance too, once or twice a page; the rate tells.",
    phrases={"claim": expanded(phrase_file(__file__, "significance_filler.txt"))},
    phrases_only=True,
    fires=[
        Example("The visit underscores the importance of trade.", ["underscores the importance"]),
        Example(
            "Water plays a vital role in every home. The old bridge is a testament to local pride.",
            ["plays a vital role", "a testament to"],
        ),
    ],
    quiet=["She played a small role in the school play.", "The witness read out the will in May."],
)
def significance_filler(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["claim"]]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
