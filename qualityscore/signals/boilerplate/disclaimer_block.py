"""'This is not financial advice': disclaimers of responsibility."""

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
from qualityscore.signals.boilerplate._labels import SIGNS


@signal(
    id="disclaimer_block",
    family="boilerplate",
    why="Sites that publish health and money advice nobody has checked protect themselves with a disclaimer.",
    limits="Doctors, banks and law firms are obliged to say the same.",
    sources=[
        SIGNS,
        Source(
            "Google: search quality rater guidelines",
            "https://services.google.com/fh/files/misc/hsw-sqrg.pdf",
        ),
    ],
    features=[Feature("phrases_per_1k_words", "phrases / 1000 words")],
    phrases={"disclaimer": phrase_file(__file__, "disclaimer_block.txt")},
    phrases_only=True,
    fires=[
        Example("This page is not financial advice.", ["not financial advice"]),
        Example("It is meant for informational purposes only.", ["for informational purposes only"]),
    ],
    quiet=[
        "The doctor gave me advice about my knee, and the bank gave me none.",
        "He disclaimed all knowledge of the boat.",
    ],
)
def disclaimer_block(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["disclaimer"]]
    return Measured({"phrases_per_1k_words": per_1000(len(found), doc.n_words)}, found)
