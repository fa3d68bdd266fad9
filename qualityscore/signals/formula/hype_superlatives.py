"""Praise without a measure ("unparalleled", "the ultimate", "must-have")."""

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
    id="hype_superlatives",
    family="formula",
    why="Copy that sells without having tried the thing praises it in superlatives.",
    limits="Fans, travel diaries and honest adverts praise the same way.",
    sources=[
        Source(
            "Google: Write high-quality reviews",
            "https://developers.google.com/search/docs/specialty/ecommerce/write-high-quality-reviews",
        ),
        Source("Wikipedia: Manual of Style, puffery", "https://en.wikipedia.org/wiki/Wikipedia:PEACOCK"),
    ],
    features=[Feature("per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    common="People praise things too; the rate tells.",
    phrases={"praise": expanded(phrase_file(__file__, "hype_superlatives.txt"))},
    phrases_only=True,
    fires=[
        Example("This is the ultimate stove, with unmatched heat.", ["the ultimate", "unmatched"]),
        Example("A must-have for cooks and perfect for campers.", ["must-have", "perfect for"]),
    ],
    quiet=["It is a good stove that boils a litre in four minutes.", "His best friend came."],
)
def hype_superlatives(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["praise"]]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
