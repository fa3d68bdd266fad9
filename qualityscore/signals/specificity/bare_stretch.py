"""The longest stretch of text without anything a reader could check."""

import math

import numpy as np

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal
from qualityscore.signals.counts import Ints, counts
from qualityscore.signals.specificity._facts import facts


def _evenness(holds: Ints, sentences: int) -> float:
    """Entropy over ten parts of the text, against the most that so many facts could reach."""
    if len(holds) < 4 or sentences < 10:
        return float("nan")
    found = np.bincount(holds * 10 // sentences, minlength=10)
    part = found[found > 0] / len(holds)
    return min(max(float(-(part * np.log(part)).sum() / math.log(min(10, len(holds)))), 0.0), 1.0)


@signal(
    id="bare_stretch",
    family="specificity",
    why="Where facts came from one source, they stand together, and pages of filler follow; a writer with material spreads it.",
    limits="A chapter of argument or instructions may go on for long without a name.",
    sources=[
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
        Source(
            "Google: Search Quality Rater Guidelines",
            "https://guidelines.raterhub.com/searchqualityevaluatorguidelines.pdf",
        ),
    ],
    features=[
        Feature("log2_words", "log2 of words in the longest bare stretch", found=False),
        Feature(
            "evenness", "entropy of checkable sentences over tenths of the text, 0-1", high=1.0, found=False
        ),
    ],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources. Second, a healthy routine can make a big difference in daily life. Small changes often lead to lasting results, and with a little patience anyone can find a balance that works for them and their family. Nothing else matters. Everyone agrees.",
            [
                "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time."
            ],
            pad="none",
        ),
        Example(
            "We took the slow train from Leeds with Marta Wolf and her dog, and it rained until Skipton. The guard, Colin Ames, let the dog ride in the van. Nobody at the station in Skipton knew when the bus to Malham would leave. Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources. The keys were with Jonas Brandt at the boathouse, so the whole party walked back along the shore of Lake Vättern. At the boathouse we found Brandt asleep, and the keys hung on a nail beside the door to the kitchen.",
            [
                "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time."
            ],
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "We took the slow train from Leeds with Marta Wolf and her dog, and it rained until Skipton. The guard, Colin Ames, let the dog ride in the van. Nobody at the station in Skipton knew when the bus to Malham would leave.",
            pad="none",
        ),
        Example(
            "The keys were with Jonas Brandt at the boathouse, so the whole party walked back along the shore of Lake Vättern. At the boathouse we found Brandt asleep, and the keys hung on a nail beside the door to the kitchen.",
            pad="none",
        ),
    ],
    document_wide="what is missing has no passage of its own",
)
def bare_stretch(doc: Document) -> Measured:
    c, checkable = counts(doc), facts(doc).checkable
    if len(checkable) < 5:
        return Measured({"log2_words": float("nan"), "evenness": float("nan")})
    holds = np.flatnonzero(checkable)
    ends = [0, *np.cumsum(c.lasts - c.firsts).tolist()]
    # Words between one checkable sentence and the next, the beginning and end of the text included.
    words, first, last, after = -1, 0, 0, 0
    for k in [*holds.tolist(), len(checkable)]:
        if ends[k] - ends[after] > words:
            words, first, last = ends[k] - ends[after], after, k
        after = k + 1
    found = []
    if last - first >= 3:
        a, b = doc.sentences[c.sentences[first]], doc.sentences[c.sentences[first + 1]]
        found.append(
            Finding(
                a.start,
                b.end if b.line == a.line else a.end,
                f"{words} words without a name, number, date or quotation",
            )
        )
    return Measured({"log2_words": math.log2(1 + words), "evenness": _evenness(holds, len(checkable))}, found)
