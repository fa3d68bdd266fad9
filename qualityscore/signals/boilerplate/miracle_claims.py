"""Miracle claims: 'clinically proven', 'melts fat', 'risk-free trial'."""

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
    id="miracle_claims",
    family="boilerplate",
    why="Sales landers promise effortless, proven and guaranteed results.",
    limits="Medical pages say 'clinically proven' with a study behind it; pages on fraud quote such claims.",
    sources=[
        Source(
            "FTC: Gut Check, false weight-loss claims",
            "https://www.ftc.gov/business-guidance/resources/gut-check-reference-guide-media-spotting-false-weight-loss-claims",
        ),
        SPAM_POLICIES,
    ],
    features=[Feature("claims_per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"phrase": phrase_file(__file__, "miracle_claims.txt")},
    phrases_only=True,
    fires=[
        Example(
            "The pill is clinically proven, and a risk-free trial is waiting.",
            ["clinically proven", "risk-free trial"],
        ),
        Example("Doctors hate this one weird trick.", ["Doctors hate", "one weird"]),
    ],
    quiet=[
        "The trial ran for a year, and the doctors were pleased with it.",
        "It was a weird autumn, and one proof after another came back wrong.",
    ],
)
def miracle_claims(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["phrase"]]
    return Measured({"claims_per_1k_words": per_1000(len(found), doc.n_words)}, found)
