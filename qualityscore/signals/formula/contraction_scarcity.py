"""Few contractions, and few places where one could stand ("it is", "do not")."""

from qualityscore.signals.api import Document, Example, Feature, Hits, Measured, Needs, Source, signal
from qualityscore.signals.formula._shared import expanded

_FULL = [
    *expanded(["is|are|was|were|do|does|did|has|have|had|could|would|should|will not"]),
    "cannot",
    *expanded(["you|we|they are|will|have", "it|he|she|that|there|here|what is", "it|he|she will"]),
    "i am",
    "i will",
    "i have",
    "let us",
]
_SHORT = expanded(
    [
        "isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|hadn't|couldn't|wouldn't|shouldn't",
        "won't|can't|ain't|mustn't|needn't|i'm|i'll|i've|i'd|let's",
        "you're|you'll|you've|you'd|we're|we'll|we've|we'd|they're|they'll|they've|they'd",
        "it's|it'll|he's|he'll|he'd|she's|she'll|she'd|that's|that'll|there's|here's|what's|who's|where's|how's",
    ]
)


@signal(
    id="contraction_scarcity",
    family="formula",
    why="Who tells something writes it is, it's, we'll, they don't; filler strings nouns together and needs few of these.",
    limits="Formal and official writing never contracts; learners avoid it.",
    sources=[
        Source(
            "Reinhart et al.: Do LLMs write like humans? Variation in grammatical and rhetorical styles",
            "https://arxiv.org/abs/2410.16107",
        ),
    ],
    features=[
        Feature("contractions_per_1k_words", "contractions / 1000 words", found=False),
        Feature("places_per_1k_words", "places / 1000 words", found=False),
    ],
    needs=Needs(min_words=100),
    document_wide="the share of contractions is a matter of the whole page",
    phrases={"full": _FULL, "short": _SHORT},
    fires=[
        Example("It is late. They are here, and we do not know why."),
        Example("You will see that it is not far."),
    ],
    quiet=["It's late.", "She stayed for a week because the roads were closed."],
)
def contraction_scarcity(doc: Document, hits: Hits) -> Measured:
    full, short = len(hits["full"]), len(hits["short"])
    return Measured(
        {
            "contractions_per_1k_words": 1000.0 * short / doc.n_words,
            "places_per_1k_words": 1000.0 * (full + short) / doc.n_words,
        }
    )
