"""Claims to have tested or tried something, with no detail beside them."""

from bisect import bisect_left

import numpy as np

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
from qualityscore.signals.counts import Counts, counts
from qualityscore.signals.specificity._facts import facts


def _line(doc: Document, c: Counts, k: int) -> int:
    return doc.sentences[c.sentences[k]].line


@signal(
    id="invented_experience",
    family="specificity",
    why="A generator imitates experience: it tested for weeks and was impressed, but nothing happens and nobody has a name.",
    limits="Short honest reviews may claim a test and keep the details for another page.",
    sources=[
        Source(
            "Google: Search Quality Rater Guidelines",
            "https://guidelines.raterhub.com/searchqualityevaluatorguidelines.pdf",
        ),
        Source("Google: Spam policies", "https://developers.google.com/search/docs/essentials/spam-policies"),
    ],
    features=[Feature("claims_per_1k_words", "claims / 1000 words")],
    needs=Needs(min_words=20),
    phrases={"claim": phrase_file(__file__, "invented_experience.txt")},
    phrases_only=True,
    fires=[
        Example(
            "In our testing the blender was quiet and easy to clean. After weeks of testing, our team was impressed with how well it handles everyday tasks. It is a reliable choice for families who value comfort and ease of use.",
            ["In our testing", "After weeks of testing"],
            pad="around",
        ),
        Example(
            "I personally tested this method for a while, and the results speak for themselves. After trying every one of them, consistency is the key to success, and anyone can follow the same steps and see a difference over time.",
            ["I personally tested", "After trying"],
            pad="around",
        ),
    ],
    quiet=[
        "We tested the blender on 11 June with frozen mango from Aldi. It stopped after 40 seconds and smelled of glue.",
        "I tested the rope by hanging from it, and it held; then Marta Wolf tried it too.",
    ],
)
def invented_experience(doc: Document, hits: Hits) -> Measured:
    c, f = counts(doc), facts(doc)
    bare = []
    for start, end in hits["claim"]:
        at = bisect_left(doc.words.starts, start)
        k = int(np.searchsorted(c.firsts, at, side="right")) - 1
        if k < 0 or at >= c.lasts[k] or f.checkable[k]:
            continue
        # A detail would stand in the claim's own sentence or in the next of its paragraph.
        if k + 1 == len(c.firsts) or _line(doc, c, k + 1) != _line(doc, c, k) or not f.checkable[k + 1]:
            bare.append(Finding(start, end))
    return Measured({"claims_per_1k_words": per_1000(len(bare), doc.n_words)}, bare)
