"""Balance and context from nowhere: 'supporters argue', 'part of a broader effort'."""

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


@signal(
    id="context_filler",
    family="formula",
    why="A rewrite reaches its length with sentences of context and both sides that no source said.",
    limits="Explainers and opinion columns weigh sides in these words too.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        )
    ],
    features=[Feature("phrases_per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"phrase": phrase_file(__file__, "context_filler.txt")},
    phrases_only=True,
    fires=[
        Example(
            "Supporters argue that it helps, and it comes amid growing doubts.",
            ["Supporters argue", "comes amid"],
        ),
        Example(
            "The sale is part of a broader effort, and the truth may lie elsewhere.",
            ["part of a broader", "the truth may lie"],
        ),
    ],
    quiet=[
        "The miller argues with his wife, and she counters.",
        "Both of them went to the broader side of the lane.",
    ],
)
def context_filler(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["phrase"]]
    return Measured({"phrases_per_1k_words": per_1000(len(found), doc.n_words)}, found)
