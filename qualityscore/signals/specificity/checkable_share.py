"""Share of the sentences that hold anything a reader could check."""

import numpy as np

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.specificity._facts import facts


@signal(
    id="checkable_share",
    family="specificity",
    why="Most low pages hold nothing that could be checked: no name, amount, date or quotation.",
    limits="A good essay or a proof may hold nothing of the kind.",
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
    features=[Feature("sentences", "share 0-1 of sentences", high=1.0, found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "We took the slow train from Leeds with Marta Wolf and her dog, and it rained until Skipton. The guard, Colin Ames, let the dog ride in the van. Nobody at the station in Skipton knew when the bus to Malham would leave.",
            pad="none",
        ),
        Example(
            "The keys were with Jonas Brandt at the boathouse, so the whole party walked back along the shore of Lake Vättern. At the boathouse we found Brandt asleep, and the keys hung on a nail beside the door to the kitchen.",
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources.",
            pad="none",
        ),
        Example(
            "A healthy routine can make a big difference in daily life. Small changes often lead to lasting results, and with a little patience anyone can find a balance that works for them and their family.",
            pad="none",
        ),
    ],
    document_wide="every page has a level of this; no single passage carries it",
)
def checkable_share(doc: Document) -> Measured:
    checkable = facts(doc).checkable
    if len(checkable) < 5:
        return Measured({"sentences": float("nan")})
    return Measured({"sentences": np.count_nonzero(checkable) / len(checkable)})
