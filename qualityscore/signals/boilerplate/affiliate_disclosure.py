"""Disclosure that the page earns from its links."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Source,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.boilerplate._labels import SEO_SPAM


@signal(
    id="affiliate_disclosure",
    family="boilerplate",
    why="Pages made to earn commissions must say so; most of those that rank for product searches are such pages.",
    limits="Honest reviewers and hobby blogs earn commissions too, and the law asks them for the same sentence.",
    sources=[
        SEO_SPAM,
        Source(
            "FTC's Endorsement Guides: what people are asking",
            "https://www.ftc.gov/business-guidance/resources/ftcs-endorsement-guides-what-people-are-asking",
        ),
    ],
    features=[Feature("phrases_per_1k_words", "phrases / 1000 words")],
    phrases={"disclosure": phrase_file(__file__, "affiliate_disclosure.txt")},
    phrases_only=True,
    fires=[
        Example(
            "As an Amazon Associate we earn from qualifying purchases.",
            ["As an Amazon Associate", "from qualifying purchases"],
        ),
        Example("Some links are affiliate links.", ["affiliate links"]),
    ],
    quiet=[
        "She became an associate of the firm and earned a commission in the army.",
        "The club is an affiliate of the county league.",
    ],
)
def affiliate_disclosure(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["disclosure"]]
    return Measured({"phrases_per_1k_words": per_1000(len(found), doc.n_words)}, found)
