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
from qualityscore.signals.spinning._spelling import BRITISH, DIALECTS


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
    # Names keep their own spelling, so only words in lower case count.
    forms = set(words.raw) & DIALECTS.keys()
    if not forms:
        return Measured({"minority_per_1k_words": 0.0})
    at: tuple[list[int], list[int]] = ([], [])
    for i, word in enumerate(words.raw):
        if word in forms:
            at[DIALECTS[word][1]].append(i)
    rarer = at[BRITISH] if len(at[BRITISH]) < len(at[1 - BRITISH]) else at[1 - BRITISH]
    findings = [Finding(words.starts[i], words.ends[i]) for i in rarer]
    return Measured({"minority_per_1k_words": per_1000(len(rarer), doc.n_words)}, findings)
