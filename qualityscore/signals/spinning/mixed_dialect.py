"""British and American spellings mixed on one page."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Source,
    per_1000,
    signal,
)
from qualityscore.signals.spinning._spelling import IS_AMERICAN, IS_BRITISH, spellings


@signal(
    id="mixed_dialect",
    family="spinning",
    why="Text patched together from several sources, or put through a spinner, changes its dialect on the way.",
    limits="Canadian English mixes by rule, and quotations keep the speaker's spelling.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        )
    ],
    features=[Feature("minority_per_1k_words", "words in the rarer dialect / 1000 words")],
    fires=[
        Example(
            "The colour of the old harbour faded, and the center of town had odd odors.", ["center", "odors"]
        ),
        Example("Her favorite color was on the neighbor's door, so she travelled home.", ["travelled"]),
    ],
    quiet=[
        "The colour of the old harbour was grey, and so was the centre of town.",
        "The colour of Lincoln Center and Pearl Harbor was grey.",
    ],
)
def mixed_dialect(doc: Document) -> Measured:
    words = doc.words
    british = [i for i, kind in spellings(doc) if kind & IS_BRITISH]
    american = [i for i, kind in spellings(doc) if kind & IS_AMERICAN]
    rarer = british if len(british) < len(american) else american
    findings = [Finding(words.starts[i], words.ends[i]) for i in rarer]
    return Measured({"minority_per_1k_words": per_1000(len(rarer), doc.n_words)}, findings)
