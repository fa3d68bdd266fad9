"""Sales pressure: 'only 3 left', 'today only', 'act now'."""

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
from qualityscore.signals.boilerplate._labels import SPAM_POLICIES


@signal(
    id="urgency_claims",
    family="boilerplate",
    why="Lander pages press readers to buy before they can think.",
    limits="Shops announce real sales, and a page about such tricks quotes them.",
    sources=[
        Source("Mathur et al. 2019: Dark Patterns at Scale", "https://doi.org/10.1145/3359183"),
        SPAM_POLICIES,
    ],
    features=[Feature("claims_per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"phrase": phrase_file(__file__, "urgency_claims.txt")},
    phrases_only=True,
    fires=[
        Example("Hurry, this offer will not come back.", ["Hurry,"]),
        Example(
            "It ships while supplies last, for a limited time only.",
            ["while supplies last", "limited time"],
        ),
    ],
    quiet=[
        "The ferry runs today, and only the last boat was full.",
        "She acted at once and limited her time in the shop to ten minutes.",
    ],
)
def urgency_claims(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["phrase"]]
    return Measured({"claims_per_1k_words": per_1000(len(found), doc.n_words)}, found)
